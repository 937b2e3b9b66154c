"""Which place and which year govern a number: the nearest of clause, sentence, paragraph, section and document."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from swnlp.gazetteer import Gazetteer
from swnlp.indicators.quantities import Date
from swnlp.indicators.words import words
from swnlp.records import Section, Sentence

CHINA = "place:中国"
_YEAR = re.compile(r"(20\d\d)年")
_RELATIVE = {"去年": -1, "上年": -1, "前年": -2, "今年": 0, "目前": 0, "现在": 0, "当前": 0, "当年": None}
_RELATIVE_WORDS = re.compile("去年|今年|前年|上年(?!同期|增|提|下)")
_PERIOD = re.compile(
    r"“?十[一二三四五]五”?(?:规划)?(?:时期|期间|以来)?|(?:过去|近|五|三)[一二三四五]?年来|上半年|下半年|[一二三四]季度|前三季度|1[-—]\d{1,2}月"
)
_HEADING = (
    re.compile(r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]+[部章]"),
    re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]"),
)
_UNIT = re.compile(r"[全我本](省|市|区|州|盟|县|旗)")
_NEAR = 14


class PlaceName(NamedTuple):
    """A place's name in the text and the place that it names."""

    start: int
    end: int
    place_id: str


class Governed(NamedTuple):
    """A place, how it was decided, and where its name ends in the clause (0 if it stands elsewhere)."""

    value: str | None
    by: str
    name_end: int = 0


class Time(NamedTuple):
    """A year or a period, and how it was decided."""

    year: int | None
    by: str
    period: str


