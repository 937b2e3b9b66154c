"""Hierarchical clusters of terms from their dissimilarities, and how many of them there are."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage  # type: ignore[import-untyped]
from scipy.spatial.distance import squareform  # type: ignore[import-untyped]

from swnlp.cowords.similarity import Array

Linkage = Literal["average", "complete", "single", "ward"]
MOST_CLUSTERS = 12


class Clusters(NamedTuple):
    """The clustering of n terms.

    Attributes:
        tree: scipy's linkage matrix, shape (n - 1, 4): the two clusters merged, their distance, the terms in both.
        of: Cluster of each term, numbered from 1 in the order of their first terms.
        silhouettes: Mean silhouette width of each number of clusters that was tried; empty if it was given.
    """

    tree: Array
    of: NDArray[np.int64]
    silhouettes: dict[int, float]


def cluster_terms(similarity: Array, *, method: Linkage = "ward", clusters: int | None = None) -> Clusters:
    """Cluster terms agglomeratively on 1 - similarity.

    Ward's method needs Euclidean distances; for it they are sqrt(2 (1 - similarity)), which those of a cosine are.

    Args:
        similarity: Ochiai coefficients, shape (n, n), n at least 2.
        method: How far apart two clusters are. Ward's makes clusters of like size; "average" is SPSS's between-groups
            linkage (组间联接), which on sparse counts tends to one large cluster and single terms.
        clusters: How many; None for the number from 2 to MOST_CLUSTERS (and at most half the terms) of the largest
            mean silhouette width, the smallest of equals.

    Source:
        Sokal & Michener (1958) for average linkage; Ward (1963); Rousseeuw (1987), Silhouettes.
    """
    apart = 1.0 - similarity
    if method == "ward":
        apart = np.sqrt(2 * apart)
    np.fill_diagonal(apart, 0.0)
    tree: Array = linkage(squareform(apart, checks=False), method=method)
    if clusters is not None:
        return Clusters(tree, _cut(tree, clusters), {})
    tried = range(2, max(min(MOST_CLUSTERS, len(apart) // 2), 2) + 1)
    widths = {k: silhouette(apart, _cut(tree, k)) for k in tried}
    best = max(widths, key=lambda k: (round(widths[k], 12), -k))
    return Clusters(tree, _cut(tree, best), widths)


def _cut(tree: Array, clusters: int) -> NDArray[np.int64]:
    found = fcluster(tree, clusters, criterion="maxclust")
    _, first, inverse = np.unique(found, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first)] = np.arange(1, len(first) + 1)
    numbered: NDArray[np.int64] = rank[inverse]
    return numbered


def silhouette(apart: Array, of: NDArray[np.int64]) -> float:
    """Return the mean silhouette width, from -1 to 1: how much nearer terms are to their own cluster than to the next.

    A term alone in its cluster counts 0; so does a clustering into one.

    Args:
        apart: Dissimilarities, shape (n, n), 0 on the diagonal.
        of: Cluster of each term.

    Source:
        Rousseeuw (1987), Silhouettes: A Graphical Aid to the Interpretation and Validation of Cluster Analysis.
    """
    names, codes = np.unique(of, return_inverse=True)
    if len(names) < 2:
        return 0.0
    member = np.eye(len(names))[codes]
    sizes = member.sum(axis=0)
    sums = apart @ member
    own = sums[np.arange(len(of)), codes] / np.maximum(sizes[codes] - 1, 1)
    others = np.where(member > 0, np.inf, sums / sizes).min(axis=1)
    widest = np.maximum(own, others)
    width = np.where((sizes[codes] > 1) & (widest > 0), (others - own) / np.where(widest > 0, widest, 1), 0.0)
    return float(width.mean())
