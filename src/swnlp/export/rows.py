"""A graph to rows: every node with its look, every edge with its ends, in the one order that all formats share."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import NamedTuple

import networkx as nx

from swnlp import schema
from swnlp.export.values import Column, clean, columns, plain, unused

# Okabe & Ito (2008), Color Universal Design: eight colours that colour-blind readers tell apart, and grey.
COLOURS: dict[str, tuple[int, int, int]] = {
    "ACTOR": (213, 94, 0),
    "PROGRAM": (0, 114, 178),
    "POLICY": (86, 180, 233),
    "ORG": (0, 158, 115),
    "GROUP": (230, 159, 0),
    "PERSON": (204, 121, 167),
    "EVENT": (240, 228, 66),
    "WORK": (0, 0, 0),
    "PLACE": (153, 153, 153),
    # Tol's wine (2021, Colour Schemes): Okabe and Ito's are used up.
    "CODE": (136, 34, 85),
}
OTHER_COLOUR = (187, 187, 187)

# Radii: units of the layout in Gephi, pixels in Gephi Lite.
SMALLEST, LARGEST = 4.0, 30.0

# Attribute of nodes and edges: a dict from year to number, for the writers that know time; no column.
BY_YEAR = "by_year"

# What can't stand in a label in double quotes.
_QUOTED = str.maketrans({'"': "'", "\\": "＼"})

_NODE_ORDER = ("entity_label", "kind", "place", "aliases", "mentions", "sentences", "documents")
_EDGE_ORDER = tuple(schema.EDGES.names)


class Node(NamedTuple):
    """A node as it is written; x, y and size in the units of the layout, `data` the graph's own attributes."""

    node_id: str
    label: str
    x: float
    y: float
    size: float
    colour: tuple[int, int, int]
    data: Mapping[Hashable, object]


class Edge(NamedTuple):
    """An edge as it is written: `source` is the smaller id of the two."""

    edge_id: str
    source: str
    target: str
    weight: int | float
    data: Mapping[Hashable, object]


class GraphRows(NamedTuple):
    """All that is written of a graph."""

    nodes: list[Node]
    edges: list[Edge]
    node_columns: list[Column]
    edge_columns: list[Column]


def graph_rows(graph: nx.Graph, *, write_id: Callable[[str], str] = clean) -> GraphRows:
    """Return the rows and columns of an undirected graph with at most one edge a pair.

    Args:
        graph: Node attributes label, entity_label, mentions, x and y decide the look; edge attribute weight
            (1 where there is none) must be positive. Every other attribute becomes a column.
        write_id: How an id is written; ids that it makes equal are told apart by a number.

    Raises:
        ValueError: For a directed graph, a multigraph, or a weight that is not above 0 (Gephi drops such edges).
    """
    if graph.is_directed() or graph.is_multigraph():
        raise ValueError("an export needs an undirected graph with one edge a pair (networkx.Graph)")
    ids = _ids(graph, write_id)
    nodes, edges = _nodes(graph, ids), _edges(graph, ids)
    node_data, edge_data = (node.data for node in nodes), (edge.data for edge in edges)
    return GraphRows(
        nodes,
        edges,
        columns(node_data, of="node", order=_NODE_ORDER, without=("label", "x", "y", BY_YEAR)),
        columns(edge_data, of="edge", order=_EDGE_ORDER, without=("weight", BY_YEAR)),
    )


def unique_labels(nodes: Sequence[Node]) -> list[str]:
    """Return each node's label for formats that know a node by it: one line in double quotes, no two equal.

    Labels that several nodes have, ignoring case, get the node's id in brackets. Double quotes become single
    ones, a backslash ＼, and white space of any kind one space.
    """
    shown = [_one_line(node.label) for node in nodes]
    often = Counter(label.casefold() for label in shown)
    taken: set[str] = set()
    return [
        unused(
            label if often[label.casefold()] == 1 else f"{label} ({_one_line(node.node_id)})",
            taken,
            key=str.casefold,
        )
        for node, label in zip(nodes, shown, strict=True)
    ]


def _one_line(label: str) -> str:
    return re.sub(r"\s+", " ", label).strip().translate(_QUOTED)


def _ids(graph: nx.Graph, write_id: Callable[[str], str]) -> dict[Hashable, str]:
    taken: set[str] = set()
    ordered = sorted(graph, key=lambda node: (str(node), type(node).__name__))
    return {node: unused(write_id(str(node)) or "node", taken) for node in ordered}


def _nodes(graph: nx.Graph, ids: Mapping[Hashable, str]) -> list[Node]:
    most = max((_number(data.get("mentions")) or 0.0 for _, data in graph.nodes.items()), default=0.0)
    ordered = sorted(ids, key=ids.__getitem__)
    return [
        _node(ids[node], graph.nodes[node], _on_circle(i, len(ids)), most) for i, node in enumerate(ordered)
    ]


def _node(node_id: str, data: Mapping[Hashable, object], spare: tuple[float, float], most: float) -> Node:
    """Return a node's row; `spare` is its place if it has none, `most` the mentions of the largest node."""
    x, y = _number(data.get("x")), _number(data.get("y"))
    if x is None or y is None:
        x, y = spare
    label = clean(str(data.get("label") or ""))
    size = _size(_number(data.get("mentions")), most)
    colour = COLOURS.get(str(data.get("entity_label")), OTHER_COLOUR)
    return Node(node_id, label if label.strip() else node_id, x, y, size, colour, data)


def _number(value: object) -> float | None:
    found = plain(value)
    return float(found) if isinstance(found, (int, float)) else None


def _size(mentions: float | None, most: float) -> float:
    """Return a radius: the node with most mentions gets the largest, and the area goes with the mentions."""
    if mentions is None or mentions <= 0:
        return SMALLEST
    return round(max(SMALLEST, LARGEST * math.sqrt(mentions / most)), 3)


def _on_circle(i: int, n: int) -> tuple[float, float]:
    """Return the place of the i-th of n nodes on a circle so wide that none touches its neighbour."""
    radius = max(4 * LARGEST, n * 2.5 * LARGEST / (2 * math.pi))
    angle = 2 * math.pi * i / n
    # Adding 0.0 turns -0.0 into 0.0.
    return round(radius * math.cos(angle), 3) + 0.0, round(radius * math.sin(angle), 3) + 0.0


def _edges(graph: nx.Graph, ids: Mapping[Hashable, str]) -> list[Edge]:
    pairs = [(*sorted((ids[a], ids[b])), data) for a, b, data in graph.edges(data=True)]
    pairs.sort(key=lambda pair: pair[:2])
    return [Edge(f"e{i}", a, b, _weight(a, b, data), data) for i, (a, b, data) in enumerate(pairs)]


def _weight(source: str, target: str, data: Mapping[Hashable, object]) -> int | float:
    weight = plain(data.get("weight", 1))
    if isinstance(weight, (int, float)) and not isinstance(weight, bool) and weight > 0:
        return weight
    raise ValueError(f"edge {source} - {target}: weight must be above 0, got {data.get('weight')!r}")
