"""Callon's strategic diagram: how central each cluster of terms is, and how dense."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from swnlp.cowords.similarity import Array

# By (central, dense): number of the quadrant, its Chinese and its English name.
QUADRANTS = {
    (True, True): "I 核心主题 motor",
    (False, True): "II 成熟而孤立 developed but isolated",
    (False, False): "III 边缘：新兴或衰退 emerging or declining",
    (True, False): "IV 基础主题 basic",
}


class Theme(NamedTuple):
    """A cluster in the diagram: `centrality` is the x axis, `density` the y axis."""

    cluster: int
    centrality: float
    density: float
    quadrant: str


def strategic_diagram(strength: Array, of: NDArray[np.int64]) -> list[Theme]:
    """Place each cluster by its links to others and the links inside.

    centrality = 10 * sum of e_kh over terms k inside and h outside; density = 100 * (sum of e_ij over pairs inside) / w,
    w being its number of terms. The axes cross at the medians; what lies on one counts as above.

    Args:
        strength: Equivalence indices, shape (n, n), symmetric.
        of: Cluster of each term, from 1.

    Source:
        Callon, Courtial & Laville (1991); formulas as in Cobo et al. (2011), An Approach for Detecting, Quantifying,
        and Visualizing the Evolution of a Research Field, eq. 2 and 3.
    """
    names = np.unique(of)
    member = (of[:, None] == names).astype(np.float64)
    # The diagonal is no link.
    links = member.T @ (strength - np.diag(np.diag(strength))) @ member
    inside = np.diag(links) / 2
    centrality = 10 * (links.sum(axis=1) - np.diag(links))
    density = 100 * inside / member.sum(axis=0)
    # A hair below the median is the median, rounded.
    middle = np.median(centrality) - 1e-9, np.median(density) - 1e-9
    return [
        Theme(int(k), float(c), float(d), QUADRANTS[bool(c >= middle[0]), bool(d >= middle[1])])
        for k, c, d in zip(names, centrality, density, strict=True)
    ]
