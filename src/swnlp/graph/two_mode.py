"""What is measured otherwise in a two-mode network (二模网络), where no edge joins two nodes of the same side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import networkx as nx


def two_mode_metrics(graph: nx.Graph, side: Iterable[Any]) -> dict[str, float]:
    """Return `density` and `clustering` of a two-mode network; nan where it is too small to have them.

    Density is the share of the pairs across the sides that are joined (Borgatti & Everett 1997). Clustering is the
    share of the paths of three edges that a fourth closes (Robins & Alexander 2004): a two-mode network has no
    triangles, which the usual coefficient counts.

    Args:
        graph: The network.
        side: The nodes of one side; the rest are the other.

    Raises:
        ValueError: If an edge joins two nodes of a side.
    """
    one = set(side) & set(graph)
    two = set(graph) - one
    if any((a in one) == (b in one) for a, b in graph.edges):
        raise ValueError("an edge joins two nodes of one side: this is no two-mode network")
    nan = float("nan")
    paths = sum((graph.degree(a) - 1) * (graph.degree(b) - 1) for a, b in graph.edges)
    return {
        "density": graph.number_of_edges() / (len(one) * len(two)) if one and two else nan,
        "clustering": nx.bipartite.robins_alexander_clustering(graph) if paths else nan,
    }
