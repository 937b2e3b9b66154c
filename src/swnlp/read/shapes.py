"""What a line of a page is by its shape alone: prose, a breadcrumb, a byline, a toolbar, a footer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from swnlp.resources import read_toml

# A full-width and a no-break space are spaces here; none of these patterns crosses a line.
_GAP = r"[ \t\xa0　]{0,10}"
_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_MARKS = re.compile(r"[,。;!?、]")
_ARROWS = r">＞»›→》"
_CRUMB = rf"[^\s{_ARROWS},。;!?]{{1,24}}"
_BREADCRUMB = re.compile(
    rf"(?:[\[【]?您?(?:当前|现在|目前|所在)?的?(?:所在)?的?位置[\]】]?{_GAP}:?{_GAP}(?:{_CRUMB}{_GAP})?|首页{_GAP})"
    rf"(?:[{_ARROWS}/]{{1,2}}{_GAP}{_CRUMB}{_GAP}){{1,8}}"
    rf"|您?(?:当前|现在|目前|所在)的?位置{_GAP}:?(?=\s|$)"
    rf"|(?:{_CRUMB}{_GAP}[>＞»›]{{1,2}}{_GAP}){{2,8}}{_CRUMB}(?=\s|$)"
)
_TIME = rf"(?:{_GAP}T?\d{{1,2}}:\d{{2}}(?::\d{{2}})?)"
_DATE = r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
_STAMP = re.compile(rf"[\[(【]?{_DATE}{_TIME}?[\])】]?")
# Lines of a page that have no keys: a date and what stands beside it, apart by bars; an account's name and a time.
_BARRED = re.compile(rf"({_DATE}{_TIME}?)(?:{_GAP}[|｜]{_GAP}[^|｜\n。]{{1,20}}){{1,6}}")
_POSTED = re.compile(rf"[^\n。]{{0,40}}?({_DATE}{_TIME}){_GAP}发表于[^\s。]{{2,8}}")
# What may follow the keys of a byline: a date, and names.
_STAMPED_REST = re.compile(
    rf"{_GAP}[|｜]?{_GAP}({_DATE}{_TIME}?)(?:{_GAP}[|｜]{_GAP}[^|｜\n。]{{1,40}}){{0,4}}"
)
_DATE_BELOW = re.compile(rf"\s{{1,40}}{_DATE}")
# A value of a byline ends where a wide gap or a separator does.
_VALUE_END = re.compile(r"[ \t\xa0　]{2}|　|[|｜]|\n|$")
_VALUE_LIMIT = 60
_IMAGE = re.compile(
    r"^[ \t\xa0　]*+(?:\d{1,3}_\d{1,3}"
    r"|(?:IMG|DSC|DSCN|MVIMG|VID|image|img|pic|图片|微信图片|QQ图片|微信截图|QQ截图|屏幕截图|mmexport)[_ -]?\d[\w-]{0,40}"
    r"|\w[\w() -]{0,60}\.(?:jpe?g|JPE?G|png|PNG|gif|GIF|bmp|BMP|webp|tiff?))[ \t\xa0　]*+$",
    re.MULTILINE,
)
_SHORT = 60
_DISCLAIMER = re.compile(r"[\[【(]?(?:免责|版权|网站|法律|隐私)声明[\]】)]?:")


class Line(NamedTuple):
    """Where a line's text starts and ends, without the space around it."""

    start: int
    end: int


class Field(NamedTuple):
    """A key of a byline, by the group it belongs to (source, date, ...), and its value."""

    group: str
    value: str


class Byline(NamedTuple):
    """A byline: its fields, where it ends, and whether a report would never have such a line itself."""

    fields: tuple[Field, ...]
    end: int
    strong: bool


def lines_of(view: str) -> list[Line]:
    """Return every line that is not blank."""
    return [Line(*match.span()) for match in _LINE.finditer(view)]


def is_prose(view: str, line: Line) -> bool:
    """Say whether a line is running text: long and punctuated, or a sentence that ends as one."""
    length = line.end - line.start
    if length >= 40:
        return _MARKS.search(view, line.start, line.end) is not None
    return length >= 12 and view[line.start : line.end].rstrip('”’」』")]')[-1:] in ("。", "!", "?", ";")


