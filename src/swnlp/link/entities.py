"""A surface to its entity: actors by kind, places by the gazetteer, bodies by their place, the rest by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import pyarrow as pa

from swnlp.gazetteer import Gazetteer
from swnlp.lexicon import Lexicon, Scheme
from swnlp.link.definitions import Definitions, key_of, quoted_core
from swnlp.records import Link
from swnlp.view import simplified_view

# Quotes and brackets around or inside a name, and space: 《慈善法》 and “福蕾”行动计划 are named without them.
_UNMARKED = str.maketrans("", "", "“”‘’\"'「」『』《》〈〉【】 \t\u3000\u200b")
# 市民政局 is the bureau of the city that the section is about, 自治区党委 the committee of its region.
_LEVEL = re.compile(r"自治区|自治州|自治县|自治旗|省|市|州|县|区|旗")
_DIVISION_ENDS = "省市区县州盟旗镇乡"
_PARTY = re.compile(r"(?:省|市|州|县|区)委$")


class Surface(NamedTuple):
    """A mention as linking sees it; `place_id` is the place of its section."""

    text: str
    label: str
    kind: str | None
    place_id: str | None


Linker = Callable[[Surface], Link]


def linker(lexicon: Lexicon, gazetteer: Gazetteer) -> Linker:
    """Return the function that links one surface; it remembers the surfaces it linked last."""
    aliases = lexicon.aliases

    @lru_cache(maxsize=20_000)
    def link(surface: Surface) -> Link:
        return _link(surface, aliases, gazetteer)

    return link


def link_all(surfaces: Iterable[Surface], link: Linker, defined: Definitions) -> Iterator[Link]:
    """Yield the link of each surface of one document; what the document itself defines stands for its full name."""
    for surface in surfaces:
        known = defined.get(key_of(surface.label, surface.text)) if defined else None
        if known is None or known.text == surface.text:
            yield link(surface)
        else:
            full = link(surface._replace(text=known.text, kind=known.kind))
            yield full._replace(rule=known.rule)


def _link(surface: Surface, aliases: Mapping[tuple[str, str], str], gazetteer: Gazetteer) -> Link:
    text, label, kind, _ = surface
    view = simplified_view(text)
    if (label, view) in aliases:
        return _named(label, aliases[label, view], "alias")
    if label == "ACTOR":
        return Link(f"actor:{kind}", "kind", 1.0, (), None)
    if label == "PLACE":
        return _place(view, surface.place_id, gazetteer)
    if label == "ORG":
        return _body(view, surface.place_id, gazetteer)
    core = quoted_core(view) if label == "PROGRAM" else None
    return _named(label, core, "quoted core") if core else _named(label, view, "same name")


def _named(label: str, name: str, rule: str, place_id: str | None = None) -> Link:
    # A name made of marks alone keeps them: an id is never empty.
    return Link(f"{label.lower()}:{name.translate(_UNMARKED) or name}", rule, 1.0, (), place_id)


def _code(place_id: str | None) -> str | None:
    """Return the division code of a place id, None for a place that has none."""
    code = (place_id or "").removeprefix("place:")
    return code if code.isdecimal() else None


def _place(view: str, place_id: str | None, gazetteer: Gazetteer) -> Link:
    found = gazetteer.resolve(view, _code(place_id))
    others = tuple(f"place:{code}" for code in found.candidates)
    score = 0.9 if others else 1.0
    decided_by = place_id if found.rule in {"around", "within", "near"} else None
    if found.code is not None:
        return Link(f"place:{found.code}", found.rule, score, others, decided_by)
    return _named("PLACE", view, found.rule)._replace(candidates=others, score=0.5 if others else 1.0)


def _body(view: str, place_id: str | None, gazetteer: Gazetteer) -> Link:
    """Give a short form (市民政局, 省委) the place of its section at that level."""
    level, code = _LEVEL.match(view), _code(place_id)
    if level is None or code is None or level.end() == len(view):
        return _named("ORG", _party(view), "same name")
    holder = _holder(level.group(), code, gazetteer)
    if holder is None:
        return _named("ORG", view, "same name")
    return _named("ORG", _party(holder + view[level.end() :]), "place of the section", place_id)


def _holder(level: str, code: str, gazetteer: Gazetteer) -> str | None:
    """Return the nearest division at or above `code` whose name ends in the word for its level."""
    for division in (code, *gazetteer.ancestors(code)):
        name = gazetteer.divisions[division].name
        # 区 is a district's word; a region calls itself 自治区.
        if name.endswith(level) and not (level == "区" and name.endswith("自治区")):
            return name
    return None


def _party(name: str) -> str:
    """Return 中共福建省委 for 福建省委: a party committee's full short name."""
    return f"中共{name}" if len(name) > 2 and _PARTY.search(name) and not name.startswith("中共") else name


def entity_name(entity_id: str, aliases: Sequence[str], scheme: Scheme, gazetteer: Gazetteer) -> str:
    """Return the name shown for an entity.

    An actor has the scheme's word; a place its official name, unless the reports only use another full one
    (平潭综合实验区 for 平潭县); anything else the name in its id.

    Args:
        entity_id: The entity.
        aliases: Its surfaces, most frequent first.
        scheme: The linkage scheme of the run.
        gazetteer: The gazetteer that gave the place codes.
    """
    label, _, key = entity_id.partition(":")
    if label == "actor":
        return next((actor.name_zh for actor in scheme.actors if actor.kind == key), key)
    if label == "place" and key in gazetteer.divisions:
        return _place_name(key, [simplified_view(alias) for alias in aliases], gazetteer)
    return key


def entity_path(gazetteer: Gazetteer, entity_id: str) -> str | None:
    """Return the path of a division's entity (福建省/南平市/邵武市), None for any other."""
    label, _, code = entity_id.partition(":")
    return gazetteer.path(code) if label == "place" and code in gazetteer.divisions else None


def _place_name(code: str, aliases: Sequence[str], gazetteer: Gazetteer) -> str:
    official = gazetteer.divisions[code].name
    if official in aliases:
        return official
    # A full name says what it is (its last character is one that divisions end in) and is no chain of several.
    full = (
        a for a in aliases if len(a) > 2 and a[-1] in _DIVISION_ENDS and gazetteer.resolve(a).rule != "chain"
    )
    return next(full, official)


def place_names(sections: pa.Table, entities: pa.Table, gazetteer: Gazetteer) -> dict[str, str]:
    """Return the name of every place id that a section or an entity stands under, as `entities` names it."""
    known = dict(zip(entities["entity_id"].to_pylist(), entities["name"].to_pylist(), strict=True))
    ids = {*sections["place_id"].to_pylist(), *entities["place_id"].to_pylist()} - {None}
    return {place: known.get(place) or _unmentioned(place, gazetteer) for place in sorted(ids)}


def _unmentioned(place_id: str, gazetteer: Gazetteer) -> str:
    key = place_id.removeprefix("place:")
    return gazetteer.divisions[key].name if key in gazetteer.divisions else key
