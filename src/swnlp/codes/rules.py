"""What a rule is made of, and where it holds in a stretch of text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import TypeAlias

# First character and one past the last.
Span = tuple[int, int]
# Spans that were found together; all but the pairs of a Near are alone.
_Group = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """Characters that begin and end at the edges of words."""

    text: str


@dataclass(frozen=True, slots=True)
class Characters:
    """Characters wherever they stand, inside of words too."""

    text: str


@dataclass(frozen=True, slots=True)
class Entity:
    """The mentions of an entity: by its id, its name or any of its aliases."""

    name: str


@dataclass(frozen=True, slots=True)
class Label:
    """The mentions with a label (PROGRAM, ACTOR, ...)."""

    label: str


@dataclass(frozen=True, slots=True)
class Kind:
    """The mentions of a kind (volunteer, 通知, ...)."""

    kind: str


@dataclass(frozen=True, slots=True)
class Reference:
    """Another code of the book; read_codes puts its rule in its place."""

    name: str


@dataclass(frozen=True, slots=True)
class And:
    """All of them."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of them."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Not that."""

    part: Rule


@dataclass(frozen=True, slots=True)
class Near:
    """Both, apart from each other and with at most `distance` characters between them; `ordered`: left first."""

    left: Rule
    right: Rule
    distance: int
    ordered: bool


Atom: TypeAlias = Word | Characters | Entity | Label | Kind
Rule: TypeAlias = Atom | Reference | And | Or | Not | Near


def atoms_of(rule: Rule) -> Iterator[Atom]:
    """Yield the words, entities, labels and kinds of a rule, from left to right."""
    for part in parts_of(rule):
        yield from atoms_of(part)
    if isinstance(rule, Atom):
        yield rule


def parts_of(rule: Rule) -> tuple[Rule, ...]:
    """Return the rules that a rule is made of; none for an atom."""
    match rule:
        case And(parts) | Or(parts):
            return parts
        case Not(part):
            return (part,)
        case Near(left, right):
            return left, right
        case _:
            return ()


def depth_of(rule: Rule) -> int:
    """Return how many rules lie in each other."""
    return 1 + max(map(depth_of, parts_of(rule)), default=0)


def needs_something(rule: Rule) -> bool:
    """Tell whether a rule can hold only where one of its atoms stands: `not x` alone holds of every empty line."""
    match rule:
        case Not():
            return False
        case And(parts):
            return any(map(needs_something, parts))
        case Or(parts):
            return all(map(needs_something, parts))
        case _:
            return True


def holds(rule: Rule, hits: Mapping[Atom, Sequence[Span]]) -> list[Span]:
    """Return where a rule holds: the places of the atoms that make it hold, in order; none if it does not.

    A place inside another one is left out. What a `not` looked for is no place.

    Args:
        rule: Without references.
        hits: Where each atom stands in one unit of text, in order; atoms that stand nowhere may be left out.
    """
    groups = _find(rule, hits)
    spans = sorted({span for group in groups or () for span in group}, key=lambda s: (s[0], -s[1]))
    found: list[Span] = []
    for span in spans:
        if not found or span[1] > found[-1][1]:
            found.append(span)
    return found


@singledispatch
def _find(rule: Rule, hits: Mapping[Atom, Sequence[Span]]) -> list[_Group] | None:
    """Return the groups of places that make a rule hold, or None if it does not."""
    return [(span,) for span in hits.get(rule, ())] or None  # type: ignore[arg-type]


@_find.register
def _(rule: And, hits: Mapping[Atom, Sequence[Span]]) -> list[_Group] | None:
    found: list[_Group] = []
    for part in rule.parts:
        groups = _find(part, hits)
        if groups is None:
            return None
        found += groups
    return found


@_find.register
def _(rule: Or, hits: Mapping[Atom, Sequence[Span]]) -> list[_Group] | None:
    every = [groups for part in rule.parts if (groups := _find(part, hits)) is not None]
    return [group for groups in every for group in groups] if every else None


@_find.register
def _(rule: Not, hits: Mapping[Atom, Sequence[Span]]) -> list[_Group] | None:
    return [] if _find(rule.part, hits) is None else None


@_find.register
def _(rule: Near, hits: Mapping[Atom, Sequence[Span]]) -> list[_Group] | None:
    left, right = _find(rule.left, hits), _find(rule.right, hits)
    if left is None or right is None:
        return None
    pairs = list(_pairs(left, right, rule.distance))
    if not rule.ordered:
        pairs += _pairs(right, left, rule.distance)
    return [(*a, *b) for a, b in dict.fromkeys(pairs)] or None


def _pairs(first: list[_Group], second: list[_Group], distance: int) -> Iterator[tuple[_Group, _Group]]:
    """Yield each group of `first` with the nearest of `second` behind it, and the other way round.

    Not every pair: a word that a page repeats a thousand times would make a million of them, of the same places.
    """
    starts = sorted((_start(group), i) for i, group in enumerate(second))
    for group in first:
        at = bisect_left(starts, (_end(group), -1))
        if at < len(starts) and starts[at][0] - _end(group) <= distance:
            yield group, second[starts[at][1]]
    ends = sorted((_end(group), i) for i, group in enumerate(first))
    for group in second:
        at = bisect_left(ends, (_start(group), len(first))) - 1
        if at >= 0 and _start(group) - ends[at][0] <= distance:
            yield first[ends[at][1]], group


def _start(group: _Group) -> int:
    return min(start for start, _ in group)


def _end(group: _Group) -> int:
    return max(end for _, end in group)
