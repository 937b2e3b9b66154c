"""The administrative divisions of China: codes, names, short forms, and what lies in what.

Codes are those of GB/T 2260 for provinces, cities and counties (six digits) and of the National Bureau of
Statistics for towns (nine). Below Hong Kong, Macau and Taiwan, where the standard stops, the codes are swnlp's
own. See resources/README.md.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from swnlp.resources import read_bytes

Level = Literal["province", "city", "county", "town"]
RANK: dict[Level, int] = {"province": 0, "city": 1, "county": 2, "town": 3}

# The longest chain of divisions that is parsed: a surface is a name, not a page.
MAX_SURFACE = 60

ABBREVIATIONS: dict[str, str] = {
    char: code
    for chars, code in {
        "京": "110000", "津": "120000", "冀": "130000", "晋": "140000", "蒙": "150000", "辽": "210000",
        "吉": "220000", "黑": "230000", "沪申": "310000", "苏": "320000", "浙": "330000", "皖": "340000",
        "闽": "350000", "赣": "360000", "鲁": "370000", "豫": "410000", "鄂": "420000", "湘": "430000",
        "粤": "440000", "桂": "450000", "琼": "460000", "渝": "500000", "川蜀": "510000", "贵黔": "520000",
        "云滇": "530000", "藏": "540000", "陕秦": "610000", "甘陇": "620000", "青": "630000", "宁": "640000",
        "新疆": "650000", "台": "710000", "港": "810000", "澳": "820000",
    }.items()
    for char in chars
}  # fmt: skip


class Division(NamedTuple):
    """A division: its code, full name, level, and the code of the division that it lies in (None: a province)."""

    code: str
    name: str
    level: Level
    parent: str | None


class Resolution(NamedTuple):
    """Which division a surface names.

    `code` is None when none is known or several are left. `candidates` are the others that go by this name: those
    that are left, or that were decided against.
    `parent` is the deepest known division that a chain begins with (邵武市 of 邵武市龙斗村), and of a known
    division the one that it lies in. `rule` says how it was decided: see `Gazetteer.resolve`.
    """

    code: str | None
    candidates: tuple[str, ...]
    rule: str
    parent: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Divisions and the names that they go by.

    Attributes:
        divisions: By code, ascending.
        surfaces: Full names and short forms, each with the codes of all divisions that go by it, ascending.
        abbreviations: One-character names of provinces (闽), apart: in a text they are seldom names.
    """

    divisions: Mapping[str, Division]
    surfaces: Mapping[str, tuple[str, ...]]
    abbreviations: Mapping[str, str]

    def __repr__(self) -> str:
        return f"Gazetteer({len(self.divisions)} divisions, {len(self.surfaces)} surfaces)"

    def level(self, code: str) -> Level:
        """Return the level of a division."""
        return self.divisions[code].level

    def ancestors(self, code: str) -> tuple[str, ...]:
        """Return the divisions that hold this one, the nearest first."""
        found = []
        parent = self.divisions[code].parent
        while parent is not None:
            found.append(parent)
            parent = self.divisions[parent].parent
        return tuple(found)

    def path(self, code: str) -> str:
        """Return the full names from the province down, joined by slashes: 福建省/南平市/邵武市."""
        return "/".join(self.divisions[c].name for c in (*reversed(self.ancestors(code)), code))

    def is_within(self, code: str, ancestor: str) -> bool:
        """Say whether a division is `ancestor` or lies in it."""
        return code == ancestor or ancestor in self.ancestors(code)

    def common_ancestor(self, codes: Iterable[str]) -> str | None:
        """Return the smallest division that holds all of these (one code: itself), or None."""
        lines = [(code, *self.ancestors(code)) for code in codes]
        if not lines:
            return None
        return next((code for code in lines[0] if all(code in line for line in lines[1:])), None)

    def resolve(self, surface: str, within: str | None = None) -> Resolution:
        """Return the division that a surface names.

        Args:
            surface: A name (邵武), a chain of names from the larger to the smaller (福建省邵武市), or a province's
                one-character name; Simplified characters.
            within: Code of the division that the text around it is about.

        Returns:
            The rules, in order, by which a surface with several divisions is decided:
            `unique` (only one), `chain` (only one lies in what stands before it), `around` (it is `within` or
            holds it, the nearest), `within` (only one lies in it), `near` (only one shares the smallest division
            that holds `within` and any candidate), `rank` (short forms and full names alike: the province before
            the city before the county, if only one has the highest rank). Else `ambiguous`, with all candidates.
            `below` is a chain whose end is in no list, `unknown` a surface that is not known at all.
        """
        if surface in self.abbreviations:
            return self._found(self.abbreviations[surface], (), "abbreviation")
        if surface in self.surfaces:
            return self._choose(self.surfaces[surface], within)
        return self._chain(surface[:MAX_SURFACE], within)

    def _found(self, code: str, others: tuple[str, ...], rule: str) -> Resolution:
        return Resolution(code, others, rule, self.divisions[code].parent)

    def _choose(self, codes: tuple[str, ...], within: str | None) -> Resolution:
        """Decide between divisions of the same name."""
        if len(codes) == 1:
            return self._found(codes[0], (), "unique")
        around = (within, *self.ancestors(within)) if within is not None and within in self.divisions else ()
        if (holder := next((c for c in around if c in codes), None)) is not None:
            return self._among(holder, codes, "around")
        for place in around:
            if inside := tuple(c for c in codes if self.is_within(c, place)):
                # Several in the smallest division that has any: looking further out can't help.
                rule = "within" if place == within else "near"
                chosen = self._highest(inside)
                return self._among(chosen, codes, rule) if chosen else Resolution(None, inside, "ambiguous")
        chosen = self._highest(codes)
        return self._among(chosen, codes, "rank") if chosen else Resolution(None, codes, "ambiguous")

    def _among(self, code: str, codes: tuple[str, ...], rule: str) -> Resolution:
        return self._found(code, tuple(c for c in codes if c != code), rule)

    def _highest(self, codes: Iterable[str]) -> str | None:
        """Return the one of highest rank, if one is higher than all others. Towns do not outrank each other."""
        ranked = sorted((RANK[self.level(c)], c) for c in codes)
        return ranked[0][1] if len(ranked) == 1 or ranked[0][0] < ranked[1][0] else None

    def _chain(self, surface: str, within: str | None) -> Resolution:
        """Parse a chain from the left, the longest known name at each step."""
        codes, end = self._longest(surface, 0, None)
        if not codes:
            return Resolution(None, (), "unknown")
        while end < len(surface):
            below, after = self._longest(surface, end, codes)
            if not below:
                holder = self._choose(codes, within)
                return Resolution(None, (), "below", holder.code)
            codes, end = below, after
        if len(codes) == 1:
            return self._found(codes[0], (), "chain")
        return self._choose(codes, within)

    def _longest(
        self, surface: str, start: int, holders: tuple[str, ...] | None
    ) -> tuple[tuple[str, ...], int]:
        """Return the divisions of the longest name at `start` that lie in one of `holders`, and where it ends."""
        for end in range(len(surface), start + 1, -1):
            codes = self.surfaces.get(surface[start:end], ())
            if holders is not None:
                codes = tuple(c for c in codes if any(h in self.ancestors(c) for h in holders))
            if codes:
                return codes, end
        return (), start


