"""What of a page is not the report: what stands before the title, around the byline, and after the end.

Rules go by the shape of lines and need a witness: without a breadcrumb, a byline, a toolbar or a menu of links
nothing before the text is dropped, and without page navigation or the signs of a footer nothing after it.
Running text is dropped only after the end of the article.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import accumulate

from swnlp.read import shapes
from swnlp.read.shapes import Field, Line
from swnlp.read.titles import choose_title, first_title, is_document_head
from swnlp.records import Dropped

# A text whose first lines hold no prose in so many lines is a list, not a page's head.
_HEAD_LINES = 500
_MENU = 3
# A footer's sign draws contact lines and the like above it into the footer, at most so many.
_FOOT_LINES = 12
# How much of a page's prose may follow the sign of a footer.
_AFTER = 0.25
_ATTACHMENT = re.compile(r"附[件表录:]|[^\n]{1,200}\.(?:docx?|xlsx?|pdf|wps|et|zip|rar)\b")


@dataclass(frozen=True, slots=True)
class Clutter:
    """What is not the report, and what its head says.

    Attributes:
        dropped: Stretches that are not the report, in order, never overlapping.
        title: Where the title stands (it may run over lines), or None.
        head: The kept lines before the first running text, title included.
        fields: Fields of the bylines, in order.
    """

    dropped: tuple[Dropped, ...]
    title: Line | None
    head: tuple[Line, ...]
    fields: tuple[Field, ...]


@dataclass(slots=True)
class _Head:
    """The lines before the first running text, sorted into the page's and the report's."""

    kept: list[Line] = field(default_factory=list)
    linked: list[Line] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    bylines: list[int] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    lines: int = 0
    values_below: bool = False


def find_clutter(
    view: str,
    *,
    title: str | None = None,
    links: AbstractSet[int] = frozenset(),
    dropped: Sequence[Dropped] = (),
) -> Clutter:
    """Find what of a page is not the report.

    Args:
        view: The simplified view of the page's text.
        title: The title, where the page's markup names it.
        links: Starts of lines that are nothing but links.
        dropped: What the page's markup sets apart already.

    Returns:
        The stretches to drop, those of `dropped` included. The reasons are breadcrumb, menu, byline, toolbar,
        page-navigation, after-article, footer, contact and image-stub, and those of the markup.
    """
    lines = _outside(shapes.lines_of(view), dropped)
    head = _read_head(view, lines, links, title)
    furnished = bool(head.dropped) or len(head.linked) >= _MENU
    if furnished:
        span = choose_title(view, head.kept, head.bylines, title)
        head.dropped += _menu(view, head, span)
    else:
        span = first_title(view, head.kept)
    ends, fields = _read_tail(view, lines[head.lines :], links)
    stubs = [Dropped(*stub, "image-stub") for stub in shapes.image_stubs(view)]
    everything = _merged(view, [*dropped, *head.dropped, *ends, *stubs])
    return Clutter(everything, span, _kept(head.kept, everything), (*head.fields, *fields))


def _outside(lines: Sequence[Line], dropped: Sequence[Dropped]) -> list[Line]:
    """Return the lines that begin in no dropped stretch (both are in order)."""
    starts = [d.start for d in dropped]
    before = [bisect_right(starts, line.start) - 1 for line in lines] if dropped else []
    return (
        [li for li, i in zip(lines, before, strict=True) if i < 0 or dropped[i].end <= li.start]
        if dropped
        else list(lines)
    )


def _kept(lines: Iterable[Line], dropped: Sequence[Dropped]) -> tuple[Line, ...]:
    return tuple(_outside(list(lines), dropped))


def _read_head(view: str, lines: Sequence[Line], links: AbstractSet[int], title: str | None) -> _Head:
    """Sort the lines down to the first running text, or to the title that the markup names."""
    head = _Head()
    least = _title_line(view, lines, title)
    for index, line in enumerate(lines[:_HEAD_LINES]):
        rest = _take_furniture(view, line, head)
        if rest is None:
            head.lines = index + 1
        elif line.start in links:
            head.linked.append(line)
            head.lines = index + 1
        elif index > least and shapes.is_prose(view, rest):
            break
        else:
            head.kept.append(rest)
            head.lines = index + 1
    return head


def _title_line(view: str, lines: Sequence[Line], title: str | None) -> int:
    """Return the index of the line that is the title by the page's markup, or -1.

    Prose above it is the page's (a welcome, a ticker), if less than what is below.
    """
    if not title:
        return -1
    plain = "".join(title.split())
    for index, line in enumerate(lines[:_HEAD_LINES]):
        if "".join(view[line.start : line.end].split()) == plain:
            above, below = _prose(view, lines[:index]), _prose(view, lines[index:])
            return index if above < below else -1
    return -1


def _prose(view: str, lines: Iterable[Line]) -> int:
    return sum(line.end - line.start for line in lines if shapes.is_prose(view, line))


def _take_furniture(view: str, line: Line, head: _Head) -> Line | None:
    """Note what a line has of a page's furniture; return the rest of the line, or None if nothing is left."""
    rest = line
    while True:
        taken = _begins_with(view, rest, head)
        if taken is None:
            break
        head.dropped.append(taken)
        start = taken.end + len(view[taken.end : line.end]) - len(view[taken.end : line.end].lstrip())
        if start >= line.end:
            return None
        rest = Line(start, line.end)
    after_one = bool(head.dropped) and head.dropped[-1].reason in ("toolbar", "byline")
    if shapes.is_toolbar(view, rest, after_one=after_one):
        head.dropped.append(Dropped(*rest, "toolbar"))
        return None
    return rest


