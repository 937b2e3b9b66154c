"""The edges that carry a network: the disparity filter."""

from __future__ import annotations

import networkx as nx


def backbone(graph: nx.Graph, alpha: float, *, weight: str = "weight") -> nx.Graph:
    """Return the edges that are heavier than chance for at least one of their ends, and the nodes that keep one.

    Under the null a node of degree k spreads its strength s evenly at random over its edges; an edge of weight w has
    (1 - w/s)^(k-1) as its p-value there. It is kept if that is below `alpha` at either end. An end with a single
    edge says nothing (p = 1), so an isolated pair is left out.

    Args:
        graph: Undirected, with positive weights.
        alpha: Between 0 and 1; 0.05 is usual, higher keeps more.
        weight: Edge attribute.

    Source:
        Serrano, Boguñá & Vespignani (2009), Extracting the Multiscale Backbone of Complex Weighted Networks, eq. 2.
    """
    strength = dict(graph.degree(weight=weight))
    kept = [
        (a, b)
        for a, b, w in graph.edges(data=weight, default=1)
        if min(_disparity(w, strength[end], graph.degree(end)) for end in (a, b)) < alpha
    ]
    ends = {end for pair in kept for end in pair}
    # Not edge_subgraph, whose order is that of a set: it would differ from run to run.
    found = nx.Graph(**graph.graph)
    found.add_nodes_from((node, data) for node, data in graph.nodes(data=True) if node in ends)
    found.add_edges_from((a, b, graph.edges[a, b]) for a, b in kept)
    return found


def _disparity(w: float, strength: float, degree: int) -> float:
    return float((1 - w / strength) ** (degree - 1)) if degree > 1 else 1.0
