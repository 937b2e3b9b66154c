"""The kept lines of a document: which of them make a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from swnlp.outline.lengths import pieces_of
from swnlp.records import Dropped

_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_ENDED = "。！？!?；;：:…”」』）)"
# A text is hard-wrapped if most of its lines are equally wide, and as wide as a page.
_LEAST_LINES = 10
_LEAST_WIDTH = 30
_GREATEST_WIDTH = 160
_RAGGED = 3
_FULL_SHARE = 0.6
_BROKEN_SHARE = 0.3
# A longer line is no paragraph: its file has lost its line feeds.
_LONGEST = 20_000


class Paragraph(NamedTuple):
    """Where a paragraph starts and ends; `lines` is more than one where a file breaks its lines by width."""

    start: int
    end: int
    lines: int = 1


def paragraphs_of(text: str, dropped: Sequence[Dropped]) -> list[Paragraph]:
    """Return the paragraphs of what is kept: a line each, or the lines that a hard-wrapped text cut one into.

    A line of more than 20,000 characters is several, cut where sentences end, so that a file that is one line can be
    cut into pieces as any other.
    """
    lines = [
        Paragraph(*piece)
        for a, b in _kept(text, dropped)
        for match in _LINE.finditer(text, a, b)
        for piece in pieces_of(text, *match.span(), _LONGEST)
    ]
    width = _wrap_width(text, lines)
    return lines if width is None else _joined(text, lines, width)


def _kept(text: str, dropped: Sequence[Dropped]) -> Iterator[tuple[int, int]]:
    at = 0
    for start, end, _ in dropped:
        yield at, start
        at = end
    yield at, len(text)


def _width(text: str, line: Paragraph) -> int:
    """Return a line's width in columns: two for every character beyond ASCII, indentation included."""
    start = text.rfind("\n", 0, line.start) + 1
    piece = text[start : line.end]
    return len(piece) + sum(c > "\x7f" for c in piece)


def _wrap_width(text: str, lines: Sequence[Paragraph]) -> int | None:
    """Return the width at which a text's lines were broken, or None if they were not."""
    if len(lines) < _LEAST_LINES or any(line.end - line.start > _GREATEST_WIDTH for line in lines):
        return None
    widths = [_width(text, line) for line in lines]
    width = max(widths)
    full = [line for line, w in zip(lines, widths, strict=True) if w >= width - _RAGGED]
    broken = [line for line in full if text[line.end - 1] not in _ENDED + "，,、"]
    clear = _LEAST_WIDTH <= width <= _GREATEST_WIDTH and len(full) >= _FULL_SHARE * len(lines)
    return width if clear and len(broken) >= _BROKEN_SHARE * len(full) else None


def _joined(text: str, lines: Sequence[Paragraph], width: int) -> list[Paragraph]:
    """Join a line with the next where it is full and neither a blank line nor an indentation parts them."""
    joined = [lines[0]]
    last_width = _width(text, lines[0])
    for line in lines[1:]:
        last = joined[-1]
        gap = text[last.end : line.start]
        plain = gap.count("\n") == 1 and gap.rpartition("\n")[2] == ""
        if plain and last_width >= width - _RAGGED:
            joined[-1] = Paragraph(last.start, line.end, last.lines + 1)
        else:
            joined.append(line)
        last_width = _width(text, line)
    return joined