def _begins_with(view: str, line: Line, head: _Head) -> Dropped | None:
    """Return the breadcrumb or byline that a line begins with."""
    if (end := shapes.breadcrumb_end(view, line)) is not None:
        return Dropped(line.start, end, "breadcrumb")
    if _is_awaited(view, line, head):
        head.fields[-1] = head.fields[-1]._replace(value=view[line.start : line.end])
        head.values_below = True
        return Dropped(*line, "byline")
    found = shapes.byline(view, line)
    beside = bool(head.dropped) and head.dropped[-1].reason == "byline"
    if found is None or not (found.strong or beside or shapes.date_below(view, found)):
        return None
    head.bylines.append(line.start)
    head.fields += found.fields
    return Dropped(line.start, found.end, "byline")


def _is_awaited(view: str, line: Line, head: _Head) -> bool:
    """Say whether a line is the value of the key that the line above ends with (发布时间: / 2023-04-03)."""
    if not head.fields or head.fields[-1].value or view[head.dropped[-1].end : line.start].strip():
        return False
    return shapes.is_value(view, line, head.fields[-1].group, loose=head.values_below)


def _menu(view: str, head: _Head, title: Line | None) -> list[Dropped]:
    """Return the lines above the title of a page that are not the document's own letterhead."""
    if title is None:
        return [Dropped(*line, "menu") for line in head.linked] if len(head.linked) >= _MENU else []
    above = [line for line in head.kept if line.end <= title.start and not is_document_head(view, line)]
    return [Dropped(*line, "menu") for line in (*above, *(li for li in head.linked if li.end <= title.start))]


def _read_tail(
    view: str, lines: Sequence[Line], links: AbstractSet[int]
) -> tuple[list[Dropped], list[Field]]:
    """Return what follows the report's end, and the fields of bylines that stand there."""
    cut, found = _after_end(view, lines)
    dropped, fields = _trailing(view, lines[:cut], links)
    return [*found, *dropped], fields


def _after_end(view: str, lines: Sequence[Line]) -> tuple[int, list[Dropped]]:
    """Return the index of the first line after the report, and what to drop from there on."""
    starts = [line.start for line in lines]
    navigation: list[Dropped] = []
    prose = _ProseLines(view, lines)
    for position in shapes.page_ends(view):
        index = bisect_right(starts, position) - 1
        if index < 0 or position >= lines[index].end or not prose.before(index):
            continue
        # A report of several pages goes on behind the way to the next one.
        goes_on = prose.after(index) > prose.before(index)
        if not goes_on and not _another_article(view, lines, index + 1, prose):
            return index, [*navigation, *_rest_of_page(view, lines, index)]
        navigation.append(Dropped(*lines[index], "page-navigation"))
    foot = _footer(view, lines, starts, prose)
    if foot is None:
        return len(lines), navigation
    return foot, [*navigation, *_foot(view, lines, foot)]


