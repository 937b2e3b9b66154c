"""What a number counts: the noun to its left up to where the clause begins, or the one to its right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from swnlp.indicators.quantities import Date
from swnlp.indicators.words import Words, words

_BOUNDARY = frozenset(",;:。!?\n“”‘’—《》…")
_OPENS, _CLOSES = "([“「『【", ")]”」』】"
_EDGE = re.compile(r"[,;:。!?\n“”‘’—《》…()\[\]「」『』【】]")
# No subject is longer than this: beyond, what stands there is read as far as here.
LONGEST = 60
_RIGHT = 24
_LIST = "、和与及或"
_COMPARED = re.compile(r"(?:比(?![率例重值])|较)[^比较,]{1,18}$|与[^与,]{1,18}相比$")
_BEYOND = re.compile(r"(?:低于|高于|快于|慢于|高出|超出|好于|优于|领先)[^,]{1,18}$")
_AGO = re.compile(r"[\d一二两三四五六七八九十]{1,3}(?:年|个月)[前来间]?$")
_ALL_HAVE = re.compile(
    r"(?:全部|全面|均已|都已|均|都|已|实现)+(?:建成|建有|建立起?|设立|设有|成立|配备|配齐|建起|开设|开通)了?"
)
_EACH = re.compile(r"每[^,、每]{1,10}$")
_NEWLY = re.compile(r"(?:新增|净增)了?$|^新")
# What no noun begins with: punctuation, and words that go on with the verb.
_NO_NOUN = frozenset("为被将已均都也占、)]") | _BOUNDARY - {"“", "《"}
_PARTICLES = "了出成起到过好的着共有达各"


@dataclass(slots=True)
class Left:
    """What stands before a number in its clause.

    Attributes:
        clause: Where the clause begins.
        noun: The noun that the number may belong to, "" if none.
        noun_start: Where it begins.
        verb: Whether a verb stands right before the number, so that its object follows.
        attribute: Whether the noun ends in 的.
        words: What was said between noun and number, by kind (change, modifier, basis, per, time, word), nearest first.
        date: A date that stands right before the number.
        year: The last date before it in the clause.
        among: Whether 其中 or an opening bracket begins the clause.
        start: First character of the modifiers that stand right before the number.
    """

    clause: int
    noun: str = ""
    noun_start: int = 0
    verb: bool = False
    attribute: bool = False
    words: dict[str, list[str]] = field(default_factory=dict)
    date: Date | None = None
    year: Date | None = None
    among: bool = False
    start: int = 0

    def first(self, kind: str) -> str:
        """Return the word of this kind that is nearest to the number, or ""."""
        found = self.words.get(kind)
        return found[0] if found else ""


def clause_start(view: str, floor: int, at: int) -> int:
    """Return where the clause begins that holds `at`: after punctuation, an open bracket, or at `floor`."""
    lowest = max(floor, at - LONGEST)
    nearest = _EDGE.search(view[lowest:at][::-1])
    if nearest is None:
        return lowest
    if nearest[0] not in _CLOSES:
        return at - nearest.start()
    depth = 0
    for i in range(at - 1, lowest - 1, -1):
        char = view[i]
        if char in _CLOSES and not (char != ")" and view.rfind(_OPENS[_CLOSES.index(char)], lowest, i) < 0):
            depth += 1
        elif char in _OPENS:
            if not depth:
                return i + 1
            depth -= 1
        elif char in _BOUNDARY and not depth:
            return i + 1
    return lowest


def read_left(view: str, floor: int, at: int, dates: Sequence[Date], *, noun_follows: bool = False) -> Left:
    """Read what stands between `floor` and a number at `at`, from the number outwards.

    Args:
        view: The simplified text.
        floor: Where the sentence begins, or the number before ends.
        at: First character of the number.
        dates: The dates of the sentence before it, in order.
        noun_follows: Whether a noun follows the number; if not, what looks like a verb before it is a noun
            (社会组织58家, 研发投入增长5%).
    """
    known = words()
    left = Left(clause_start(view, floor, at), start=at)
    left.among = left.clause > 0 and view[left.clause - 1] in _OPENS
    inside = [date for date in dates if date.start >= left.clause and date.end <= at] if dates else []
    end = _strip_tails(view, at, left, inside, known)
    begin = left.clause
    if inside:
        left.year = left.date or inside[-1]
        begin = max([begin, *(date.end for date in inside if date.end <= end)])
    if left.start > floor and view[left.start - 1] in "、和与及":
        # The noun before a comma was of the number before (128个食堂、46个学校).
        return left
    _take_noun(view, begin, end, left, known, noun_follows)
    return left


def _strip_tails(view: str, at: int, left: Left, dates: list[Date], known: Words) -> int:
    """Take words off the end of what stands before the number; return where the rest ends."""
    end, near = at, True
    while end > left.clause:
        if dates and (date := next((d for d in dates if d.end == end), None)) is not None:
            if date.start > left.clause and view[date.start - 1] in "比较":
                left.words.setdefault("basis", []).append(view[date.start - 1 : end])
                end, near = date.start - 1, False
            else:
                left.date, end, near = left.date or date, date.start, False
            continue
        if (
            view[end - 1] in "前来间年月"
            and (ago := _AGO.search(view, max(end - 5, left.clause), end)) is not None
        ):
            left.words.setdefault("time", []).append(ago[0])
            end, near = ago.start(), False
            continue
        if view[end - 1] in "的之 ":
            left.attribute, end, near = view[end - 1] == "的" or left.attribute, end - 1, False
            continue
        for length in known.tail_lengths.get(view[end - 1], ()):
            tail = known.tails.get(view[end - length : end]) if length <= end - left.clause else None
            if tail is not None and not (length == 1 and view[end - 2 : end] in known.whole):
                break
        else:
            return end
        left.words.setdefault(tail.kind, []).append(tail.value)
        end -= length
        near = near and tail.kind == "modifier"
        if near:
            left.start = end
        left.attribute = False
    return end


def _take_noun(view: str, begin: int, end: int, left: Left, known: Words, noun_follows: bool) -> None:
    """Fill in the noun between `begin` and `end`: without words of the clause's head, behind its last verb."""
    between = view[begin:end]
    compared = _BEYOND.match(between)
    if compared is None and left.words and ("比" in between or "较" in between):
        compared = _COMPARED.search(between)
    if compared is not None:
        left.words.setdefault("basis", []).append(compared[0])
        end = begin + compared.start()
    begin = _strip_heads(view, begin, end, left, known)
    found = _last_verb(view, begin, end, known, noun_follows)
    if found is not None:
        first, at = found
        left.verb = True
        verb = view[begin:at]
        if (new := _NEWLY.search(verb)) is not None:
            left.words.setdefault("change", []).append("new")
            left.noun = verb[: new.start()]
        if "累计" in verb:
            left.words.setdefault("change", []).append("cumulative")
        each = _EACH.search(view[begin:first])
        if each is not None:
            left.words.setdefault("per", []).append(each[0])
        begin = _strip_heads(view, at, end, left, known)
    if view[begin : begin + 1] == "新" and view[begin + 1 : begin + 3] in known.all_verbs:
        left.words.setdefault("change", []).append("new")
    left.noun, left.noun_start = left.noun + view[begin:end].rstrip(_LIST + "(["), begin


