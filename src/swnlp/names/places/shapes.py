"""Places in no list, known by what their name ends in: 望溪社区, 白洋工业园, 黄柏河, 沪渝蓉高铁武宜段.

The end is easy to see, the beginning is not. A name begins after the place that it lies in, or after a word
that no name has in it (edges.py, words.py), and what is left between must be more than common words (示范|村).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from swnlp.gazetteer import load_gazetteer
from swnlp.names.edges import edges_of
from swnlp.names.places.chains import Chains
from swnlp.names.places.heads import Anchor, find_heads, specific
from swnlp.names.places.listed import FULL, SHORT, WORD, Place
from swnlp.names.places.tails import tail_end
from swnlp.names.places.words import has_name, name_start


class Family(NamedTuple):
    """How far a family's names reach to the left, and how often they are names.

    `below` and `alone` are the longest stems in characters, with a place before them and without; `edges` the
    kinds of boundary that they never cross; the scores are precisions on the training annotation.
    """

    below: int
    alone: int
    edges: str
    below_score: float
    alone_score: float


_FIRM, _LOOSE = "pdqvfcwot", "pdqvfc"
FAMILIES = {
    "settlement": Family(6, 4, _FIRM, 0.92, 0.8),
    "division": Family(4, 0, _FIRM, 0.75, 0.0),
    "town": Family(8, 4, _FIRM, 0.9, 0.6),
    "zone": Family(24, 8, _LOOSE, 0.88, 0.8),
    "water": Family(4, 4, _FIRM, 0.8, 0.82),
    "line": Family(12, 5, _FIRM, 0.88, 0.82),
    "site": Family(14, 6, _LOOSE, 0.85, 0.65),
}
# A settlement lies in a place; a zone, a line or a site begins with one; a water does neither.
_IN_PLACE, _FROM_PLACE = ("settlement", "town", "division"), ("zone", "line", "site")
# A town that has a listed name for its stem (淀山湖|镇), a water named after the town on it (来安|河).
NAMED_TOWN, NAMED_WATER = 0.9, 0.8
_NAMED_WATERS = frozenset("江 河 湖 岛 湾 水库 运河 河谷".split())

# A division that is in no list must end where a word can: not 撤县设市, 县区, 市级.
_AFTER_DIVISION = frozenset("的和与及在为将等下共")
# 玉树|3县5乡
_NUMERAL = re.compile("[0-9一二三四五六七八九十两]")
# Lines whose names hold no common noun.
_PLAIN_LINES = frozenset("铁路 高铁 高速 高速公路 公路 路 街 巷 港 大道".split())
# 甘川新通道 is a line, 塔什干|通道|合作 none.
_LETTERS_ONLY = ("通道", "公路")
_LONGEST_WITH_LINE = 6
# Names that are made of common words only, right below their place: 源汇区|老街|街道, 梨树县|八里庙|村.
_PLAIN_TOWN = re.compile("[老新古东西南北上下]?[街城关桥门]")
# The name of a person that ends like a mountain: 董事长|马玉山.
_AFTER_ROLE = re.compile(
    "(?:事|会|院|校|部|局|厅|处|科|市|县|区|镇|乡|村|所|站|馆|团|队|组|班|行|社|司|台|秘书)长"
    "|书记|主任|主席|经理|教授|院士|社工|记者|队员|委员|代表|老师|医生|志愿者"
)
_NUMBERED = re.compile("[一二三四五六七八九十百]{1,3}[里道家户台棵间门眼塘圩甲都][\u4e00-\u9fff]{0,3}")

_STATE = "中国"
_DASHES = "—-–~"
# Between a place and a head: counted and listed things (芜湖|两家国家级|开发区), the second half of a sentence
# (山西博物院|位列国家一级|博物馆), another line (昆玉河铁路|终点河口|北站).
_COUNTED = re.compile(r"^等|[一二两三四五六七八九十几多各][个家座处条批类片大]|\d")
_PREDICATE = re.compile("位列|获评|入选|荣获|成为|列入|共同")
_ANOTHER_LINE = re.compile("终点|起点|沿线|铁路|高铁|高速|公路|大道|桥|隧道|港|站|路|出海口")


def find_shapes(text: str, chains: Chains) -> Iterator[Place]:
    """Yield the places of a text that are known by their shape, from left to right."""
    for anchor in find_heads(text):
        # 石|河|子市: a head inside a listed name is none.
        if not chains.inside(anchor.start) and (place := _shaped(anchor, chains)) is not None:
            found = chains.add(place._replace(end=tail_end(text, place.end, anchor.head.family)))
            yield found
            # 嘉兴经开区|城南街道: the listed town was there before the zone was found.
            if anchor.head.family == "zone" and (town := chains.starting(found.end)) and town.rule == FULL:
                yield chains.add(town)


def _shaped(anchor: Anchor, chains: Chains) -> Place | None:
    family = anchor.head.family
    limit = _limit(anchor, chains)
    place = None
    if family in _IN_PLACE:
        if _is_complete(anchor, chains):
            return None
        place = _below(anchor, limit, chains)
    elif family in _FROM_PLACE:
        place = _from_place(anchor, limit, chains)
    return (
        place
        if place is not None or anchor.head.placed or family == "division"
        else _alone(anchor, limit, chains)
    )


def _limit(anchor: Anchor, chains: Chains) -> int:
    """Return how far to the left a name that ends in this head could reach."""
    family = FAMILIES[anchor.head.family]
    far = anchor.start - family.below
    for edge in edges_of(anchor.text).before(anchor.start):
        if edge.at <= far:
            break
        # 于|都: a word inside a listed name is no boundary.
        if edge.kind[0] in family.edges and not chains.covers(edge.at):
            return edge.at
    return max(far, 0)


def _is_complete(anchor: Anchor, chains: Chains) -> bool:
    """Say whether no settlement's name can end here: 胭脂路社区|社区, 鼓楼区|社区, 县|区."""
    before = chains.ending(anchor.start)
    if before is not None and before.rule.endswith((FULL, "settlement", "town")):
        return True
    return (
        anchor.head.family == "division"
        and anchor.follower.isalnum()
        and anchor.follower not in _AFTER_DIVISION
    )


