"""Rows of tables to indicators: names of row and column, the cell's number, the unit in header or caption."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from swnlp.gazetteer import Gazetteer
from swnlp.indicators.govern import Surroundings
from swnlp.indicators.numerals import multiplier
from swnlp.indicators.quantities import Quantity, tokens
from swnlp.indicators.words import words
from swnlp.records import Cell, Indicator, Sentence
from swnlp.view import simplified_view

_CAPTION = 80
_NUMBER = re.compile(r"[约近超]?[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\D{0,12}")
_UNIT = re.compile(
    r"(?:[(\[]|单位[::]?|/)\s*([^()\[\]/:,;。\s]{1,12})\s*[)\]]?$|单位[::]\s*([^()\[\],;。\s]{1,12})"
)
_YEAR = re.compile(r"(20\d\d)年?(?:度|末|底)?")
_YEARS = re.compile(r"(?:统计|报告)?(?:年份|年度|年)|[Yy]ear")
_NO_AMOUNT = re.compile(r"序号|编号|代码|电话|手机|邮编|日期|时间|年份|年度|身份证|文号|备注|地址|No")
_GENERIC = frozenset(
    "数量 数值 数 指标值 数据 人数 个数 本年 本期 合计 总数 完成情况 实际 值 规模 单位 ".split()
)
_TOTAL = frozenset("合计 总计 小计 全市 全省 全县 全区 总数 合 计".split())


@dataclass(frozen=True, slots=True)
class _Table:
    """A table: its cells by row, what stands over it, and the unit that its caption states for all."""

    rows: tuple[tuple[Cell, ...], ...]
    unit: str


class _Named(NamedTuple):
    """What a row is called, and the year that its own column of years gives it."""

    label: str
    year: int | None


def find_in_cells(
    cells: Sequence[Cell],
    view: str,
    sentences: Sequence[Sentence],
    around: Surroundings,
    gazetteer: Gazetteer,
) -> list[Indicator]:
    """Return the numbers of a document's tables.

    A row is called by its first cell that is no number; where that is a place or a year, it is the row's place or
    year and the column's header is the subject, else the row's name is the subject and the header qualifies it.
    A column of years (年份) gives the row's year.

    Args:
        cells: Cells of its tables.
        view: The simplified view of the text.
        sentences: The sentences to which numbers belong; cells beyond them are left out.
        around: What place and year govern where nothing in the table does.
        gazetteer: The divisions.
    """
    if not cells or not sentences:
        return []
    starts = [sentence.start for sentence in sentences]
    found: list[Indicator] = []
    for table in _tables(cells, view):
        for row in table.rows:
            found += _read_row(row, table, sentences, starts, around, gazetteer)
    return found


def _tables(cells: Sequence[Cell], view: str) -> Iterator[_Table]:
    rows: dict[int, dict[int, list[Cell]]] = {}
    for cell in cells:
        rows.setdefault(cell.table_id, {}).setdefault(cell.row, []).append(cell)
    for table in rows.values():
        ordered = tuple(tuple(sorted(row, key=lambda c: c.column)) for _, row in sorted(table.items()))
        first = ordered[0][0].start
        caption = view[max(0, first - _CAPTION) : first] + "".join(
            simplified_view(row[0].text) for row in ordered[:2] if len(row) == 1
        )
        stated = re.findall(r"单位[::]\s*([^()\[\],;。\s]{1,12})", caption)
        yield _Table(ordered, stated[-1] if stated else "")


def _read_row(
    row: Sequence[Cell],
    table: _Table,
    sentences: Sequence[Sentence],
    starts: Sequence[int],
    around: Surroundings,
    gazetteer: Gazetteer,
) -> Iterator[Indicator]:
    texts = [simplified_view(cell.text).strip() for cell in row]
    named = _Named(
        next((t for t, c in zip(texts, row, strict=True) if _is_label(t, c)), ""), _year_of(row, texts)
    )
    for cell, text in zip(row, texts, strict=True):
        header = simplified_view(cell.header).strip()
        if text == header or _NO_AMOUNT.search(header) or _NUMBER.fullmatch(text) is None:
            continue
        index = bisect_right(starts, cell.start) - 1
        if index < 0 or cell.start >= sentences[index].end:
            continue
        quantity = _quantity(text, header, named.label, table.unit)
        if quantity is not None:
            yield _row(cell, text, header, named, quantity, sentences[index], around, gazetteer)


def _year_of(row: Sequence[Cell], texts: Sequence[str]) -> int | None:
    """Return the year that stands in a row's column of years."""
    for cell, text in zip(row, texts, strict=True):
        if _YEARS.fullmatch(simplified_view(cell.header).strip()) and (found := _YEAR.fullmatch(text)):
            return int(found[1])
    return None


