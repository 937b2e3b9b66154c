"""Whether the top terms of a topic belong together: NPMI and C_V coherence over windows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
# As in gensim; Röder et al. add it so that a pair that is never together has a logarithm.
EPSILON = 1e-12


def pair_npmi(together: NDArray[np.int64], windows: int) -> Array:
    """Return ln((p_ij + e) / (p_i p_j)) / -ln(p_ij + e) of every two terms, about -1 to 1, e being EPSILON.

    1 where every window has both.

    Args:
        together: Windows that have both of two terms, shape (n, n); a term's own windows (at least 1) on the diagonal.
        windows: All windows.
    """
    p = together / windows
    own = np.diag(p)
    always = together == windows
    surprise = -np.log(np.where(always, 0.5, p) + EPSILON)
    found: Array = np.where(always, 1.0, np.log((p + EPSILON) / np.outer(own, own)) / surprise)
    return found


def npmi_coherence(together: NDArray[np.int64], windows: int, topics: Sequence[Sequence[int]]) -> Array:
    """Return the mean NPMI of all pairs of each topic's top terms; one number a topic.

    Args:
        together: As in `pair_npmi`.
        windows: All windows.
        topics: Indices of each topic's top terms in `together`, best first.

    Source:
        Bouma (2009); Aletras & Stevenson (2013), Evaluating Topic Coherence Using Distributional Semantics;
        gensim's c_npmi on the same windows.
    """
    pairs = pair_npmi(together, windows)
    return np.array([_mean_of_pairs(pairs[np.ix_(topic, topic)]) for topic in topics])


def _mean_of_pairs(block: Array) -> float:
    n = len(block)
    return float(block[~np.eye(n, dtype=bool)].mean()) if n > 1 else 0.0


def cv_coherence(together: NDArray[np.int64], windows: int, topics: Sequence[Sequence[int]]) -> Array:
    """Return C_V of each topic: how alike each top term's NPMI profile is to that of all its top terms; -1 to 1.

    A term's profile is its NPMI with every top term of the topic, itself included; the topic's is the sum of them.
    C_V is the mean cosine of the terms' profiles with the topic's.

    Args:
        together: As in `pair_npmi`.
        windows: All windows.
        topics: As in `npmi_coherence`.

    Source:
        Röder, Both & Hinneburg (2015), Exploring the Space of Topic Coherence Measures, with gamma = 1. They slide a
        window of 110 words; swnlp's windows are the units that it counts words in.
    """
    pairs = pair_npmi(together, windows)
    return np.array([_mean_cosine(pairs[np.ix_(topic, topic)]) for topic in topics])


def _mean_cosine(profiles: Array) -> float:
    whole = profiles.sum(axis=0)
    length = np.linalg.norm(profiles, axis=1) * np.linalg.norm(whole)
    return float((profiles @ whole / np.where(length > 0, length, 1)).mean())
