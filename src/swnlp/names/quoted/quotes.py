"""Quotation marks paired as a reader would, on pages that lose, double and turn them.

Pages have ”十四五”规划 (two closing marks), ”阿婆有约“ (turned), “侗歌伴读计划,在… (the second lost), 小种子”成长计划
(the first lost), "…" and 「…」. A mark is paired with the next one of its line unless that one is better
paired with the mark after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# What is not the report comes as runs of line feeds.
_MARKS = re.compile(r"[“”〝〞「」\"‘’『』']|\n+")
_DOUBLE = frozenset('“”〝〞「」"')
_OPENING = frozenset("“〝「‘『")
_CLOSING = frozenset("”〞」’』")
_PROPER = {"“”", "〝〞", "「」", '""', "‘’", "『』", "''"}
# A turned or doubled pair is believed only around a short stretch without a sentence's end.
_TURNED = re.compile(r"[^,，。;；:：!！?？《》]{1,24}")
_FAULTY_START = frozenset(",，、。;；:：)）和等")
# An unclosed quote ends at the next sign.
_UNCLOSED = re.compile(r"[^\s,，、。;；:：!！?？()（）《》“”‘’「」\"]{2,16}")


class Quote(NamedTuple):
    """A quoted stretch. `start` and `end` hold the marks that are there; `inner_start` and `inner_end` do not.

    `lost` is "" for a pair, "end" if the second mark is missing (`end` is then where the next sign stands),
    "start" if the first is missing (`start` is then unknown and equals the place of the mark).
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    lost: str


def quotes(text: str) -> list[Quote]:
    """Return the quotes of a text in order, single quotes inside double ones included."""
    found: list[Quote] = []
    line: list[tuple[int, str]] = []
    for match in _MARKS.finditer(text):
        mark = match.group()
        if mark[0] == "\n":
            if line:
                found += _in_line(text, line)
                line = []
        elif mark != "'" or not _apostrophe(text, match.start()):
            line.append((match.start(), mark))
    if line:
        found += _in_line(text, line)
    return found


def _apostrophe(text: str, at: int) -> bool:
    return (
        0 < at < len(text) - 1
        and text[at - 1].isascii()
        and text[at - 1].isalnum()
        and text[at + 1].isalnum()
    )


def _in_line(text: str, marks: list[tuple[int, str]]) -> list[Quote]:
    double = [m for m in marks if m[1] in _DOUBLE]
    single = [m for m in marks if m[1] not in _DOUBLE]
    if len(single) == 1 and len(double) % 2:
        double, single = marks, []  # ‘护童归途“: one mark of each kind are one pair
    return sorted([*_paired(text, double), *_paired(text, single)])


def _paired(text: str, marks: list[tuple[int, str]]) -> Iterator[Quote]:
    i = 0
    while i < len(marks):
        at, mark = marks[i]
        closes = i + 1 < len(marks) and _pairs(text, marks, i)
        if closes:
            end = marks[i + 1][0] + 1
            yield Quote(at, end, at + 1, end - 1, "")
        elif mark in _CLOSING:
            yield Quote(at, at + 1, at, at, "start")
        elif unclosed := _UNCLOSED.match(text, at + 1):
            yield Quote(at, unclosed.end(), at + 1, unclosed.end(), "end")
        i += 2 if closes else 1


def _pairs(text: str, marks: list[tuple[int, str]], i: int) -> bool:
    """Return whether mark `i` and the next are a pair."""
    (at, mark), (to, other) = marks[i], marks[i + 1]
    if to - at < 2:
        return False
    later = marks[i + 2] if i + 2 < len(marks) else (0, "")
    if mark + other in _PROPER:
        if other == later[1] and mark != other and not _turned(text, at, to) and _turned(text, to, later[0]):
            return False  # “甲计划,… ”乙”: the first lost its end, the second is doubled
        return mark != '"' or text[at + 1] not in _FAULTY_START
    if other + later[1] in _PROPER and not (mark in _CLOSING and other in _CLOSING):
        return False
    return _turned(text, at, to)


def _turned(text: str, at: int, to: int) -> bool:
    return text[at + 1] not in _FAULTY_START and bool(_TURNED.fullmatch(text, at + 1, to))