def breadcrumb_end(view: str, line: Line) -> int | None:
    """Return where the path of pages (当前位置：首页 > 新闻) that begins a line ends, or None."""
    match = _BREADCRUMB.match(view, line.start, line.end)
    return len(view[: match.end()].rstrip()) if match else None


def image_stubs(view: str) -> Iterator[Line]:
    """Yield the lines that are nothing but the number or file name of a picture."""
    return (Line(*match.span()) for match in _IMAGE.finditer(view))


@cache
def _words(*keys: str) -> str:
    """Return the alternatives that a list in page_furniture.toml makes, longest first, spaced out or not."""
    table = read_toml("page_furniture.toml")
    for key in keys:
        table = table[key]
    return alternatives(table)


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first; short ones may be spaced out (来 源, 索 引 号)."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    apart = r"[ \xa0　]{0,4}"
    return "|".join(apart.join(map(re.escape, w)) if len(w) <= 3 else re.escape(w) for w in ordered)


@cache
def _fields() -> re.Pattern[str]:
    groups = read_toml("page_furniture.toml")["byline"]
    # Longest key first across groups: 成文日期 before 日期.
    keyed = sorted(
        ((w, group) for group, words in groups.items() for w in words), key=lambda p: (-len(p[0]), p)
    )
    parts = "|".join(alternatives([word]) for word, _ in keyed)
    return re.compile(rf"(?:{parts}){_GAP}:{_GAP}")


@cache
def _group_of() -> dict[str, str]:
    groups = read_toml("page_furniture.toml")["byline"]
    return {word: group for group, words in groups.items() for word in words}


def byline(view: str, line: Line) -> Byline | None:
    """Read a line of fields (来源:… 发布时间:… 浏览数:…), written apart or without any gap.

    Text after the fields on the same line, as on pages that were saved as one line, is not part of the byline.
    """
    keys = list(_fields().finditer(view, line.start, min(line.end, line.start + 400)))
    if not keys or not _before_fields(view[line.start : keys[0].start()]):
        barred = _BARRED.fullmatch(view, *line) or _POSTED.fullmatch(view, *line)
        if barred:
            return Byline((Field("date", barred[1]),), line.end, True)
        stamp = _STAMP.fullmatch(view, line.start, line.end)
        # A date alone may be the document's own; with a time of day it is the page's.
        return Byline((Field("date", stamp[0]),), line.end, True) if stamp and ":" in stamp[0] else None
    before = view[line.start : keys[0].start()].strip()
    fields = [Field("date", before)] if _STAMP.fullmatch(before) else []
    end = keys[0].start()
    for index, key in enumerate(keys):
        following = keys[index + 1].start() if index + 1 < len(keys) else line.end
        if fields and _MARKS.search(view, end, key.start()):
            break
        stop = _VALUE_END.search(view, key.end(), following)
        end = stop.start() if stop and index + 1 == len(keys) else following
        value = _bare(view[key.end() : end])
        if len(value) > _VALUE_LIMIT or "。" in value:
            return None
        fields.append(Field(_group_of()[re.sub(r"[\s\xa0　:]", "", key[0])], value))
    rest = _STAMPED_REST.fullmatch(view, end, line.end)
    if rest is not None:
        fields.append(Field("date", rest[1]))
        end = line.end
    # A time of day beside a date is the page's, not a meeting's day.
    timed = fields[0].group == "weak_date" and _is_timed(fields[0].value)
    strong = len(fields) > 1 or timed or not fields[0].group.startswith("weak")
    return Byline(tuple(fields), end, strong)


def _bare(value: str) -> str:
    """Return a value without the signs around it; a bracket that it opens itself is closed."""
    found = value.strip(" \t\xa0　|｜[]【】()")
    opened = found.count("(") > found.count(")") and f"{found})" in value
    return f"{found})" if opened else found


def _is_timed(value: str) -> bool:
    return ":" in value and _STAMP.fullmatch(value) is not None


