"""Institutions by the noun they end in: a place, a level or a name of their own before 大学, 医院, 协会, 有限公司."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from swnlp.names.bodies.organs import WIDEST, Body, Levels, Places
from swnlp.names.edges import edges_of
from swnlp.names.search import word_search
from swnlp.resources import read_toml

# How far back a name goes from its noun, and a part (大学|社会学院) to its institution, in characters.
_REACH = 30
_PART = 12

_MARKS = ',。;:!?、\n\t\u3000 “”"‘’「」『』《》<>〈〉()[]【】%/|'
_QUOTED = re.compile(r"[^“”\"「」,。、;:!?\s]{0,4}([”\"」][^“”\"「」\n]{1,12}[“\"「])")
_CONJUNCTION = re.compile(r"[和与及暨]")
# A number or a grade among the modifiers makes a class: 五星级社工站.
_CLASS = re.compile(r"[0-9]|级|示范|达标")


class _Around(NamedTuple):
    """What surrounds the nouns of one text."""

    breaks: list[tuple[int, bool]]
    places: Places
    bodies: dict[int, Body]


class Institutions:
    """The nouns of institutions, and how their names go back from there."""

    def __init__(self) -> None:
        words = read_toml("bodies.toml")
        self._kinds = dict.fromkeys(words["institutions"].split(), "weak")
        self._kinds |= dict.fromkeys(words["strong"].split(), "strong")
        self._strong = frozenset(words["strong"].split())
        self._joins = (*self._kinds, "移动", "联通", "电信", "电网")
        self._kinds |= dict.fromkeys(words["councils"].split(), "council")
        self._teams = frozenset(words["teams"].split())
        self._kinds = dict.fromkeys(words["teams"].split(), "team") | self._kinds
        self._nouns = sorted(self._kinds)
        self._search = word_search(self._nouns)
        hard, soft = [*words["breaks"].split(), *_MARKS], words["soft_breaks"].split()
        self._hard, self._any = len(hard), len(hard) + len(soft)
        self._break_search = word_search([*hard, *soft, *words["keeps"].split()])
        self._levels = Levels()
        self._parts = frozenset(words["parts"].split())
        self._communal = frozenset(words["communal"].split())
        self._not_after = tuple(words["not_after_institution"].split())
        self._not_themselves = tuple(words["no_institution"].split())
        self._nations = tuple(words["nations"].split())
        generic = sorted(set(words["generic"].split()), key=lambda word: (-len(word), word))
        self._generic = re.compile("|".join(map(re.escape, generic)))

    def find(self, view: str, places: Places, organs: Sequence[Body]) -> Iterator[Body]:
        """Yield institutions in order; a part of one (大学|社会学院) begins where that began."""
        nouns = self._search.find_matches_as_indexes(view)
        breaks = list(self._breaks(view, [start for _, start, _ in nouns]))
        around = _Around(breaks, places, {organ.end: organ for organ in organs if organ.rule != "plural"})
        for i, start, end in nouns:
            if view.startswith(self._not_after, end) or view.endswith(self._not_themselves, 0, end):
                continue
            if body := self._body(view, (start, end, self._nouns[i]), around):
                around.bodies[end] = body
                yield body
                if self._kinds[self._nouns[i]] == "council" and view.startswith("办公室", end):
                    yield body._replace(end=end + 3)

    def _breaks(self, view: str, nouns: Sequence[int]) -> Iterator[tuple[int, bool]]:
        """Yield where words end that no name goes on across, and whether they are hard, before the nouns."""
        edges, reached = edges_of(view), 0
        for noun in nouns:
            if noun < reached:
                continue
            # A sign is a break by itself, so the words between two are the same as in the whole text.
            begin, until = edges.clause(max(0, noun - _REACH), noun)
            begin, reached = max(begin, reached), until
            for i, _, end in self._break_search.find_matches_as_indexes(view[begin:until]):
                if i < self._any:
                    yield begin + end, i < self._hard

    def _body(self, view: str, tail: tuple[int, int, str], around: _Around) -> Body | None:
        start, end, noun = tail
        kind = self._kinds[noun]
        if (found := _QUOTED.match(view[max(0, start - 20) : start][::-1])) and (
            quoted := self._quoted(view, start - found.end(), tail, around.places, near=found.start(1) == 0)
        ):
            return quoted
        least = self._least(around.breaks, start, around.places)
        if noun in self._parts and (whole := self._whole(view, around.bodies, least, start)):
            return Body(whole.start, end, "part") if end - whole.start <= WIDEST else None
        least = self._after_conjunction(view, least, start, around)
        least = max(least, _last_body_before_a_place(around, least, start))
        if place := around.places.first_in(least, end - 1):
            begin = around.places.start_of[place[1]]
            own = place[1] < end - 1 and not _CLASS.search(view, place[1], start)
            return Body(begin, end, "institution") if own else None
        return self._of_level(view, least, tail) or (
            self._free(view, least, tail, kind) if kind != "team" else None
        )

    def _quoted(
        self, view: str, begin: int, tail: tuple[int, int, str], places: Places, *, near: bool
    ) -> Body | None:
        """Read “荔小妹”|志愿服务联盟, and 市|“五社联动”工作|领导小组."""
        _, end, noun = tail
        if noun not in self._teams and self._kinds[noun] != "council" and not (near and noun in self._strong):
            return None
        if begin in places.start_of and self._kinds[noun] != "team":
            return Body(places.start_of[begin], end, "quoted")
        level = self._levels.before(view, begin)
        if level and not level[1]:
            return Body(level[0], end, "quoted")
        return Body(begin, end, "quoted") if self._kinds[noun] != "council" else None

    def _of_level(self, view: str, least: int, tail: tuple[int, int, str]) -> Body | None:
        start, end, noun = tail
        if view.startswith(self._nations, least) and least < start and not _CLASS.search(view, least, start):
            return Body(least, end, "of_nation") if self._own(view, least, start) else None
        level = self._levels.after(view, least)
        if not level or least + len(level) > start or _CLASS.search(view, least, start):
            return None
        if level in ("社区", "村", "街道", "乡", "镇") and noun in self._communal:
            return None
        if start == least + len(level) and noun in (
            "中心",
            "实验室",
            "学校",
            "公司",
            "集团",
            "银行",
            "工厂",
            "农场",
        ):
            return None
        return Body(least, end, "of_level")

    def _free(self, view: str, least: int, tail: tuple[int, int, str], kind: str) -> Body | None:
        start, end, _ = tail
        if start - least > 14 or _CLASS.search(view, least, start) or not self._own(view, least, start):
            return None
        return Body(least, end, {"strong": "strong", "council": "council"}.get(kind, "free"))

    def _least(self, breaks: Sequence[tuple[int, bool]], start: int, places: Places) -> int:
        """Return where a name may begin at the earliest: after a break that is in no place and not close to one."""
        furthest = start - _REACH
        soft = -1
        for k in range(bisect_right(breaks, (start, True)) - 1, -1, -1):
            at, hard = breaks[k]
            if at <= furthest:
                break
            if hard and not places.covers(at):
                furthest = at
                break
            if not hard and soft < 0 and not places.covers(at):
                soft = at
        furthest = max(0, furthest)
        if soft > furthest:
            place = places.first_in(furthest, soft)
            return furthest if place and soft - place[1] <= 4 else soft
        return furthest

    def _after_conjunction(self, view: str, least: int, start: int, around: _Around) -> int:
        """Cut at a last 和 or 与, unless a place before it begins the name (市餐饮与住宿|协会)."""
        places = around.places
        for found in _CONJUNCTION.finditer(view, least, start):
            if places.covers(found.end()) or places.covers(found.start()):
                continue
            complete = found.start() in around.bodies or view.endswith(self._joins, least, found.start())
            inside = places.first_in(least, found.start()) or self._levels.after(view, least)
            again = places.first_in(found.end(), start) or self._levels.after(view, found.end())
            if complete or not inside or again:
                least = found.end()
        return least

    def _whole(self, view: str, bodies: dict[int, Body], least: int, start: int) -> Body | None:
        """Return the institution that ends shortly before a part of it."""
        for at in range(start, max(least, start - _PART) - 1, -1):
            if body := bodies.get(at):
                complete = body.rule != "bare" or view.endswith(self._joins, body.start, at)
                if (
                    complete
                    and body.rule not in ("assumed", "common")
                    and not _CONJUNCTION.search(view, at, start)
                ):
                    return body
        return None

    def _own(self, view: str, start: int, end: int) -> bool:
        """Whether a stretch has anything of its own: not 养老服务|中心, but 禾邦|中心."""
        return len(self._generic.sub("", view[start:end])) >= 2


def _last_body_before_a_place(around: _Around, least: int, start: int) -> int:
    """Return where one body ends and a place begins (关山街道服务站|武汉市万帮服务中心), 0 if nowhere."""
    ends = (at for at in range(start - 1, least, -1) if at in around.bodies)
    return next((at for at in ends if around.places.begins_at(at)), 0)
