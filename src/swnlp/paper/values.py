"""A table of a paper as a value: captions, columns, rows and notes, whatever file it is written to."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Cell = str | int | float | None
# "panel": a line of text across the table; "total": the sums.
RowKind = Literal["body", "panel", "total"]
EMPTY = "—"


class Said(NamedTuple):
    """The same thing in Chinese and in English."""

    zh: str
    en: str


class Column(NamedTuple):
    """A column.

    Attributes:
        head: What stands over it.
        group: What stands over it and its neighbours of the same group; None if nothing does.
        digits: Decimal places of its fractions; whole numbers have none.
    """

    head: Said
    group: Said | None = None
    digits: int = 2


class Row(NamedTuple):
    """A row: one cell for each column; a panel has only the first."""

    cells: Sequence[Cell]
    kind: RowKind = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTable:
    """A numbered table.

    Attributes:
        name: Stem of its files.
        number: As the caption has it.
        caption: What it shows.
        columns: The first is that of the rows' names.
        rows: In order.
        notes: What a reader must know, each a sentence or a few.
    """

    name: str
    number: int
    caption: Said
    columns: Sequence[Column]
    rows: Sequence[Row]
    notes: Sequence[Said]


def shown(cell: Cell, column: Column) -> str:
    """Return a cell as it is printed: whole numbers with their thousands apart, fractions with the column's digits."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return EMPTY
    if isinstance(cell, str):
        return cell
    return f"{cell:,}" if isinstance(cell, int) else f"{cell:,.{column.digits}f}"
