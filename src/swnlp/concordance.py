"""Words in context: every place where words stand in a text, with what is left and right of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from swnlp.view import simplified_view

_SPACE = re.compile(r"\s")


class Line(NamedTuple):
    """One line of a concordance; `start` and `end` are characters of the text."""

    start: int
    end: int
    left: str
    node: str
    right: str


def find_words(
    text: str, words: Sequence[str], dropped: Iterable[tuple[int, int]] = ()
) -> Iterator[tuple[int, int]]:
    """Yield where words stand in a text, in order, none in another; the longest of those that begin at one place.

    Traditional and Simplified, full and half width are one (swnlp.view), and capitals are small letters.

    Args:
        text: The text.
        words: What is looked for, as it stands; spaces at its ends don't count.
        dropped: Stretches of the text, start and end, in which nothing is looked for.
    """
    wanted = sorted({simplified_view(w.strip()) for w in words if w.strip()}, key=lambda w: (-len(w), w))
    if not wanted:
        return
    out = list(dropped)
    for found in re.finditer("|".join(map(re.escape, wanted)), simplified_view(text), re.IGNORECASE):
        if not any(start < found.end() and found.start() < end for start, end in out):
            yield found.span()


def lines(text: str, spans: Iterable[tuple[int, int]], width: int) -> Iterator[Line]:
    """Yield a line for each span: up to `width` characters on each side, line breaks as spaces."""
    for start, end in spans:
        left, node, right = text[max(start - width, 0) : start], text[start:end], text[end : end + width]
        yield Line(start, end, *(_SPACE.sub(" ", part) for part in (left, node, right)))
