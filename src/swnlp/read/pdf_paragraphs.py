"""The lines of a PDF to paragraphs: a full line goes on in the next, over columns and pages too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from swnlp.read.pdf_lines import Line, Table, TableCell, measure

# In sizes of the font: how far a full line may end before the margin, and how far an indented one begins after it.
_SHORT = 1.6
_INDENT = 1.2
# A wider gap than so many usual ones parts paragraphs.
_WIDE = 1.6
_SAME_SIZE = 0.12
# In points: so far apart may the edges of a table's columns be where it goes on over the page.
_SAME_EDGE = 3.0
_CJK = "\u2e80"
_TOKEN = re.compile(
    r"[（(“《]?(?:[!-~]{1,40}[，。、；：！？）”》]?|[\u4e00-\u9fff][，。、；：！？）”》]{1,3})"
)
_LATIN_WIDTH = 0.6


@dataclass(slots=True)
class Paragraph:
    """A paragraph and the size of its font; or a row of the table of this number, whose cells stand in the text."""

    text: str
    size: float
    table: int = -1
    cells: tuple[TableCell, ...] = ()


def paragraphs_of(pages: Sequence[Sequence[Line]]) -> list[Paragraph]:
    """Return the paragraphs of all pages, in order."""
    measure(pages)
    pitch = _pitch(pages)
    paragraphs: list[Paragraph] = []
    last: Line | None = None
    for line, moved in _flow(pages):
        if line.table is not None:
            above = last.table if moved and last is not None else None
            paragraphs += _rows_of(line, above, paragraphs)
        elif last is not None and last.table is None and _goes_on(last, line, moved, pitch):
            paragraphs[-1].text = _join(paragraphs[-1].text, line.text)
        else:
            paragraphs.append(Paragraph(line.text, line.size))
        last = line
    return [p for p in paragraphs if p.text.strip() or p.cells]


def _rows_of(line: Line, above: Table | None, paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Return the rows of a table, which may go on one of the page before.

    Then its head may be written again, and what of a row did not fit is joined to it.
    """
    table = line.table
    assert table is not None
    number = max((p.table for p in paragraphs), default=-1)
    rows = [Paragraph("\t".join(cell.text for cell in row), line.size, number, row) for row in table.rows]
    if above is not None and _is_same(above, table):
        head = next(p.cells for p in paragraphs if p.table == number)
        if rows[0].cells == head:
            rows[0] = Paragraph(rows[0].text, line.size)
        elif _is_rest(paragraphs[-1].cells, rows[0].cells):
            rest = rows.pop(0).cells
            both = zip(paragraphs[-1].cells, rest, strict=True)
            cells = tuple(
                c._replace(text=_join(c.text, more.text) if more.text else c.text) for c, more in both
            )
            paragraphs[-1] = Paragraph("\t".join(c.text for c in cells), line.size, number, cells)
        return rows
    return [replace(row, table=number + 1) for row in rows]


def _is_rest(row: Sequence[TableCell], rest: Sequence[TableCell]) -> bool:
    """Say whether cells are what did not fit on the page before: the first is empty, others go on."""
    return (
        len(row) == len(rest)
        and all(
            cell[1:] == more[1:] and (cell.text or not more.text)
            for cell, more in zip(row, rest, strict=True)
        )
        and not rest[0].text
    )


def _is_same(above: Table, table: Table) -> bool:
    return len(above.edges) == len(table.edges) and all(
        abs(a - b) <= _SAME_EDGE for a, b in zip(above.edges, table.edges, strict=True)
    )


def _flow(pages: Sequence[Sequence[Line]]) -> Iterator[tuple[Line, bool]]:
    """Yield every line, and whether it begins a column or a page."""
    for page in pages:
        column = None
        for line in page:
            yield line, line.column != column
            column = line.column


def _pitch(pages: Sequence[Sequence[Line]]) -> float:
    """Return the usual distance from line to line, in sizes of the font."""
    gaps: Counter[float] = Counter()
    for page in pages:
        for upper, lower in pairwise(page):
            if upper.column == lower.column and upper.middle > lower.middle:
                gaps[round((upper.middle - lower.middle) / max(lower.size, 1), 1)] += 1
    return gaps.most_common(1)[0][0] if gaps else 1.5


def _goes_on(last: Line, line: Line, moved: bool, pitch: float) -> bool:
    if abs(last.size - line.size) > _SAME_SIZE * max(last.size, line.size) or "\t" in last.text + line.text:
        return False
    if not moved and (last.middle - line.middle) / max(line.size, 1) > _WIDE * pitch:
        return False
    size = max(line.size, 1)
    if _is_centred(last) and _is_centred(line) and not moved:
        return True
    # What cannot be broken (2023, a word, 元、) may have left more room.
    token = _TOKEN.match(line.text)
    needed = sum(_LATIN_WIDTH if c < _CJK else 1 for c in token[0]) if token else 0
    full = last.column_right - last.right <= (_SHORT + needed) * size
    indented = line.left - line.column_left > _INDENT * size
    return full and not indented


def _is_centred(line: Line) -> bool:
    """Say whether a line has about the same room on both sides, as the lines of a title do."""
    left, right = line.left - line.column_left, line.column_right - line.right
    return min(left, right) > 2 * line.size and abs(left - right) < 2 * line.size


def _join(text: str, line: str) -> str:
    """Join two lines of a paragraph: Chinese without a space, Latin words with one, hyphened ones without the hyphen."""
    if text[-1:] == "-" and text[-2:-1].isascii() and text[-2:-1].isalpha() and line[:1].islower():
        return text[:-1] + line
    both_latin = text[-1:] < _CJK and line[:1] < _CJK and text[-1:].isascii() and line[:1].isascii()
    return f"{text} {line}" if both_latin else text + line
