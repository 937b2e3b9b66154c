"""What may still follow the end of a place's name and belongs to it: 黄河|上游, 西成铁路|甘肃段."""

from __future__ import annotations

import re
from functools import cache

from swnlp.gazetteer import load_gazetteer
from swnlp.names.edges import edges_of
from swnlp.names.places.words import name_start
from swnlp.resources import read_toml

_REACH = re.compile(r"流域|中上游|中下游|上游|中游|下游")
_AREA = re.compile(r"(?:地区|区域)(?![性间])|[东西南北]{1,2}部(?!分|门|署|委|队)|[源口](?![头径碑号感腔])")
_STATION = re.compile(
    r"(?P<of>[\u4e00-\u9fff]{2,3})?(?P<head>站)(?![点台位址前房])|(?P<on>[\u4e00-\u9fff]{2})(?P<exit>互通)|"
    r"(?:[\u4e00-\u9fff]{2})?(?:连接线|联络线)"
)
_PHASE = re.compile(r"[一二三四]期(?!工|项)")
_SECTION = re.compile(r"(?P<of>[\u4e00-\u9fff]{1,4}?)段(?![落位子])")
_COMPASS = re.compile(r"[东西南北中]{1,2}")
# Kinds of boundary (edges.py) that no name goes on across.
_BOUNDARIES = tuple("vfcwpdq")
# Sections that are not named after where they lie.
_NOT_PLACES = frozenset(
    "城市 跨江 跨河 跨海 米轨 地下 高架 全 首 首开 先导 试验 剩余 各 该 本 一 两 路 阶 时 手 分 标 河 江".split()
)


def tail_end(text: str, end: int, family: str) -> int:
    """Return where the name of a family's shape that seemed to end at `end` does end."""
    if family == "water":
        return reach_end(text, end)
    if family not in ("line", "zone"):
        return end
    end = _end(_PHASE, text, end)
    if family == "zone" or edges_of(text).kind_at(end) in _BOUNDARIES:
        return end
    after = _station_end(text, end)
    return after if after > end else _section_end(text, end)


def _station_end(text: str, at: int) -> int:
    match = _STATION.match(text, at)
    if match is None:
        return at
    head = max(match.start("head"), match.start("exit"))
    # 合宁高速|增设互通: what begins with a verb is no part of the name.
    return match.end() if head <= at or name_start(text, at, head, match.end()) == at else at


def reach_end(text: str, end: int) -> int:
    """Return where the name of a water, mountain or region that seemed to end at `end` does end."""
    after = _end(_REACH, text, end)
    return after if after > end else _section_end(text, _end(_AREA, text, end))


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


@cache
def _characters() -> frozenset[str]:
    return frozenset(read_toml("geography.toml")["words"]["characters"])


def _section_end(text: str, at: int) -> int:
    match = _SECTION.match(text, at)
    if match is None or match["of"] in _NOT_PLACES:
        return at
    of = match["of"]
    named = of in load_gazetteer().surfaces or of.endswith("境") or _COMPASS.fullmatch(of) is not None
    return match.end() if named or _characters().issuperset(of) or len(of) == 2 else at
