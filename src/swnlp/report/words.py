"""Tables on the terminal of what a result says in words: keyness, co-words, topics."""

from __future__ import annotations

from typing import Any

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from swnlp.content.cowords import Cowords
from swnlp.content.topic_tables import Topics

# Terms of a topic on the screen; the tables have more.
_SHOWN = 8


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


def topics_report(found: Topics) -> RenderableType:
    """Return the topics with their terms and measures, and the curve that their number was chosen from."""
    table = titled("主题", f"topics of {found.unit}s, {found.model.method}")
    table.add_column("主题\ntopic", justify="right")
    table.add_column("代表词\nterms", overflow="fold")
    for head in ("比例\nshare", "单位数\nunits", "NPMI", "C_V", "稳定性\nstability"):
        table.add_column(head, justify="right")
    listed = found.topic_terms[found.topic_terms["rank"] <= _SHOWN].groupby("topic")["term"]
    for row, (_, terms) in zip(found.topics.itertuples(), listed, strict=True):
        table.add_row(
            f"{row.topic}",
            escape("、".join(terms)),
            f"{row.share:.1%}",
            f"{row.units}",
            f"{row.npmi:.2f}",
            f"{row.c_v:.2f}",
            f"{row.stability:.2f}",
        )
    parts: list[RenderableType] = [table]
    if len(found.curve) > 1:
        parts.append(_curve_table(found.curve))
    return Group(*parts, *(Text(f"注意 note: {note}", style="yellow") for note in found.notes))


def _curve_table(curve: pd.DataFrame) -> Table:
    table = titled("主题数的选择", "how the number of topics was chosen: the largest NPMI × stability")
    for head in ("主题数\ntopics", "NPMI", "C_V", "稳定性\nstability", "得分\nscore", ""):
        table.add_column(head, justify="right")
    for n, npmi, c_v, stability, score, chosen in curve.itertuples(index=False):
        numbers = (f"{value:.3f}" for value in (npmi, c_v, stability, score))
        table.add_row(str(n), *numbers, "←" if chosen else "")
    return table
