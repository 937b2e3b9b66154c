"""Paragraphs to sentences: where one ends, and where a stop is inside something that goes on."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from swnlp.outline.lengths import pieces_of

_STOPS = "。！？!?…"
_EVENT = re.compile(r"[。！？!?…]+|[“”‘’「」『』（）()《》〈〉【】〔〕\[\]\"]")
_CLOSES = {
    "”": "“",
    "’": "‘",
    "」": "「",
    "』": "『",
    "）": "(",
    ")": "(",
    "》": "《",
    "〉": "〈",
    "】": "【",
    "〕": "〔",
    "]": "[",
}
_OPENS = {
    "“": "“",
    "‘": "‘",
    "「": "「",
    "『": "『",
    "（": "(",
    "(": "(",
    "《": "《",
    "〈": "〈",
    "【": "【",
    "〔": "〔",
    "[": "[",
}
# A quotation never holds one with the same marks: a second opening mark means that the first has no partner.
_FLAT = "“‘"
_SPOKEN = '“‘「『"('
_TRAILING = re.compile(r"[”’」』）)》〉】〕\]]*")
# What goes on after a quotation that ends in a stop (“为民服务。”的宗旨).
_GOES_ON = frozenset("，、；：,;:。.的地得和与及或等是为之)）")
# No sentence is so long (the longest of 13,000 in real documents is a list of 2,400): its stops are lost.
_LONGEST = 2_500
_ADDRESS = re.compile(r"[!?][A-Za-z0-9]")


def sentences_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split a paragraph into sentences.

    A sentence ends after 。！？!?… and the closing quotes and brackets that follow, and at the paragraph's end;
    never at a semicolon, and never inside quotes or brackets that close within the paragraph. A quotation that
    ends in a stop ends the sentence, unless the sentence visibly goes on. What would be longer than 2,500
    characters is cut at commas: names that stand far apart in a text without stops are in no relation.

    Returns:
        Offsets without surrounding space, in order; together they hold every character that is no space.
    """
    events = [m.span() for m in _EVENT.finditer(text, start, end)]
    ends = _ends(text, events, end) if events else []
    whole = pairwise((start, *ends, end))
    return [piece for first, last in whole for piece in pieces_of(text, first, last, _LONGEST)]


def _ends(text: str, events: list[tuple[int, int]], end: int) -> list[int]:
    """Return the offsets after which a new sentence begins."""
    partners = _partners(text, events)
    ends: list[int] = []
    i = 0
    while i < len(events):
        at, after = events[i]
        if i in partners:
            last = partners[i]
            stop = _end_of_quotation(text, events, i, last, end)
            i = last
        else:
            stop = _end_of_stop(text, at, after, end) if text[at] in _STOPS else None
        if stop is not None:
            ends.append(stop)
            while i + 1 < len(events) and events[i + 1][0] < stop:
                i += 1
        i += 1
    return ends


def _end_of_stop(text: str, at: int, after: int, end: int) -> int | None:
    if after - at == 1 and _ADDRESS.match(text, at):
        return None
    match = _TRAILING.match(text, after, end)
    return match.end() if match else after


def _end_of_quotation(
    text: str, events: list[tuple[int, int]], first: int, last: int, end: int
) -> int | None:
    """Return where a sentence ends that ends with a quotation, given its outermost marks; or None."""
    at, after = events[first][0], events[last][1]
    inner = last - 1
    while inner > first and events[inner][1] == events[inner + 1][0] and text[events[inner][0]] not in _STOPS:
        inner -= 1
    stop, stop_end = events[inner]
    if (
        inner == first
        or stop_end != events[inner + 1][0]
        or text[stop] not in _STOPS
        or text[at] not in _SPOKEN + "（"
    ):
        return None
    spoken = at > 0 and text[at - 1] in "：:"
    if "。" not in text[stop:stop_end] and not spoken:
        return None
    if after < end and text[after] in _GOES_ON:
        return None
    return after


def _partners(text: str, events: list[tuple[int, int]]) -> dict[int, int]:
    """Return, for each outermost opening mark that closes, the index of its closing mark; linear in time."""
    stack: list[tuple[int, str]] = []
    held: Counter[str] = Counter()
    pairs: dict[int, int] = {}
    for index, (at, _) in enumerate(events):
        mark = text[at]
        if mark == '"':
            mark, closing = '"', held['"'] > 0
        elif mark in _OPENS:
            mark, closing = _OPENS[mark], False
        elif mark in _CLOSES:
            mark, closing = _CLOSES[mark], True
        else:
            continue
        if not closing:
            if mark in _FLAT and held[mark]:
                _pop(stack, held, mark)
            stack.append((index, mark))
            held[mark] += 1
        elif held[mark]:
            pairs[_pop(stack, held, mark)] = index
    return _outermost(pairs)


def _pop(stack: list[tuple[int, str]], held: Counter[str], mark: str) -> int:
    """Take marks off the stack down to the last one of this kind; those above it have no partner."""
    while True:
        index, top = stack.pop()
        held[top] -= 1
        if top == mark:
            return index


def _outermost(pairs: dict[int, int]) -> dict[int, int]:
    outer: dict[int, int] = {}
    reach = -1
    for first in sorted(pairs):
        if first > reach:
            outer[first] = reach = pairs[first]
    return outer
