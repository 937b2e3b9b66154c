"""The characters of a PDF page to its lines, in the order in which a person reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple

# Gaps, in sizes of the font: a space between Latin words; another cell or column.
_SPACE = 0.2
_APART = 1.6
# Columns: so many lines on either side of the gap, so filled, so long.
_COLUMN_LINES = 4
_FILLED = 0.6
_COLUMN_CHARS = 9
_MOST_COLUMNS = 3
# So many places of a page are tried as the gap, and so many of its lines may run across it.
_STEPS = 60
_CROSSING = 0.25
_CJK = "\u2e80"


class Char(NamedTuple):
    """A character and its box, in points from the page's lower left corner.

    `size` is the font's; `space` is what stands before it: a space that the file has (" "), or one that only its
    place suggests ("?").
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    space: str = ""


@dataclass(slots=True)
class Line:
    """A line of a page, or of a column of one: its box, its text, where the column begins and ends."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    column_left: float = 0.0
    column_right: float = 0.0
    column: int = 0

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.bottom + self.top) / 2


def lines_of(chars: Sequence[Char]) -> list[Line]:
    """Return a page's lines from top to bottom, column after column."""
    pieces = _pieces(chars)
    ordered: list[Line] = []
    for number, column in enumerate(_columns(pieces, _MOST_COLUMNS)):
        rows = _rows(column)
        for row in rows:
            row.column = number
        ordered += rows
    return ordered


def measure(pages: Sequence[Sequence[Line]]) -> None:
    """Note in each line where its column begins and ends; a column of few lines is as wide as one that could hold it."""
    columns = [list(rows) for page in pages for _, rows in groupby(page, key=lambda line: line.column)]
    extents = [(min(row.left for row in rows), max(row.right for row in rows)) for rows in columns]
    known = {extent for extent, rows in zip(extents, columns, strict=True) if len(rows) >= _COLUMN_LINES}
    for (left, right), rows in zip(extents, columns, strict=True):
        if len(rows) < _COLUMN_LINES:
            holders = [(a, b) for a, b in known if a <= left and right <= b]
            left, right = min(holders, key=lambda e: (e[1] - e[0], e), default=(left, right))
        for row in rows:
            row.column_left, row.column_right = left, right


def _pieces(chars: Sequence[Char]) -> list[Line]:
    """Join characters that follow each other on a line."""
    pieces: list[Line] = []
    for char in chars:
        size = char.size if char.size > 1 else max(char.top - char.bottom, 1)
        if pieces and _continues(pieces[-1], char, size):
            line = pieces[-1]
            line.text += _gap(line.text, char) + char.text
            line.right = max(line.right, char.right)
            line.bottom, line.top = min(line.bottom, char.bottom), max(line.top, char.top)
            line.size = max(line.size, size)
        else:
            pieces.append(Line(char.text, char.left, char.right, char.bottom, char.top, size))
    return pieces


def _continues(line: Line, char: Char, size: float) -> bool:
    # A full stop's box is low and small: the middle of either must lie within the other's line.
    half = 0.6 * max(size, line.size)
    level = abs((char.bottom + char.top) / 2 - line.middle) < half
    return level and -half <= char.left - line.right <= _APART * size


def _gap(text: str, char: Char) -> str:
    """Return the space before a character; one that is only guessed is believed between Latin words."""
    latin = text[-1] < _CJK and char.text < _CJK
    return " " if char.space == " " or (char.space and latin) else ""


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


def _rows(pieces: Sequence[Line]) -> list[Line]:
    """Join what stands side by side: cells are apart by tabs."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda line: (-line.middle, line.left)):
        if rows and _beside(rows[-1][0], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_joined(sorted(row, key=lambda line: line.left)) for row in rows]


def _beside(line: Line, piece: Line) -> bool:
    return abs(line.middle - piece.middle) < 0.5 * min(line.size, piece.size)


def _joined(row: Sequence[Line]) -> Line:
    text = row[0].text
    right = row[0].right
    for before, piece in pairwise(row):
        gap = piece.left - right
        if gap > _APART * min(before.size, piece.size):
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
    )
