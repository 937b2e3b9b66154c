"""Tables to CSV that Gephi, pandas and spreadsheets read, and in which no cell is a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import networkx as nx
import pyarrow as pa

from swnlp.export.cells import joined, slices, written
from swnlp.export.files import replacing
from swnlp.export.rows import Edge, Node, graph_rows
from swnlp.export.values import Column, as_kind, clean, plain, text

Cell = str | int | float
Row = TypeVar("Row", Node, Edge)

# What a spreadsheet takes for the beginning of a formula, also in full width, also after white space.
_FORMULA = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫]|[\t\r\n]")
# Gephi's CSV reader takes a backslash before a quote for an escape; a space in between keeps the row whole.
_ESCAPE = re.compile(r'\\(?="|\Z)')
_YEAR = re.compile("[0-9]{4}(?=-|$)")


def safe_cell(value: object) -> Cell:
    """Return a value as a cell that no spreadsheet runs.

    Text that would begin a formula (= + - @, also in full width or after white space, or a tab or line break)
    gets a single quote in front; numbers stay numbers, negative ones too. None, NaN and the infinities are
    empty, bools true and false, lists one text joined by " | "; characters that XML forbids are removed.
    """
    found = plain(value)
    if found is None:
        return ""
    if isinstance(found, bool):
        return text(found)
    return _safe_text(found) if isinstance(found, str) else found


def _safe_text(found: str) -> str:
    return f"'{found}" if _FORMULA.match(found) else found


def write_nodes_csv(graph: nx.Graph, path: Path | str) -> None:
    """Write a graph's nodes as Gephi's nodes table: Id, Label, Timeset and every other attribute but the position.

    UTF-8 with BOM. Rows stand in the order of ids, after a few that together fill every column: Gephi guesses
    the type of a column from the first 25 rows. Ids are written as in `write_edges_csv`. Timeset is from the first
    year of a node's edges to the last.

    Raises:
        OutputError: If the file cannot be written.
        ValueError: For a directed graph, a multigraph, or an edge whose weight is not above 0.
    """
    rows = graph_rows(graph, write_id=_gephi_id)
    spans = _node_years(rows.edges)
    time = ["Timeset"] if spans else []
    header = ["Id", "Label", *time, *(column.name for column in rows.node_columns)]
    ordered = _full_first(rows.nodes, rows.node_columns)
    _write(
        path,
        header,
        (
            [
                n.node_id,
                _gephi_cell(n.label),
                *(_timeset(spans.get(n.node_id)) for _ in time),
                *_cells(n, rows.node_columns),
            ]
            for n in ordered
        ),
    )


def write_edges_csv(graph: nx.Graph, path: Path | str) -> None:
    """Write a graph's edges as Gephi's edges table: Source, Target, Type (Undirected), Weight, Timeset, others.

    As `write_nodes_csv`, with rows in the order of (source, target). Timeset (`<[2019-01-01, 2020-12-31]>`) is there if any
    edge has the attributes first_date and last_date: whole years, from the first to the last.

    Raises:
        OutputError: If the file cannot be written.
        ValueError: For a directed graph, a multigraph, or an edge whose weight is not above 0.
    """
    rows = graph_rows(graph, write_id=_gephi_id)
    time = ["Timeset"] if any(map(_years, rows.edges)) else []
    header = ["Source", "Target", "Type", "Weight", *time, *(column.name for column in rows.edge_columns)]
    ordered = _full_first(rows.edges, rows.edge_columns)
    _write(
        path,
        header,
        (
            [
                e.source,
                e.target,
                "Undirected",
                e.weight,
                *(_timeset(_years(e)) for _ in time),
                *_cells(e, rows.edge_columns),
            ]
            for e in ordered
        ),
    )


def write_table_csv(table: pa.Table | pa.RecordBatchReader, path: Path | str) -> None:
    """Write an Arrow table, or a stream of one, as CSV: UTF-8 with BOM, every cell by `safe_cell`.

    Raises:
        OutputError: If the file cannot be written.
    """
    with table_csv(path, table.schema.names) as write:
        for batch in table.to_batches() if isinstance(table, pa.Table) else table:
            write(batch)


@contextmanager
def table_csv(path: Path | str, names: Sequence[str]) -> Iterator[Callable[[pa.RecordBatch], None]]:
    """Open a CSV file as of `write_table_csv` and give the function that writes the next rows, for what goes elsewhere too.

    Raises:
        OutputError: If the file cannot be written; `path` is then as it was.
    """
    with _lines(path, names) as lines:

        def write(batch: pa.RecordBatch) -> None:
            for part in slices(batch):
                rows = joined([written(column, _quoted) for column in part.columns], ",")
                lines.writelines(f"{row}\r\n" for row in rows.to_pylist())

        yield write


def _years(edge: Edge) -> tuple[int, int] | None:
    """Return the first and the last year of an edge; None if they are not known."""
    found = [_YEAR.match(str(edge.data.get(name))) for name in ("first_date", "last_date")]
    first, last = (int(match.group()) if match else None for match in found)
    return (first, last) if first is not None and last is not None else None


def _node_years(edges: Iterable[Edge]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for edge in edges:
        if (years := _years(edge)) is not None:
            for end in (edge.source, edge.target):
                first, last = found.get(end, years)
                found[end] = (min(first, years[0]), max(last, years[1]))
    return found


def _timeset(years: tuple[int, int] | None) -> str:
    return f"<[{years[0]:04}-01-01, {years[1]:04}-12-31]>" if years else ""


def _gephi_cell(value: object) -> Cell:
    cell = safe_cell(value)
    return _ESCAPE.sub(r"\\ ", cell) if isinstance(cell, str) else cell


def _gephi_id(node_id: str) -> str:
    return str(_gephi_cell(node_id))


def _cells(row: Node | Edge, columns: Sequence[Column]) -> Iterator[Cell]:
    for column in columns:
        value = plain(row.data.get(column.attribute))
        yield "" if value is None or column.kind is None else _gephi_cell(as_kind(value, column.kind))


def _full_first(rows: Sequence[Row], columns: Sequence[Column]) -> Iterator[Row]:
    """Return the rows in their order, after the fullest and the first that fill what it leaves empty."""
    first = _filling(rows, [column for column in columns if column.kind])
    yield from (rows[i] for i in first)
    moved = set(first)
    yield from (row for i, row in enumerate(rows) if i not in moved)


def _filling(rows: Sequence[Row], columns: Sequence[Column]) -> list[int]:
    first: dict[Column, int] = {}
    fullest = 0
    most: set[Column] = set()
    for i, row in enumerate(rows):
        filled = {column for column in columns if plain(row.data.get(column.attribute)) is not None}
        first = dict.fromkeys(filled, i) | first
        if len(filled) > len(most):
            fullest, most = i, filled
        if len(most) == len(columns):
            break
    return [fullest, *sorted({i for column, i in first.items() if column not in most})] if rows else []


def _quoted(value: object) -> str:
    """Return a cell as csv.QUOTE_NONNUMERIC writes it: text in quotes, also the empty one."""
    cell = safe_cell(value)
    return '"' + cell.replace('"', '""') + '"' if isinstance(cell, str) else repr(cell)


def _write(path: Path | str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    with _lines(path, header) as lines:
        # Text in quotes, so that a cell stays whole where a spreadsheet cuts at semicolons.
        csv.writer(lines, quoting=csv.QUOTE_NONNUMERIC).writerows(rows)


@contextmanager
def _lines(path: Path | str, header: Sequence[str]) -> Iterator[io.TextIOWrapper]:
    with replacing(path) as file:
        lines = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        csv.writer(lines).writerow([_safe_text(clean(name)) for name in header])
        yield lines
        lines.flush()
        lines.detach()
