"""Whether two fits found the same topics: how alike the weights of their terms are, topic by topic."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

Array = NDArray[np.float64]


def agreement(a: Array, b: Array) -> Array:
    """Return the cosine of each topic of one fit with its partner in another, under the best one-to-one match.

    Args:
        a: Weights of terms in topics, shape (n_topics, n_terms), none negative.
        b: The same of another fit with as many topics.

    Returns:
        One number for each topic of `a`, 0 (no common term) to 1 (the same weights).

    Source:
        de Waal & Barnard (2008), Evaluating Topic Models with Stability, for matching two fits by the Hungarian method
        (Kuhn 1955); the cosine compares all weights, so that the order of terms of equal weight does not count.
    """
    alike = _unit(a) @ _unit(b).T
    rows, columns = linear_sum_assignment(alike, maximize=True)
    own = np.zeros(len(a))
    own[rows] = alike[rows, columns]
    return own


def _unit(weights: Array) -> Array:
    length = np.linalg.norm(weights, axis=1, keepdims=True)
    found: Array = weights / np.where(length > 0, length, 1.0)
    return found
