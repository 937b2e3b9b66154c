"""The people that services are for (GROUP): a head, and what says which people (失能、半失能老年人, 农民工随迁子女)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from swnlp.lexicon import Lexicon
from swnlp.names.candidates import Candidate, Proposer
from swnlp.names.search import word_search
from swnlp.resources import read_toml

# Precision of each rule on the training annotation.
SCORES = {"sure": 0.93, "served": 0.95, "origin": 0.8, "kin": 0.85, "listed": 0.75, "optional": 0.4}

# How far to the left modifiers are looked for, in characters.
REACH = 24

# What follows a group that is counted.
_COUNTED = frozenset("0123456789占达约有比")


class _Hit(NamedTuple):
    start: int
    end: int
    rule: str


def proposer(lexicon: Lexicon) -> Proposer:
    """Compile the resource into a proposer of GROUP candidates."""
    words: dict[str, list[str]] = read_toml("groups.toml")
    # The last list that has a head decides what it needs.
    needs = {head: need for need in ("optional", "kin", "general", "people", "sure") for head in words[need]}
    heads = sorted(needs)
    search = word_search(heads)
    left = _Left(words)
    not_before = tuple(words["not_before"])

    def propose(view: str, earlier: Sequence[Candidate]) -> Iterator[Candidate]:
        hits: list[_Hit] = []
        for i, start, end in search.find_matches_as_indexes(view):
            if not view.startswith(not_before, end):
                hits += left.read(view, _Hit(start, end, needs[heads[i]]), hits[-1] if hits else None)
        for k, hit in enumerate(hits):
            rule = hit.rule if hit.rule != "bare" else _in_list(view, hits, k)
            if rule != "none":
                yield Candidate(hit.start, hit.end, "GROUP", None, f"groups:{rule}", SCORES[rule])

    return propose


def _in_list(view: str, hits: Sequence[_Hit], k: int) -> str:
    """Return the rule of a bare head: it counts beside another group (老年人、儿童), else readers differ."""
    beside = (k and _touch(view, hits[k - 1], hits[k])) or (
        k + 1 < len(hits) and _touch(view, hits[k], hits[k + 1])
    )
    return "listed" if beside else "optional"


def _touch(view: str, left: _Hit, right: _Hit) -> bool:
    return (
        right.start - left.end == 1
        and view[left.end] in "、和及与"
        and "optional" not in (left.rule, right.rule)
        and "none" not in (left.rule, right.rule)
    )


def _backward(words: Iterable[str]) -> str:
    """Return an alternation of words for a text that is read from right to left, longest first."""
    return "|".join(re.escape(word[::-1]) for word in sorted(set(words), key=lambda word: (-len(word), word)))


class _Left:
    """Reads what stands before a head, from right to left."""

    def __init__(self, words: Mapping[str, list[str]]) -> None:
        served = rf"{_backward(words['served'])}|族(?:{_backward(words['peoples'])})"
        # An age in years is inside the name only as a class (60岁以上老人, not 81岁的老人).
        age = r"(?:的?(?:上以|下以)及?岁周?[0-9一二三四五六七八九十百]{1,3})"
        origin = _backward(words["origins"])
        joint = f"[{''.join(words['joints'])}]"
        # `served` remembers whether any modifier says what people lack; origins alone do not.
        run = rf"(?:的?(?P<served>{served})|{origin}){{1,5}}"
        more = rf"(?:{joint}(?:{served}|{origin}){{1,3}}){{0,3}}"
        self._before = re.compile(rf"{run}{more}(?P<age>{age})?|(?P<only>{age})")
        self._etc = re.compile(rf"等{run}{more}(?P<age>(?!))?(?P<only>(?!))?")
        self._listed = frozenset(words["listed"])
        self._optional = frozenset(words["optional"])
        self._kin = frozenset(words["kin"])
        self._own_kin = frozenset(words["own_kin"])
        self._of_household = frozenset(words["of_household"])
        self._between = frozenset({"", *words["between"]})

    def read(self, view: str, head: _Hit, previous: _Hit | None) -> Iterator[_Hit]:
        """Yield the groups that end in a head; its `rule` is what it needs."""
        start, end, need = head
        word = view[start:end]
        if previous and end - previous.start <= REACH and self._is_kin(view, word, start, previous):
            yield _Hit(previous.start, end, "kin")
            return
        if need != "optional" and (found := self._modifiers(view, head, previous)):
            taken, rule = found
            yield _Hit(start - taken, end, rule)
        elif need == "sure":
            yield _Hit(start, end, "sure")
        elif word in self._listed:
            yield _Hit(start, end, "bare")
        elif word in self._optional:
            yield _Hit(start, end, "optional")
        else:
            yield _Hit(start, end, "none")

    def _is_kin(self, view: str, word: str, start: int, previous: _Hit) -> bool:
        between = view[previous.end : start] if start - previous.end <= 3 else "-"
        if word in self._kin and between in self._between:
            return word in self._own_kin or previous.rule not in ("optional", "none", "bare")
        return (
            not between and word in self._of_household and view.endswith("家庭", previous.start, previous.end)
        )

    def _modifiers(self, view: str, head: _Hit, previous: _Hit | None) -> tuple[int, str] | None:
        """Return how many characters of modifiers stand before a head, and the rule."""
        start, end, need = head
        # A group that ended just before is not a modifier of the next: 退役军人、脱贫劳动力.
        least = max(0, start - REACH, previous.end if previous and previous.rule != "none" else 0)
        left = view[least:start][::-1]
        found = self._before.match(left) or (self._etc.match(left) if need == "general" else None)
        if not found or not (found["served"] or need in ("sure", "people")):
            return None
        # Counted, the age is part of the count: 60岁以上老年人3480人.
        counted = view[end : end + 1] in _COUNTED
        aged = next((name for name in ("age", "only") if found[name]), None) if counted else None
        taken = found.start(aged) if aged else found.end()
        return taken, "sure" if need == "sure" else "served" if found["served"] else "origin"
