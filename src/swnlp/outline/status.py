"""Whether a sentence tells what was done, what is planned, or what did not happen."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from swnlp.records import Status
from swnlp.resources import read_toml

_CLAUSE_END = re.compile(r"[,。;:!?]|$")
_CLAUSE = re.compile(r"[^,;:。!?]+")
_YEAR = re.compile(r"(?:(?:到|至)(?<![年\d—\-–~]至)(?P<to>20\d\d)年|(?P<by>20\d\d)年(?:底|末|底之|末之)?前)")
_OPENING_YEAR = re.compile(r"(20\d\d)年[,度底 　]")
_HEADING_YEAR = re.compile(r"(20\d\d)年.{0,8}(?:重点工作|主要工作|主要任务|工作任务|目标任务|工作要点)")
_STRONGEST = frozenset({"会", "把", "继续", "进一步", "持续", "不断", "始终", "再"})


class Unit(NamedTuple):
    """A sentence as its status is asked: where it is, in which paragraph, and whether it stands under a plan's heading."""

    start: int
    end: int
    paragraph: int
    under_plan: bool


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w))))


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    table: dict[str, Any] = read_toml("status_cues.toml")
    plan, no = table["planned"], table["negated"]
    verbs, before = _any(plan["verbs"]), "".join(plan["not_after"])
    # The literal comes first in every branch, so that the search can skip to it.
    planned = (
        f"(?P<word>{_any(plan['words'])})"
        rf"|(?P<will>将)(?<![{before}]将)(?P<verb>{verbs})"
        rf"|拟(?<![{before}]拟)(?:{verbs})"
        rf"|计划(?<=[,。;:、我们省市县区州局部厅年月日底\n]计划)(?:{verbs}|\d)"
    )
    negated = rf"(?:{_any(no['words'])})(?!{_any(no['not_followed'])})"
    return {
        "planned": re.compile(planned),
        "opener": re.compile(rf"(?:{_any(plan['openers'])})(?:[,:]|(?=[\u4e00-\u9fff]))"),
        "moves": re.compile(_any(plan["moves"])),
        "heading": re.compile(_any(plan["headings"])),
        "negated": re.compile(negated),
        "not_preceded": re.compile(rf"(?:{_any(no['not_preceded'])})$"),
    }


def is_plan_heading(title: str, year: int | None) -> bool:
    """Say whether all that stands under a heading is still to come (下一步打算, 2026年重点工作)."""
    if _cues()["heading"].search(title):
        return True
    match = _HEADING_YEAR.search(title)
    return match is not None and year is not None and int(match[1]) >= year


def statuses(view: str, units: Sequence[Unit], year: int | None) -> list[Status]:
    """Return the status of each sentence.

    Planned: under a heading of plans; with a cue of its own (力争, 将 before a verb, 到 a year to come); or from a
    sentence on that opens with 下一步, 今后 ... to the end of its paragraph. Negated: half of its characters or
    more stand in clauses with 未, 没有 ... before a verb. Else done.

    Args:
        view: The simplified view of the text.
        units: The sentences, in order.
        year: Year of the document; None: no year is taken for the future.
    """
    starts = [unit.start for unit in units]
    ends = [unit.end for unit in units]
    planned = {i for at in _planned(view, year) if (i := _unit_at(starts, ends, at)) is not None}
    denied: dict[int, list[int]] = {}
    for at in _negated(view):
        if (i := _unit_at(starts, ends, at)) is not None:
            denied.setdefault(i, []).append(at)
    found: list[Status] = []
    opened = -1
    for i, unit in enumerate(units):
        if unit.paragraph != opened and _opens_plan(view, unit, year):
            opened = unit.paragraph
        if unit.under_plan or i in planned or unit.paragraph == opened:
            found.append("planned")
        else:
            found.append("negated" if i in denied and _is_mostly_denied(view, unit, denied[i]) else "done")
    return found


def _unit_at(starts: Sequence[int], ends: Sequence[int], at: int) -> int | None:
    index = bisect_right(starts, at) - 1
    return index if index >= 0 and at < ends[index] else None


def _planned(view: str, year: int | None) -> Iterator[int]:
    cues = _cues()
    for match in cues["planned"].finditer(view):
        if match["will"] and match["verb"] not in _STRONGEST:
            clause = _CLAUSE_END.search(view, match.end(), match.end() + 60)
            if cues["moves"].search(view, match.end(), clause.start() if clause else match.end() + 60):
                continue
        yield match.start()
    if year is not None:
        yield from (m.start() for m in _YEAR.finditer(view) if int(m["to"] or m["by"]) > year)


def _opens_plan(view: str, unit: Unit, year: int | None) -> bool:
    if _cues()["opener"].match(view, unit.start, unit.end):
        return True
    match = _OPENING_YEAR.match(view, unit.start, unit.end)
    return match is not None and year is not None and int(match[1]) > year


def _negated(view: str) -> Iterator[int]:
    cues = _cues()
    for match in cues["negated"].finditer(view):
        if not cues["not_preceded"].search(view, max(0, match.start() - 2), match.start()):
            yield match.start()


def _is_mostly_denied(view: str, unit: Unit, cues: Sequence[int]) -> bool:
    clauses = [m.span() for m in _CLAUSE.finditer(view, unit.start, unit.end)]
    denied = sum(end - start for start, end in clauses if any(start <= at < end for at in cues))
    return 2 * denied >= sum(end - start for start, end in clauses)
