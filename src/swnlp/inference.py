"""How sure a count is: the log-likelihood ratio of a contingency table, and p-values corrected for many tests."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import xlogy  # type: ignore[import-untyped]

Array = NDArray[np.float64]


def llr(both: Array, x: Array, y: Array, n: Array | float) -> Array:
    """Return 2 * sum of O ln(O / E) over the four cells of the contingency table; chi-squared with one degree.

    Args:
        both: Observations that have both properties; so of the same shape, or one number, are the others.
        x: Those that have the one.
        y: Those that have the other.
        n: All observations.

    Source:
        Dunning (1993), Accurate Methods for the Statistics of Surprise and Coincidence.
    """
    cells = (
        (both, x * y / n),
        (x - both, x * (n - y) / n),
        (y - both, (n - x) * y / n),
        (n - x - y + both, (n - x) * (n - y) / n),
    )
    parts = [xlogy(seen, np.where(seen > 0, seen / np.where(due > 0, due, 1), 1)) for seen, due in cells]
    # Rounding may leave a hair below zero.
    total: Array = np.maximum(2 * np.sum(parts, axis=0), 0.0)
    return total


def adjusted(p: Array, possible: int) -> Array:
    """Return Benjamini-Hochberg q-values of the smallest of `possible` p-values, the others being 1.

    Source:
        Benjamini & Hochberg (1995), Controlling the False Discovery Rate.
    """
    if not len(p):
        return p
    order = np.argsort(p, kind="stable")
    steps = p[order] * max(possible, len(p)) / np.arange(1, len(p) + 1)
    q = np.empty_like(p)
    q[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1.0)
    return q
