"""A table of a paper as a value: captions, columns, rows and notes, whatever file it is written to."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

Cell: TypeAlias = str | int | float | None
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


# One cell for each column.
Row: TypeAlias = Sequence[Cell]


class Panel(NamedTuple):
    """A grid of a table; most tables have one.

    Attributes:
        columns: The first is that of the rows' names.
        rows: In order.
        title: What stands over it, where a table has several.
    """

    columns: Sequence[Column]
    rows: Sequence[Row]
    title: Said | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTable:
    """A numbered table.

    Attributes:
        name: Stem of its files.
        number: As the caption has it.
        caption: What it shows.
        panels: Its grids, one under the other.
        notes: What a reader must know, each a sentence or a few.
    """

    name: str
    number: int
    caption: Said
    panels: Sequence[Panel]
    notes: Sequence[Said]


def shown(cell: Cell, column: Column) -> str:
    """Return a cell as it is printed: whole numbers with their thousands apart, fractions with the column's digits."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return EMPTY
    if isinstance(cell, str):
        return cell
    return f"{cell:,}" if isinstance(cell, int) else f"{cell:,.{column.digits}f}"