def _strip_heads(view: str, begin: int, end: int, left: Left, known: Words) -> int:
    while begin < end:
        if view[begin] in " 、," or (
            view[begin] in "和与及" and view[begin - 1] not in _BOUNDARY and begin == left.clause
        ):
            begin += 1
            continue
        for length in known.head_lengths.get(view[begin], ()):
            if length > end - begin:
                continue
            word = view[begin : begin + length]
            if word in known.heads and not (length == 1 and view[begin : begin + 2] in known.whole):
                break
        else:
            return begin
        left.among = left.among or word == "其中"
        if word in ("新增", "净增", "新"):
            left.words.setdefault("change", []).append("new")
        elif word in ("累计", "累计已"):
            left.words.setdefault("change", []).append("cumulative")
        elif word in ("每年", "年均"):
            left.words.setdefault("per", []).append(word)
        begin += length
    return begin


def _last_verb(view: str, begin: int, end: int, known: Words, noun_follows: bool) -> tuple[int, int] | None:
    """Return where the last verb between `begin` and `end` begins, and where its object does, or None."""
    for i in range(end - 2, begin - 1, -1):
        verb = view[i : i + 2]
        if verb not in known.verbs and (verb not in known.weak_verbs or not noun_follows or i + 3 < end):
            continue
        at = i + 2
        while at < end and view[at] in _PARTICLES:
            at += 1
        rest = view[at:end]
        # 销售额, 服务时长: a verb that names what is measured; 社会组织, 推进会, 社工培育项目: one within a name.
        if rest and (len(rest) == 1 or (len(rest) == 3 and rest.endswith(known.metrics))):
            continue
        if (not rest and not noun_follows) or (len(rest) == 2 and rest.endswith(known.metrics)):
            continue
        if (
            rest in known.generic_heads
            and i - begin >= 2
            and verb not in ("完成", "实施", "新增", "净增", "投入")
        ):
            continue
        return i, at
    return None


def read_right(view: str, at: int, ceiling: int) -> tuple[str, str]:
    """Return the noun that follows a number, and what all of it have where that is what the clause tells.

    142个|乡镇(街道)全部建成|社会工作服务站 is ("乡镇(街道)", "社会工作服务站"); else the second is "".
    """
    known = words()
    while at < ceiling and view[at] in "的 ":
        at += 1
    if at >= ceiling or view[at] in _NO_NOUN:
        return "", ""
    if view[at : at + 2] in known.changes or view[at : at + 3] in known.changes:
        return "", ""
    end = _noun_end(view, at, min(ceiling, at + _RIGHT), known)
    noun = view[at:end].rstrip("的" + _LIST)
    match = _ALL_HAVE.match(view, end) if noun else None
    if match is None:
        return noun, ""
    have = _noun_end(view, match.end(), min(ceiling, match.end() + _RIGHT), known)
    return noun, view[match.end() : have]


def whole_right(view: str, at: int, ceiling: int) -> str:
    """Return all that follows a number in its clause, where neither side has a noun."""
    end = at
    while end < min(ceiling, at + _RIGHT) and view[end] not in _BOUNDARY and view[end] != "、":
        end += 1
    return view[at:end].strip("的 ")


def _noun_end(view: str, at: int, ceiling: int, known: Words) -> int:
    i = at
    while i < ceiling:
        char = view[i]
        if char in _OPENS and (close := view.find(_CLOSES[_OPENS.index(char)], i, ceiling)) > 0:
            i = close + 1
            continue
        if char in _BOUNDARY or char in "、()[]" or view[i : i + 2] in known.predicates:
            return i
        if i > at + 1 and char in known.predicate_chars and view[i - 1 : i + 1] not in known.whole:
            return i
        i += 1
    return i
