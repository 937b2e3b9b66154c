"""Stage 2: a document to its sections and sentences. Which place is each part about, and what is only planned?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from swnlp.gazetteer import Gazetteer
from swnlp.outline.headings import headings_of
from swnlp.outline.paragraphs import Paragraph, paragraphs_of
from swnlp.outline.places import place_of, spoken_for
from swnlp.outline.sections import Part, parts_of, places_of_headings
from swnlp.outline.sentences import sentences_in
from swnlp.outline.status import Unit, statuses
from swnlp.outline.whole import inferred_place, stated_place
from swnlp.records import Document, Outline, Section, Sentence
from swnlp.view import simplified_view

__all__ = ["outline"]

_YEAR = re.compile(r"20\d\d(?=年)")


def outline(document: Document, gazetteer: Gazetteer, *, place: str | None = None) -> Outline:
    """Divide a document into sections, paragraphs and sentences.

    Sections begin at headings: those that the file format marks, lines that are only a place (南平市, 【邵武市】),
    numbered lines (一、（一）1.), and where a closing paragraph speaks for the larger place again (下一步，全省…).
    A place's heading holds until one as high as itself; what stands before the first is about the whole document's
    place. That is `place`, or the place in the title, or the smallest division that holds all places of headings;
    None if the text supports none.

    Args:
        document: The document.
        gazetteer: The divisions.
        place: Name or code of what the document is about, where the user says so.

    Returns:
        Sections follow each other; between them lies nothing but space and what was dropped. Every character of
        the kept text that is no space lies in exactly one sentence.
    """
    view = simplified_view(document.text)
    title = simplified_view(document.title) if document.title else None
    paragraphs = paragraphs_of(document.text, document.dropped)
    marked = {start: level for start, _, level in document.headings}
    headings = headings_of(document.text, view, paragraphs, marked, gazetteer, title=title)
    stated = stated_place(title, place, gazetteer)
    places = places_of_headings(headings, gazetteer, stated)
    whole = stated or inferred_place(document, view, paragraphs, headings, places.values(), gazetteer)
    if stated is None and whole is not None and title and places:
        whole = spoken_for(title, whole, gazetteer)
    year = _year(document, title)
    parts = parts_of(
        view, paragraphs, headings, places, gazetteer, whole=place_of(whole) if whole else None, year=year
    )
    sentences = _sentences(document.text, view, paragraphs, parts, year)
    return Outline(place_of(whole).place_id if whole else None, _sections(paragraphs, parts), sentences)


def _year(document: Document, title: str | None) -> int | None:
    if document.date:
        return int(document.date[:4])
    years = _YEAR.findall(title or "")
    return int(max(years)) if years else None


def _sections(paragraphs: Sequence[Paragraph], parts: Sequence[Part]) -> tuple[Section, ...]:
    lasts = [*(part.first - 1 for part in parts[1:]), len(paragraphs) - 1][: len(parts)]
    return tuple(
        Section(
            number,
            part.title,
            part.place.place_id if part.place else None,
            paragraphs[part.first].start,
            paragraphs[last].end,
        )
        for number, (part, last) in enumerate(zip(parts, lasts, strict=True))
    )


def _sentences(
    text: str, view: str, paragraphs: Sequence[Paragraph], parts: Sequence[Part], year: int | None
) -> tuple[Sentence, ...]:
    firsts = [part.first for part in parts]
    units: list[Unit] = []
    sections: list[int] = []
    for number, paragraph in enumerate(paragraphs):
        section = bisect_right(firsts, number) - 1
        for start, end in sentences_in(text, paragraph.start, paragraph.end):
            units.append(Unit(start, end, number, parts[section].plans))
            sections.append(section)
    found = statuses(view, units, year)
    return tuple(
        Sentence(section, unit.paragraph, number, unit.start, unit.end, status)
        for number, (unit, section, status) in enumerate(zip(units, sections, found, strict=True))
    )
