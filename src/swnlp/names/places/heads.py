"""The words that places' names end in (社区, 开发区, 铁路), where they stand in a text, and what is common before them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from swnlp.names.search import word_search
from swnlp.resources import read_toml

_LONGEST_COMMON = 8


class Head(NamedTuple):
    """The end of a name: its family of shapes, whether it needs a place before it, and what it may not precede.

    A guard is a whole word in which a head is no head (农村).
    """

    word: str
    family: str
    placed: bool
    goes_on: str


class Anchor(NamedTuple):
    """A head in a text: where a name may end, if one begins before it."""

    text: str
    start: int
    end: int
    head: Head

    @property
    def follower(self) -> str:
        """The character after the head, empty at the end of the text."""
        return self.text[self.end : self.end + 1]


_GUARD = "guard"


@cache
def _heads() -> tuple[AhoCorasick, list[Head]]:
    tables = read_toml("geography.toml")
    shapes, goes_on = dict(tables["shapes"]), tables["goes_on"]
    guards, placed = shapes.pop("guards").split(), set(shapes.pop("placed").split())
    heads = {
        word: Head(word, family, word in placed, goes_on.get(word, ""))
        for family, shape in shapes.items()
        for word in shape["heads"].split()
    }
    heads |= {word: Head(word, _GUARD, False, "") for word in guards if word not in heads}
    return word_search(list(heads)), list(heads.values())


def find_heads(text: str) -> Iterator[Anchor]:
    """Yield the heads of a text from left to right, the longest at each place."""
    automaton, heads = _heads()
    for i, start, end in automaton.find_matches_as_indexes(text):
        anchor = Anchor(text, start, end, heads[i])
        if anchor.head.family != _GUARD and not _begins_a_word(anchor):
            yield anchor


def _begins_a_word(anchor: Anchor) -> bool:
    """村|民 and 河|流; but 龙斗村|村民 and 饮马河|流域."""
    follower = anchor.follower
    if not follower or follower not in anchor.head.goes_on:
        return False
    return not anchor.text.startswith(("村民", "流域"), anchor.end)


@cache
def _common(family: str) -> frozenset[str]:
    return frozenset(read_toml("geography.toml")["shapes"][family]["common"].split())


@lru_cache(maxsize=4096)
def specific(family: str, stem: str) -> str:
    """Return a stem without the common words that it ends in; nothing if it has no others.

    Of 国家级高新技术 before 开发区 nothing is left, of 白洋循环经济 before 产业园 it is 白洋.
    """
    words = _common(family)
    reached = {len(stem)}
    for start in range(len(stem) - 1, -1, -1):
        ends = range(start + 1, min(start + _LONGEST_COMMON, len(stem)) + 1)
        if any(end in reached and stem[start:end] in words for end in ends):
            reached.add(start)
    return stem[: min(reached)]
