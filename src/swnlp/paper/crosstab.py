"""Table 5: in how many units two groups of a researcher's codes meet, such as policy instruments and dimensions (n, %)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from swnlp.content.codes import UNITS, Coding, crossings
from swnlp.errors import AnalysisError
from swnlp.paper.excel import Evidence
from swnlp.paper.values import Cell, Column, Panel, PaperTable, Said
from swnlp.resources import read_toml

_TOTAL = Said("合计", "Total")
_EVIDENCE = {
    "row": "行编码",
    "column": "列编码",
    "text": "原文",
    "status": "状态",
    "section": "章节",
    "path": "文件",
    "start": "起",
    "end": "止",
}


@dataclass(frozen=True, eq=False)
class Crossed:
    """Two groups of codes over a result.

    Attributes:
        groups: What the rows and the columns are.
        rows: Codes of the first group.
        columns: Codes of the second.
        unit: What counts once (content.codes.UNITS).
        units: A row for each unit and pair of codes that it has (content.codes.crossings).
        sentences: Every sentence of these units that has one of the two codes, with `row` and `column`, in the order of
            the table and the text.
    """

    groups: tuple[str, str]
    rows: list[str]
    columns: list[str]
    unit: str
    units: pd.DataFrame
    sentences: pd.DataFrame

    def count(self, row: str | None = None, column: str | None = None) -> int:
        """Return the units that have a code of the rows and one of the columns; None for any code of the group."""
        found = self.units
        if row is not None:
            found = found[found["row"] == row]
        if column is not None:
            found = found[found["column"] == column]
        return len(found[UNITS[self.unit]].drop_duplicates())


def crossed(
    coding: Coding, rows: str | None = None, columns: str | None = None, *, unit: str = "sentence"
) -> Crossed:
    """Return two groups of codes over a result.

    Args:
        coding: The codes.
        rows: Group of the rows; None for the first that the columns are not.
        columns: Group of the columns; None for the first that the rows are not.
        unit: What counts once.

    Raises:
        AnalysisError: If there is no such group, or no second one.
    """
    names: dict[str, list[str]] = {}
    for group in (rows, columns):
        if group is not None:
            names[group] = coding.names(group)
    others = [group for group in coding.groups if group not in names]
    if len(names) + len(others) < 2:
        raise AnalysisError(
            f"{coding.book.file}: 表 5 需要两组编码（group），只有 {len(names) + len(others)} 组。 "
            "Table 5 crosses two groups of codes: give each code its group."
        )
    first = rows or others.pop(0)
    second = columns or others.pop(0)
    own, across = coding.names(first), coding.names(second)
    units = crossings(coding.sentences, own, across, unit)
    sentences = _sentences(coding.sentences, units, own, across, UNITS[unit])
    return Crossed((first, second), own, across, unit, units, sentences)


def _sentences(
    coded: pd.DataFrame, units: pd.DataFrame, rows: Sequence[str], columns: Sequence[str], key: list[str]
) -> pd.DataFrame:
    # `coded` names a sentence's paragraph and section too, whatever the unit.
    held = units.merge(coded, on=key)
    held = held[(held["code"] == held["row"]) | (held["code"] == held["column"])]
    held = held.drop_duplicates(["row", "column", "doc_id", "sentence_id"])
    order = held.assign(_r=held["row"].map(list(rows).index), _c=held["column"].map(list(columns).index))
    return order.sort_values(["_r", "_c", "doc_id", "start"], kind="stable").reset_index(drop=True)


def crosstab_table(found: Crossed) -> PaperTable:
    """Return table 5: a row for each code of the one group, n and % for each code of the other, with totals."""
    whole = found.count()
    columns = [Column(Said(f"{found.groups[0]}＼{found.groups[1]}", ""))]
    for name in (*found.columns, None):
        group = _TOTAL if name is None else Said(name, "")
        columns += [Column(Said("n", ""), group), Column(Said("%", ""), group, 1)]
    lines: list[list[Cell]] = []
    for row in (*found.rows, None):
        cells: list[Cell] = [f"{_TOTAL.zh} {_TOTAL.en}" if row is None else row]
        for column in (*found.columns, None):
            n = found.count(row, column)
            cells += [n, n * 100 / whole if whole else None]
        lines.append(cells)
    return PaperTable(
        name="table5_codes",
        number=5,
        caption=Said(
            f"{found.groups[0]}与{found.groups[1]}的交叉分布",
            f"Codes of {found.groups[0]} (rows) by codes of {found.groups[1]} (columns)",
        ),
        panels=[Panel(columns, lines)],
        notes=[_note(found.unit, whole)],
    )


def _note(unit: str, whole: int) -> Said:
    zh, en = {**read_toml("words.toml")["windows"], "document": ["篇", "document"]}[unit]
    return Said(
        f"n 为同时有行、列两个编码的{zh}数；% 以至少有一个行编码和一个列编码的 {whole:,} {zh}为分母。一{zh}可以有几个编码，"
        "合计不重复计算，故可小于各格之和。计划与否定的句子也计入；0 为未同时出现。",
        f"n counts {en}s that have both codes; % is of the {whole:,} {en}s with at least one code of the rows and one of "
        f"the columns. A {en} may have several codes and counts once in a total, which may thus be less than the sum of "
        "its cells. What is planned or negated counts too.",
    )


def crosstab_evidence(found: Crossed) -> Evidence:
    """Return the sentences behind table 5; each of its counts leads to the first of its own."""
    first: dict[tuple[int, int], int] = {}
    for at, (row, column) in enumerate(zip(found.sentences["row"], found.sentences["column"], strict=True)):
        first.setdefault((found.rows.index(row), 1 + 2 * found.columns.index(column)), at)
    return Evidence(list(_EVIDENCE.values()), _evidence_rows(found), first)


def _evidence_rows(found: Crossed) -> Iterator[list[object]]:
    statuses = {key: zh for key, (zh, _) in read_toml("words.toml")["statuses"].items()}
    for row in found.sentences[list(_EVIDENCE)].to_dict("records"):
        yield list((row | {"status": statuses.get(row["status"], row["status"])}).values())
