"""What has no end for very long (a file saved as one line): cut at a stop or comma, so that work and memory stay bounded."""

from __future__ import annotations

from collections.abc import Iterator

# The marks after which a stretch is cut, the best first; a bracket or quotation that closes behind them stays with them.
_MARKS = ("。！？!?…", "；;\t", "，,：:、 　")
_CLOSING = "”’」』）)》〉】〕]"


def pieces_of(text: str, start: int, end: int, most: int) -> Iterator[tuple[int, int]]:
    """Cut a stretch of text into pieces that are not too long.

    Args:
        text: The text.
        start: Where the stretch begins.
        end: Where it ends.
        most: Characters of a piece at most; 2 or more.

    Yields:
        Offsets of the pieces without the space around them, in order; together they hold every character that is no
        space. A piece ends after the last stop of its second half, else after the last semicolon, else after the last
        comma or space, else where it is too long.
    """
    while end - start > most:
        stop = _last_mark(text, start + most // 2, start + most)
        yield from _bare(text, start, stop)
        start = stop
    yield from _bare(text, start, end)


def _bare(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if bare := piece.strip():
        first = start + len(piece) - len(piece.lstrip())
        yield first, first + len(bare)


def _last_mark(text: str, first: int, last: int) -> int:
    """Return the offset after the best mark of text[first:last], or `last`."""
    for marks in _MARKS:
        at = max(text.rfind(mark, first, last) for mark in marks)
        if at >= 0:
            stop = at + 1
            while stop < last and text[stop] in _CLOSING:
                stop += 1
            return stop
    return last
