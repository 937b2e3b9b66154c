"""One subject across places and years: which subjects are the same thing, and which only a part of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from swnlp.resources import read_toml
from swnlp.view import simplified_view

_SPACE = re.compile(r"[\s“”\"'‘’]+")
# A rate or a share of a thing is another measure than the thing itself.
_OTHER_MEASURE = re.compile(r"^(?:每|人均|户均|平均|占)|[占比率]$")


class Match(NamedTuple):
    """How a subject stands to the one that is asked for: `same`, or `part` with what restricts it (基层, 5A级)."""

    kind: str
    restriction: str


@cache
def _forms() -> tuple[tuple[str, str], ...]:
    """Return pairs of a form and its canonical form, the longest form first."""
    table: dict[str, list[str]] = read_toml("indicators.toml")["synonyms"]
    pairs = [(form, name) for name, forms in table.items() for form in forms]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


@cache
def _endings() -> tuple[str, ...]:
    return tuple(read_toml("indicators.toml")["subjects"]["count_endings"].split())


def canonical(subject: str) -> str:
    """Return the form under which spellings of a subject meet: synonyms replaced, 人数 and 总量 at the end dropped."""
    name = _SPACE.sub("", simplified_view(subject))
    for form, other in _forms():
        name = name.replace(form, other)
    for ending in _endings():
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            name = name.removesuffix(ending)
            break
    return name


def match(subject: str, wanted: str) -> Match | None:
    """Say how a subject stands to the canonical form `wanted`; None if they are two things.

    Linked are only the same canonical form, and a modifier before it (基层社工站, 5A级社工机构), which is a part.
    Rates and shares (每万人持证社工数) are not linked with what they are of.
    """
    name = canonical(subject)
    if name == wanted:
        return Match("same", "")
    if not name.endswith(wanted) or _OTHER_MEASURE.search(name):
        return None
    return Match("part", name.removesuffix(wanted).rstrip("的"))


def matches(subjects: Iterable[str], subject: str) -> dict[str, Match]:
    """Return those of the subjects that are about one subject, and how each stands to it."""
    wanted = canonical(subject)
    found = ((own, match(own, wanted)) for own in subjects)
    return {own: how for own, how in found if how is not None}


def subjects_of(rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, int, int]]:
    """Return (subject, places, rows) for each canonical subject, those of most places first.

    The subject is called by its most frequent spelling.
    """
    spellings: dict[str, dict[str, int]] = {}
    places: dict[str, set[str | None]] = {}
    for row in rows:
        if not row["subject"]:
            continue
        name = canonical(row["subject"])
        counts = spellings.setdefault(name, {})
        counts[row["subject"]] = counts.get(row["subject"], 0) + 1
        places.setdefault(name, set()).add(row["place_id"])
    found = [
        (max(sorted(counts), key=counts.__getitem__), len(places[name]), sum(counts.values()))
        for name, counts in spellings.items()
    ]
    return sorted(found, key=lambda row: (-row[1], -row[2], row[0]))