def _below(anchor: Anchor, limit: int, chains: Chains) -> Place | None:
    """A settlement after the place that it lies in."""
    family = anchor.head.family
    at = chains.last_end(limit, anchor.start - 1)
    if at is None:
        return None
    stem = anchor.text[at : anchor.start]
    if not stem.isalnum() or (family != "settlement" and _NUMERAL.search(stem)):
        return None
    known = stem in load_gazetteer().surfaces or stem.isdigit() or _is_plain_name(stem, family)
    if known or (specific(family, stem) and name_start(anchor.text, at, anchor.start, anchor.end) == at):
        return Place(at, anchor.end, f"below-{family}", FAMILIES[family].below_score)
    return None


def _is_plain_name(stem: str, family: str) -> bool:
    pattern = {"town": _PLAIN_TOWN, "settlement": _NUMBERED}.get(family)
    return pattern is not None and pattern.fullmatch(stem) is not None


def _from_place(anchor: Anchor, limit: int, chains: Chains) -> Place | None:
    """A zone, line or site that begins with a place, or with two joined by a dash."""
    first = chains.first_ending(limit + 1, anchor.start)
    if first is None or anchor.text[first.start : first.end] == _STATE or not _nameable(anchor, first):
        return None
    begin = first.start
    while begin and anchor.text[begin - 1] in _DASHES and (left := chains.ending(begin - 1)) is not None:
        begin = left.start
    family = anchor.head.family
    return Place(begin, anchor.end, f"with-{family}", FAMILIES[family].below_score)


def _nameable(anchor: Anchor, first: Place) -> bool:
    """Say whether what stands between a place and the head can be part of a name."""
    between = anchor.text[first.end : anchor.start]
    if not between:
        # 敦化经济开发区|园区: a zone has no further head.
        if (
            anchor.head.family == "zone"
            and anchor.text[first.end - 1] == "区"
            and first.end - first.start > 4
        ):
            return False
        return anchor.head.word not in _LETTERS_ONLY or first.rule == "run"
    if not between.isalnum() or _COUNTED.search(between) or _PREDICATE.search(between):
        return False
    if anchor.head.family != "line":
        return True
    if len(between) > _LONGEST_WITH_LINE or anchor.head.word in _LETTERS_ONLY or first.rule.endswith("line"):
        return False
    whole = name_start(anchor.text, first.end, anchor.start, anchor.end) == first.end
    return whole and not _ANOTHER_LINE.search(between) and bool(specific("line", between))


def _alone(anchor: Anchor, limit: int, chains: Chains) -> Place | None:
    """A name with no known place before it."""
    text, start, end, head = anchor
    family = FAMILIES[head.family]
    known = chains.ending(start)
    if (
        known is not None
        and head.word in _NAMED_WATERS
        and known.rule in (SHORT, WORD)
        and known.start >= limit
    ):
        return Place(known.start, end, "named-water", NAMED_WATER)
    if head.family == "water" and _AFTER_ROLE.search(text, max(0, start - 5), start):
        return None
    limit = max(limit, start - family.alone - 4, chains.last_full_end(limit, start))
    begin = name_start(text, limit, start, end, plain=head.family == "water" or head.word in _PLAIN_LINES)
    if begin is None or start - begin > family.alone or not _is_specific(text[begin:start], head.family):
        return None
    if head.family == "town" and known is not None and known.start == begin:
        return Place(begin, end, "named-town", NAMED_TOWN)
    # 滁河: one character is enough for a water, where nothing else could belong to it.
    if start - begin == 1 and (head.family != "water" or begin != limit):
        return None
    return Place(begin, end, f"alone-{head.family}", family.alone_score)


def _is_specific(stem: str, family: str) -> bool:
    if not stem.isalnum() or any(c.isdigit() for c in stem):
        return False
    own = specific(family, stem)
    return bool(own) and (family != "zone" or has_name(own))
