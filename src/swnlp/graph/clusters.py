"""Clusters (凝聚子群): groups of nodes with more edges among themselves than chance; never called communities here."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import networkx as nx

from swnlp.extras import require
from swnlp.settings import DEFAULTS, GraphEngine

# Above this many edges networkx takes minutes.
CLUSTER_LIMIT = 200_000

Edge = tuple[str, str, float]


def cluster(
    graph: nx.Graph,
    *,
    seed: int = DEFAULTS.seed,
    weight: str = "weight",
    engine: GraphEngine = DEFAULTS.graph_engine,
) -> float:
    """Give every node a `cluster`: C1 is the largest, ties by the smallest id. Isolated nodes get none.

    Nodes and edges are put in order first, so that the same graph, seed and engine always give the same clusters.
    With networkx a graph of more than CLUSTER_LIMIT edges is left without.

    Returns:
        Modularity, -0.5 to 1; nan where no clusters were found.

    Raises:
        MissingExtraError: If the engine is not installed.

    Source:
        networkx: Blondel et al. (2008), Fast Unfolding of Communities in Large Networks (Louvain). igraph: Traag,
        Waltman & van Eck (2019), From Louvain to Leiden.
    """
    edges: list[Edge] = sorted((*sorted((a, b)), float(w)) for a, b, w in graph.edges(data=weight, default=1))
    if not edges or (engine == "networkx" and len(edges) > CLUSTER_LIMIT):
        return float("nan")
    nodes = sorted({end for edge in edges for end in edge[:2]})
    groups, modularity = _leiden(nodes, edges, seed) if engine == "igraph" else _louvain(nodes, edges, seed)
    ranked = sorted(groups, key=lambda group: (-len(group), min(group)))
    for number, group in enumerate(ranked, 1):
        for node in group:
            graph.nodes[node]["cluster"] = f"C{number}"
    return modularity


def _louvain(nodes: Sequence[str], edges: Sequence[Edge], seed: int) -> tuple[list[set[str]], float]:
    ordered = nx.Graph()
    ordered.add_nodes_from(nodes)
    ordered.add_weighted_edges_from(edges)
    groups = nx.community.louvain_communities(ordered, weight="weight", seed=seed)
    return groups, float(nx.community.modularity(ordered, groups, weight="weight"))


def _leiden(nodes: Sequence[str], edges: Sequence[Edge], seed: int) -> tuple[list[set[str]], float]:
    igraph = require("igraph", extra="igraph")
    igraph.set_random_number_generator(Random(seed))
    number = {node: i for i, node in enumerate(nodes)}
    graph = igraph.Graph(len(nodes), [(number[a], number[b]) for a, b, _ in edges])
    weights = [w for *_, w in edges]
    found = graph.community_leiden(objective_function="modularity", weights=weights, n_iterations=10)
    return [{nodes[i] for i in group} for group in found], float(graph.modularity(found, weights=weights))
