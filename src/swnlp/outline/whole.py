"""What place a whole document is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from swnlp.gazetteer import Gazetteer
from swnlp.outline.headings import Heading
from swnlp.outline.paragraphs import Paragraph
from swnlp.outline.places import Place, is_full_name, place_in, places_in, spoken_for
from swnlp.records import Document

_PROSE = 60
_HEAD = 8
_LEAD_IN = re.compile(
    r"(?:20\d\d年(?:以来|度)?|近年来|一年来|今年以来|去年|过去[一几]年|[^\n,。]{1,12}以来),"
)


def stated_place(title: str | None, place: str | None, gazetteer: Gazetteer) -> str | None:
    """Return the place that the user or the title states, or None."""
    if place is not None:
        code = place.removeprefix("place:")
        return code if code in gazetteer.divisions else gazetteer.resolve(code).code
    return place_in(title, gazetteer) if title else None


def inferred_place(
    document: Document,
    view: str,
    paragraphs: Sequence[Paragraph],
    headings: Mapping[int, Heading],
    places: Iterable[Place],
    gazetteer: Gazetteer,
) -> str | None:
    """Return the place that a document without a place in its title is about, or None.

    In this order: the smallest division that holds the places of its headings, if there are several; a place
    in the lines above the text (a subtitle, a signature); the publisher's; the only heading's; the place with
    whose name the text begins.
    """
    codes = [place.code for place in places if place.code is not None]
    common = gazetteer.common_ancestor(codes)
    if common is not None and len(codes) > 1:
        return spoken_for(_beginning(view, paragraphs), common, gazetteer)
    if len(codes) > 1:
        return None
    head = [p for i, p in enumerate(paragraphs[:_HEAD]) if i not in headings]
    for paragraph in head:
        if paragraph.end - paragraph.start >= _PROSE:
            break
        if (code := place_in(view[paragraph.start : paragraph.end], gazetteer)) is not None:
            return code
    source = place_in(document.source, gazetteer) if document.source else None
    return source or common or _opening_place(view, paragraphs, gazetteer)


def _beginning(view: str, paragraphs: Sequence[Paragraph]) -> str:
    return view[paragraphs[0].start : paragraphs[0].end][:_PROSE] if paragraphs else ""


def _opening_place(view: str, paragraphs: Sequence[Paragraph], gazetteer: Gazetteer) -> str | None:
    """Return the place with whose full name the first running text begins (光山县地处…; 2025年,宣汉县…)."""
    prose = next((p for p in paragraphs[:_HEAD] if p.end - p.start >= _PROSE), None)
    if prose is None:
        return None
    beginning = view[prose.start : prose.start + _PROSE]
    lead_in = _LEAD_IN.match(beginning)
    beginning = beginning[lead_in.end() :] if lead_in else beginning
    start, end = next(places_in(beginning, gazetteer), (1, 1))
    if start or not is_full_name(beginning[:end]):
        return None
    return place_in(beginning[: end + 20], gazetteer)
