"""Annotated numbers: a CSV of clauses with what they count, or of a whole report's indicators."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from swnlp.errors import GoldError
from swnlp.gold.files import gold_content, read_gold
from swnlp.gold.values import GoldText, file_stem

# Further columns of a clause's number that are compared where they are filled in.
FURTHER = ("modifier", "change", "rank", "year")
_CLAUSES = frozenset({"text", "subject", "value", "unit"})
_REPORT = frozenset({"place", "indicator", "value", "unit"})


class GoldNumber(NamedTuple):
    """A number as annotated; `place` and the further columns are empty where they are not annotated."""

    subject: str
    value: Decimal | None
    value_max: Decimal | None
    unit: str
    place: str
    further: tuple[tuple[str, str], ...]


class NumberText(NamedTuple):
    """A text, the characters of it that were annotated, and its numbers."""

    name: str
    text: str
    scope: range
    numbers: tuple[GoldNumber, ...]


def is_number_file(path: Path) -> bool:
    """Return whether a file of annotation is one of numbers, by its name."""
    return path.suffix.lower() == ".csv"


def read_number_file(path: Path) -> list[NumberText]:
    """Return the texts of a file of annotated numbers.

    Clauses have the columns `text`, `subject`, `value`, `unit` and, if annotated, `value_max`, `modifier`, `change`,
    `rank`, `year`, `place`; a line without a text goes on with the text above it, and a line without a subject says
    that its text has no number. A report's indicators have `place`, `indicator`, `value` (a range as 5-6), `unit` and
    `year`; the report is the text of the annotated names NAME.json beside NAME.indicators.csv.

    Raises:
        GoldError: If the file or its report can't be read, or a line is wrong; names the file and the line.
    """
    lines = csv.DictReader(io.StringIO(gold_content(path), newline=""))
    columns = frozenset(lines.fieldnames or ())
    if columns >= _CLAUSES:
        return list(_clauses(path, lines))
    if columns >= _REPORT:
        numbers = tuple(_of_report(path, lines.line_num, line) for line in lines)
        report = _report(path)
        return [NumberText(file_stem(path), report.text, report.scope, numbers)]
    raise GoldError.at(
        path, 1,
        f"缺少列：需要 {'、'.join(sorted(_CLAUSES))}，或 {'、'.join(sorted(_REPORT))}。 "
        "Columns are missing: a file of numbers has these, or these.",
    )  # fmt: skip


def _clauses(path: Path, lines: csv.DictReader[str]) -> Iterator[NumberText]:
    number, numbered = 0, []
    for line in lines:
        number += bool(line["text"])
        numbered.append((number, lines.line_num, line))
    for number, group in groupby(numbered, key=lambda row: row[0]):
        rows = list(group)
        if not number:
            raise GoldError.at(path, rows[0][1], "第一行没有 text。 The first line has no text.")
        found = tuple(_of_clause(path, at, line) for _, at, line in rows if line["subject"])
        text = rows[0][2]["text"]
        yield NumberText(f"{file_stem(path)}#{number}", text, range(len(text)), found)


def _of_clause(path: Path, at: int, line: Mapping[str, str | None]) -> GoldNumber:
    further = tuple((key, value) for key in FURTHER if (value := line.get(key)))
    low, high = (_decimal(path, at, line.get(key)) for key in ("value", "value_max"))
    return GoldNumber(line["subject"] or "", low, high, line["unit"] or "", line.get("place") or "", further)


def _of_report(path: Path, at: int, line: Mapping[str, str | None]) -> GoldNumber:
    low, _, high = (line["value"] or "").partition("-")
    further = (("year", year),) if (year := line.get("year")) else ()
    return GoldNumber(
        line["indicator"] or "",
        _decimal(path, at, low),
        _decimal(path, at, high),
        line["unit"] or "",
        line["place"] or "",
        further,
    )


def _decimal(path: Path, at: int, text: str | None) -> Decimal | None:
    if not text:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        raise GoldError.at(path, at, f"不是数：{text}。 Not a number.") from None


def _report(path: Path) -> GoldText:
    beside = path.with_name(path.name.removesuffix(path.suffix).removesuffix(".indicators") + ".json")
    if not beside.exists():
        raise GoldError(
            f"{path}: 找不到对应的报告：需要 {beside.name}。 Its report is not known without {beside.name}."
        )
    return read_gold(beside)[0]
