"""validation/scores.py: intervals against published and independent values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from swnlp.validation import recall_scores, stratum_scores, total_score, wilson


def test_the_interval_of_newcombes_example():
    # Newcombe (1998), Statistics in Medicine 17:857, table I, method 3: 81/263, 15/148, 0/20, 1/29.
    for (right, n), (low, high) in {
        (81, 263): (0.2553, 0.3662), (15, 148): (0.0624, 0.1605),
        (0, 20): (0.0000, 0.1611), (1, 29): (0.0061, 0.1718),
    }.items():  # fmt: skip
        assert wilson(right, n) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 400), st.data())
def test_counts_that_are_not_whole_follow_the_same_formula(n, data):
    right = data.draw(st.integers(0, n))
    expected = binomtest(right, n).proportion_ci(method="wilson")
    shift = 1e-9
    low, high = wilson(min(right + shift, n - shift) if right else shift, n)
    assert (low, high) == pytest.approx((expected.low, expected.high), abs=1e-4)


def test_the_total_weights_strata_by_their_size():
    strata = stratum_scores([("PLACE", 900, 10, 10), ("WORK", 100, 10, 5)])
    total = total_score(strata)
    assert total.share == pytest.approx(0.9 * 1.0 + 0.1 * 0.5)
    # By hand: variance 0.1² · 0.25 / 10, effective size 0.95 · 0.05 / that = 190, at most the 20 judged.
    assert (total.low, total.high) == pytest.approx(wilson(19, 20))
    assert total.judged == 20 and total.size == 1000


def test_equal_strata_in_proportion_are_one_sample():
    strata = stratum_scores([("A", 100, 20, 15), ("B", 100, 20, 15)])
    assert total_score(strata)[4:] == pytest.approx((0.75, *wilson(30, 40)))


def test_strata_without_a_verdict_are_left_out():
    strata = stratum_scores([("A", 100, 4, 3), ("B", 900, 0, 0)])
    assert strata[1].share is None
    assert total_score(strata).share == 0.75
    assert total_score(strata[1:]).share is None


def test_all_right_uses_the_effective_size_of_the_weights():
    total = total_score(stratum_scores([("A", 990, 10, 10), ("B", 10, 10, 10)]))
    low, high = wilson(1.0 * (n := 1 / (0.99**2 / 10 + 0.01**2 / 10)), n)
    assert total.share == 1 and (total.low, total.high) == pytest.approx((low, high))


def test_recall_is_what_is_right_over_that_and_what_was_missed():
    (score,) = recall_scores([("ORG", 10, 2, 0.8)])
    assert score.share == pytest.approx(8 / 10)
    assert (score.low, score.high) == pytest.approx(wilson(8, 10))
    assert recall_scores([("ORG", 0, 0, 1.0)])[0].share is None
