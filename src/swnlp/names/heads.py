"""Readings of a head noun: every stretch that ends in it and could be a name.

实施新一轮空气质量持续提升行动 has the head 行动 and the readings 空气质量持续提升行动 (after the verb and the
opener), 新一轮空气质量持续提升行动 and, after the adverb 持续, 提升行动. Families score readings (scoring.py); they
do not look for edges themselves.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from swnlp.names import edges as e
from swnlp.names.candidates import Candidate
from swnlp.names.edges import Edges
from swnlp.names.search import word_search

# 冀货出海等行动 is no name: the head belongs to a list.
_AND_SO_ON = "等"
_COUNT = re.compile(r"\d{1,6}[余多]?[个项条处家批类]")
# Names of these labels may own the name that follows, or begin it.
_OWNERS, _SURE = ("PLACE", "ORG"), 0.5


class Found(NamedTuple):
    """A head noun in a text; `weak` ones are heads only beside a quote."""

    start: int
    end: int
    noun: str
    kind: str
    weak: bool


class Reading(NamedTuple):
    """A stretch that ends in a head noun.

    Attributes:
        start: First character.
        end: One past the head noun.
        head: The head noun.
        kind: The head's kind (campaign, plan, ...).
        edge: Kind of the boundary before it (edges.VERB, ...); that of an opener between is prefixed.
        after: Where that boundary ends: before the opener, if there is one.
        inside: Kinds of the boundaries inside it, nearest the head first.
        modifier: Characters before the head.
        after_item: Whether the boundary follows another head noun (甲工程和|乙行动).
    """

    start: int
    end: int
    head: str
    kind: str
    edge: str
    after: int
    inside: str
    modifier: int
    after_item: bool


class Limits(NamedTuple):
    """Which readings are worth scoring.

    Attributes:
        widest: Most characters in all.
        least: Fewest characters before the head noun.
        boundaries: Most boundaries inside.
        pauses: Whether 、 may be inside: in titles of documents it often is, elsewhere it ends an item.
    """

    widest: int = 30
    least: int = 0
    boundaries: int = 4
    pauses: bool = False


class Neighbours:
    """The places and bodies that earlier families found: where they begin and end."""

    def __init__(self, earlier: Iterable[Candidate] = ()) -> None:
        # Of those that end at one place the longest counts.
        known = [c for c in earlier if c.label in _OWNERS and c.score > _SURE]
        self.starts = {c.start: c.label for c in known}
        self.ends = {c.end: c.label for c in known}
        self.start_of = {c.end: c.start for c in sorted(known, key=lambda c: -c.start)}
        self._ordered = sorted(self.ends)

    def ends_in(self, start: int, end: int) -> list[int]:
        """Return where names end in a stretch, both edges of it included, in order."""
        ordered = self._ordered
        return ordered[bisect_left(ordered, start) : bisect_right(ordered, end)]


class Heads:
    """Head nouns by kind, and the longer words that hide them, as one automaton."""

    def __init__(
        self, heads: Mapping[str, str], guards: Iterable[str] = (), weak: Mapping[str, str] | None = None
    ) -> None:
        nouns: dict[str, tuple[str, bool] | None] = {}
        for table, is_weak in ((heads, False), (weak or {}, True)):
            for kind, words in table.items():
                for word in words.split():
                    nouns.setdefault(word, (kind, is_weak))
        for word in guards:
            nouns.setdefault(word, None)
        self._nouns = [(word, *known) if known else None for word, known in nouns.items()]
        self._automaton = word_search(list(nouns))

    def find(self, text: str) -> list[Found]:
        """Return every head noun, in order; of two that overlap, the first and longest."""
        nouns = self._nouns
        return [
            Found(start, end, *known)
            for i, start, end in self._automaton.find_matches_as_indexes(text)
            if (known := nouns[i]) is not None
        ]


def readings(
    text: str, found: Sequence[Found], edges: Edges, near: Neighbours, limits: Limits
) -> Iterator[Reading]:
    """Yield the readings of every head noun, the shortest first."""
    items: set[int] = set()
    for noun in found:
        if not text.startswith(_AND_SO_ON, noun.start - 1):
            yield from _of_one(text, noun, edges, near, (limits, items))
        items.add(noun.end)


def _of_one(
    text: str, found: Found, edges: Edges, near: Neighbours, context: tuple[Limits, Container[int]]
) -> Iterator[Reading]:
    start, end, head, kind, _ = found
    (widest, least, boundaries, pauses), items = context
    # A reading begins before `last`, or it was yielded already.
    inside, last = "", start - least + 1
    owners = near.ends_in(end - widest, last - 1)
    for at, boundary in edges.before(start):
        if end - at > widest or len(inside) > boundaries:
            return
        # A place or a body that ends inside: the name may begin after it.
        while owners and owners[-1] >= last:
            owners.pop()
        if owners and owners[-1] > at:
            owner = owners[-1]
            yield Reading(owner, end, head, kind, e.NAME, owner, inside, start - owner, False)
        if (boundary[0] == e.OPENER and len(boundary) > 1) or _is_counted(text, at):
            continue  # 实施|新一轮|行动, 实施|30个|行动: skipped from the verb on
        after_item = boundary in "cd" and at - 1 in items
        if at < last:
            if edges.kind_at(at) == e.OPENER or text[at].isdecimal():
                opened = _opened(text, edges, at, start)
                if at < opened < last:
                    yield Reading(
                        opened, end, head, kind, e.OPENER + boundary, at, inside, start - opened, after_item
                    )
            yield Reading(at, end, head, kind, boundary, at, inside, start - at, after_item)
            last = at
        if boundary == e.PAUSE and not pauses:
            return
        inside += e.ITEM if after_item else boundary[0]


def _is_counted(text: str, at: int) -> bool:
    return at > 1 and text[at - 1] == "个" and text[at - 2].isdecimal()


def _opened(text: str, edges: Edges, at: int, start: int) -> int:
    """Return where a name begins after generic openers and a count: 实施|新一轮|3个|…."""
    at = edges.skip(at, e.OPENER)
    if at < start and text[at].isdecimal() and (count := _COUNT.match(text, at, start)):
        return edges.skip(count.end(), e.OPENER)
    return at
