"""A researcher's own codes on the terminal: counts, and a cross table."""

from __future__ import annotations

import pandas as pd
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.text import Text

from swnlp.content.codes import Coding
from swnlp.report.words import titled
from swnlp.resources import read_toml

MAX_RULE = 40


def codes_report(coding: Coding) -> RenderableType:
    """Return the counts of each code; rules are cut short."""
    table = titled(f"自定义编码：{coding.book.file}", "your own codes")
    for name, right in (
        ("编码\ncode", False), ("组\ngroup", False), ("频次\nmentions", True), ("句数\nsentences", True),
        ("篇数\ndocuments", True), ("规则\nrule", False),
    ):  # fmt: skip
        table.add_column(name, justify="right" if right else "left", overflow="fold")
    for row in coding.counts.itertuples():
        rule = " ".join(str(row.rule).split())
        cells = (
            str(row.code),
            str(row.group or ""),
            f"{row.mentions}",
            f"{row.sentences}",
            f"{row.documents}",
        )
        short = rule if len(rule) <= MAX_RULE else f"{rule[: MAX_RULE - 1]}…"
        table.add_row(*map(escape, (*cells, short)))
    lines = [Text(line, style="yellow") for line in coding.notes]
    return Group(table, *lines)


def cross_report(table: pd.DataFrame, unit: str) -> RenderableType:
    """Return a cross table of codes."""
    chinese = {**read_toml("words.toml")["windows"], "document": ["篇", "document"]}[unit][0]
    shown = titled(f"编码交叉表（同{chinese}，{chinese}数；0 为未同时出现）", f"codes in one {unit}")
    shown.add_column("编码\ncode")
    for name in table.columns:
        shown.add_column(escape(str(name)), justify="right")
    for code, row in table.iterrows():
        shown.add_row(escape(str(code)), *(str(n) if n else "[dim]0[/dim]" for n in row))
    return shown
