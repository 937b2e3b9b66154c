"""coding/agreement.py: published examples with their known values, and independent implementations."""

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from swnlp.coding.agreement import agreement, alpha, kappa


def columns(*coders):
    """Turn a row of characters for each coder into units; a point is a missing code."""
    return [tuple(None if code == "." else code for code in values) for values in zip(*coders, strict=True)]


@pytest.mark.parametrize(
    ("coders", "expected"),
    [
        # Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: examples A, B and C.
        (("0100000010", "1110010000"), 0.095),
        (("aabbdcccedda", "babbbccceddd"), 0.692),
        (("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743),
    ],
)
def test_alpha_of_krippendorffs_examples(coders, expected):
    assert alpha(columns(*coders)) == pytest.approx(expected, abs=5e-4)


def table(counts, codes="abc"):
    """Turn a table of counts, rows of the first coder by columns of the second, into units."""
    return [(codes[i], codes[j]) for i, row in enumerate(counts) for j, n in enumerate(row) for _ in range(n)]


def test_kappa_of_fleiss_example():
    # Fleiss (1981), Statistical Methods for Rates and Proportions, table 13.1: 0.676.
    assert kappa(table([[75, 1, 4], [5, 4, 1], [0, 0, 10]])) == pytest.approx(0.676, abs=5e-4)


def test_holsti_of_his_formula():
    # 2M / (N1 + N2) with 80 of 100; three coders of mean 0.8 have a composite reliability of 2.4 / 2.6.
    two = agreement([("a", "a")] * 80 + [("a", "b")] * 20)
    assert (two.percent, two.holsti) == (0.8, 0.8)
    assert two.composite == pytest.approx(1.6 / 1.8)
    three = agreement(
        [("a", "a", "a")] * 70 + [("a", "a", "b")] * 10 + [("a", "b", "a")] * 10 + [("b", "a", "a")] * 10
    )
    assert three.holsti == pytest.approx(0.8)
    assert three.composite == pytest.approx(2.4 / 2.6)


codes = st.sampled_from(["供给", "需求", "环境"])


@given(st.lists(st.tuples(codes, codes), min_size=2))
def test_kappa_is_scikit_learns(pairs):
    first, second = zip(*pairs, strict=True)
    if len({*first, *second}) == 1:
        assert kappa(pairs) is None
    else:
        assert kappa(pairs) == pytest.approx(cohen_kappa_score(first, second), abs=1e-12)


@given(st.integers(2, 4).flatmap(lambda k: st.lists(st.tuples(*[st.none() | codes] * k), min_size=1)))
def test_alpha_is_that_of_the_package_krippendorff(units):
    pairable = [u for u in units if sum(v is not None for v in u) > 1]
    used = {v for u in pairable for v in u if v is not None}
    if len(used) < 2:
        assert alpha(pairable) is None
        return
    values = [[np.nan if v is None else float("供需环".index(v[0])) for v in u] for u in units]
    expected = krippendorff.alpha(np.array(values).T, level_of_measurement="nominal")
    assert alpha(units) == pytest.approx(expected, abs=1e-12)


def test_units_of_one_coder_do_not_count():
    found = agreement(columns("ab.c", "ab.."))
    assert (found.units, found.percent, found.coders) == (2, 1.0, 2)
    assert agreement(columns("ab", "..")) == (0, 0, None, None, None, None, None)


def test_one_code_only_is_agreement_without_chance():
    found = agreement(columns("aaaa", "aaaa"))
    assert (found.percent, found.kappa, found.alpha) == (1.0, None, None)
