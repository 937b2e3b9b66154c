"""The cells of a table where rows and columns are merged: which column does each stand in, and under which header?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from swnlp.records import Cell

# No table is wider; a page may claim more.
MOST_COLUMNS = 1_000
MOST_ROWS = 65_534


class Raw(NamedTuple):
    """A cell as its file gives it: where its text stands, and over how many columns and rows it goes."""

    start: int
    end: int
    columns: int = 1
    rows: int = 1


def cells_of(text: str, table_id: int, rows: Sequence[Sequence[Raw]]) -> list[Cell]:
    """Return the cells of a table with their columns and headers.

    The header of a column is what stands over it in the first row with more than one cell; rows up to that one
    have none. Empty cells are left out.

    Args:
        text: The document's text, in which the cells stand.
        table_id: Number of the table in the document.
        rows: The cells of each row, in order.
    """
    placed = _placed(rows)
    header_row = next((i for i, row in enumerate(placed) if len(row) > 1), len(placed))
    headers: dict[int, str] = {}
    cells: list[Cell] = []
    for number, row in enumerate(placed):
        for column, raw in row:
            content = text[raw.start : raw.end]
            if number == header_row:
                headers |= dict.fromkeys(range(column, column + raw.columns), content)
            if content:
                header = headers.get(column, "") if number > header_row else ""
                cells.append(Cell(table_id, number, column, header, content, raw.start, raw.end))
    return cells


def _placed(rows: Sequence[Sequence[Raw]]) -> list[list[tuple[int, Raw]]]:
    """Return each row's cells with the column that each begins in."""
    taken: dict[int, int] = {}
    placed: list[list[tuple[int, Raw]]] = []
    for number, row in enumerate(rows):
        column, line = 0, []
        for raw in row:
            while taken.get(column, 0) > number:
                column += 1
            width = max(1, min(raw.columns, MOST_COLUMNS))
            line.append((column, raw._replace(columns=width)))
            if raw.rows > 1:
                last = number + min(raw.rows, MOST_ROWS)
                taken |= dict.fromkeys(range(column, column + width), last)
            column += width
        placed.append(line)
    return placed
