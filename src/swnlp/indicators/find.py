"""Sentences to indicators: each number with its unit, what it counts, where and when, and how that was decided."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from swnlp.indicators.govern import Governed, Surroundings
from swnlp.indicators.numerals import multiplier
from swnlp.indicators.quantities import Date, Ordinal, Quantity, Token, ordinal, tokens
from swnlp.indicators.subjects import LONGEST, Left, read_left, read_right, whole_right
from swnlp.indicators.words import words
from swnlp.records import Indicator, Sentence

_GAPS = frozenset("、和与及或以,")
_GAP = re.compile(r"[、和与及或]|以及|,?和")
_TO = re.compile(r"\s?[-—–~～至到]{1,2}\s?")
_AMONG = re.compile(r"^(.{2,}?)当?中(?:现|共)?(?:有|含)(.+)$")
_BRACKETED = re.compile(r"\([^()]{1,12}\)")
# How many rows back a number may restrict what another counted (社工机构58家,…其中5A级社工机构2家).
_NEAR = 6
_PREPOSITIONS = frozenset("在为对向给把将于按")
_PERSONS = frozenset("人名位")
_QUOTED = re.compile(r"“[^”\n]{0,24}”|「[^」\n]{0,24}」|『[^』\n]{0,24}』|《[^》\n]{0,80}》|〔[^〕\n]{0,8}〕")
_RANK = re.compile(
    r"[,、;(]?(?P<all>均|都|分别|双双)?(?:稳|继续|连续\d+年|连续[一二三四五六七八九十]+年|保持|持续|仍|并|且|也)*"
    r"(?:(?:位居|位列|排名|名列|居于|稳居|跃居|升至|上升至|跃升至|排在|排|列|居|位)+(?P<among>[^,。;第首榜]{0,10}))"
    r"(?:第(?P<digits>\d{1,3}|[一二三四五六七八九十]{1,3})|首(?=位)|榜首)"
)
_ENUMERATION = re.compile(r"[^,;:。()、“”]{1,10}(?:、[^,;:。()、“”]{1,10})+")


def find_indicators(
    view: str,
    text: str,
    sentences: Sequence[Sentence],
    around: Surroundings,
    *,
    cells: Sequence[Indicator] = (),
) -> list[Indicator]:
    """Return the indicators of a document's sentences, in order.

    Args:
        view: The simplified view of the kept text.
        text: The text itself, for what is quoted of it; same offsets.
        sentences: The sentences to read.
        around: What place and year govern where.
        cells: What was read from cells of tables (cells.find_in_cells), and is not read again as a sentence.

    Returns:
        One row a number. What is a number but not understood has no value; ordinals with a rank's verb and a
        subject of their own (森林覆盖率居全国第2) have a rank and no value.
    """
    found: list[Indicator] = []
    if not sentences:
        return found
    starts = [sentence.start for sentence in sentences]
    taken = {i for cell in cells for i in range(cell.start, cell.end)}
    carried, paragraph = "", -1
    stream = tokens(view, sentences[0].start, sentences[-1].end)
    for index, group in groupby(stream, key=lambda token: bisect_right(starts, token.start) - 1):
        sentence = sentences[index]
        mine = [token for token in group if token.start < sentence.end and token.start not in taken]
        if not mine:
            continue
        if sentence.paragraph_id != paragraph:
            carried, paragraph = "", sentence.paragraph_id
        reader = _Reader(view, text, sentence, around, mine, carried)
        found += reader.read()
        carried = reader.carried
    return sorted([*found, *cells], key=lambda row: row.start) if cells else found


class _Reader:
    """Reads one sentence; what was counted last is `carried` to the next."""

    def __init__(
        self,
        view: str,
        text: str,
        sentence: Sentence,
        around: Surroundings,
        found: Sequence[Token],
        carried: str,
    ) -> None:
        self.view, self.text, self.sentence, self.around, self.carried = view, text, sentence, around, carried
        self.dates = [token for token in found if isinstance(token, Date)]
        self.date_starts = [date.start for date in self.dates]
        self.quantities = self._kept([token for token in found if isinstance(token, Quantity)])
        self.ordinals = [token for token in found if isinstance(token, Ordinal)]
        self.ranked_to = sentence.start
        around.enter(sentence, self.dates)

    def read(self) -> list[Indicator]:
        """Return the sentence's rows."""
        rows: list[Indicator] = []
        floor = self.sentence.start
        index = 0
        while index < len(self.quantities):
            series = self._series(index)
            rows += self._ranked(floor, series[0].start)
            index += len(series)
            following = self.quantities[index : index + 1]
            ceiling = following[0].start if following else self.sentence.end
            rows += self._rows(series, floor, ceiling, rows)
            floor = max(series[-1].end, self.ranked_to)
        return rows + self._ranked(floor, self.sentence.end)

    def _ranked(self, floor: int, ceiling: int) -> list[Indicator]:
        """Return a row for each rank between two places that belongs to no number (森林覆盖率居全国第2)."""
        rows: list[Indicator] = []
        for found in self.ordinals:
            if not max(floor, self.ranked_to) <= found.start < ceiling:
                continue
            left = read_left(self.view, floor, found.start, self._near(found.start))
            if len(left.noun) < 2:
                continue
            q = Quantity(found.start, found.end, None)
            place = self.around.place(left.clause, found.start)
            noun = self._without_place(left, place)
            rows.append(self._row(q, left, noun, "", place, (found.rank, found.among)))
            floor = found.end
        return rows

    def _without_place(self, left: Left, place: Governed) -> str:
        """Return the noun without the place's name at its head."""
        if not left.noun or place.name_end <= left.noun_start:
            return left.noun
        return self.view[place.name_end : left.noun_start + len(left.noun)].lstrip("的、和")

    # Which numbers are amounts, and which of them belong together.

    def _kept(self, found: list[Quantity]) -> list[Quantity]:
        """Return the quantities without those in quotes and names; ranges joined, units shared."""
        if not found:
            return found
        view, start, end = self.view, self.sentence.start, self.sentence.end
        quoted: list[tuple[int, int]] = []
        if any(view.find(mark, start, end) >= 0 for mark in "“《〔「『"):
            quoted = [m.span() for m in _QUOTED.finditer(view, start, end)]
        if quoted:
            ends = [end for _, end in quoted]
            inside = ((q, bisect_left(ends, q.end)) for q in found)
            found = [q for q, i in inside if i == len(quoted) or q.start <= quoted[i][0]]
        return self._without_pairs(self._with_shared_units(self._joined(found)))

    def _joined(self, found: list[Quantity]) -> list[Quantity]:
        """Join the two ends of a range; an end without 万, 亿 takes them from the other."""
        joined: list[Quantity] = []
        for q in found:
            last = joined[-1] if joined else None
            if last is not None and q.start < last.end:
                q.start = last.end
            gap = self.view[last.end : q.start] if last else ""
            if (
                last is not None
                and last.unit in ("", q.unit)
                and not last.value_max
                and _is_range(last, gap, q)
            ):
                joined[-1] = _range(last, q)
            elif last is not None and not gap and not (last.bare or last.counter or q.counter) and last.unit:
                # 1小时10分, 5元8角: an amount in two units, which are not added up here.
                joined[-1] = replace(last, end=q.end, value=None, value_max=None)
            else:
                joined.append(q)
        return joined

    def _with_shared_units(self, found: list[Quantity]) -> list[Quantity]:
        """Give numbers without a unit the one of the list they stand in; drop those that are no amounts."""
        for i in range(len(found) - 2, -1, -1):
            q, after = found[i], found[i + 1]
            if not q.unit and after.unit and _GAP.fullmatch(self.view[q.end : after.start]):
                q.unit, q.counter, was_bare, q.bare = after.unit, after.counter, q.bare, False
                if was_bare and after.signs and after.unit != "%":
                    # 1.2、1.3万元: whether the first is in 万 too can't be known.
                    q.value = None
        kept: list[Quantity] = []
        for q in found:
            last = kept[-1] if kept else None
            if (
                q.bare
                and last is not None
                and last.unit in ("%", "‰", "‱")
                and _GAP.fullmatch(self.view[last.end : q.start])
            ):
                q.unit, q.bare = last.unit, False
            if not q.bare or self._is_measured(q, last):
                kept.append(q)
        return kept

    def _is_measured(self, q: Quantity, last: Quantity | None) -> bool:
        """Say whether a number without a unit stands where an amount stands: behind what is measured."""
        if q.written is None or (len(str(q.written)) == 4 and 1900 <= q.written <= 2100):
            return False
        left = read_left(self.view, last.end if last else self.sentence.start, q.start, self._near(q.start))
        return left.noun.endswith(words().metrics) and not left.verb and len(left.noun) > 2

    def _without_pairs(self, found: list[Quantity]) -> list[Quantity]:
        """Drop what tells a relation, not an amount: 1名社工对点督导1名学员, 60岁以上老人…98.6万人 (the age)."""
        out: set[int] = set()
        for i in range(len(found) - 1):
            q, after = found[i], found[i + 1]
            between = self.view[q.end : after.start]
            if not between and q.counter and not after.counter and after.modifier.endswith(("以上", "以下")):
                # 12个50亿元以上项目: the second restricts what the first counts.
                out.add(i + 1)
            if len(between) > 24 or any(c in ",;。:、" for c in between):
                continue
            if q.value == after.value == 1 and q.counter and after.counter and between:
                out |= {i, i + 1}
            elif (
                not q.counter
                and q.unit
                and between
                and q.unit not in ("%", "倍", "百分点")
                and (
                    (q.modifier[-2:] in ("以上", "以下", "以内") and between[0] != "的") or between[0] == "的"
                )
                and not _is_change_to(between)
            ):
                out.add(i)
        if found and self._is_age(found[-1]):
            out.add(len(found) - 1)
        return (
            [q for i, q in enumerate(found) if i not in out and not self._is_duration(q)]
            if out or any(q.unit in words().times for q in found)
            else found
        )

    def _is_age(self, q: Quantity) -> bool:
        return (
            q.unit in ("岁", "周岁")
            and q.modifier in ("以上", "以下", "及以上")
            and self.view[q.end : q.end + 1] not in ",。;"
        )

    def _is_duration(self, q: Quantity) -> bool:
        """Say whether a time only says when or how long something went on (连续3年, 用5天)."""
        if q.unit not in words().times:
            return False
        before, after = self.view[max(q.start - 2, 0) : q.start], self.view[q.end : q.end + 1]
        if before == "连续" or (q.unit in ("日", "年") and after not in ",。;、)" and not q.modifier):
            return True
        left = read_left(self.view, self.sentence.start, q.start, self._near(q.start))
        follows = {"change", "time"} & left.words.keys() or {"由", "从"} & {*left.words.get("word", ())}
        return not (follows or left.noun.endswith(words().metrics))

    def _series(self, index: int) -> list[Quantity]:
        """Return the quantities from `index` on that stand in one list, with nothing but 、 or 和 between them."""
        series = [self.quantities[index]]
        for i in range(index + 1, len(self.quantities)):
            q = self.quantities[i]
            if self.view[series[-1].end] not in _GAPS:
                break
            if not _GAP.fullmatch(self.view[series[-1].end : q.start]):
                gap = self.view[series[-1].end : q.start]
                modifier = words().tails.get(gap[1:]) if gap[:1] in ("、", "和") else None
                if modifier is None or modifier.kind != "modifier":
                    break
            series.append(q)
        return series

    # What they count.

    def _rows(
        self, series: list[Quantity], floor: int, ceiling: int, before: list[Indicator]
    ) -> list[Indicator]:
        right, have = read_right(self.view, series[-1].end, ceiling)
        left = read_left(
            self.view, floor, series[0].start, self._near(series[0].start), noun_follows=bool(right)
        )
        place = self.around.place(left.clause, series[0].start)
        left.noun = self._without_place(left, place)
        subject, qualifier = self._subject(series, left, right, have, ceiling, before)
        subjects = self._distributed(series, left, subject, qualifier, right)
        ranks = self._ranks(series)
        rows = []
        for q, (own, what, where), rank in zip(series, subjects, ranks, strict=True):
            rows.append(
                self._row(
                    q,
                    left if q is series[0] else replace(left, start=q.start),
                    own,
                    what,
                    where or place,
                    rank,
                )
            )
        self.carried = rows[-1].subject or self.carried
        return rows

    def _near(self, at: int) -> Sequence[Date]:
        """Return the dates that stand so near before `at` that they may be in its clause."""
        if not self.dates:
            return ()
        first, last = (bisect_left(self.date_starts, i) for i in (at - LONGEST, at))
        return self.dates[first:last]

    def _subject(
        self, series: list[Quantity], left: Left, right: str, have: str, ceiling: int, before: list[Indicator]
    ) -> tuple[str, str]:
        """Return what a number counts and what restricts that."""
        per = " ".join(reversed(left.words.get("per", [])))
        noun, q = left.noun, series[0]
        if q.unit in words().nouns:
            # 10县(市、区)社工机构全覆盖: counties are counted.
            among = _BRACKETED.match(self.view, series[-1].end)
            beside = among[0] if among else ""
            return q.unit + beside, right.removeprefix(beside) or per
        if have:
            return have, right
        if "中" in noun and (split := _AMONG.search(noun)):
            return split[1], split[2]
        if right and self._counts_right(q, left, right):
            return right, per or (noun.rstrip("的") if left.attribute else "")
        last = before[-1].subject if before else self.carried
        if q.counter:
            # 隐患463处,整改率99.1%,剩余4处: of things counted, what has the same measure.
            last = next((row.subject for row in reversed(before[-_NEAR:]) if row.unit == q.unit), last)
        if not noun and last:
            return (per + last, "") if per in ("人均", "户均") else (last, per)
        if not noun or (q.counter and noun in words().all_verbs):
            return (whole_right(self.view, series[-1].end, ceiling) or last or right or noun), per
        return self._with_carried(q, left, last, per, before)

    def _with_carried(
        self, q: Quantity, left: Left, last: str, per: str, before: list[Indicator]
    ) -> tuple[str, str]:
        """Return subject and qualifier of a noun that may restrict, or be a part of, what was counted before."""
        noun, unit = left.noun, before[-1].unit if before else ""
        if last and (left.among or q.unit == unit) and _is_qualifier(noun):
            return last, noun
        for held in dict.fromkeys(row.subject for row in reversed(before[-_NEAR:])):
            if held and len(noun) > len(held) and noun.endswith(held):
                return held, noun.removesuffix(held)
        if left.among and unit and noun != last and not per and _alike(q.unit, unit):
            return noun, last
        return (last + noun if noun.startswith("占") else noun), per

    def _counts_right(self, q: Quantity, left: Left, right: str) -> bool:
        """Say whether the noun after a number is what it counts, not the one before."""
        if not left.noun:
            return not (left.words.get("change") and not q.counter and _is_to(left.words["change"]))
        if left.attribute:
            return True
        said = left.words.get("word")
        if said and (said[0].startswith("等") or (q.counter and said[0] in _PREPOSITIONS)):
            # 邵武、建阳等8支队伍, 社工在41个安置点
            return True
        if not q.counter or said:
            return False
        return not left.noun.endswith(words().metrics) and (
            left.noun[-1] in "了出过着" or len(left.noun) <= 2
        )

    def _distributed(
        self, series: list[Quantity], left: Left, subject: str, qualifier: str, right: str
    ) -> list[tuple[str, str, Governed | None]]:
        """Return subject, qualifier and place of each number of a series, where a list is distributed over it."""
        n = len(series)
        same: list[tuple[str, str, Governed | None]] = [(subject, qualifier, None)] * n
        if n == 1:
            return same
        if "分别" in left.noun:
            opening, _, rest = left.noun.partition("分别")
            listed = _trimmed(opening.rstrip("的").split("、"))
            if len(listed) == n and rest:
                return [(rest, f"{item} {qualifier}".strip(), None) for item in listed]
        if any("分别" in word or word in ("各", "双双") for word in left.words.get("word", ())):
            return self._by_places(series, left) or self._by_items(n, left, qualifier) or same
        if len({q.unit for q in series}) == 1 and (items := self._enumeration(n, left.clause)):
            return [(subject, f"{item} {qualifier}".strip(), None) for item in items]
        return same

    def _by_places(self, series: list[Quantity], left: Left) -> list[tuple[str, str, Governed | None]]:
        """Distribute the places that open the clause (邵武市、延平区…分别达到…、…)."""
        places = self.around.list_of_places(left.clause, series[0].start)
        if len(places) != len(series):
            return []
        end = places[-1].name_end
        subject = self.view[end : left.noun_start + len(left.noun)].lstrip("的") or self.carried
        return [(subject, "", place) for place in places]

    def _by_items(self, n: int, left: Left, qualifier: str) -> list[tuple[str, str, Governed | None]]:
        items: list[str] = re.split(r"[、和与及]", left.noun)
        if len(items) != n or not all(items):
            return []
        last = items[-1]
        # 城镇、农村居民收入: what follows a last item as long as the others is of all of them.
        if len({len(item) for item in items[:-1]}) == 1 and len(items[0]) == 2 and len(last) > 5:
            shared = last[2:]
            items = [item + shared for item in items[:-1]] + [last]
        return [(item, qualifier, None) for item in items]

    def _enumeration(self, n: int, clause: int) -> list[str]:
        """Return the items of the last list of exactly `n` that stands before the clause in the sentence."""
        first = max(self.sentence.start, clause - 80)
        lists = [m[0].split("、") for m in _ENUMERATION.finditer(self.view, first, clause)]
        items = next((items for items in reversed(lists) if len(items) == n), None)
        return _trimmed(items) if items is not None else []

    # The row.

    def _ranks(self, series: list[Quantity]) -> list[tuple[int, str] | None]:
        """Return the rank that is said of each number right after it (位居全省第5)."""
        match = _RANK.match(self.view, series[-1].end, min(self.sentence.end, series[-1].end + 40))
        if match is None:
            return [None] * len(series)
        self.ranked_to = match.end()
        rank = ordinal(match["digits"]) if match["digits"] else 1
        scope = (rank, match["among"] or "")
        return (
            [scope] * len(series)
            if match["all"] in ("均", "都", "双双")
            else [None] * (len(series) - 1) + [scope]
        )

    def _row(
        self,
        q: Quantity,
        left: Left,
        subject: str,
        qualifier: str,
        place: Governed,
        ranked: tuple[int, str] | None,
    ) -> Indicator:
        said = left.words
        time = self.around.year(left.date or left.year, said.get("time", ()), left.clause)
        unit = "" if q.unit == "‱" and "每万" in subject else q.unit
        modifier = "".join([*reversed(said["modifier"]), q.modifier]) if "modifier" in said else q.modifier
        rank, among = ranked or (None, "")
        # In the order of the fields: naming each would take as long as finding half of them.
        return Indicator(
            self.sentence.section_id, self.sentence.sentence_id, left.start, q.end, self.text[left.start : q.end],
            place.value, place.by, time.year, time.by, time.period, subject, qualifier, q.value, q.value_max, unit,
            modifier, _change(said["change"]) if "change" in said else "level",
            "，".join(reversed(said["basis"])) if "basis" in said else "", rank, among, self.sentence.status,
        )  # fmt: skip


