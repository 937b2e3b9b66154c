"""What Word knows of a paragraph beside its text: its style, its level as a heading, the number that Word counts."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, NamedTuple

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.parts.document import DocumentPart

_HEADING = re.compile(r"(?i:heading|标题)\s?([1-9])$")
_LEVELS = 6
_MOST_BASED = 20
_DIGITS = "〇一二三四五六七八九"
_COUNTED = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"}
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


class Style(NamedTuple):
    """A paragraph's style: its name, its outline level (0: body text), the list it counts in; whether it is the title."""

    name: str = ""
    level: int = 0
    number: tuple[str, int] | None = None
    title: bool = False


class Styles:
    """The styles of a document."""

    def __init__(self, part: DocumentPart) -> None:
        self._known: dict[str, Style] = {}
        self._elements: dict[str, Any] = {}
        self._default = Style()
        for style in part.styles.element:
            if style.tag == qn("w:style") and style.get(qn("w:styleId")):
                self._elements[style.get(qn("w:styleId"))] = style

    def of(self, paragraph: Any) -> Style:  # noqa: ANN401
        """Return a paragraph's style."""
        named = _value(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}"))
        if named is None:
            return self._default
        if named not in self._known:
            self._known[named] = self._read(named)
        return self._known[named]

    def _read(self, named: str) -> Style:
        """Read a style and what it takes over from those that it is based on."""
        element = self._elements.get(named)
        name = _value(element.find(qn("w:name"))) or "" if element is not None else named
        level, number = 0, None
        match = _HEADING.match(name)
        if match is not None:
            level = int(match[1])
        for _ in range(_MOST_BASED):
            if element is None:
                break
            properties = element.find(qn("w:pPr"))
            level = level or _outline_level(properties)
            number = number or _number(properties)
            element = self._elements.get(_value(element.find(qn("w:basedOn"))) or "")
        title = name.lower() in ("title", "标题")
        return Style(name, 1 if title else min(level, _LEVELS), number, title)

    def level(self, paragraph: Any, style: Style) -> int:  # noqa: ANN401
        """Return a paragraph's level as a heading, 1 to 6; 0 for body text."""
        return min(_outline_level(paragraph.find(qn("w:pPr"))) or style.level, _LEVELS)


class _Level(NamedTuple):
    """How one level of a list counts."""

    start: int
    format: str
    text: str


class Numbers:
    """The numbers that Word counts itself (一、1. （1）) and that stand in no paragraph's text."""

    def __init__(self, part: DocumentPart) -> None:
        self._lists: dict[str, str] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        for relation in part.rels.values():
            if relation.reltype.endswith("/numbering") and not relation.is_external:
                self._read(parse_xml(relation.target_part.blob))

    def _read(self, root: Any) -> None:  # noqa: ANN401
        for abstract in root.iter(qn("w:abstractNum")):
            self._levels[abstract.get(qn("w:abstractNumId"))] = {
                int(level.get(qn("w:ilvl"))): _Level(
                    _int(_value(level.find(qn("w:start"))), 1),
                    _value(level.find(qn("w:numFmt"))) or "decimal",
                    _value(level.find(qn("w:lvlText"))) or "",
                )
                for level in abstract.iter(qn("w:lvl"))
            }
        for number in root.iter(qn("w:num")):
            abstract_id = _value(number.find(qn("w:abstractNumId")))
            if abstract_id is not None:
                self._lists[number.get(qn("w:numId"))] = abstract_id

    def text(self, paragraph: Any, style: Style) -> str:  # noqa: ANN401
        """Return the number before a paragraph's text, "" if there is none; counts it."""
        number = _number(paragraph.find(qn("w:pPr"))) or style.number
        if number is None or number[0] not in self._lists:
            return ""
        list_id, depth = self._lists[number[0]], number[1]
        levels, counts = self._levels.get(list_id, {}), self._counts[list_id]
        if depth not in levels:
            return ""
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        return _filled(levels, counts, depth)


def _filled(levels: dict[int, _Level], counts: dict[int, int], depth: int) -> str:
    """Return a level's pattern (%1、) with its numbers; bullets are no numbers."""
    if levels[depth].format in ("bullet", "none"):
        return ""

    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        level = levels.get(at)
        return _numeral(counts.get(at, level.start), level.format) if level else ""

    text = re.sub(r"%([1-9])", number, levels[depth].text)
    return f"{text} " if text[-1:].isalnum() else text


def _numeral(value: int, kind: str) -> str:
    if kind in _COUNTED and 0 < value < 100:
        tens, ones = divmod(value, 10)
        ten = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
        return ten + (_DIGITS[ones] if ones else "")
    if kind.startswith("decimalEnclosedCircle") and 0 < value <= len(_CIRCLED):
        return _CIRCLED[value - 1]
    if kind in ("lowerLetter", "upperLetter") and 0 < value <= 26:
        return chr((ord("a") if kind == "lowerLetter" else ord("A")) + value - 1)
    return str(value)


def _value(element: Any) -> str | None:  # noqa: ANN401
    return None if element is None else element.get(qn("w:val"))


def _int(value: str | None, default: int) -> int:
    return int(value) if value is not None and value.isdecimal() and len(value) < 9 else default


def _outline_level(properties: Any) -> int:  # noqa: ANN401
    """Return the level that paragraph properties give, from 1; 0 where they give none (9 is body text)."""
    if properties is None:
        return 0
    level = _int(_value(properties.find(qn("w:outlineLvl"))), 9)
    return level + 1 if level < 9 else 0


def _number(properties: Any) -> tuple[str, int] | None:  # noqa: ANN401
    """Return the list and the depth in it that paragraph properties give."""
    if properties is None or (numbering := properties.find(qn("w:numPr"))) is None:
        return None
    list_id = _value(numbering.find(qn("w:numId")))
    return None if list_id is None else (list_id, _int(_value(numbering.find(qn("w:ilvl"))), 0))
