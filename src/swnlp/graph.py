"""Stage 9, counts to a graph: entities are nodes, co-occurrence is an edge, a view says which pairs are shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import sqrt
from typing import Any

import networkx as nx
import pyarrow as pa

from swnlp.records import INITIATIVES
from swnlp.settings import DEFAULTS, View

# Above this many nodes networkx takes minutes; the graph then has no x and y, and the run says so.
LAYOUT_LIMIT = 3000
LAYOUT_ROUNDS = 200
SPREAD = 120.0


def in_view(label: str, other: str, view: View) -> bool:
    """Tell whether a view shows the pair of these two labels, in either order."""
    if view == "full":
        return True
    return (label == "ACTOR" and other in INITIATIVES) or (other == "ACTOR" and label in INITIATIVES)


def build_graph(
    entities: pa.Table,
    edges: pa.Table,
    *,
    view: View = DEFAULTS.view,
    min_count: int = DEFAULTS.min_count,
    place_names: Mapping[str, str] | None = None,
) -> nx.Graph:
    """Return the co-occurrence graph of one view.

    Args:
        entities: Table schema.ENTITIES.
        edges: Table schema.EDGES.
        view: "actor-initiative": the edges between an ACTOR and a PROGRAM or POLICY; "full": all.
        min_count: Keep edges that co-occur in at least this many windows.
        place_names: Name of each place id, for the node attribute `place`.

    Returns:
        Undirected. Nodes are entity ids with at least one edge, in code point order, with label (the name),
        entity_label, kind, mentions, sentences, documents, place and aliases; edges carry weight (windows)
        and every column of schema.EDGES.
    """
    graph = nx.Graph()
    nodes = {row["entity_id"]: row for row in entities.to_pylist()}
    kept = list(_edges_of(edges, nodes, view, min_count))
    names = place_names or {}
    for node in sorted({end for source, target, _ in kept for end in (source, target)}):
        graph.add_node(node, **_node(nodes[node], names))
    graph.add_edges_from(kept)
    return graph


def _edges_of(
    edges: pa.Table, nodes: Mapping[str, Mapping[str, Any]], view: View, min_count: int
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for row in edges.to_pylist():
        source, target = row.pop("source"), row.pop("target")
        if row["windows"] >= min_count and in_view(nodes[source]["label"], nodes[target]["label"], view):
            yield source, target, {"weight": row["windows"], **row}


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
