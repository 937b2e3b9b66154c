"""Where a graph's nodes lie, so that Gephi opens on a readable picture."""

from __future__ import annotations

from math import sqrt
from random import Random

import networkx as nx

from swnlp.extras import require
from swnlp.settings import DEFAULTS, GraphEngine

# Above this many nodes networkx takes minutes; the graph then has no x and y, and the run says so.
LAYOUT_LIMIT = 3000
LAYOUT_ROUNDS = 200
SPREAD = 120.0


def lay_out(
    graph: nx.Graph, *, seed: int = DEFAULTS.seed, engine: GraphEngine = DEFAULTS.graph_engine
) -> bool:
    """Give every node x and y.

    Returns:
        False, and no positions, for a graph of more than LAYOUT_LIMIT nodes with networkx.

    Raises:
        MissingExtraError: If the engine is not installed.

    Source:
        Fruchterman & Reingold (1991), Graph Drawing by Force-Directed Placement; networkx's spring_layout, igraph's
        layout_fruchterman_reingold on a grid.
    """
    if engine == "networkx" and graph.number_of_nodes() > LAYOUT_LIMIT:
        return False
    nodes = sorted(graph)
    positions = _igraph(graph, nodes, seed) if engine == "igraph" else _networkx(graph, seed)
    scale = SPREAD * sqrt(max(len(nodes), 1))
    for node, (x, y) in zip(nodes, positions, strict=True):
        # Whole hundredths: the last bits of a float differ between processors.
        graph.nodes[node].update(x=round(x * scale, 2), y=round(y * scale, 2))
    return True


def _networkx(graph: nx.Graph, seed: int) -> list[tuple[float, float]]:
    """Return positions from -1 to 1, of the nodes in order."""
    # Places depend on the order of the nodes.
    ordered = nx.Graph()
    ordered.add_nodes_from(sorted(graph))
    ordered.add_edges_from(graph.edges)
    found = nx.spring_layout(ordered, seed=seed, iterations=LAYOUT_ROUNDS, weight=None)
    return [(float(x), float(y)) for _, (x, y) in sorted(found.items())]


def _igraph(graph: nx.Graph, nodes: list[str], seed: int) -> list[tuple[float, float]]:
    """Return positions from -1 to 1, of the nodes in order."""
    igraph = require("igraph", extra="igraph")
    random = Random(seed)
    igraph.set_random_number_generator(random)
    number = {node: i for i, node in enumerate(nodes)}
    edges = sorted(tuple(sorted((number[a], number[b]))) for a, b in graph.edges)
    begin = [(random.uniform(-1, 1), random.uniform(-1, 1)) for _ in nodes]
    found = igraph.Graph(len(nodes), edges).layout_fruchterman_reingold(
        niter=LAYOUT_ROUNDS, seed=begin, grid="auto"
    )
    furthest = max((abs(c) for point in found for c in point), default=1.0) or 1.0
    return [(x / furthest, y / furthest) for x, y in found]
