"""Places that are in a list: the gazetteer of China, and resources/geography.toml for the rest of the world."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import rjieba
from ahocorasick_rs import AhoCorasick

from swnlp.gazetteer import Gazetteer, load_gazetteer
from swnlp.names.places.tails import reach_end
from swnlp.names.search import word_search
from swnlp.resources import read_toml


class Place(NamedTuple):
    """A place in a text. `codes` are the divisions that go by this name; none for what is no division."""

    start: int
    end: int
    rule: str
    score: float
    codes: tuple[str, ...] = ()


# How a listed surface is judged: a full name is sure, a short form must be whole words, an ordinary word is a
# name only beside a place, and what is fixed is no division.
FULL, SHORT, WORD, FIXED = "full", "short", "word", "fixed"
# Precision on the training annotation.
SCORES = {FULL: 0.95, SHORT: 0.9, WORD: 0.3, FIXED: 0.92}
WORD_BESIDE_A_PLACE = 0.85

# Characters around a name that the segmenter sees when it judges where words end.
_WINDOW = 6
# Words that the segmenter joins with a name: 首都北京, 山东人, 渭河之滨.
_BESIDE = frozenset(
    "人 城 省 市 县 首都 省会 同胞 当局 地区 南北 之滨 两岸 沿岸 流域 上游 中游 下游 一带 境内 全境 大地".split()
)
_LISTING = "、和与及至到—-–~"
_ENUMERATING = "、—-–~"
_MAY_FOLLOW = frozenset("的等和与及两三四五六七八九十")
_GOAL, _CLAUSE_ENDS = frozenset("在到赴"), frozenset(",。;，；")
_HELD_THERE = (
    "举行",
    "举办",
    "召开",
    "启动",
    "开幕",
    "成立",
    "签约",
    "揭牌",
    "调研",
    "考察",
    "召集",
    "落地",
    "落户",
)
_MAY_PRECEDE = frozenset("在到赴从自往的和与及至由对")

# After a full name whose last character begins a word instead: 北京市|民, but not 北京市|民政局.
_TAKES_LAST = {
    "市": "民场郊容值",
    "区": "域划块位间分别",
    "乡": "镇村亲土情贤愁音",
    "县": "域",
    "镇": "压静",
    "州": "际",
}
_LEAVES_LAST = ("民政", "民族", "民委", "民间", "民宗", "民革", "民盟", "民建", "民进", "民用", "民办", "民生",
                "民企", "民兵", "民警", "民营", "场馆", "村民", "村委", "村两委", "村振兴")  # fmt: skip
# The state's name in these is part of an idea, not a place.
_IDEAS = ("特色", "式现代化", "梦", "化", "精神", "共产党", "共产主义")
_COMPASS = "东西南北"
_COUNTED = re.compile(
    r"((?:[\u4e00-\u9fff]{2,3}、){1,10}[\u4e00-\u9fff]{2,3})[两二三四五六七八九十\d]{1,2}个?(镇|乡|街道|县|区|市)"
)


@cache
def _vocabulary() -> tuple[AhoCorasick, list[str], list[str]]:
    """Return the automaton of all surfaces, the surfaces, and how each is judged."""
    gazetteer, tables = load_gazetteer(), read_toml("geography.toml")
    judged = {s: _judgement(s, codes, gazetteer) for s, codes in gazetteer.surfaces.items()}
    for group in (tables["world"], tables["china"]):
        for names in group.values():
            judged |= {name: FIXED for name in names.split() if name not in _ordinary()}
    surfaces = [s for s in judged if len(s) > 1]
    return word_search(surfaces), surfaces, [judged[s] for s in surfaces]


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(read_toml("geography.toml")["words"]["ordinary"].split())


@cache
def _characters() -> str:
    return str(read_toml("geography.toml")["words"]["characters"])


def _judgement(surface: str, codes: tuple[str, ...], gazetteer: Gazetteer) -> str:
    if surface in _ordinary() or all(_points_only(c, surface, gazetteer) for c in codes):
        return WORD
    if any(gazetteer.divisions[c].name == surface for c in codes):
        return FULL if len(surface) > 2 else SHORT
    return SHORT


def _points_only(code: str, surface: str, gazetteer: Gazetteer) -> bool:
    """Say whether a name needs its city before it: 东区, 张镇, 向城镇, and districts beyond the mainland (新社区)."""
    if gazetteer.level(code) not in ("county", "town"):
        return False
    brief = len(surface) == 2 and surface[-1] in "区镇乡"
    return brief or code[:2] in ("71", "81", "82") or (len(surface) == 3 and surface.endswith("城镇"))


def find_listed(text: str) -> list[Place]:
    """Return the listed places of a text, in order, not overlapping; doubtful ones with a low score."""
    listed = list(_beside_places(text, list(_scan(text))))
    taken = {at for place in listed for at in range(place.start, place.end)}
    counted = [p for p in _counted(text) if taken.isdisjoint(range(p.start, p.end))]
    return sorted([*listed, *counted]) if counted else listed


def _counted(text: str) -> Iterator[Place]:
    """Yield the towns of a list that says what they are at its end: 三乡、小榄|两镇."""
    surfaces = load_gazetteer().surfaces
    for match in _COUNTED.finditer(text):
        start = match.start()
        for item in match[1].split("、"):
            codes = surfaces.get(item + match[2])
            if codes:
                yield Place(start, start + len(item), SHORT, WORD_BESIDE_A_PLACE, codes)
            start += len(item) + 1


def _scan(text: str) -> Iterator[Place]:
    automaton, _, _ = _vocabulary()
    found = automaton.find_matches_as_indexes(text)
    for n, (which, start, end) in enumerate(found):
        place = _judge(text, which, start, end)
        if place is None:
            # What was no name may have hidden one that begins inside it: 亲|临西|藏.
            after = found[n + 1][1] if n + 1 < len(found) else len(text)
            place = _hidden(text, start + 1, min(after, end + _WINDOW))
        if place is not None:
            yield place


def _hidden(text: str, start: int, end: int) -> Place | None:
    automaton, _, _ = _vocabulary()
    for which, left, right in automaton.find_matches_as_indexes(text[start:end]):
        if (place := _judge(text, which, start + left, start + right)) is not None:
            return place
    return None


def _judge(text: str, which: int, start: int, end: int) -> Place | None:
    """Check that the characters are a name here and not parts of words."""
    _, surfaces, judged = _vocabulary()
    surface, rule = surfaces[which], judged[which]
    if surface[0] in _COMPASS and start and text[start - 1] in _characters():
        return None  # 豫南|山区, 渝东北
    codes = load_gazetteer().surfaces.get(surface, ())
    if rule == FULL:
        if (
            end < len(text)
            and text[end] in _TAKES_LAST.get(surface[-1], ())
            and not text.startswith(_LEAVES_LAST, end)
        ):
            return _without_last(start, end, surface)
        return Place(start, end, rule, SCORES[rule], codes)
    if surface == "中国" and text.startswith(_IDEAS, end):
        return None
    if len(surface) < 4 and not stands_alone(text, start, end):
        return None
    if rule == FIXED:
        end = reach_end(text, end)
    return Place(start, end, rule, SCORES[rule], codes)


def _without_last(start: int, end: int, surface: str) -> Place | None:
    codes = load_gazetteer().surfaces.get(surface[:-1], ())
    if not codes or surface[:-1] in _ordinary():
        return None
    return Place(start, end - 1, SHORT, SCORES[SHORT], codes)


def stands_alone(text: str, start: int, end: int) -> bool:
    """Say whether the segmenter, too, sees a word edge on both sides: not so in 长治久安 or 强|大安|全."""
    at = max(0, start - _WINDOW)
    edges = {at}
    for word in rjieba.cut(text[at : end + _WINDOW], False):
        after = at + len(word)
        if at <= start and end <= after and len(word) > end - start:
            return _in_compound(text[at:start], text[end:after])
        edges.add(after)
        at = after
        if at >= end:
            break
    return start in edges and end in edges


def _in_compound(before: str, after: str) -> bool:
    """Say whether a word of the segmenter is a place's name with another, or with a word that is none."""
    surfaces = load_gazetteer().surfaces
    return all(not part or part in _BESIDE or part in surfaces for part in (before, after))


