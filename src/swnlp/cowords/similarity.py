"""How alike two terms are, from the units that have both: the matrices of co-word analysis."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Counts = NDArray[np.int64]


def ochiai(together: Counts) -> Array:
    """Return c_ij / sqrt(c_i c_j), from 0 (never) to 1 (always together); 1 minus it is the dissimilarity (相异矩阵).

    Args:
        together: Units that have both of two terms, shape (n, n), symmetric; a term's own units on the diagonal,
            each at least 1.

    Source:
        Ochiai (1957), Zoogeographic Studies on the Soleoid Fishes; Salton's cosine of the binary vectors.
    """
    root = np.sqrt(np.diag(together).astype(np.float64))
    found: Array = together / np.outer(root, root)
    np.fill_diagonal(found, 1.0)
    return np.minimum(found, 1.0)


def equivalence(together: Counts) -> Array:
    """Return c_ij^2 / (c_i c_j), the square of `ochiai`: the strength of a link in strategic diagrams.

    Source:
        Callon, Courtial & Laville (1991), Co-word Analysis as a Tool for Describing the Network of Interactions.
    """
    found: Array = ochiai(together) ** 2
    return found
