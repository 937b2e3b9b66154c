"""Numbered lines and addresses: 331国道, 轨道交通1号线, 碚峡路299号."""

from __future__ import annotations

import re
from collections.abc import Iterator

from swnlp.names.places.chains import Chains
from swnlp.names.places.listed import Place
from swnlp.names.places.words import name_start
from swnlp.names.search import word_search

_PART = r"(?:[一二三四]期)?(?:[东西南北中]段)?"
_HAN = "\u4e00-\u9fff"
_SPOKEN = "[一二三四五六七八九十百]"

# What a name with a number contains, what must stand before that, what may stand after it, and its score.
# The automaton looks for the middle, so the patterns see a few places only.
_ANCHORS: dict[str, tuple[str, str, float]] = {
    "国道": (r"(?<!\d)\d{3}|G\d{1,4}", "", 0.9),
    "省道": (r"(?<!\d)\d{3}|S\d{1,4}", "", 0.9),
    "号线": (r"(?:轨道交通|轨道|地铁)?(?:[A-Z]?\d{1,2}|[一二三四五六七八九十]{1,2})", _PART, 0.9),
    "轨道交通": (r"", rf"[A-Z]?\d{{1,3}}线{_PART}", 0.9),
    "环": (r"(?<![第期阶])[东西南北]?[二三四五六]", rf"[线路]?{_PART}(?![节境保素])", 0.8),
    "一环线": (r"[东西南北]?", _PART, 0.8),
    "一环路": (r"[东西南北]?", _PART, 0.8),
    "自由贸易试验区": (rf"中国\([{_HAN}]{{2,4}}\)", rf"(?:[{_HAN}]{{2,6}}片区)?", 0.95),
    "团": (rf"(?<![\d第])[1-9]\d{{1,2}}|(?:(?<=团、)|(?<=师)|(?<=兵团)|(?<!{_SPOKEN})){_SPOKEN}{{2,5}}",
           r"(?![队员体组长委购建聚圆结伙])(?:场)?", 0.9),
}  # fmt: skip
_MIDDLES = list(_ANCHORS)
_BEFORE = [re.compile(rf"(?:{before})$") for before, _, _ in _ANCHORS.values()]
_AFTER = [re.compile(after) for _, after, _ in _ANCHORS.values()]
_SCORES = [score for _, _, score in _ANCHORS.values()]
_LOOK_BACK = 12
_automaton = word_search(_MIDDLES)

_CODED = re.compile(rf"[GSX]\d{{2,4}}(?:线|高速(?:公路)?)?|Z\d{{1,2}}线{_PART}")
_DIVISION_OF_THE_CORPS = re.compile(r"第[一二三四五六七八九十]{1,3}师")
_NUMBER = re.compile(
    r"(?:路|街|道|巷|弄|里|胡同)(?P<number>\d{1,5}(?:[-－]\d{1,4})?号(?:院|楼)?)"
    rf"(?:[{_HAN}]{{1,8}}(?:大厦|大楼|广场|中心|公寓))?(?:[A-Z0-9]{{1,4}}(?:座|栋|幢|楼|层|室))?(?:\d{{1,4}}(?:[-－]\d{{1,4}})?(?:楼|层|室)?)?"
)


def find_routes(text: str, chains: Chains) -> Iterator[Place]:
    """Yield numbered lines, free trade zones in full, units of the corps, and addresses with a number."""
    for place in (*_numbered(text), *_coded(text), *_corps(text, chains)):
        yield chains.add(place)
    for match in _NUMBER.finditer(text):
        if (address := _address(match, chains)) is not None:
            yield chains.add(address)


def _numbered(text: str) -> Iterator[Place]:
    for i, start, end in _automaton.find_matches_as_indexes(text):
        before = _BEFORE[i].search(text[max(0, start - _LOOK_BACK) : start])
        after = _AFTER[i].match(text, end)
        if before is not None and after is not None:
            yield Place(start - len(before.group()), after.end(), "route", _SCORES[i])


def _coded(text: str) -> Iterator[Place]:
    for match in _CODED.finditer(text):
        sides = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
        # 型号G20a is no road.
        if not any(c.isascii() and c.isalnum() for c in sides):
            yield Place(*match.span(), "route", 0.8)


def _corps(text: str, chains: Chains) -> Iterator[Place]:
    for match in _DIVISION_OF_THE_CORPS.finditer(text):
        if (city := chains.starting(match.end())) is not None:
            yield Place(match.start(), city.end, "corps", 0.9, city.codes)


def _address(match: re.Match[str], chains: Chains) -> Place | None:
    """Begin the address where the last place before the road ends, or where the road's name begins."""
    road, end = match.start(), match.end()
    known = next((at for at in range(road, max(0, road - 9), -1) if chains.ending(at)), None)
    begin = (
        known
        if known is not None
        else name_start(match.string, max(0, road - 4), road, match.start("number"))
    )
    if begin is None or begin == road:
        return None
    return Place(begin, end, "address", 0.85)