def _trimmed(items: list[str]) -> list[str]:
    """Return the items of a list without what stands before the first and behind the last (取得初级、中级、高级证书)."""
    if len(items) < 2:
        return items
    inner = [len(item) for item in items[1:-1]]
    size = min(inner) if inner else min(len(items[0]), len(items[-1]), 2)
    return [items[0][-size:], *items[1:-1], items[-1][:size]]


def _is_range(low: Quantity, gap: str, high: Quantity) -> bool:
    """Say whether two quantities with `gap` between them are the ends of a range (5-6万元, 1万元以上5万元以下)."""
    if gap:
        return len(gap) < 3 and _TO.fullmatch(gap) is not None
    below = low.modifier.endswith("以上") and high.modifier.endswith("以下")
    return below or (high.value is not None and high.value < 0)


def _range(low: Quantity, high: Quantity) -> Quantity:
    """Return one quantity for both ends of a range, or one without a value if they make no range."""
    # 5-6: the sign of a range was read as that of the number.
    top = -high.value if high.value is not None and high.value < 0 and high.start == low.end else high.value
    bottom = low.value
    by = multiplier(high.signs) if high.signs and not low.signs else None
    if by is not None and low.written is not None and high.written is not None and low.written < high.written:
        bottom = low.written * by
    joined = replace(
        high, start=low.start, value=bottom, value_max=top, modifier=low.modifier + high.modifier
    )
    if bottom is None or top is None or bottom >= top:
        joined.value = joined.value_max = None
    return joined


def _is_change_to(between: str) -> bool:
    return any(word in between for word in ("到", "至", "为"))


def _is_to(changes: Sequence[str]) -> bool:
    return any(
        change in ("increase_to", "decrease_to", "to", "increase_by", "decrease_by") for change in changes
    )


def _alike(unit: str, other: str) -> bool:
    return unit == other or {unit, other} <= _PERSONS


def _is_qualifier(noun: str) -> bool:
    known = words()
    return noun in known.qualifiers or (len(noun) <= 4 and noun[-1] in known.qualifier_ends)


def _change(found: Sequence[str]) -> str:
    """Return one change of those said: to, by, new and cumulative in this order; 累计下降 is a decrease."""
    for change in ("increase_to", "decrease_to", "increase_by", "decrease_by", "new", "cumulative"):
        if change in found:
            return change
    return "level"
