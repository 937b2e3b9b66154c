"""A two-mode network seen from one side: initiatives joined by the actors that they share."""

from __future__ import annotations

from itertools import combinations

import networkx as nx


def project(graph: nx.Graph, label: frozenset[str] | set[str]) -> nx.Graph:
    """Return the one-mode network of the nodes whose `entity_label` is in `label`.

    Two of them are joined if they have a neighbour on the other side in common.

    Returns:
        Undirected; node attributes are kept. Edges carry weight and `shared` (how many neighbours they share),
        `shared_names` (their names) and `fractional`: each shared neighbour of degree k counts 1/(k-1), so that one
        that is everywhere joins nobody (Newman 2001, Scientific Collaboration Networks II, eq. 2).
    """
    found = nx.Graph(**graph.graph)
    found.add_nodes_from((n, d) for n, d in graph.nodes(data=True) if d["entity_label"] in label)
    for hub in sorted(set(graph) - set(found)):
        name = str(graph.nodes[hub].get("label", hub))
        ends = sorted(n for n in graph.neighbors(hub) if n in found)
        for a, b in combinations(ends, 2):
            if not found.has_edge(a, b):
                found.add_edge(a, b, weight=0, shared=0, shared_names=(), fractional=0.0)
            edge = found.edges[a, b]
            edge["weight"] = edge["shared"] = edge["shared"] + 1
            edge["shared_names"] = (*edge["shared_names"], name)
            edge["fractional"] += 1 / (len(ends) - 1)
    return found
