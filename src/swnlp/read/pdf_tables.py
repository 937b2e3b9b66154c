"""The tables of a PDF page: ruled ones by their lines, others by rows whose parts stand below each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from swnlp.read.pdf_chars import Chars
from swnlp.read.pdf_lines import Labels, Line, Part, Table, TableCell, rows_of
from swnlp.read.pdf_rulings import Grid

# A form with a longer text in one cell is a frame around the text.
_LONGEST = 1_500
# What has fewer cells with text is no table.
_LEAST_CELLS = 3
# Without lines: so many rows, no farther from each other than so many sizes of the font.
_LEAST_ROWS = 3
_ROW_GAP = 3.0
_LEADERS = re.compile(r"[.…·．]{4}")


class Tabled(NamedTuple):
    """The cell of each character of a page, -1 for none, and the grids with the first number of their cells."""

    cells: Labels
    grids: tuple[tuple[Grid, int], ...]


def in_cells(chars: Chars, grids: Sequence[Grid]) -> Tabled:
    """Say which cell each character stands in; a frame, or a grid that is nearly empty, is no table."""
    cells = np.full(len(chars), -1, dtype=np.intp)
    kept: list[tuple[Grid, int]] = []
    x, y = (chars.left + chars.right) / 2, chars.middle
    number = 0
    for grid in grids:
        found = grid.cells_at(x, y)
        filled = np.bincount(found[found >= 0])
        if len(filled) and filled.max() <= _LONGEST and (filled > 0).sum() >= _LEAST_CELLS and _is_wide(grid):
            cells = np.where(found >= 0, found + number, cells)
            kept.append((grid, number))
            number += int(grid.labels.max()) + 1
    return Tabled(cells, tuple(kept))


def _is_wide(grid: Grid) -> bool:
    """Say whether at least two rows have more than one cell."""
    return sum(len(set(row)) > 1 for row in grid.labels.tolist()) > 1


def with_tables(pieces: Sequence[tuple[Line, int]], tabled: Tabled) -> list[Line]:
    """Return the pieces with those of each table as one, which stands in their place."""
    outside = [piece for piece, cell in pieces if cell < 0]
    inside: dict[int, list[Line]] = {}
    for piece, cell in pieces:
        if cell >= 0:
            inside.setdefault(cell, []).append(piece)
    return [*outside, *(_placed(grid, first, inside) for grid, first in tabled.grids)]


def _placed(grid: Grid, first: int, inside: dict[int, list[Line]]) -> Line:
    rows: list[tuple[TableCell, ...]] = []
    seen: set[int] = set()
    labels = grid.labels[::-1]
    for row in labels.tolist():
        cells: list[TableCell] = []
        for label in dict.fromkeys(row):
            if label not in seen:
                seen.add(label)
                held = labels == label
                width, height = int(held.any(axis=0).sum()), int(held.any(axis=1).sum())
                cells.append(TableCell(_cell_text(inside.get(first + label, ())), width, height))
        rows.append(tuple(cells))
    return _line(Table(tuple(rows), tuple(grid.xs.tolist())), float(grid.ys[0]), float(grid.ys[-1]))


def _line(table: Table, bottom: float, top: float) -> Line:
    # So small that nothing stands beside it, as on one line with it.
    text = "\t".join(cell.text for row in table.rows for cell in row)
    return Line(text, table.edges[0], table.edges[-1], bottom, top, 1.0, table=table)


def _cell_text(pieces: Sequence[Line]) -> str:
    """Return the text of a cell, whose lines were broken by its width only."""
    text = ""
    for row in rows_of(pieces):
        line = " ".join(part.text for part in row.parts)
        latin = text[-1:].isascii() and line[:1].isascii() and text != ""
        text += f" {line}" if latin else line
    return text


def aligned_tables(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with those that make a table without drawn lines as one."""
    made: list[Line] = []
    at = 0
    while at < len(lines):
        end, strips = _aligned(lines, at)
        if end - at >= _LEAST_ROWS:
            made.append(_unruled(lines[at:end], strips))
        else:
            end = at + 1
            made.append(lines[at])
        at = end
    return made


def _aligned(lines: Sequence[Line], start: int) -> tuple[int, list[Part]]:
    """Return the end of the rows from `start` on whose parts stand in the same columns, and the columns."""
    strips: list[Part] = []
    end = start
    while end < len(lines) and _is_row(lines[end]):
        if end > start and not _below(lines[end - 1], lines[end]):
            break
        wider = _strips([*strips, *lines[end].parts])
        rows = [_columns_of(line, wider) for line in lines[start : end + 1]]
        if len(wider) < 2 or any(len(set(row)) < len(row) for row in rows):
            break
        strips, end = wider, end + 1
    return end, strips


def _is_row(line: Line) -> bool:
    return line.table is None and len(line.parts) > 1 and "\t" in line.text and not _LEADERS.search(line.text)


def _below(upper: Line, lower: Line) -> bool:
    return upper.column == lower.column and upper.middle - lower.middle <= _ROW_GAP * max(
        upper.size, lower.size
    )


def _strips(parts: Sequence[Part]) -> list[Part]:
    """Return the stretches that parts cover together, from the left."""
    strips: list[Part] = []
    for part in sorted(parts):
        if strips and part.left <= strips[-1].right:
            strips[-1] = strips[-1]._replace(right=max(strips[-1].right, part.right))
        else:
            strips.append(part)
    return strips


def _columns_of(line: Line, strips: Sequence[Part]) -> list[int]:
    middles = [(part.left + part.right) / 2 for part in line.parts]
    return [next(i for i, s in enumerate(strips) if s.left <= x <= s.right) for x in middles]


def _unruled(lines: Sequence[Line], strips: Sequence[Part]) -> Line:
    rows = []
    for line in lines:
        texts = dict(zip(_columns_of(line, strips), line.parts, strict=True))
        rows.append(tuple(TableCell(texts[i].text if i in texts else "") for i in range(len(strips))))
    edges = (strips[0].left, *((a.right + b.left) / 2 for a, b in pairwise(strips)), strips[-1].right)
    made = _line(Table(tuple(rows), edges), lines[-1].bottom, lines[0].top)
    made.column = lines[0].column
    return made
