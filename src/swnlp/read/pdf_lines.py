"""The characters of a PDF page to its lines, in the order in which a person reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from swnlp.read.pdf_chars import LEVEL, Chars, Mask

Labels = npt.NDArray[np.intp]

# Gaps, in sizes of the font: a space between Latin words; another cell or column.
_SPACE = 0.2
_APART = 1.6
# Between the two characters of a word that is written wide.
_WIDE = 4.0
# Columns: so many lines on either side of the gap, so filled, so long.
_COLUMN_LINES = 4
_FILLED = 0.6
_COLUMN_CHARS = 9
_MOST_COLUMNS = 3
# So many places of a page are tried as the gap, and so many of its lines may run across it.
_STEPS = 60
_CROSSING = 0.25
_CJK = "\u2e80"


@dataclass(slots=True)
class Line:
    """A line of a page, or of a column of one: its box, its text, where the column begins and ends.

    `parts` are the boxes and texts of what stands apart on it; `table` is the table that stands in its place.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    column_left: float = 0.0
    column_right: float = 0.0
    column: int = 0
    parts: tuple[Part, ...] = ()
    table: Table | None = None

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.bottom + self.top) / 2


class Part(NamedTuple):
    """A piece of a line, from where to where it runs."""

    left: float
    right: float
    text: str


class TableCell(NamedTuple):
    """A cell of a table, and over how many columns and rows it goes."""

    text: str
    columns: int = 1
    rows: int = 1


class Table(NamedTuple):
    """A table's rows from above, and the edges of its columns, in points."""

    rows: tuple[tuple[TableCell, ...], ...]
    edges: tuple[float, ...]


def ordered(pieces: Sequence[Line]) -> list[Line]:
    """Return the lines that a page's pieces make, from top to bottom, column after column."""
    lines: list[Line] = []
    for number, column in enumerate(_columns(pieces, _MOST_COLUMNS)):
        rows = rows_of(column)
        for row in rows:
            row.column = number
        lines += rows
    return lines


def measure(pages: Sequence[Sequence[Line]]) -> None:
    """Note in each line where its column begins and ends; a column of few lines is as wide as one that could hold it."""
    columns = [
        [row for row in rows if row.table is None]
        for page in pages
        for _, rows in groupby(page, key=lambda line: line.column)
    ]
    columns = [rows for rows in columns if rows]
    extents = [(min(row.left for row in rows), max(row.right for row in rows)) for rows in columns]
    known = {extent for extent, rows in zip(extents, columns, strict=True) if len(rows) >= _COLUMN_LINES}
    for (left, right), rows in zip(extents, columns, strict=True):
        if len(rows) < _COLUMN_LINES:
            holders = [(a, b) for a, b in known if a <= left and right <= b]
            left, right = min(holders, key=lambda e: (e[1] - e[0], e), default=(left, right))
        for row in rows:
            row.column_left, row.column_right = left, right


def pieces_of(chars: Chars, cells: Labels | None = None) -> list[tuple[Line, int]]:
    """Join characters that follow each other on a line.

    Args:
        chars: The characters of a page.
        cells: The cell of a table that each stands in, -1 for none: no piece crosses a cell's edge.

    Returns:
        The pieces, each with its cell.
    """
    if not len(chars):
        return []
    cells = np.full(len(chars), -1) if cells is None else cells
    starts = _starts(chars, cells)
    first, last = starts, np.append(starts[1:], len(chars)) - 1
    latin = chars.codes < ord(_CJK)
    spaced = (chars.space == 2) | ((chars.space == 1) & latin & np.concatenate(([False], latin[:-1])))
    texts = _texts(chars, spaced, starts)
    boxes = zip(
        chars.left[first].tolist(),
        np.maximum.reduceat(chars.right, starts).tolist(),
        np.minimum.reduceat(chars.bottom, starts).tolist(),
        np.maximum.reduceat(chars.top, starts).tolist(),
        np.maximum.reduceat(chars.size, starts).tolist(),
        strict=True,
    )
    begins = zip(
        chars.middle[first].tolist(), chars.size[first].tolist(), spaced[first].tolist(), strict=True
    )
    pieces: list[tuple[Line, int]] = []
    for text, box, begin, cell in zip(texts, boxes, begins, cells[last].tolist(), strict=True):
        piece = Line(text, *box)
        if pieces and pieces[-1][1] == cell and _continues(pieces[-1][0], piece, *begin[:2]):
            _lengthen(pieces[-1][0], piece, spaced=begin[2])
        else:
            pieces.append((piece, cell))
    return pieces


def _starts(chars: Chars, cells: Labels) -> npt.NDArray[np.intp]:
    """Return where a character does not go on from the one before it."""
    middle = chars.middle
    half = LEVEL * np.maximum(chars.size[1:], chars.size[:-1])
    gap = chars.left[1:] - chars.right[:-1]
    on = (np.abs(middle[1:] - middle[:-1]) < half) & (gap >= -half) & (gap <= _APART * chars.size[1:])
    on &= cells[1:] == cells[:-1]
    return np.concatenate(([0], np.flatnonzero(~on) + 1))