def _is_label(text: str, cell: Cell) -> bool:
    """Say whether a cell may name its row: text that is no number, or a year."""
    if not text or text == cell.header:
        return False
    if _YEAR.fullmatch(text):
        return not text.isdigit()
    return not text[0].isdigit() and _NUMBER.fullmatch(text) is None


def _quantity(text: str, header: str, label: str, caption: str) -> Quantity | None:
    """Return the number of a cell in base units; one with an unknown unit behind it has no value."""
    found = [token for token in tokens(text + "\n", 0, len(text)) if isinstance(token, Quantity)]
    if len(found) == 1 and found[0].end >= len(text) - 1:
        quantity = found[0]
    elif re.fullmatch(r"[-−]?[\d,]+(?:\.\d+)?", text):
        sign = -1 if text[0] in "-−" else 1
        quantity = Quantity(0, len(text), Decimal(text.lstrip("-−").replace(",", "")) * sign)
    else:
        return Quantity(0, len(text), None)
    if quantity.unit:
        return quantity
    stated = next((u for u in (_unit_in(header), _unit_in(label), caption) if u), "")
    signs, unit = _split_unit(stated)
    by = multiplier(signs)
    if stated and unit not in words().units and unit:
        # A unit that is not known: kept as written, the number as it stands.
        quantity.unit = stated
        return quantity
    quantity.unit = unit
    if quantity.value is not None and by is not None and not quantity.signs:
        quantity.value *= by
    return quantity


def _unit_in(text: str) -> str:
    match = _UNIT.search(text)
    return (match[1] or match[2]) if match else ""


def _split_unit(unit: str) -> tuple[str, str]:
    """Split what multiplies from a unit: 万元 is ("万", "元"); 千瓦 is one."""
    for length in (2, 1):
        if (
            unit[length:] in words().units
            and multiplier(unit[:length]) is not None
            and unit not in words().units
        ):
            return unit[:length], unit[length:]
    return "", unit


def _name_of(text: str) -> str:
    return re.sub(r"\s*[(\[][^()\[\]]*[)\]]$|[,,]?单位[::].*$", "", text).strip()


def _row(
    cell: Cell,
    text: str,
    header: str,
    named: _Named,
    quantity: Quantity,
    sentence: Sentence,
    around: Surroundings,
    gazetteer: Gazetteer,
) -> Indicator:
    around.enter(sentence, ())
    place, time = around.place(cell.start, cell.start), around.year(None, (), cell.start)
    head, name = _name_of(header), _name_of(named.label)
    within = (place.value or "").removeprefix("place:") or None
    code = gazetteer.resolve(name, within).code if name in gazetteer.surfaces else None
    years = [int(m[1]) for m in (_YEAR.fullmatch(name), _YEAR.search(head)) if m]
    head = _YEAR.sub("", head).strip("()年度 ") if years else head
    years += [named.year] if named.year else []
    name = "" if _YEAR.fullmatch(name) else name
    of_row = code is not None or name in _TOTAL or not name
    subject, qualifier = (head, name if name in _TOTAL else "") if of_row else (name, head)
    return Indicator(
        section_id=sentence.section_id,
        sentence_id=sentence.sentence_id,
        start=cell.start,
        end=cell.end,
        text=cell.text,
        place_id=f"place:{code}" if code else place.value,
        place_by="table" if code else place.by,
        year=years[0] if years else time.year,
        year_by="table" if years else time.by,
        period=f"{years[0]}年" if years else time.period,
        subject=subject or name,
        qualifier="" if qualifier in _GENERIC else qualifier,
        value=quantity.value,
        value_max=quantity.value_max,
        unit=quantity.unit,
        modifier=quantity.modifier,
        change="level",
        basis="",
        rank=None,
        rank_in="",
        status=sentence.status,
    )
