"""The indicators of a result on the terminal: one subject across places and years, or which subjects there are."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from swnlp.analysis import Analysis
from swnlp.indicators import subjects_of

MOST_SUBJECTS = 40
_COLUMNS = (
    ("地区\nplace", "left"),
    ("年份\nyear", "right"),
    ("指标\nsubject", "left"),
    ("限定\nqualifier", "left"),
    ("原文\nas written", "right"),
    ("变化\nchange", "left"),
    ("出处\nsource", "left"),
)
_CHANGES = {
    "level": "",
    "increase_by": "增加 by",
    "increase_to": "增至 to",
    "decrease_by": "减少 by",
    "decrease_to": "减至 to",
    "new": "新增 new",
    "cumulative": "累计 total",
}
_STATUS = {"planned": "计划 planned", "negated": "否定 negated"}


def show_indicators(analysis: Analysis, subject: str | None, console: Console) -> None:
    """Print one subject across places and years; without one, the subjects that most places tell.

    A year in brackets is only the document's: nothing nearer says it.

    Raises:
        AnalysisError: If no indicator is about the subject.
    """
    if subject is None:
        console.print(_subjects(analysis), soft_wrap=not console.is_terminal)
        return
    rows = analysis.compare(subject)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, title=escape(subject), title_justify="left")
    for heading, justify in _COLUMNS:
        table.add_column(heading, justify="right" if justify == "right" else "left", overflow="fold")
    for row in rows.to_dict("records"):
        table.add_row(*map(escape, _cells(row)))
    console.print(table, soft_wrap=not console.is_terminal)


def _cells(row: Mapping[Hashable, Any]) -> tuple[str, ...]:
    year = "" if pd.isna(row["year"]) else str(row["year"])
    change = " ".join(filter(None, (_CHANGES[row["change"]], row["basis"], _STATUS.get(row["status"], ""))))
    rank = "" if pd.isna(row["rank"]) else f"（{row['rank_in']}第{row['rank']}）"
    return (
        row["place"] or "未定地区",
        f"({year})" if year and row["year_by"] == "document" else year or row["period"],
        row["subject"],
        row["qualifier"],
        row["text"] + rank,
        change,
        f"{row['doc_id']} · {row['start']}-{row['end']}",
    )


def _subjects(analysis: Analysis) -> Table:
    rows = analysis.table("indicators", columns=["subject", "place_id"]).to_pylist()
    found = subjects_of(rows)
    table = Table(
        box=SIMPLE_HEAD, pad_edge=False, title=f"指标 {len(found)} 个  subjects", title_justify="left"
    )
    table.add_column("指标\nsubject", overflow="fold")
    table.add_column("地区\nplaces", justify="right")
    table.add_column("处\nrows", justify="right")
    for name, places, n in found[:MOST_SUBJECTS]:
        table.add_row(escape(name), str(places), str(n))
    if len(found) > MOST_SUBJECTS:
        table.caption = f"另有 {len(found) - MOST_SUBJECTS} 个，见 indicators.csv  more there"
    return table
