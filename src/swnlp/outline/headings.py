"""Which paragraphs are headings, how deep they stand, and which place they name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from swnlp.gazetteer import Gazetteer
from swnlp.outline.paragraphs import Paragraph
from swnlp.outline.places import is_full_name

_LONGEST = 60
_NUMERAL = "零〇一二三四五六七八九十百"
_NUMBERED = re.compile(
    rf"第([{_NUMERAL}\d]{{1,4}})(?:[编章]|部分|篇章)[ 　:、]{{0,3}}"
    rf"|第([{_NUMERAL}\d]{{1,4}})节[ 　:、]{{0,3}}"
    rf"|([{_NUMERAL}]{{1,4}})[、.][ 　]{{0,3}}"
    rf"|\(([{_NUMERAL}]{{1,4}})\)[ 　、]{{0,3}}"
    r"|(\d{1,2})(?:[.、](?!\d)|[ 　](?=[\u4e00-\u9fff]))[ 　]{0,3}"
    r"|\((\d{1,2})\)[ 　、]{0,3}"
)
# Depths: html headings 1 to 6, then the kinds of numbers in the order of the official document standard
# (GB/T 9704-2012, 7.3.3: 一、（一）1.（1）), chapters and sections before them.
_FIRST_DEPTH = 10
_PUNCTUATED = re.compile(r"[。;!?,:、…]$")
_TITLE_LENGTH = 45
_CHAIN_LENGTH = 24
_TEXT = 12
_ORNAMENT = '★☆◆◇■□●○▲△▍▎▌※·•*#>—-–【】[]〔〕()《》<>“”"：: 　\t'
_SEPARATED = re.compile(r"([\u4e00-\u9fff]{2,16})(?:[:—–-]{1,3}|[ 　|｜·]{1,4})([^\d,。;]{2,36})$")
_BUREAU = re.compile(
    r"([\u4e00-\u9fff]{2,14}?[省市县区旗州盟])(?:[省市县区旗州盟]?[\u4e00-\u9fff]{1,9}(?:局|厅|委员会|委|社会工作部|管委会))$"
)
_ZONE = re.compile(
    r"(?![全各本我进入创建打推加示重抓做把让为在对])[\u4e00-\u9fff]{2,10}"
    r"(?:新区|实验区|试验区|开发区|高新区|合作区|管理区|管委会|林区|农垦|兵团|市|县|州|盟|旗|(?<![社小校片辖景园地山厂城街专灾库矿])区)$"
)
_CHINESE = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0}


SURE, KNOWN, GUESS = 2, 1, 0


class Heading(NamedTuple):
    """A heading.

    Attributes:
        depth: How deep it stands, the smaller the higher; None for a line that is only set apart by being a place.
        number: Its number, if it has one.
        title: Its text.
        place: The name of the place that it is about, if it names one.
        trust: How sure that is: SURE for a known full name that stands alone, KNOWN for a short form or a name
            with more around it, GUESS for what only looks like a zone's name.
    """

    depth: int | None
    number: int | None
    title: str
    place: str | None
    trust: int


def headings_of(
    text: str,
    view: str,
    paragraphs: Sequence[Paragraph],
    marked: Mapping[int, int],
    gazetteer: Gazetteer,
    *,
    title: str | None,
) -> dict[int, Heading]:
    """Return the headings by the index of their paragraph.

    Args:
        text: The text, of which titles are taken.
        view: Its simplified view, by which headings are known.
        paragraphs: The paragraphs.
        marked: Levels of headings that the file format marks, by start.
        gazetteer: The divisions.
        title: The document's title (simplified): it heads the whole, not a part.
    """
    found: dict[int, Heading] = {}
    for index, paragraph in enumerate(paragraphs):
        if paragraph.lines > 1 or paragraph.end - paragraph.start > _LONGEST:
            continue
        line = view[paragraph.start : paragraph.end]
        heading = _read(line, marked.get(paragraph.start), gazetteer) if line != title else None
        if heading is not None:
            at = paragraph.start + (line.index(heading.title) if heading.title else 0)
            found[index] = heading._replace(title=text[at : at + len(heading.title)])
    return _without_lists(_without_doubtful(found, view, paragraphs))


def _read(line: str, level: int | None, gazetteer: Gazetteer) -> Heading | None:
    """Read one line as a heading, or return None."""
    match = _NUMBERED.match(line)
    rest = line[match.end() :] if match else line
    bare = rest.strip(_ORNAMENT)
    place, trust = _place(bare, gazetteer)
    # A place alone is called by its name, any other heading as it stands.
    title = bare if bare == place else line
    if level is not None:
        return Heading(level, _number(match), title, place, trust)
    if match is not None:
        if not _is_title(bare if trust == SURE else rest):
            return None
        return Heading(_FIRST_DEPTH + (match.lastindex or 1), _number(match), title, place, trust)
    return Heading(None, None, title, place, trust) if place is not None else None


def _is_title(text: str) -> bool:
    return 0 < len(text) <= _TITLE_LENGTH and "。" not in text and not _PUNCTUATED.search(text)


def _place(bare: str, gazetteer: Gazetteer) -> tuple[str | None, int]:
    """Return the place that a heading names, and how sure that is."""
    if not bare or _PUNCTUATED.search(bare):
        return None, GUESS
    if bare in gazetteer.surfaces:
        return bare, SURE if is_full_name(bare) else KNOWN
    if is_full_name(bare) and len(bare) <= _CHAIN_LENGTH:
        known = gazetteer.resolve(bare)
        if known.code is not None or known.candidates:
            return bare, SURE
    for pattern in (_SEPARATED, _BUREAU):
        match = pattern.match(bare)
        if match and match[1] in gazetteer.surfaces and is_full_name(match[1]):
            return match[1], KNOWN
    return (bare, GUESS) if _ZONE.match(bare) else (None, GUESS)


def _number(match: re.Match[str] | None) -> int | None:
    if match is None:
        return None
    numeral = match[match.lastindex or 1]
    if numeral.isdecimal() and numeral.isascii():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    value = _CHINESE.get(ones, 0)
    return value + 10 * (_CHINESE.get(tens, 0) if tens else 1) if ten else value


def _without_doubtful(
    found: Mapping[int, Heading], view: str, paragraphs: Sequence[Paragraph]
) -> dict[int, Heading]:
    """Keep short forms, bureaux and unknown zones only as places beside others, and above a text."""
    places = [h.trust for h in found.values() if h.place is not None]
    kept = dict(found)
    for index, heading in found.items():
        if heading.place is None or heading.trust == SURE:
            continue
        beside = SURE in places or (heading.trust == KNOWN and places.count(KNOWN) > 1)
        if beside and _heads_text(index, view, paragraphs):
            continue
        if heading.depth is None:
            del kept[index]
        else:
            kept[index] = heading._replace(place=None)
    return kept


def _heads_text(index: int, view: str, paragraphs: Sequence[Paragraph]) -> bool:
    """Say whether text follows closely: a signature has only a date below it."""
    below = [view[p.start : p.end] for p in paragraphs[index + 1 : index + 4]]
    return any(len(text) >= _TEXT and text[-1] in "。;!?”" for text in below)


def _without_lists(found: Mapping[int, Heading]) -> dict[int, Heading]:
    """Drop runs of three and more lines that are bare places: a list of places heads nothing."""
    kept = dict(found)
    run: list[int] = []
    for index in (*sorted(found), None):
        bare = index is not None and found[index].depth is None
        if run and not (bare and index == run[-1] + 1):
            if len(run) > 2:
                for i in run:
                    del kept[i]
            run = []
        if bare and index is not None:
            run.append(index)
    return kept
