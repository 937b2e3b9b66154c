"""Where names may begin and end: the words and signs around them, found once per text for all families.

The view is cut by one automaton of boundary words (resources/boundaries.toml), the longest first, so that a
guard such as 实施方案 hides the 实施 in it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from swnlp.resources import read_toml

# Kinds of boundary, one letter each.
STOP = "p"  # , 。 ; : ! ? line feed: no name goes on here
PAUSE = "d"  # 、
MARK = "q"  # quotes and brackets
ITEM = "h"  # a conjunction or pause after a complete item of a list, in Reading.inside only
NAME = "n"  # the end of a place or a body
VERB, FUNCTION, CONJUNCTION, WEAK, OPENER, TITLE, GUARD = "v", "f", "c", "w", "o", "t", "g"

_WORDS = {
    "verbs": VERB,
    "functions": FUNCTION,
    "conjunctions": CONJUNCTION,
    "weak": WEAK,
    "openers": OPENER,
    "titles": TITLE,
    "guards": GUARD,
}
_SIGNS = {
    STOP: ",，。;；:：!！?？\n\t…\u3000",
    PAUSE: "、",
    MARK: "“”‘’\"'「」『』《》〈〉()（）[]【】〔〕 —",
}
# Kinds that are told apart by what they follow.
_CHAINED = (VERB, WEAK, TITLE, OPENER)
# Characters before a head noun that are searched for edges.
_WIDEST = 48


class Edge(NamedTuple):
    """A place where a name may begin, and the kind of boundary before it.

    The kind of a weak verb, a title word, an opener or a second verb is followed by the kind of the boundary that it
    directly follows itself: in 实施|提升|农村饮水质量行动 the edge after 提升 is "wv", so 提升 belongs to the name.
    """

    at: int
    kind: str


class Edges:
    """The boundaries of one text, in order; parallel lists."""

    __slots__ = ("ends", "kinds", "starts")

    def __init__(self, text: str) -> None:
        automaton, kind_of = _automaton()
        found: list[tuple[int, int, int]] = automaton.find_matches_as_indexes(text)
        words, starts, ends = zip(*found, strict=True) if found else ((), (), ())
        self.starts: tuple[int, ...] = starts
        self.ends: tuple[int, ...] = ends
        self.kinds = "".join(map(kind_of.__getitem__, words))

    def before(self, at: int) -> Iterator[Edge]:
        """Yield where a name that goes on to `at` may begin, the nearest first, up to the first STOP."""
        i = bisect_right(self.ends, at) - 1
        while i >= 0 and at - self.ends[i] <= _WIDEST:
            kind = self.kinds[i]
            if kind != GUARD:
                prior = (
                    self.kinds[i - 1] if kind in _CHAINED and i and self.ends[i - 1] == self.starts[i] else ""
                )
                yield Edge(self.ends[i], kind + prior)
                if kind == TITLE and not prior:
                    yield Edge(self.starts[i], "T")
                if kind == STOP:
                    return
            i -= 1
        yield Edge(max(0, at - _WIDEST) if i >= 0 else 0, STOP)

    def after(self, at: int) -> int:
        """Return where the first boundary at or after `at` begins; guards, openers and titles are none."""
        i = bisect_left(self.starts, at)
        while i < len(self.starts):
            if self.kinds[i] not in "gotw":
                return self.starts[i]
            i += 1
        return self.ends[-1] if self.ends else at

    def skip(self, at: int, kinds: str) -> int:
        """Return the end of the boundary words of these kinds that follow each other from `at` on."""
        i = bisect_left(self.starts, at)
        while i < len(self.starts) and self.starts[i] == at and self.kinds[i] in kinds:
            at = self.ends[i]
            i += 1
        return at

    def kinds_between(self, start: int, end: int) -> str:
        """Return the kinds of the boundaries that begin in this stretch."""
        return "".join(self.kinds[bisect_left(self.starts, start) : bisect_left(self.starts, end)])

    def kind_at(self, at: int) -> str:
        """Return the kind of the boundary that begins at `at`, or an empty string."""
        i = bisect_left(self.starts, at)
        return self.kinds[i] if i < len(self.starts) and self.starts[i] == at else ""


@lru_cache(maxsize=2)
def edges_of(text: str) -> Edges:
    """Return the boundaries of `text`; the families of one text share them."""
    return Edges(text)


@cache
def _automaton() -> tuple[AhoCorasick, list[str]]:
    table = read_toml("boundaries.toml")
    kinds: dict[str, str] = {}
    for key, kind in _WORDS.items():
        for word in table[key].split():
            kinds.setdefault(word, kind)
    for kind, signs in _SIGNS.items():
        kinds |= dict.fromkeys(signs, kind)
    return AhoCorasick(list(kinds), matchkind=MatchKind.LeftmostLongest), list(kinds.values())
