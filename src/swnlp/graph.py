"""Stage 9, counts to a graph: entities are nodes, co-occurrence is an edge, a view says which pairs are shown."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import Any

import networkx as nx
import pyarrow as pa

from swnlp.settings import DEFAULTS

# Above this many nodes networkx takes minutes; the graph then has no x and y, and the run says so.
LAYOUT_LIMIT = 3000
LAYOUT_ROUNDS = 200
SPREAD = 120.0


def build_graph(
    entities: pa.Table, edges: pa.Table, *, place_names: Mapping[str, str] | None = None
) -> nx.Graph:
    """Return the co-occurrence graph of a view.

    Args:
        entities: Table schema.ENTITIES: the nodes.
        edges: Table schema.EDGES between them.
        place_names: Name of each place id, for the node attribute `place`.

    Returns:
        Undirected. Nodes are entity ids, in code point order, with label (the name), entity_label, kind,
        mentions, sentences, documents, place and aliases; edges carry weight (windows) and every other column
        of schema.EDGES.
    """
    graph = nx.Graph()
    for row in sorted(entities.to_pylist(), key=lambda row: str(row["entity_id"])):
        graph.add_node(row["entity_id"], **_node(row, place_names or {}))
    for row in edges.to_pylist():
        source, target = row.pop("source"), row.pop("target")
        graph.add_edge(source, target, weight=row["windows"], **row)
    return graph


def _node(row: Mapping[str, Any], place_names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "label": row["name"],
        "entity_label": row["label"],
        "kind": row["kind"],
        "place": place_names.get(row["place_id"] or ""),
        "mentions": row["mentions"],
        "sentences": row["sentences"],
        "documents": row["documents"],
        "aliases": tuple(row["aliases"]),
    }


def lay_out(graph: nx.Graph, *, seed: int = DEFAULTS.seed) -> bool:
    """Give every node x and y, so that Gephi opens on a readable picture.

    Returns:
        False, and no positions, for a graph of more than LAYOUT_LIMIT nodes.

    Source:
        Fruchterman & Reingold (1991), Graph Drawing by Force-Directed Placement; networkx's spring_layout.
    """
    if graph.number_of_nodes() > LAYOUT_LIMIT:
        return False
    positions = nx.spring_layout(graph, seed=seed, iterations=LAYOUT_ROUNDS, weight=None)
    scale = SPREAD * sqrt(max(graph.number_of_nodes(), 1))
    for node, (x, y) in positions.items():
        # Whole hundredths: the last bits of a float differ between processors.
        graph.nodes[node].update(x=round(float(x) * scale, 2), y=round(float(y) * scale, 2))
    return True
