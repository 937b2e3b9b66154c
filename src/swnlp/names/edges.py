"""Where names may begin and end: the words and signs around them, found once per text for all families.

The view is cut by one automaton of boundary words (resources/boundaries.toml), the longest first, so that a
guard such as 实施方案 hides the 实施 in it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from ahocorasick_rs import AhoCorasick

from swnlp.names.search import word_search
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
NONE = " "
_NOTHING = np.uint8(ord(NONE))
_ALL_SIGNS = STOP + PAUSE + MARK
# Kinds that are told apart by what they follow.
_CHAINED = VERB + WEAK + TITLE + OPENER
# Characters before a head noun that are searched for edges.
WIDEST = 48


class Edge(NamedTuple):
    """A place where a name may begin, and the kind of boundary before it.

    The kind of a weak verb, a title word, an opener or a second verb is followed by the kind of the boundary that it
    directly follows itself: in 实施|提升|农村饮水质量行动 the edge after 提升 is "wv", so 提升 belongs to the name.
    """

    at: int
    kind: str


class Edges:
    """The boundaries of one text, in order, as parallel lists."""

    __slots__ = ("_at", "ends", "kinds", "starts")

    def __init__(self, text: str) -> None:
        search, kind_of, sign_of = _words()
        found = search.find_matches_as_indexes(text)
        words = np.fromiter(chain.from_iterable(found), np.int64, 3 * len(found)).reshape(-1, 3)
        begin, end = words[:, 1], words[:, 2]
        # A word hides the one-character words in it, and never the other way round.
        depth = np.zeros(len(text) + 1, np.int8)
        depth[begin] += 1
        depth[end] -= 1
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        at = sign_of[np.minimum(codes, len(sign_of) - 1)]
        at[np.cumsum(depth[:-1]) > 0] = _NOTHING
        at[begin] = kind_of[words[:, 0]]
        starts = np.flatnonzero(at != _NOTHING)
        ends = starts + 1
        ends[np.searchsorted(starts, begin)] = end
        self._at: str = at.tobytes().decode("ascii") + " "
        self.starts: list[int] = starts.tolist()
        self.ends: list[int] = ends.tolist()
        self.kinds: str = at[starts].tobytes().decode("ascii")

    def before(self, at: int) -> Iterator[Edge]:
        """Yield where a name that goes on to `at` may begin, the nearest first, up to the first STOP."""
        ends, kinds = self.ends, self.kinds
        i = bisect_right(ends, at) - 1
        while i >= 0 and at - ends[i] <= WIDEST:
            kind = kinds[i]
            if kind != GUARD:
                prior = kinds[i - 1] if kind in _CHAINED and i and ends[i - 1] == self.starts[i] else ""
                yield Edge(ends[i], kind + prior)
                if kind == TITLE and not prior:
                    yield Edge(self.starts[i], "T")
                if kind == STOP:
                    return
            i -= 1
        yield Edge(max(0, at - WIDEST) if i >= 0 else 0, STOP)

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
        if self._at[at] not in kinds:
            return at
        i = bisect_left(self.starts, at)
        while i < len(self.starts) and self.starts[i] == at and self.kinds[i] in kinds:
            at = self.ends[i]
            i += 1
        return at

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """Return a stretch with those around it up to the next signs (STOP, PAUSE, MARK) on both sides."""
        i, j = bisect_left(self.starts, start), bisect_left(self.starts, end)
        while i and self.kinds[i - 1] not in _ALL_SIGNS:
            i -= 1
        while j < len(self.starts) and self.kinds[j] not in _ALL_SIGNS:
            j += 1
        return self.ends[i - 1] if i else 0, self.starts[j] if j < len(self.starts) else len(self._at) - 1

    def kinds_between(self, start: int, end: int) -> str:
        """Return the kinds of the boundaries that begin in this stretch."""
        return "".join(self.kinds[bisect_left(self.starts, start) : bisect_left(self.starts, end)])

    def kind_at(self, at: int) -> str:
        """Return the kind of the boundary that begins at `at`, or NONE."""
        return self._at[at]


@lru_cache(maxsize=2)
def edges_of(text: str) -> Edges:
    """Return the boundaries of `text`; the families of one text share them."""
    return Edges(text)


@cache
def _words() -> tuple[AhoCorasick, np.ndarray, np.ndarray]:
    """Return the search for the longer words, their kinds, and those of single characters by code point."""
    table = read_toml("boundaries.toml")
    kinds: dict[str, str] = {}
    for key, kind in _WORDS.items():
        for word in table[key].split():
            kinds.setdefault(word, kind)
    for kind, signs in _SIGNS.items():
        kinds |= dict.fromkeys(signs, kind)
    longer = [word for word in kinds if len(word) > 1]
    sign_of = np.full(0x10000, _NOTHING)
    for word, kind in kinds.items():
        if len(word) == 1:
            sign_of[ord(word)] = ord(kind)
    return word_search(longer), np.array([ord(kinds[word]) for word in longer], np.uint8), sign_of
