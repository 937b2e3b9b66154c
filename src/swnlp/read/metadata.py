"""What a page says of itself: title, date, source, genre, document number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from swnlp.read.clutter import Clutter
from swnlp.read.shapes import Field, Line
from swnlp.read.titles import DOCUMENT_NUMBER, genre_of
from swnlp.view import simplified_view

# Names of <meta> elements: the Chinese government's (政府网站发展指引, 2017, appendix 2), then those of others.
_TITLES = ("articletitle", "og:title", "dc.title", "title")
_DATES = ("pubdate", "firstpublishedtime", "article:published_time", "publishdate", "dc.date", "date")
_SOURCES = ("contentsource", "source", "article:author", "dc.source")
_SITE = re.compile(r"(?:网|网站|门户|政府|厅|局|委员会|委|平台|研究院|协会|中心|在线)$")
_DAY = re.compile(r"((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})")
_CHINESE_DAY = re.compile(
    r"([二〇○零一三四五六七八九Oo0]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_DIGITS = str.maketrans("〇○零Oo一二三四五六七八九", "00000123456789")
_SIGNED = re.compile(
    r"[(\[]?(?:[^\n]{0,30}?)((?:19|20)\d\d年\d{1,2}月\d{1,2}日|[二〇○零一三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)(?:印发)?[)\]]?"
)
_LAST = 400


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a document beside its text; None: its page does not say."""

    title: str | None
    date: str | None
    source: str | None
    genre: str | None
    doc_number: str | None


def markup_title(title: str | None, meta: Mapping[str, str]) -> str | None:
    """Return the article's title by the page's markup, without the name of the site (标题_某某网)."""
    named = next((meta[name] for name in _TITLES[:1] if name in meta), None)
    if named is not None:
        return named
    title = meta.get("og:title") or title
    if title is None:
        return None
    parts = [part.strip() for part in re.split(r"[_|｜]| [-–—] |-(?=[^-]{2,30}$)", title)]
    parts = [part for part in parts if part and not _SITE.search(part)] or [title.strip()]
    return parts[0] or None


def facts_of(text: str, view: str, clutter: Clutter, meta: Mapping[str, str], title: str | None) -> Facts:
    """Collect what the page says: its markup first, then its byline, then head and foot of the text.

    Args:
        text: The text as read.
        view: Its simplified view.
        clutter: The title line, head and byline fields.
        meta: The page's <meta> elements.
        title: The title by markup.
    """
    fields = clutter.fields
    if clutter.title is not None:
        title = _joined(text, clutter.title)
    title = title or _field(fields, "weak_title")
    shown = simplified_view(title) if title else ""
    return Facts(
        title=title,
        date=_date(view, clutter, meta),
        source=next((meta[name] for name in _SOURCES if meta.get(name)), None) or _source(fields),
        genre=genre_of(shown) if shown else None,
        doc_number=_field(fields, "weak_number") or _number(text, view, clutter),
    )


def _joined(text: str, span: Line) -> str:
    return "".join(part.strip() for part in text[span.start : span.end].split("\n"))


def _field(fields: Iterable[Field], *groups: str) -> str | None:
    return next((f.value for f in fields if f.group in groups and f.value), None)


def _source(fields: Sequence[Field]) -> str | None:
    return _field(fields, "source") or _field(fields, "weak_issuer")


def _date(view: str, clutter: Clutter, meta: Mapping[str, str]) -> str | None:
    """Return the date of publication; the date of signing where nothing else is given."""
    given = [meta[name] for name in _DATES if name in meta]
    given += [f.value for f in clutter.fields if f.group == "date"]
    given += [f.value for f in clutter.fields if f.group == "weak_date"]
    head = [view[line.start : line.end] for line in clutter.head]
    given += [line for line in head if _SIGNED.fullmatch(line) or line.startswith(("—", "―"))]
    given += [line for line in last_lines(view, clutter) if _SIGNED.fullmatch(line)]
    return next((day for day in map(parse_date, given) if day is not None), None)


def last_lines(view: str, clutter: Clutter) -> list[str]:
    """Return the last lines of the report, the last first."""
    end = len(view)
    for dropped in reversed(clutter.dropped):
        if view[dropped.end : end].strip():
            break
        end = dropped.start
    return [line.strip() for line in reversed(view[max(0, end - _LAST) : end].split("\n"))]


def parse_date(text: str) -> str | None:
    """Return the first date in a text (2023-04-03, 2023年4月3日, 二〇二三年四月三日) as ISO, or None."""
    match = _DAY.search(text)
    if match is not None:
        return _iso(*map(int, match.groups()))
    match = _CHINESE_DAY.search(text)
    if match is None:
        return None
    return _iso(int(match[1].translate(_DIGITS)), _number_of(match[2]), _number_of(match[3]))


def _number_of(numeral: str) -> int:
    """Return the value of a Chinese numeral below 100 (三, 十二, 二十一)."""
    tens, ten, ones = numeral.rpartition("十")
    value = int(ones.translate(_DIGITS)) if ones else 0
    return value + 10 * (int(tens.translate(_DIGITS)) if tens else 1) if ten else value


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _number(text: str, view: str, clutter: Clutter) -> str | None:
    """Return the document number that stands on a line of its own in the head, or after the title."""
    for line in clutter.head:
        match = DOCUMENT_NUMBER.search(view, line.start, line.end)
        if match is not None:
            return text[match.start() : match.end()]
    return None