class Surroundings:
    """What governs the numbers of a document; moves along with the sentences.

    Args:
        view: The simplified view of the text.
        sections: All sections of the document.
        names: Names of places, by start.
        place_id: What the document is about.
        gazetteer: The divisions.
        years: Year of its date, and of its title.
    """

    def __init__(
        self,
        view: str,
        sections: Sequence[Section],
        names: Sequence[PlaceName],
        gazetteer: Gazetteer,
        *,
        place_id: str | None,
        years: tuple[int | None, int | None],
    ) -> None:
        self.view, self.sections, self.names = view, sections, names
        self.place_id, self.gazetteer = place_id, gazetteer
        self.starts = [name.start for name in names]
        self.date_year, title_year = years
        self.document_year = title_year or self.date_year
        self.section_years = _section_years(sections)
        self.sentence: Sentence | None = None
        self.paragraph: tuple[int, Time | None] = (-1, None)
        self.time: Time | None = None
        self.head: PlaceName | None = None

    def enter(self, sentence: Sentence, dates: Sequence[Date]) -> None:
        """Begin a sentence: what opens it governs its later clauses, a date that opens a sentence its paragraph."""
        self.sentence, self.time, self.head = sentence, None, None
        if sentence.paragraph_id != self.paragraph[0]:
            self.paragraph = (sentence.paragraph_id, None)
        opening = dates[0] if dates and dates[0].start - sentence.start <= 3 else None
        if opening is not None and (opening.year or opening.several):
            self.paragraph = (sentence.paragraph_id, self._of_date(opening, "paragraph"))
        self.dates = dates
        i = bisect_left(self.starts, sentence.start)
        if (
            i < len(self.names)
            and self.names[i].start <= sentence.start + _NEAR
            and self.names[i].end <= sentence.end
        ):
            name = self.names[i]
            if self._opens(name.start, sentence.start) and self._is_inside(name.place_id, sentence):
                self.head = name

    def _opens(self, at: int, start: int) -> bool:
        """Say whether only a date or an adverb stands between the beginning of a clause and `at`."""
        between = self.view[start:at]
        return (
            not between
            or between[-1] in ",;:。"
            or between.lstrip(",") in words().heads
            or between[-1] in "年月日来"
        )

    def _is_inside(self, place: str, sentence: Sentence) -> bool:
        around = self.sections[sentence.section_id].place_id or self.place_id
        if around is None:
            return True
        code, holder = (p.removeprefix("place:") for p in (place, around))
        known = self.gazetteer.divisions
        return code not in known or holder not in known or self.gazetteer.is_within(code, holder)

    def place(self, clause: int, at: int) -> Governed:
        """Return the place that governs a number at `at` in a clause that begins at `clause`."""
        sentence = self.sentence
        assert sentence is not None
        section = self.sections[sentence.section_id].place_id
        if (named := self._named(clause, at, sentence)) is not None:
            return named
        if self.view.startswith(("全国", "我国"), clause):
            return Governed(CHINA, "clause")
        if (unit := _UNIT.match(self.view, clause)) and (section or self.place_id):
            above = self._above(unit[1], section or self.place_id or "")
            if above is not None:
                return Governed(above, "clause")
        if self.head is not None and self.head.end <= clause:
            return Governed(self.head.place_id, "sentence")
        if section is not None:
            return Governed(section, "section" if section != self.place_id else "document")
        return Governed(self.place_id, "document" if self.place_id else "")

    def _above(self, unit: str, place: str) -> str | None:
        """Return the place above one that 全省, 全市 speaks of; None if it speaks of the place itself."""
        code, known = place.removeprefix("place:"), self.gazetteer.divisions
        if code not in known or known[code].name.endswith(unit):
            return None
        above = (c for c in self.gazetteer.ancestors(code) if known[c].name.endswith(unit))
        return next((f"place:{c}" for c in above), None)

    def _named(self, clause: int, at: int, sentence: Sentence) -> Governed | None:
        """Return the place whose name stands in the clause before the number and is no part of a comparison."""
        if not self.names:
            return None
        first, last = bisect_left(self.starts, clause), bisect_left(self.starts, at)
        found = [name for name in self.names[first:last] if name.end <= at]
        if len(found) > 1 and self._is_list(found):
            return None
        for name in reversed(found):
            if name.start and self.view[name.start - 1] in words().against:
                continue
            if (
                name.start == clause
                or self._is_inside(name.place_id, sentence)
                or self._opens(name.start, clause)
            ):
                return Governed(name.place_id, "clause", name.end)
        return None

    def _is_list(self, names: Sequence[PlaceName]) -> bool:
        return any(self.view[a.end : b.start] in ("、", "和", "与", "及") for a, b in pairwise(names))

    def list_of_places(self, clause: int, at: int) -> list[Governed]:
        """Return the places listed in a clause before a number."""
        first, last = bisect_left(self.starts, clause), bisect_left(self.starts, at)
        names = [name for name in self.names[first:last] if name.end <= at]
        kept = [n for i, n in enumerate(names) if not i or n.start >= names[i - 1].end]
        return [Governed(name.place_id, "clause", name.end) for name in kept]

    def year(self, date: Date | None, said: Sequence[str], clause: int) -> Time:
        """Return the year or period of a number: its clause's date, else the nearest that governs."""
        if date is not None and (date.year or date.several) and not self._is_against(date):
            return self._of_date(date, "clause")
        for word in said:
            if self.date_year is not None and _RELATIVE.get(word) is not None:
                return Time(self.date_year + (_RELATIVE[word] or 0), "clause", word)
        sentence = self.sentence
        assert sentence is not None
        if (
            relative := _RELATIVE_WORDS.search(self.view, clause, clause + 12)
        ) and self.date_year is not None:
            return Time(self.date_year + (_RELATIVE[relative[0]] or 0), "clause", relative[0])
        if period := _PERIOD.search(self.view, clause, clause + 10):
            return Time(
                None if "年来" in period[0] or "十" in period[0] else self._wider(sentence).year,
                "clause",
                period[0],
            )
        for earlier in reversed(self.dates):
            if earlier.end <= clause and (earlier.year or earlier.several) and not self._is_against(earlier):
                return self._of_date(earlier, "sentence")
        return self._wider(sentence)

    def _wider(self, sentence: Sentence) -> Time:
        if self.paragraph[1] is not None:
            return self.paragraph[1]
        year = self.section_years[sentence.section_id] if self.sections else None
        if year is not None:
            return Time(year, "section", "")
        return Time(self.document_year, "document" if self.document_year else "", "")

    def _of_date(self, date: Date, by: str) -> Time:
        return Time(date.year, by, date.text)

    def _is_against(self, date: Date) -> bool:
        """Say whether a date is what something is compared with, or part of a name of a document."""
        return date.start > 0 and self.view[date.start - 1] in "比较与同自"


def _section_years(sections: Sequence[Section]) -> list[int | None]:
    """Return the year that each section's heading names, or a heading above it."""
    years: list[int | None] = []
    held: tuple[int, int | None] = (0, None)
    for section in sections:
        depth = next((i for i, shape in enumerate(_HEADING) if shape.match(section.title)), len(_HEADING))
        found = _YEAR.findall(section.title)
        if found:
            held = (depth, int(found[-1]))
            years.append(int(found[-1]) if len(set(found)) == 1 else None)
            continue
        if depth <= held[0]:
            held = (depth, None)
        years.append(held[1])
    return years


def is_division(place_id: str, gazetteer: Gazetteer) -> bool:
    """Say whether a place is an administrative one, which may have numbers of its own, not a river or a region."""
    key = place_id.removeprefix("place:")
    return key in gazetteer.divisions or (
        (len(key) > 2 and key[-1] in "省市县区旗州盟镇乡村") or key.endswith(("街道", "社区"))
    )


def year_of(text: str | None) -> int | None:
    """Return the year that a date or a title names, or None."""
    found = re.findall(r"20\d\d", text or "")
    return int(found[0]) if found else None
