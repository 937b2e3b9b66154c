"""The words around numbers, from resources/indicators.toml, as tables that are looked up by the end or the beginning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from swnlp.resources import read_toml


@dataclass(frozen=True, slots=True)
class Tail:
    """What a word between a subject and its number says: its kind (change, modifier, basis, per, time, word) and that."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary; see resources/indicators.toml for what each part holds. `*_lengths` speed up look-ups."""

    units: frozenset[str]
    unit_lengths: Mapping[str, tuple[int, ...]]
    counters: frozenset[str]
    nouns: frozenset[str]
    times: frozenset[str]
    not_before: Mapping[str, str]
    tails: Mapping[str, Tail]
    changes: frozenset[str]
    heads: frozenset[str]
    after: frozenset[str]
    after_starts: frozenset[str]
    verbs: frozenset[str]
    weak_verbs: frozenset[str]
    all_verbs: frozenset[str]
    generic_heads: frozenset[str]
    predicates: frozenset[str]
    predicate_chars: frozenset[str]
    metrics: tuple[str, ...]
    against: frozenset[str]
    qualifiers: frozenset[str]
    qualifier_ends: str
    whole: frozenset[str]
    tail_lengths: Mapping[str, tuple[int, ...]]
    head_lengths: Mapping[str, tuple[int, ...]]


@cache
def words() -> Words:
    """Return the vocabulary, read once."""
    table: dict[str, Any] = read_toml("indicators.toml")
    units, subjects = table["units"], table["subjects"]
    counters, nouns = frozenset(units["counters"].split()), frozenset(units["nouns"].split())
    every = counters | nouns | frozenset(units["amounts"].split())
    after = frozenset(table["modifiers"]["after"].split())
    tails, heads = _tails(table), frozenset(table["tails"]["heads"].split())
    return Words(
        units=every,
        unit_lengths=_lengths(every, first=True),
        counters=counters,
        nouns=nouns,
        times=frozenset(units["times"].split()),
        not_before=units["not_before"],
        tails=tails,
        changes=frozenset(
            w for w, t in tails.items() if t.kind == "change" and t.value.endswith(("to", "by"))
        ),
        heads=heads,
        after=after,
        after_starts=frozenset(word[0] for word in after),
        verbs=frozenset(subjects["verbs"].split()),
        weak_verbs=frozenset(subjects["weak_verbs"].split()),
        all_verbs=frozenset((subjects["verbs"] + subjects["weak_verbs"]).split()),
        generic_heads=frozenset(subjects["generic_heads"].split()),
        predicates=frozenset(subjects["predicates"].split()),
        predicate_chars=frozenset(subjects["predicate_chars"]),
        metrics=tuple(subjects["metrics"].split()),
        against=frozenset(subjects["against"].split()),
        qualifiers=frozenset(table["tails"]["qualifiers"].split()),
        qualifier_ends=table["tails"]["qualifier_ends"].replace(" ", ""),
        whole=frozenset(table["tails"]["whole"].split()) - frozenset(tails),
        tail_lengths=_lengths(tails, first=False),
        head_lengths=_lengths(heads, first=True),
    )


def _lengths(every: Iterable[str], *, first: bool) -> dict[str, tuple[int, ...]]:
    """Return the lengths of words that begin, or end, with a character, longest first."""
    lengths: dict[str, set[int]] = {}
    for word in every:
        lengths.setdefault(word[0 if first else -1], set()).add(len(word))
    return {char: tuple(sorted(found, reverse=True)) for char, found in lengths.items()}


def _tails(table: Mapping[str, Any]) -> dict[str, Tail]:
    """Return what each word before a number says; where lists share a word the later one counts."""
    changes = table["changes"]
    lists = {
        "word": table["tails"]["words"],
        "time": table["tails"]["times"],
        "per": table["tails"]["per"],
        "modifier": table["modifiers"]["before"],
        "basis": changes["basis"],
    }
    tails = {word: Tail(kind, word) for kind, text in lists.items() for word in text.split()}
    for change in ("increase_by", "increase_to", "decrease_by", "decrease_to", "to", "new", "cumulative"):
        tails |= {word: Tail("change", change) for word in changes[change].split()}
    return tails