def _parents(codes: Iterable[str], known: Mapping[str, str]) -> Iterator[str | None]:
    """Yield the parent of each code: the longest of its prefixes that is a division itself."""
    for code in codes:
        if len(code) == 9 and code[:6] in known:
            yield code[:6]
        elif (city := code[:4] + "00") in known and city != code:
            yield city
        else:
            yield None if code.endswith("0000") and len(code) == 6 else code[:2] + "0000"


def _level(code: str) -> Level:
    if len(code) == 9:
        return "town"
    return "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"


@cache
def load_gazetteer() -> Gazetteer:
    """Return the gazetteer, read once."""
    lines = gzip.decompress(read_bytes("places.tsv.gz")).decode().splitlines()
    rows = [line.split("\t") for line in lines]
    names = {row[0]: row[1] for row in rows}
    divisions = {
        code: Division(code, name, _level(code), parent)
        for (code, name), parent in zip(names.items(), _parents(names, names), strict=True)
    }
    surfaces: dict[str, tuple[str, ...]] = {}
    for code, name, short in rows:
        surfaces[name] = (*surfaces.get(name, ()), code)
        if short:
            for form in short.split(","):
                surfaces[form] = (*surfaces.get(form, ()), code)
    return Gazetteer(divisions, surfaces, ABBREVIATIONS)