def date_below(view: str, found: Byline) -> bool:
    """Say whether a byline's last key has no value and a date stands on the next line."""
    last = found.fields[-1]
    return not last.value and "date" in last.group and _DATE_BELOW.match(view, found.end) is not None


def is_value(view: str, line: Line, group: str, *, loose: bool) -> bool:
    """Say whether a line fits a key of this group; `loose` where other values of the page stand below their keys."""
    if "date" in group:
        return _STAMP.fullmatch(view, *line) is not None
    if group == "counter":
        return view[line.start : line.end].isdecimal()
    return (
        loose
        and group in ("source", "weak_issuer")
        and line.end - line.start <= 20
        and not _MARKS.search(view, *line)
    )


def _before_fields(prefix: str) -> bool:
    return not prefix.strip(" \t\xa0　[]【】()|｜-—") or _STAMP.fullmatch(prefix.strip()) is not None


@cache
def _toolbar() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{_words('toolbar', 'words')}|{_words('toolbar', 'single')}|[\s\[\]【】()<>|｜:/·・+、-])++"
    )


@cache
def _toolbar_word() -> re.Pattern[str]:
    return re.compile(_words("toolbar", "words"))


def is_toolbar(view: str, line: Line, *, after_one: bool = False) -> bool:
    """Say whether a line is buttons (打印 关闭 【字号：大 中 小】); loose letters and brackets only after one."""
    if line.end - line.start > _SHORT or not _toolbar().fullmatch(view, line.start, line.end):
        return False
    return after_one or _toolbar_word().search(view, line.start, line.end) is not None


@cache
def _ends() -> re.Pattern[str]:
    words = _words("navigation", "ends")
    return re.compile(
        rf"^[ \t\xa0　]{{0,40}}[\[【(<«‹]?{_GAP}(?:{words}){_GAP}[\]】)]?{_GAP}(?=[:>»›<]|\s|$)", re.M
    )


def page_ends(view: str) -> Iterator[int]:
    """Yield the starts of 上一篇 and 下一篇, by which a page leads on to other articles."""
    for match in _ends().finditer(view):
        yield match.start() + len(match[0]) - len(match[0].lstrip())


@cache
def _pager() -> re.Pattern[str]:
    return re.compile(
        rf"(?=[^\n]*(?:上一页|下一页))(?:{_words('navigation', 'pages')}|[\s\d\[\]【】()<>«»|.…共第页/])++"
    )


def is_pager(view: str, line: Line) -> bool:
    """Say whether a line is page numbers (上一页 1 2 3 下一页)."""
    return line.end - line.start <= _SHORT and _pager().fullmatch(view, line.start, line.end) is not None


@cache
def _footer() -> re.Pattern[str]:
    openers, signs = _words("footer", "openers"), _words("footer", "signs")
    return re.compile(
        rf"^[ \t\xa0　]{{0,40}}[\[【(>◆■●•]?{_GAP}(?P<opener>{openers})|(?P<sign>{signs})", re.MULTILINE
    )


def footers(view: str) -> Iterator[tuple[int, str]]:
    """Yield where a word of a page's foot stands: the `opener` of a block of other things, or a `sign`."""
    for match in _footer().finditer(view):
        yield match.start(match.lastgroup or 0), match.lastgroup or ""


def is_footer(view: str, line: Line) -> bool:
    """Say whether a line that holds a word of a page's foot is one: short, and no sentence."""
    text = view[line.start : line.end]
    if _DISCLAIMER.match(text):
        return len(text) <= 5 * _SHORT
    return len(text) <= 3 * _SHORT and "。" not in text and not (len(text) < _SHORT and is_prose(view, line))


@cache
def _beside_footer() -> re.Pattern[str]:
    contact, neighbours = _words("footer", "contact"), _words("footer", "neighbours")
    return re.compile(rf"(?:(?P<contact>{contact})|(?P<neighbour>{neighbours})){_GAP}:")


def beside_footer(view: str, line: Line) -> str | None:
    """Return `contact` or `neighbour` for a line that belongs to a footer if there is one below it."""
    match = _beside_footer().match(view, line.start, line.end)
    return match.lastgroup if match and line.end - line.start <= 3 * _SHORT else None