class _ProseLines:
    """Where in a text running text stands: asked for every sign of an end, so looked through once."""

    def __init__(self, view: str, lines: Sequence[Line]) -> None:
        sizes = (line.end - line.start if shapes.is_prose(view, line) else 0 for line in lines)
        self._sums = array("q", accumulate(sizes, initial=0))

    def before(self, index: int) -> int:
        """Return the characters of running text in the lines before one."""
        return self._sums[index]

    def after(self, index: int) -> int:
        """Return the characters of running text in the lines after one."""
        return self._sums[-1] - self._sums[index + 1]


def _another_article(view: str, lines: Sequence[Line], first: int, prose: _ProseLines) -> bool:
    """Say whether another article begins here: a byline with a date, and prose after it (files of several pages)."""
    for index in range(first, min(first + _HEAD_LINES, len(lines))):
        found = shapes.byline(view, lines[index])
        if found and found.strong and any(f.group == "date" for f in found.fields):
            return prose.after(index) > 0
    return False


def _rest_of_page(view: str, lines: Sequence[Line], index: int) -> list[Dropped]:
    line_ends = [line.end for line in lines]
    ends = {bisect_left(line_ends, position) for position in shapes.page_ends(view)}
    last = index
    while last + 1 < len(lines) and last + 1 in ends:
        last += 1
    dropped = [Dropped(lines[index].start, lines[last].end, "page-navigation")]
    if last + 1 < len(lines):
        dropped.append(Dropped(lines[last + 1].start, lines[-1].end, "after-article"))
    return dropped


def _footer(view: str, lines: Sequence[Line], starts: Sequence[int], prose: _ProseLines) -> int | None:
    """Return the index of the first line of a page's foot, if little prose follows it and more stands before."""
    for position, kind in shapes.footers(view):
        index = bisect_right(starts, position) - 1
        # In what the markup dropped already a word says nothing of the line above.
        if index < 1 or position >= lines[index].end or not shapes.is_footer(view, lines[index]):
            continue
        before, after = prose.before(index), prose.after(index)
        if before and after <= _AFTER * before:
            return _top_of_foot(view, lines, index) if kind == "sign" else index
    return None


def _top_of_foot(view: str, lines: Sequence[Line], index: int) -> int:
    top = index
    while top > 1 and index - top < _FOOT_LINES and shapes.beside_footer(view, lines[top - 1]):
        top -= 1
    return top


def _foot(view: str, lines: Sequence[Line], index: int) -> list[Dropped]:
    reasons = [
        "contact" if shapes.beside_footer(view, line) == "contact" else "footer" for line in lines[index:]
    ]
    return [Dropped(*line, reason) for line, reason in zip(lines[index:], reasons, strict=True)]


def _trailing(view: str, lines: Sequence[Line], links: AbstractSet[int]) -> tuple[list[Dropped], list[Field]]:
    """Return the buttons, bylines and links among the lines after the last running text."""
    dropped: list[Dropped] = []
    fields: list[Field] = []
    for line in reversed(lines[-_HEAD_LINES:]):
        if line.start not in links and shapes.is_prose(view, line):
            break
        found = shapes.byline(view, line)
        if found and found.end == line.end and all(f.group in _TAIL_GROUPS for f in found.fields):
            fields = [*found.fields, *fields]
            dropped.append(Dropped(*line, "byline"))
        elif shapes.is_toolbar(view, line):
            dropped.append(Dropped(*line, "toolbar"))
        elif shapes.is_pager(view, line):
            dropped.append(Dropped(*line, "page-navigation"))
        elif line.start in links and not _ATTACHMENT.match(view, line.start, line.end):
            dropped.append(Dropped(*line, "menu"))
    return dropped, fields


# Keys that below a text are the page's; a date or a place there may be a meeting's.
_TAIL_GROUPS = frozenset({"source", "date", "counter", "page", "weak"})


def _merged(view: str, dropped: Iterable[Dropped]) -> tuple[Dropped, ...]:
    """Order the stretches, cut overlaps short, and join neighbours of one reason with only space between."""
    merged: list[Dropped] = []
    for start, end, reason in sorted(dropped):
        if merged:
            last = merged[-1]
            start = max(start, last.end)
            if start >= end:
                continue
            if last.reason == reason and not view[last.end : start].strip():
                merged[-1] = Dropped(last.start, end, reason)
                continue
        merged.append(Dropped(start, end, reason))
    return tuple(merged)
