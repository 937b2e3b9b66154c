"""A graph to Pajek's .net: vertices with a place on the plane, edges with a value.

Source: de Nooy, Mrvar & Batagelj (2018), Exploratory Social Network Analysis with Pajek; Pajek's reference manual.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import networkx as nx

from swnlp.export.files import write_lines
from swnlp.export.rows import GraphRows, Node, graph_rows, unique_labels
from swnlp.export.values import text

# The part of Pajek's unit square that vertices lie in, so that labels at the rim can be read.
_RIM = 0.05


def write_pajek(graph: nx.Graph, path: Path | str) -> None:
    """Write a graph as a Pajek network.

    UTF-8 with BOM, by which Pajek knows the encoding (networkx: `read_pajek(path, encoding="utf-8-sig")`). Labels
    are quoted and each is there once: two nodes of one name also show their ids. What a quoted label can't hold is
    replaced: " by ', a backslash (Pajek's mark of a line break) by ＼, line breaks by a space. Pajek has no attributes.

    Args:
        graph: Undirected, one edge a pair.
        path: The file; it is replaced only once the new one is complete.

    Raises:
        OutputError: If the file cannot be written.
        ValueError: For a directed graph, a multigraph, or an edge whose weight is not above 0.
    """
    write_lines(path, _lines(graph_rows(graph)), encoding="utf-8-sig")


def _lines(rows: GraphRows) -> Iterator[str]:
    labels = unique_labels(rows.nodes)
    number = {node.node_id: i for i, node in enumerate(rows.nodes, 1)}
    yield f"*Vertices {len(rows.nodes)}"
    for i, (label, (x, y)) in enumerate(zip(labels, _places(rows.nodes), strict=True), 1):
        yield f'{i} "{label}" {x:.4f} {y:.4f} 0.5000'
    yield "*Edges"
    for edge in rows.edges:
        yield f"{number[edge.source]} {number[edge.target]} {text(edge.weight)}"


def _places(nodes: Sequence[Node]) -> Iterator[tuple[float, float]]:
    """Yield places in the unit square, one scale for both axes; Pajek's y grows downwards."""
    if not nodes:
        return
    left, low = min(node.x for node in nodes), min(node.y for node in nodes)
    wide = max(max(node.x for node in nodes) - left, max(node.y for node in nodes) - low) or 1.0
    for node in nodes:
        x, y = (node.x - left) / wide, (node.y - low) / wide
        yield _RIM + (1 - 2 * _RIM) * x, 1 - _RIM - (1 - 2 * _RIM) * y
