"""count/measures.py: association measures equal hand counts and an independent implementation."""

from math import log

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from swnlp.count.measures import MEASURES, association, expected, jaccard, npmi
from swnlp.inference import llr


@st.composite
def tables(draw):
    """Windows with both, with x, with y, in all: any contingency table with something in it."""
    cells = draw(st.tuples(st.integers(1, 500), *(st.integers(0, 500) for _ in range(3))))
    both, x_only, y_only, _ = cells
    return both, both + x_only, both + y_only, sum(cells)


def of(measure, table):
    *counts, n = table
    return float(measure(*(np.array([float(c)]) for c in counts), n)[0])


def test_measures_by_hand():
    # 8 of 100 windows name both, 10 name x, 20 name y.
    table = (8, 10, 20, 100)
    assert of(expected, table) == 2
    assert of(association, table) == 4
    assert of(jaccard, table) == pytest.approx(8 / 22)
    assert of(npmi, table) == pytest.approx(log(4) / -log(0.08))
    cells = [(8, 2), (2, 8), (12, 18), (78, 72)]
    assert of(llr, table) == pytest.approx(2 * sum(o * log(o / e) for o, e in cells))


@given(tables())
def test_llr_is_the_g_statistic_of_scipy(table):
    both, x, y, n = table
    cells = np.array([[both, x - both], [y - both, n - x - y + both]])
    assume(cells.sum(axis=0).all() and cells.sum(axis=1).all())
    theirs = chi2_contingency(cells, correction=False, lambda_="log-likelihood").statistic
    assert of(llr, table) == pytest.approx(theirs, rel=1e-12, abs=1e-9)


@given(tables())
def test_measures_keep_to_their_ranges(table):
    assert -1 <= of(npmi, table) <= 1 + 1e-12
    assert 0 < of(jaccard, table) <= 1
    assert of(llr, table) >= 0
    assert all(np.isfinite(of(measure, table)) for measure in MEASURES.values())


def test_always_together_is_one():
    assert of(npmi, (7, 7, 7, 7)) == 1.0
    assert of(llr, (7, 7, 7, 7)) == 0.0
    assert of(npmi, (3, 3, 3, 9)) == pytest.approx(1.0)