def _texts(chars: Chars, spaced: Mask, starts: npt.NDArray[np.intp]) -> list[str]:
    """Return the text of each stretch of characters."""
    inside = spaced.copy()
    inside[starts] = False
    at = np.flatnonzero(inside)
    text = np.insert(chars.codes, at, 0x20).astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    begins = (starts + np.searchsorted(at, starts)).tolist()
    return [text[a:b] for a, b in pairwise([*begins, len(text)])]


def _continues(line: Line, piece: Line, middle: float, size: float) -> bool:
    """Say whether a piece goes on a line; `middle` and `size` are those of its first character."""
    half = LEVEL * max(size, line.size)
    return abs(middle - line.middle) < half and -half <= piece.left - line.right <= _APART * size


def _lengthen(line: Line, piece: Line, *, spaced: bool) -> None:
    line.text += f" {piece.text}" if spaced else piece.text
    line.right = max(line.right, piece.right)
    line.bottom, line.top = min(line.bottom, piece.bottom), max(line.top, piece.top)
    line.size = max(line.size, piece.size)


def _columns(pieces: Sequence[Line], most: int) -> list[list[Line]]:
    """Divide a page where an empty strip runs between filled columns; lines across it divide the page from above."""
    gutter = _gutter(pieces) if most > 1 else None
    if gutter is None:
        return [list(pieces)]
    blocks: list[list[Line]] = []
    left: list[Line] = []
    right: list[Line] = []
    for piece in sorted(pieces, key=lambda line: -line.top):
        if piece.left < gutter < piece.right:
            blocks += [side for side in (left, right) if side]
            left, right = [], []
            if blocks and any(line.left < gutter < line.right for line in blocks[-1]):
                blocks[-1].append(piece)
            else:
                blocks.append([piece])
        else:
            (left if piece.right <= gutter else right).append(piece)
    blocks += [side for side in (left, right) if side]
    return [part for block in blocks for part in _columns(block, most - 1)]


def _gutter(pieces: Sequence[Line]) -> float | None:
    """Return where the page is parted into columns of text, or None: a table's gaps are none."""
    if len(pieces) < 2 * _COLUMN_LINES:
        return None
    left, right = min(p.left for p in pieces), max(p.right for p in pieces)
    places = [left + (right - left) * step / _STEPS for step in range(_STEPS // 4, 3 * _STEPS // 4 + 1)]
    crossing, x = min((sum(p.left < x < p.right for p in pieces), x) for x in places)
    sides = [p for p in pieces if p.right <= x], [p for p in pieces if p.left >= x]
    if crossing > _CROSSING * len(pieces) or not all(_is_column(side) for side in sides):
        return None
    return (max(p.right for p in sides[0]) + min(p.left for p in sides[1])) / 2


def _is_column(side: Sequence[Line]) -> bool:
    if len(side) < _COLUMN_LINES:
        return False
    width = max(p.right for p in side) - min(p.left for p in side)
    full = [p for p in side if p.right - p.left >= _FILLED * width and len(p.text) >= _COLUMN_CHARS]
    return 2 * len(full) >= len(side)


def rows_of(pieces: Sequence[Line]) -> list[Line]:
    """Join what stands side by side: cells are apart by tabs."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda line: (-line.middle, line.left)):
        if rows and piece.table is None and _beside(rows[-1][0], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_joined(sorted(row, key=lambda line: line.left)) for row in rows]


def _beside(line: Line, piece: Line) -> bool:
    return line.table is None and abs(line.middle - piece.middle) < 0.5 * min(line.size, piece.size)


def _is_spaced_out(row: Sequence[Line], gap: float) -> bool:
    """Say whether a row is one short word, written wide: 总　则."""
    last = row[-1]
    return len(row) == 2 and len(last.text) == 1 and last.text >= _CJK and gap < _WIDE * last.size


def _joined(row: Sequence[Line]) -> Line:
    text = row[0].text
    right = row[0].right
    for before, piece in pairwise(row):
        gap = piece.left - right
        if _is_spaced_out(row, gap):
            text += "　"
        elif gap > _APART * min(before.size, piece.size):
            text += "\t"
        elif gap > _SPACE * piece.size and text[-1] < _CJK and piece.text[0] < _CJK:
            text += " "
        text += piece.text
        right = max(right, piece.right)
    return Line(
        text,
        row[0].left,
        right,
        min(p.bottom for p in row),
        max(p.top for p in row),
        max(row, key=lambda p: len(p.text)).size,
        parts=tuple(Part(p.left, p.right, p.text) for p in row),
        table=next((p.table for p in row if p.table is not None), None),
    )
