"""State, party and mass organs: a level or a place, a field and a rank (省|民政|厅), and their own departments."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from swnlp.names.candidates import Candidate
from swnlp.names.search import word_search
from swnlp.resources import read_toml

# The longest name, in characters: no chain of bodies goes on without end.
WIDEST = 40
# Places that are proposed only for completeness begin no body (会同 is a county, and a verb).
_DOUBT = 0.5


class Body(NamedTuple):
    """A body found, and the rule that found it."""

    start: int
    end: int
    rule: str


class Places:
    """The places of one text, by where they begin and end; the longest of those that share an end."""

    def __init__(self, earlier: Iterable[Candidate]) -> None:
        self.start_of: dict[int, int] = {}
        for place in earlier:
            if place.label == "PLACE" and place.score > _DOUBT:
                self.start_of[place.end] = min(place.start, self.start_of.get(place.end, place.start))
        self.spans = sorted((start, end) for end, start in self.start_of.items())
        self._starts = [start for start, _ in self.spans]

    def covers(self, at: int) -> bool:
        """Whether a place begins before `at` and ends after it."""
        i = bisect_left(self._starts, at) - 1
        return i >= 0 and self.spans[i][1] > at

    def begins_at(self, at: int) -> bool:
        """Whether a place begins at `at`."""
        i = bisect_left(self._starts, at)
        return i < len(self._starts) and self._starts[i] == at

    def first_in(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the first place that begins and ends in a stretch."""
        for k in range(bisect_left(self._starts, start), len(self.spans)):
            if self.spans[k][0] >= end:
                return None
            if self.spans[k][1] <= end:
                return self.spans[k]
        return None


class Levels:
    """Words for a level that stand for a place: 市|民政局, 县|人民医院."""

    def __init__(self) -> None:
        words = read_toml("bodies.toml")
        levels = sorted(words["levels"].split(), key=lambda level: (-len(level), level))
        self._levels = tuple(levels)
        self._plural = tuple(words["plural_before"].split())
        self._inside = {kind: frozenset(chars) for kind, chars in words["level_inside"].items()}
        self._not_after = tuple(words["not_after_level"].split())

    def before(self, view: str, at: int) -> tuple[int, bool] | None:
        """Return where the level that ends at `at` begins, and whether many bodies are meant at once."""
        before = view[max(0, at - 6) : at]
        for level in self._levels:
            if before.endswith(level):
                start = at - len(level)
                if view[start - 1 : start] in self._inside.get(level, ()):
                    return None
                return start, self._is_plural(view, start)
        return None

    def after(self, view: str, at: int) -> str:
        """Return the level that begins at `at` and stands for one place, or an empty string."""
        for level in self._levels:
            if view.startswith(level, at):
                end = at + len(level)
                return "" if self._is_plural(view, at) or view.startswith(self._not_after, end) else level
        return ""

    def _is_plural(self, view: str, start: int) -> bool:
        """Whether what stands before a level speaks of many bodies: 各|县, 全|市, but not 健全|市."""
        before = view[max(0, start - 6) : start]
        return before[-1:].isdigit() or (
            before.endswith(self._plural) and not before.endswith(("健全", "安全", "保全"))
        )


class Organs:
    """The grammar of organs, compiled from the resource."""

    def __init__(self) -> None:
        words = read_toml("bodies.toml")
        needs = {
            field + rank: "level" for field in words["fields"].split() for rank in words["ranks"].split()
        }
        # 财政部 takes no place before it; 卫生健康委 does.
        self._prefixed = frozenset(words["organs"].split()) | {
            name for name in needs if name[-1] in "局委办厅"
        }
        for kind in ("organs", "committees", "assumed", "common", "bare"):
            needs |= dict.fromkeys(words[kind].split(), kind)
        self._names = sorted(needs)
        self._needs = [needs[name] for name in self._names]
        self._search = word_search(self._names)
        self._levels = Levels()
        self._not_after = {
            end: tuple(after.split())
            for end, after in (*words["not_after_rank"].items(), *words["not_after_name"].items())
        }
        self._not_before = {name: frozenset(chars) for name, chars in words["not_before_name"].items()}
        unit_words = _alternation(words["unit_words"].split())
        ranks = _alternation(words["unit_ranks"].split())
        alone = _alternation(words["units_alone"].split())
        stop = "|".join(
            f"(?<={end})(?:{'|'.join(after.split())})" for end, after in words["not_after_rank"].items()
        )
        self._unit = re.compile(rf"(?![和与])(?:(?:{unit_words}){{1,6}}(?:{ranks})|(?:{alone}))(?!{stop})")
        # 国务院交通运输主管部门 is one body, whichever it is.
        self._competent = re.compile(r"[\u4e00-\u9fff]{0,10}主管(?:部门|机构)")

    def find(self, view: str, places: Places) -> Iterator[Body]:
        """Yield organs in order; departments (市民政局养老服务科) as a second, longer body."""
        begins: dict[int, int] = {}
        for i, start, end in self._search.find_matches_as_indexes(view):
            name, need = self._names[i], self._needs[i]
            if view.startswith(self._not_after.get(name, "\0"), end) or view.startswith(
                self._not_after.get(name[-1], "\0"), end
            ):
                continue
            if name in self._not_before and view[start - 1 : start] in self._not_before[name]:
                continue
            begin, rule = self._begin(view, (start, end, name), need, places, begins)
            if not rule:
                continue
            begin = self._widened(view, begin)
            yield Body(begin, end, rule)
            if rule != "plural":
                begins.setdefault(end, begin)
            unit = (
                self._unit.match(view, end) or (name == "国务院" and self._competent.match(view, end)) or None
            )
            if unit and unit.end() > end:
                yield Body(begin, unit.end(), "department")
                begins.setdefault(unit.end(), begin)

    def _begin(
        self, view: str, token: tuple[int, int, str], need: str, places: Places, begins: dict[int, int]
    ) -> tuple[int, str]:
        """Return where an organ begins and by which rule; an empty rule if it is none."""
        start, end, name = token
        if start in begins and end - begins[start] <= WIDEST:
            return begins[start], "chain"
        if need == "bare" and name not in self._prefixed:
            return start, "bare"
        if start in places.start_of:
            return places.start_of[start], "place"
        if need == "committees":
            return self._committee(view, start, end, places)
        if level := self._levels.before(view, start):
            begin, plural = level
            begin = places.start_of.get(begin, begin)
            return begin, "plural" if plural else "level"
        return start, need if need in ("bare", "common", "assumed") else ""

    def _committee(self, view: str, start: int, end: int, places: Places) -> tuple[int, str]:
        """Read 江苏|省委 and 江苏省|委: the place may hold the level of the committee."""
        for at in range(start + 1, end):
            if places.start_of.get(at, start) < start:
                return places.start_of[at], "place"
        level = self._levels.before(view, start + 1)
        return start, "plural" if level and level[1] else "committee"

    def _widened(self, view: str, begin: int) -> int:
        for party in ("中国共产党", "共青团", "中共"):
            if view.endswith(party, 0, begin):
                return begin - len(party)
        return begin


def _alternation(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
