"""A graph to an adjacency matrix in .xlsx, which UCINET, R, MATLAB and a spreadsheet read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import networkx as nx
from xlsxwriter import Workbook

from swnlp.errors import OutputError
from swnlp.export.rows import GraphRows, Node, graph_rows, unique_labels
from swnlp.export.workbook import workbook, write_sheet
from swnlp.records import INITIATIVES

# A million cells, some 20 MB: more than that no one looks at, and other formats hold it better.
MATRIX_LIMIT = 1_000

Weights = Mapping[str, Mapping[str, int | float]]


def write_matrix(graph: nx.Graph, path: Path | str) -> None:
    """Write a graph as a workbook with its matrix of weights.

    Sheets: 邻接矩阵 (symmetric, 0 for no edge, labels in the first row and column: as UCINET imports it); 二模矩阵
    if the graph joins initiatives with others only (others in rows, initiatives in columns); 节点 (what the labels
    stand for). Labels as by `write_pajek`. Text cells are text: no label is a formula.

    Args:
        graph: Undirected, one edge a pair, at most MATRIX_LIMIT nodes.
        path: The file; it is replaced only once the new one is complete.

    Raises:
        OutputError: If the file cannot be written, or the graph is too large for a matrix.
        ValueError: For a directed graph, a multigraph, or an edge whose weight is not above 0.
    """
    rows = graph_rows(graph)
    if len(rows.nodes) > MATRIX_LIMIT:
        raise OutputError(
            f"{path}: 网络有 {len(rows.nodes)} 个节点，矩阵最多 {MATRIX_LIMIT} 个；请用 .csv、.net 或 .dl，"
            "或用 --min-count 减少节点。 "
            f"A matrix holds at most {MATRIX_LIMIT} nodes: write .csv, .net or .dl, or raise --min-count."
        )
    labels = dict(zip((node.node_id for node in rows.nodes), unique_labels(rows.nodes), strict=True))
    weights = _weights(rows)
    with workbook(path) as book:
        _matrix(book, "邻接矩阵", rows.nodes, rows.nodes, weights, labels)
        others, initiatives = _sides(rows)
        if others and initiatives:
            _matrix(book, "二模矩阵", others, initiatives, weights, labels)
        names = [column.name for column in rows.node_columns]
        write_sheet(book, "节点", ["label", "id", *names], _nodes(rows, labels), frozen_columns=1)


def _weights(rows: GraphRows) -> Weights:
    weights: dict[str, dict[str, int | float]] = defaultdict(dict)
    for edge in rows.edges:
        weights[edge.source][edge.target] = weights[edge.target][edge.source] = edge.weight
    return weights


def _sides(rows: GraphRows) -> tuple[list[Node], list[Node]]:
    """Return the two sides of a two-mode graph, initiatives second; two empty ones if it is none."""
    initiatives = {node.node_id for node in rows.nodes if node.data.get("entity_label") in INITIATIVES}
    if any((edge.source in initiatives) == (edge.target in initiatives) for edge in rows.edges):
        return [], []
    return (
        [node for node in rows.nodes if node.node_id not in initiatives],
        [node for node in rows.nodes if node.node_id in initiatives],
    )


def _matrix(
    book: Workbook,
    name: str,
    down: Sequence[Node],
    across: Sequence[Node],
    weights: Weights,
    labels: Mapping[str, str],
) -> None:
    header = ["", *(labels[node.node_id] for node in across)]
    cells = (
        [labels[node.node_id], *(weights.get(node.node_id, {}).get(other.node_id, 0) for other in across)]
        for node in down
    )
    write_sheet(book, name, header, cells, frozen_columns=1)


def _nodes(rows: GraphRows, labels: Mapping[str, str]) -> Iterator[Sequence[object]]:
    for node in rows.nodes:
        values = (node.data.get(column.attribute) for column in rows.node_columns)
        yield [labels[node.node_id], node.node_id, *values]
