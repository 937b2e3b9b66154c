"""A graph to UCINET's DL language: a list of labels, and a list of pairs with their value.

Source: UCINET's help, DL Language (analytictech.com/ucinet/help/hs5000.htm).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import networkx as nx

from swnlp.export.files import write_lines
from swnlp.export.rows import GraphRows, graph_rows, unique_labels
from swnlp.export.values import text


def write_dl(graph: nx.Graph, path: Path | str) -> None:
    """Write a graph as DL, format edgelist1.

    edgelist1 lists arcs, so every edge is there in both directions and the matrix that UCINET makes is symmetric.
    UTF-8 without BOM, since the first word of the file must be DL. Labels are quoted, one a line, each once (two
    nodes of one name also show their ids), cleaned as by `write_pajek`; UCINET cuts them at 18 characters. A
    UCINET too old for UTF-8 reads the labels right from the matrix of `write_matrix`.

    Args:
        graph: Undirected, one edge a pair.
        path: The file; it is replaced only once the new one is complete.

    Raises:
        OutputError: If the file cannot be written.
        ValueError: For a directed graph, a multigraph, or an edge whose weight is not above 0.
    """
    write_lines(path, _lines(graph_rows(graph)))


def _lines(rows: GraphRows) -> Iterator[str]:
    number = {node.node_id: i for i, node in enumerate(rows.nodes, 1)}
    yield f"dl n={len(rows.nodes)} format=edgelist1"
    yield "labels:"
    yield from (f'"{label}"' for label in unique_labels(rows.nodes))
    yield "data:"
    pairs = [(number[edge.source], number[edge.target], edge.weight) for edge in rows.edges]
    for a, b, weight in sorted([*pairs, *((b, a, weight) for a, b, weight in pairs)]):
        yield f"{a} {b} {text(weight)}"
