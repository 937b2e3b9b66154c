"""The places that titles and headings name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from swnlp.gazetteer import Gazetteer

_SUFFIXES = frozenset("省市县区旗州盟镇乡道木")
_LONGEST = 16
_LEAST = 2


class Place(NamedTuple):
    """A place: its id (place:350700, or place:NAME without a code), and its code if it has one."""

    place_id: str
    code: str | None


def place_of(code: str) -> Place:
    """Return a division as a place."""
    return Place(f"place:{code}", code)


def named_place(name: str, gazetteer: Gazetteer, within: str | None) -> Place:
    """Return the place that a name stands for, known or not."""
    code = gazetteer.resolve(name, within).code
    return place_of(code) if code is not None else Place(f"place:{name}", None)


def name_of(code: str, gazetteer: Gazetteer) -> str:
    """Return a division's own full name."""
    return gazetteer.path(code).rpartition("/")[2]


def is_full_name(name: str) -> bool:
    """Say whether a name ends as the name of a division does; 城区 and 矿区 are words first."""
    return len(name) > _LEAST and name[-1] in _SUFFIXES


def places_in(text: str, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """Yield where names of places stand in a short text, the longest from the left.

    Full names of every level count, short ones only of provinces and cities: those of counties are words too.
    """
    at = 0
    while at < len(text):
        end = _name_at(text, at, gazetteer)
        if end is None:
            at += 1
        else:
            yield at, end
            at = end


def _name_at(text: str, at: int, gazetteer: Gazetteer) -> int | None:
    for end in range(min(len(text), at + _LONGEST), at + _LEAST - 1, -1):
        codes = gazetteer.surfaces.get(text[at:end])
        if codes and (is_full_name(text[at:end]) or _is_city(codes, gazetteer)):
            return end
    return None


def _is_city(codes: tuple[str, ...], gazetteer: Gazetteer) -> bool:
    return any(gazetteer.level(code) in ("province", "city") for code in codes)


_LIST = re.compile(r"[、和与及,]")


def place_in(text: str, gazetteer: Gazetteer, within: str | None = None) -> str | None:
    """Return the code of the place that a title is about, or None.

    That is the first place it names; with the chain that follows directly (涪陵区荔枝街道), and if a list of
    places follows, the smallest division that holds them all.
    """
    found: list[str] = []
    spans = list(places_in(text, gazetteer))
    index = 0
    while index < len(spans):
        start, end = spans[index]
        while index + 1 < len(spans) and spans[index + 1][0] == end:
            index += 1
            end = spans[index][1]
        code = gazetteer.resolve(text[start:end], within).code
        if code is not None:
            found.append(code)
        index += 1
        if index < len(spans) and not (spans[index][0] == end + 1 and _LIST.match(text, end)):
            break
    return gazetteer.common_ancestor(found)


_UNITS = re.compile(r"[全我本](省|市|区|州|盟)")


def spoken_for(text: str, code: str, gazetteer: Gazetteer) -> str:
    """Return the division that a title's 全省 or 全市 means: `code`, or the one above it of that kind."""
    match = _UNITS.search(text)
    if match is None:
        return code
    around = (code, *gazetteer.ancestors(code))
    return next((c for c in around if name_of(c, gazetteer).endswith(match[1])), code)


def holder_spoken_for(unit: str, place: Place, whole: str | None, gazetteer: Gazetteer) -> str | None:
    """Return the division above `place` that 全省, 全市 ... means in a part about `place`; None if it means the place.

    Args:
        unit: 省, 市, 区, 州, 盟, 县 or 旗.
        place: What the part is about.
        whole: Code of what the whole document is about.
        gazetteer: The divisions.
    """
    if place.code is None:
        return whole if whole is not None and name_of(whole, gazetteer).endswith(unit) else None
    if name_of(place.code, gazetteer).endswith(unit):
        return None
    above = gazetteer.ancestors(place.code)
    return next((code for code in above if name_of(code, gazetteer).endswith(unit)), None)
