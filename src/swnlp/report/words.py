"""Tables on the terminal of what a result says in words: keyness, co-words."""

from __future__ import annotations

from typing import Any

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from swnlp.content.cowords import Cowords


def keyness_report(found: pd.DataFrame, *, top: int, alpha: float) -> RenderableType:
    """Return, for each group, the terms that it has significantly more of than the rest."""
    more = found[found["log_ratio"] > 0]
    if more.empty:
        return Text(
            f"没有校正 p 值不超过 {alpha:g} 的特征词；语料小时常如此，可用 --alpha 1 查看全部。 "
            f"No term has a corrected p-value of {alpha:g} or less; with --alpha 1 all are listed."
        )
    parts = [_keyness_table(name, rows, top) for name, rows in more.groupby("group_name", sort=False)]
    return Group(*parts, Text(f"q ≤ {alpha:g}：Benjamini-Hochberg 校正  after correction", style="dim"))


def _keyness_table(name: object, rows: pd.DataFrame, top: int) -> Table:
    table = titled(f"{name} 的特征词", f"keyness: {len(rows)} in all")
    table.add_column("特征词\nterm")
    for head in (
        "频次\nhere",
        "其他\nrest",
        "每万\nper 10k",
        "其他每万\nrest",
        "对数比\nlog ratio",
        "G²\nLL",
        "q",
    ):
        table.add_column(head, justify="right")
    for row in rows.head(top).itertuples():
        table.add_row(
            escape(str(row.name)),
            f"{row.count}",
            f"{row.rest_count}",
            f"{row.per_10k:.1f}",
            f"{row.rest_per_10k:.1f}",
            f"{row.log_ratio:.2f}",
            f"{row.llr:.1f}",
            f"{row.q_value:.2g}",
        )
    return table


def titled(chinese: str, english: str, **look: Any) -> Table:  # noqa: ANN401
    """Return an empty table with a title in both languages."""
    title = Text.assemble((chinese, "bold"), ("  " + english, "dim"))
    return Table(title=title, title_justify="left", title_style="", box=SIMPLE_HEAD, pad_edge=False, **look)


def cowords_report(found: Cowords) -> RenderableType:
    """Return the clusters of a co-word analysis with their place in the strategic diagram."""
    table = titled(
        "类团与战略坐标", f"clusters of {len(found.frequencies)} terms in {found.units} {found.unit}s"
    )
    table.add_column("类团\ncluster", justify="right")
    table.add_column("词\nterms", overflow="fold")
    for head in ("词频\ncount", "向心度\ncentrality", "密度\ndensity"):
        table.add_column(head, justify="right")
    table.add_column("象限\nquadrant")
    for row, theme in zip(found.clusters.itertuples(), found.strategic.itertuples(), strict=True):
        table.add_row(
            f"{row.cluster}",
            escape(str(row.terms)),
            f"{row.count}",
            f"{theme.centrality:.2f}",
            f"{theme.density:.2f}",
            str(theme.quadrant),
        )
    return Group(table, *(Text(f"注意 note: {note}", style="yellow") for note in found.notes))
