"""Paragraphs to sections: which part is about which place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from swnlp.gazetteer import Gazetteer
from swnlp.outline.headings import Heading
from swnlp.outline.paragraphs import Paragraph
from swnlp.outline.places import Place, holder_spoken_for, name_of, named_place, place_of
from swnlp.outline.status import is_plan_heading
from swnlp.resources import read_toml

_BODY = 20
_NOT_WHOLE = "首|唯一|第|最|前|率先|领先|文明|同期|平均|百|十|优秀|先进|示范|试点|统一"
_SUBJECTS = "各级|各地|各市|各县|各区|各部门|上下|民政|社会工作|社工|广大|共|累计|现有|已|将|要|的"
_LEAD_INS = r"(?:面向|围绕|立足|进入|迈入|站在|对照|迈向)[^\n,。]{1,24}(?=,)"
# A flourish (百善孝为先，善政老为本。) may stand before the closing's own first sentence.
_FLOURISH = re.compile(r"[^\n。!?]{1,60}[。!?]")
_SUMMARIES = (
    "总的看",
    "总的来看",
    "总体看",
    "总体来看",
    "综上",
    "一年来",
    "目前",
    "当前",
    "近年来",
    "截至目前",
)


class Part(NamedTuple):
    """A section in the making: index of its first paragraph, title, place, and whether it tells plans."""

    first: int
    title: str
    place: Place | None
    plans: bool


@dataclass(slots=True)
class _Scope:
    """The reach of a place's heading: up to a heading as high as its own.

    A heading that is only a line with a place has no depth of its own: it ends where the numbering that was
    under way before it goes on.
    """

    place: Place
    depth: int | None
    outer: Mapping[int, int]
    inner: dict[int, int] = field(default_factory=dict)

    def ends_at(self, heading: Heading) -> bool:
        if heading.depth is None:
            return self.depth is None
        if self.depth is not None:
            return heading.depth <= self.depth
        last, number = self.inner.get(heading.depth), heading.number
        if number is None or number == 1 or (last is not None and number == last + 1):
            return False
        return self.outer.get(heading.depth) == number - 1


@dataclass(slots=True)
class _State:
    scopes: list[_Scope] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    plan_depth: int | None = None
    body: bool = False

    def place(self, whole: Place | None) -> Place | None:
        return self.scopes[-1].place if self.scopes else whole


def parts_of(
    view: str,
    paragraphs: Sequence[Paragraph],
    headings: Mapping[int, Heading],
    places: Mapping[int, Place],
    gazetteer: Gazetteer,
    *,
    whole: Place | None,
    year: int | None,
) -> list[Part]:
    """Divide a document into sections.

    Args:
        view: The simplified view of the text.
        paragraphs: The paragraphs.
        headings: Headings by the index of their paragraph.
        places: The places of those headings that name one.
        gazetteer: The divisions.
        whole: What the whole document is about.
        year: Year of the document.

    Returns:
        The sections, in order; each holds the paragraphs up to the next one's first.
    """
    state = _State()
    closing = _closing(view, paragraphs, headings, whole)
    parts: list[Part] = []
    for index, paragraph in enumerate(paragraphs):
        heading = headings.get(index)
        if heading is not None:
            _enter(state, heading, places.get(index), gazetteer, year)
            parts.append(Part(index, heading.title, state.place(whole), state.plan_depth is not None))
            continue
        above = None
        if state.scopes and state.body:
            above = _speaks_for_above(view, paragraph, state.scopes[-1].place, closing, gazetteer)
        if above is not None and not _goes_on_within(above, index, places, gazetteer):
            state.scopes.clear()
            state.plan_depth = None
            parts.append(Part(index, "", above, False))
        elif not parts:
            parts.append(Part(index, "", whole, False))
        state.body = state.body or paragraph.end - paragraph.start >= _BODY
    return parts


def _enter(
    state: _State, heading: Heading, place: Place | None, gazetteer: Gazetteer, year: int | None
) -> None:
    """Let the scopes end that a heading ends, and begin its own."""
    while state.scopes and state.scopes[-1].ends_at(heading):
        top = state.scopes[-1].place
        if heading.depth is None and place is not None and _holds(top, place, gazetteer):
            break
        state.scopes.pop()
    depth = heading.depth
    if state.plan_depth is not None and (depth is None or depth <= state.plan_depth):
        state.plan_depth = None
    if state.plan_depth is None and is_plan_heading(heading.title, year):
        state.plan_depth = 99 if depth is None else depth
    counters = state.scopes[-1].inner if state.scopes and state.scopes[-1].depth is None else state.numbers
    if depth is not None:
        for deeper in [d for d in counters if d > depth]:
            del counters[deeper]
        counters[depth] = heading.number or 0
    if place is not None:
        state.scopes.append(_Scope(place, depth, dict(state.numbers)))
        state.body = False


def _holds(holder: Place, place: Place, gazetteer: Gazetteer) -> bool:
    if holder.code is None or place.code is None or holder.code == place.code:
        return False
    return gazetteer.is_within(place.code, holder.code)


@cache
def _whole() -> re.Pattern[str]:
    openers = "|".join(map(re.escape, (*read_toml("status_cues.toml")["planned"]["openers"], *_SUMMARIES)))
    return re.compile(
        rf"(?P<cue>(?:{openers}|到?20\d\d年(?:底|度)?|{_LEAD_INS})[,:]?(?:我们,?)?)?"
        rf"(?:[全我本](?P<unit>省|市|区|州|盟|县|旗)(?!{_NOT_WHOLE})(?P<subject>{_SUBJECTS})?"
        r"|(?P<body>省|市|区|州|盟|县|旗)(?:委|政府|民政|人大|政协|社会工作部))"
    )


class _Closing(NamedTuple):
    """What a closing paragraph is known by: the last text, and that no other part speaks of what is to come."""

    last: int
    only: bool
    whole: Place | None


def _closing(
    view: str, paragraphs: Sequence[Paragraph], headings: Mapping[int, Heading], whole: Place | None
) -> _Closing:
    texts = [p for i, p in enumerate(paragraphs) if i not in headings and p.end - p.start >= _BODY]
    with_cue = [p for p in texts if (m := _whole().match(view, p.start, p.end)) and m["cue"]]
    return _Closing(texts[-1].start if texts else -1, len(with_cue) == 1, whole)


def _speaks_for_above(
    view: str,
    paragraph: Paragraph,
    place: Place,
    closing: _Closing,
    gazetteer: Gazetteer,
) -> Place | None:
    """Return the larger place that a closing paragraph speaks for again (下一步,全省…), or None.

    Where both are a 市, 全市 is the larger one's if no other place's part ends on what is to come.
    """
    is_last = paragraph.start == closing.last
    match = _whole().match(view, paragraph.start, paragraph.end)
    if match is None and is_last and (flourish := _FLOURISH.match(view, paragraph.start, paragraph.end)):
        match = _whole().match(view, flourish.end(), paragraph.end)
    if match is None or not (match["cue"] or match["subject"]):
        return None
    unit = match["unit"] or match["body"]
    code = closing.whole.code if closing.whole else None
    above = holder_spoken_for(unit, place, code, gazetteer)
    if above is None and is_last and closing.only and match["cue"] and code is not None:
        lies_in = place.code is not None and place.code != code and gazetteer.is_within(place.code, code)
        above = code if lies_in and name_of(code, gazetteer).endswith(unit) else None
    return place_of(above) if above is not None else None


def _goes_on_within(above: Place, index: int, places: Mapping[int, Place], gazetteer: Gazetteer) -> bool:
    """Say whether a later heading names a place that the larger one holds."""
    code = above.code or ""
    return any(p.code is None or gazetteer.is_within(p.code, code) for i, p in places.items() if i > index)


def places_of_headings(
    headings: Mapping[int, Heading], gazetteer: Gazetteer, within: str | None
) -> dict[int, Place]:
    """Resolve the places that headings name, in order.

    A name that several divisions share is looked for where the document and its other headings are.
    """
    named = {i: h.place for i, h in sorted(headings.items()) if h.place is not None}
    if within is None:
        alone = [
            r.code for r in map(gazetteer.resolve, named.values()) if r.code and r.rule in ("unique", "chain")
        ]
        within = gazetteer.common_ancestor(alone)
    places: dict[int, Place] = {}
    last = within
    for index, name in named.items():
        places[index] = named_place(name, gazetteer, last)
        last = places[index].code or last
    return places
