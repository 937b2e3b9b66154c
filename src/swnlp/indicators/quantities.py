"""Text to the dates and the numbers with their units that stand in it; what only looks like an amount is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from swnlp.indicators.numerals import arabic, chinese, multiplier, shortest
from swnlp.indicators.words import Words, words

_CN = "零〇一二两三四五六七八九十百千万亿"
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_TO = r"[-—–~～至到]"
_SIGNS = r"[十百千]?(?:万亿|万|亿)|[十百千](?![瓦克米卡赫焦分伏])"
_RUN = re.compile(rf"[\d{_CN}第半]+")
_LOWER = re.compile(rf"([{_CN}]{{1,8}}){_TO}$")
_DIGIT = re.compile(r"\d")
_YEARS = re.compile(r"(?:19|20)\d\d")
_SEVERAL = re.compile(rf"\d{_TO}{{1,2}}\d\d\s?年")
# 一起, 一次 ... are adverbs.
_NO_ONE = frozenset("起次样道片线批对口首")
_PLAN = re.compile("十[一二三四五六七]五")
_MORE = r"[余多来几]"


class Date(NamedTuple):
    """A date or period: `year` is None for several years, and for a month without one; `several` tells which."""

    start: int
    end: int
    year: int | None
    several: bool
    text: str


@dataclass(slots=True)
class Quantity:
    """A number with its unit, as it stands in the text.

    Attributes:
        start: First character of the number.
        end: One past the unit, and the modifier after it.
        value: In base units (万元 is 元), or None for what is not understood.
        value_max: The upper end of a range.
        unit: Base unit, "" if none.
        modifier: Words such as 余, 以上 that stand in or after it, or 上, 近 before a bare 百, 千.
        counter: Whether the unit counts things (个, 名), which then may follow it.
        signs: 万, 亿 ... as written.
        written: The number alone, without what multiplies it.
        bare: Whether it has neither unit nor 万, 亿.
    """

    start: int
    end: int
    value: Decimal | None
    unit: str = ""
    value_max: Decimal | None = None
    modifier: str = ""
    counter: bool = False
    signs: str = ""
    written: Decimal | None = None
    bare: bool = False


class Ordinal(NamedTuple):
    """A rank behind its verb (位居全省第5): from the verb to the ordinal."""

    start: int
    end: int
    rank: int
    among: str


Token = Date | Quantity | Ordinal
_RANK_VERB = re.compile(
    r"(?:位居|位列|排名|名列|居于|稳居|跃居|升至|跃升至|排在|居|列|位)([^,。;、第居列位]{0,10})$"
)
_CHINESE = {c: i for i, c in enumerate("零一二三四五六七八九")}


@cache
def _token() -> re.Pattern[str]:
    """Return the pattern of what may be a date or a number; every branch begins with what is rare in a text."""
    first = re.escape("".join(sorted({unit[0] for unit in words().units})))
    year = r"(?:19|20)\d\d"
    dates = (
        rf"{year}\s?年?\s?{_TO}{{1,2}}\s?(?:{year}|\d\d)\s?年"
        rf"|{year}\s?年(?:度|底|末|初|代|\s?\d{{1,2}}(?:{_TO}\d{{1,2}})?\s?月(?:\s?\d{{1,2}}\s?日|底|末|初)?)?"
        rf"|\d{{1,2}}\s?月\s?\d{{1,2}}\s?日|\d{{1,2}}(?:{_TO}\d{{1,2}})?\s?月(?:份|底|末|初)?"
        rf"|{year}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?!\d)"
    )
    codes = r"0\d{2,3}-\d{7,8}(?!\d)|1[3-9]\d{9}(?!\d)|\d{1,2}:\d\d(?::\d\d)?(?![\d:.∶])"
    digits = (
        rf"(?P<date>(?<!\d)(?=\d{{1,4}}\s?[年月—–~～至到/.-])(?:{dates}))|(?P<code>(?<!\d)(?:{codes}))"
        r"|(?P<ratio>\d+(?:\.\d+)?(?:[∶:]\d+(?:\.\d+)?)+)"
        rf"|(?P<tenths>\d(?:\.\d)?成(?![立为员本绩功长效]))"
        rf"|(?P<number>(?P<digits>{_NUMBER})[ ]?(?P<signs>{_SIGNS})?(?P<more>{_MORE})?(?P<signs2>万亿|万|亿)?)"
    )
    han = (
        r"(?P<cndate>[一二][九〇零][〇零一二三四五六七八九]{2}年)"
        rf"|(?P<share>(?P<whole>[百千万]|[二三四五六七八九十]{{1,3}})分之(?P<part>{_NUMBER}|[{_CN}点]{{1,20}}))"
        r"|(?P<cntenths>[一二两三四五六七八九]成[一二三四五六七八九半]?(?![立为员本绩功长效都语人熟型就分交不果]))"
        rf"|(?!一[^{_CN}点][^,。;、)\n])(?<![{_CN}])(?P<han>[{_CN}]{{1,20}}(?:点[零〇一二三四五六七八九]{{1,9}})?)"
        rf"(?P<hanmore>{_MORE})?(?P<hansigns>万亿|万|亿)?(?=[{first}])"
    )
    return re.compile(
        rf"(?=\d)(?:{digits})|(?=[{_CN}半])(?:(?P<half>一半|半数|(?<=[过近])半(?=[,。;、的以]))|{han})"
        r"|第(?P<ordinal>\d{1,3}|[一二三四五六七八九十]{1,3})(?![\d批届次条章节个期轮代产世])"
    )


def tokens(view: str, start: int, end: int) -> Iterator[Token]:
    """Yield the dates and quantities of a stretch of a simplified text, in order.

    Never taken for quantities: ordinals, years and dates, document and telephone numbers, numbers of lists,
    numbers inside codes (G60, PM2.5), 一 as an article, 十四五.
    """
    read_at, at = _token().match, start
    # A set of characters alone is searched for much faster than what may begin with them.
    for run in _RUN.finditer(view, start, end):
        at, last = max(run.start(), at), run.end()
        while at < last:
            match = read_at(view, at, end)
            if match is None:
                digit = _DIGIT.search(view, at + 1, last)
                if digit is None:
                    break
                at = digit.start()
                continue
            at = match.end()
            reader = _READERS.get(match.lastgroup or "")
            token = reader(view, match) if reader is not None else None
            if token is not None:
                yield token


def _date(view: str, match: re.Match[str]) -> Date:
    text = match[0]
    years = re.findall(r"(?:19|20)\d\d", text)
    several = (
        len(years) > 1 or re.search(rf"\d{_TO}{{1,2}}\d\d\s?年", text) is not None or text.endswith("代")
    )
    return Date(match.start(), match.end(), int(years[0]) if years and not several else None, several, text)


def _chinese_date(view: str, match: re.Match[str]) -> Date:
    digits = "".join(str("零一二三四五六七八九".find(c.replace("〇", "零"))) for c in match[0][:4])
    return Date(match.start(), match.end(), int(digits), False, match[0])


def _ends_code(view: str, start: int) -> bool:
    """Say whether a number ends a code or an ordinal (G60, 第5, v1.2)."""
    before = view[start - 1] if start else "\n"
    return before in "第前" or ("!" < before < "\x7f" and (before.isalnum() or before in "._#@&/"))


def _begins_code(view: str, end: int) -> bool:
    """Say whether a number without a unit begins a code or a number of a list (5G, 3.2.3)."""
    after = view[end : end + 1]
    return after.isascii() and (after.isalnum() or (after == "." and view[end + 1 : end + 2].isdigit()))


def _number(view: str, match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    digits, signs, more, signs2 = match.group("digits", "signs", "more", "signs2")
    signs, more = signs or "", more or ""
    quantity = Quantity(start, end, None)
    if _ends_code(view, start):
        return None
    if not _take_unit(view, quantity):
        if _begins_code(view, end) or not (signs or signs2 or (not more and _is_bare(view, end))):
            return None
        if view[end : end + 1].isdigit():
            return None
        quantity.bare = not (signs or signs2)
    if signs2 and (signs or not more):
        return quantity
    quantity.signs = signs or signs2 or ""
    quantity.written = arabic(digits)
    whole = _whole_start(view, start)
    if whole < start:
        quantity.start = whole
    elif more != "几":
        quantity.value = arabic(digits, quantity.signs)
    if more in ("余", "多", "来"):
        quantity.modifier = more + quantity.modifier
    if start > 1 and view[start - 1] in "-−" and "\u4e00" <= view[start - 2] and quantity.value:
        quantity.value, quantity.start = -quantity.value, start - 1
    return quantity


def _whole_start(view: str, start: int) -> int:
    """Return where a number begins that is written in a way that is not taken apart here (1,23万; 1万2000)."""
    at = start
    if start > 1 and view[start - 2].isdigit() and view[start - 1] in ",十百千万亿":
        while at and start - at < 24 and view[at - 1] in "0123456789.,十百千万亿":
            at -= 1
    return at


def _is_bare(view: str, end: int) -> bool:
    return end >= len(view) or view[end] in ",。;、)和与至-—~～\n "


def _take_unit(view: str, quantity: Quantity) -> bool:
    """Add the unit that follows and the modifier after it; tell whether there is one."""
    known = words()
    at = quantity.end + (view[quantity.end : quantity.end + 1] == " ")
    unit = _unit_at(view, at, known)
    if not unit:
        return False
    end = at + len(unit)
    if view[end : end + 1] == "/" and (per := _unit_at(view, end + 1, known)):
        unit, end = f"{unit}/{per}", end + 1 + len(per)
    quantity.unit = "百分点" if unit in ("个百分点", "个点") else unit
    quantity.counter = unit in known.counters or unit in known.nouns
    if view[end : end + 1] in ("余", "多"):
        quantity.modifier += view[end]
        end += 1
    quantity.end = end
    if view[end : end + 1] in known.after_starts:
        _with_after(view, quantity)
    return True


def _unit_at(view: str, at: int, known: Words) -> str:
    """Return the longest unit that begins at `at` and is not the beginning of another word, or ""."""
    for length in known.unit_lengths.get(view[at : at + 1], ()):
        unit = view[at : at + length]
        if unit in known.units and (view[at + length : at + length + 1] or "\n") not in known.not_before.get(
            unit, ""
        ):
            latin = unit[-1].isascii() and unit[-1].isalpha()
            return "" if latin and _begins_code(view, at + length) else unit
    return ""


def _han(view: str, match: re.Match[str]) -> Quantity | None:
    start, numeral = match.start(), match["han"]
    before = view[start - 1] if start else "\n"
    if before in "第前统同唯万专划某每任逐之初周" or _PLAN.fullmatch(numeral):
        return None
    if before in _CN + "0123456789.":
        return None
    bare = numeral[0] in "百千万亿"
    modifier = before if bare and before in "上近逾超约过破达满" else ""
    unknown = before in "数几" or match["hanmore"] == "几"
    if bare and not modifier and not unknown:
        return None
    quantity = Quantity(start, match.end(), None)
    signs = match["hansigns"] or ""
    if not _take_unit(view, quantity) or _is_no_count(view, quantity, numeral):
        return None
    if before in "数几":
        quantity.start -= 1
    elif not unknown:
        whole, by = multiplier(numeral) if bare else chinese(numeral), multiplier(signs)
        quantity.value = whole * by if whole is not None and by is not None else None
        quantity.modifier = (match["hanmore"] or "") + quantity.modifier
    return _with_lower_end(view, quantity)


def _with_lower_end(view: str, quantity: Quantity) -> Quantity:
    """Add the lower end of a range in Chinese numerals (三至五名)."""
    lower = _LOWER.search(view, max(0, quantity.start - 10), quantity.start)
    if lower is None:
        return quantity
    value, top = chinese(lower[1]), quantity.value
    quantity.start = lower.start()
    ordered = value is not None and top is not None and value < top
    quantity.value, quantity.value_max = (value, top) if ordered else (None, None)
    return quantity


def _is_no_count(view: str, quantity: Quantity, numeral: str) -> bool:
    """Say whether a Chinese numeral with a measure is a turn of phrase: a period, an article, a name (三级, 五年)."""
    if quantity.unit in ("年", "日", "国", "省", "市", "县", "区", "级", "届", "期", "周年", "方", "师"):
        return True
    if numeral == "一":
        if quantity.unit in _NO_ONE:
            return True
        return view[quantity.end : quantity.end + 1] not in ("", ",", "。", ";", "、", ")", "\n")
    return view.startswith(
        ("规定", "方面", "阶段", "维度", "层面", "环节", "不", "大", "关键", "确立", "维护"), quantity.end
    )


def _share(view: str, match: re.Match[str]) -> Quantity:
    part = arabic(match["part"]) if match["part"][0].isdigit() else chinese(match["part"])
    quantity = Quantity(match.start(), match.end(), part, written=part)
    if match["whole"] in ("百", "千", "万"):
        quantity.unit = {"百": "%", "千": "‰", "万": "‱"}[match["whole"]]
    else:
        whole = chinese(match["whole"])
        quantity.unit = "%"
        quantity.value = shortest(round(part * 100 / whole, 10)) if part is not None and whole else None
    return _with_after(view, quantity)


def _tenths(view: str, match: re.Match[str]) -> Quantity | None:
    written, _, rest = match[0].partition("成")
    value = Decimal(written) if written[0].isdigit() else chinese(written)
    half = Decimal(5) if rest == "半" else (chinese(rest) if rest else Decimal(0))
    if value is None or half is None or (match.start() and view[match.start() - 1] in "第构组形促建达合生"):
        return None
    return _with_after(view, Quantity(match.start(), match.end(), value * 10 + half, "%"))


def _half(view: str, match: re.Match[str]) -> Quantity:
    quantity = Quantity(match.start(), match.end(), Decimal(50), "%")
    if match[0] == "半":
        quantity.start -= 1
        quantity.modifier = view[quantity.start]
    return _with_after(view, quantity)


def _with_after(view: str, quantity: Quantity) -> Quantity:
    """Add the modifier that follows (以上, 左右)."""
    for length in (3, 2):
        # Shorter at the end of the text.
        after = view[quantity.end : quantity.end + length]
        if after in words().after:
            quantity.modifier += after
            quantity.end += len(after)
            break
    return quantity


def _ratio(view: str, match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    is_code = _ends_code(view, start) or _begins_code(view, end)
    return None if is_code or ":" in match[0] else Quantity(start, end, None)


def _ordinal(view: str, match: re.Match[str]) -> Ordinal | None:
    verb = _RANK_VERB.search(view, max(0, match.start() - 16), match.start())
    return Ordinal(verb.start(), match.end(), ordinal(match["ordinal"]), verb[1]) if verb else None


def ordinal(digits: str) -> int:
    """Return the value of an ordinal of up to two Chinese digits or of Arabic ones."""
    if digits.isdigit():
        return int(digits)
    tens, ten, ones = digits.rpartition("十")
    return (_CHINESE.get(tens, 1) if ten else 0) * 10 + _CHINESE.get(ones, 0)


_READERS = {
    "ordinal": _ordinal,
    "date": _date,
    "cndate": _chinese_date,
    "number": _number,
    "hansigns": _han,
    "hanmore": _han,
    "han": _han,
    "share": _share,
    "tenths": _tenths,
    "cntenths": _tenths,
    "half": _half,
    "ratio": _ratio,
}