def _beside_places(text: str, places: Sequence[Place]) -> Iterator[Place]:
    """Raise the score of ordinary words in a list with a sure place, or after the place that holds them."""
    run: list[Place] = []
    for place in places:
        if run and not _continues(text, run[-1], place):
            yield from _judge_run(text, run)
            run = []
        run.append(place)
    yield from _judge_run(text, run)


def _continues(text: str, last: Place, place: Place) -> bool:
    if place.start == last.end:
        gazetteer = load_gazetteer()
        return any(gazetteer.is_within(c, h) for c in place.codes for h in last.codes)
    return place.start - last.end == 1 and text[last.end] in _LISTING


def _judge_run(text: str, run: Sequence[Place]) -> Iterator[Place]:
    """Judge the places of one list together: one that is sure makes the words among them names."""
    sure = any(place.rule != WORD for place in run)
    for n, place in enumerate(run):
        held = n > 0 and run[n - 1].end == place.start
        if place.rule == WORD and (_is_goal(text, place) or (sure and _is_bare(text, place, held=held))):
            place = place._replace(score=WORD_BESIDE_A_PLACE)
        yield place


def _is_bare(text: str, place: Place, *, held: bool) -> bool:
    """Say whether the word is an item of a list, and not the first or last part of a longer word."""
    before, after = text[max(0, place.start - 1) : place.start], text[place.end : place.end + 1]
    if after.isalnum() and after not in _MAY_FOLLOW:
        return False
    if held:
        return True
    return (not before.isalnum() or before in _MAY_PRECEDE) and bool({before, after} & set(_ENUMERATING))


def _is_goal(text: str, place: Place) -> bool:
    """Say whether the word is all that a preposition of place governs (记者在安康,)."""
    return text[max(0, place.start - 1) : place.start] in _GOAL and (
        text[place.end : place.end + 1] in _CLAUSE_ENDS or text.startswith(_HELD_THERE, place.end)
    )
