"""The summary of a result on the terminal, and the sentences behind an edge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from swnlp.analysis import Analysis
from swnlp.records import INITIATIVES, Problem
from swnlp.report.network import size_line
from swnlp.resources import read_toml

# A place, a problem or an initiative beyond these is in the tables, and the summary says how many are.
MAX_PLACES = 30
MAX_PROBLEMS = 10
TOP_INITIATIVES = 3
MAX_NAME = 24
FILES = (
    ("report.html", "用浏览器打开的报告", "the report, for your browser"),
    ("graph.gexf", "用 Gephi 打开的网络", "the graph, for Gephi"),
    ("graph_years.gexf", "逐年的动态网络（Gephi 时间轴）", "the same year by year, for Gephi's timeline"),
    ("graph.graphml", "同一网络，其他软件", "the same, for other programs"),
    ("nodes.csv", "点表", "nodes"),
    ("edges.csv", "边表", "edges"),
    ("linkage.xlsx", "五社共现表（.csv 同）", "the five-society table (and .csv)"),
    ("evidence.csv", "每条边的原文出处", "the sentences of every edge"),
    (
        "indicators.csv",
        "指标：数字、对象、地区、年份（另有 .xlsx）",
        "the numbers: what, where, when (.xlsx too)",
    ),
    ("tables/", "全部数据表（Parquet）", "all tables"),
    ("run.json", "版本、设置与输入", "what made this result"),
)


def summary(analysis: Analysis, later: Problem | None = None) -> RenderableType:
    """Return what a researcher wants to see first: what was read, found, linked, and where the files are.

    `later` is a problem that came when the tables were written already; it is told first.
    """
    parts: list[RenderableType] = [
        _headline(analysis),
        *_corpora(analysis),
        *_settings(analysis),
        _labels(analysis),
        _linkage(analysis),
    ]
    parts += [
        _initiatives(analysis),
        Text(size_line(analysis)),
        *_problems(analysis, later),
        _files(analysis),
    ]
    return Group(*(Padding(part, (1, 0, 0, 0)) for part in parts))


def _settings(analysis: Analysis) -> Iterator[RenderableType]:
    """Say which file the settings came from, if any."""
    if (file := analysis.run.get("settings_file")) is not None:
        yield Text.assemble(("设置 ", "bold"), f"来自 {file['file']}", ("   settings from that file", "dim"))


def _word(key: str) -> str:
    return "\n".join(read_toml("words.toml")["terms"][key])


def _table(chinese: str, english: str, **look: Any) -> Table:  # noqa: ANN401
    title = Text.assemble((chinese, "bold"), ("  " + english, "dim"))
    return Table(title=title, title_justify="left", title_style="", box=SIMPLE_HEAD, pad_edge=False, **look)


def _short(name: str) -> str:
    return name if len(name) <= MAX_NAME else name[: MAX_NAME - 1] + "…"


def _headline(analysis: Analysis) -> Text:
    counts = analysis.run["counts"]
    documents = analysis.table("documents", columns=["chars", "reprint_of"])
    chars = pc.sum(documents["chars"]).as_py()
    again = len(documents) - documents["reprint_of"].null_count
    places = pc.count_distinct(analysis.table("sections", columns=["place_id"])["place_id"]).as_py()
    return Text.assemble(
        ("读取 ", "bold"), f"{counts['documents']} 篇{_reprints(again, analysis)}，{chars:,} 字，",
        f"{counts['sections']} 节，{counts['sentences']} 句，涉及 {places} 个地区",
        (f"   read {counts['documents']} documents, {counts['sections']} sections about {places} places", "dim"),
    )  # fmt: skip


def _corpora(analysis: Analysis) -> list[Text]:
    """Say that documents of several corpora are counted together, and how to tell them apart."""
    names = analysis.table("documents", columns=["corpus"])["corpus"].drop_null().unique().to_pylist()
    if len(names) < 2:
        return []
    shown = "、".join(sorted(names)[:MAX_PLACES])
    return [
        Text.assemble(
            f"其中有 {len(names)} 个语料：{shown}；合在一起计数，分别分析用 --per-corpus，对比用 keyness --by corpus",
            (f"   {len(names)} corpora, counted together; --per-corpus gives a result for each", "dim"),
        )
    ]


def _reprints(again: int, analysis: Analysis) -> str:
    if not again:
        return ""
    counted = "也计数 counted" if analysis.settings.keep_duplicates else "不计数 not counted"
    return f"（其中转载 reprints {again} 篇，{counted}）"


def _labels(analysis: Analysis) -> Table:
    table = _table("找到的名称", "names found")
    table.add_column("标签\nlabel")
    for key in ("mentions", "entities"):
        table.add_column(_word(key), justify="right")
    table.add_column("最多的（频次）\nmost frequent (mentions)", overflow="fold")
    entities = analysis.table("entities", columns=["label", "name", "mentions"])
    for label, (chinese, english) in read_toml("words.toml")["labels"].items():
        own = entities.filter(pc.equal(entities["label"], label))
        if len(own):
            top = "、".join(
                f"{_short(row['name'])}（{row['mentions']}）" for row in own.slice(0, 3).to_pylist()
            )
            table.add_row(
                f"{chinese} {english}", str(pc.sum(own["mentions"]).as_py()), str(len(own)), escape(top)
            )
    return table


def _linkage(analysis: Analysis) -> Table:
    counts = analysis.linkage()
    name = analysis.run["scheme"]["name_zh"]
    table = _table(f"{name} × 地区（频次；未提及不等于没有）", "mentions by place")
    table.add_column("地区\nplace")
    for name in counts.columns:
        table.add_column(str(name), justify="right")
    shown = pd.concat([counts.iloc[:-1].head(MAX_PLACES), counts.tail(1)])
    for place, row in shown.iterrows():
        cells = [str(n) if n else "[dim]未提及[/dim]" for n in row]
        table.add_row(escape(f"{place!s}"), *cells, end_section=place == shown.index[-2])
    if len(counts) > len(shown):
        table.caption = f"另有 {len(counts) - len(shown)} 个地区，见 analysis.linkage()  more places there"
    return table


def _initiatives(analysis: Analysis) -> Table:
    chinese, english = read_toml("words.toml")["windows"][analysis.settings.window]
    table = _table(
        f"与各主体同{chinese}最多的政策与项目（{chinese}数）",
        f"initiatives that share most {english}s with each actor",
    )
    table.add_column("主体\nactor")
    table.add_column("政策与项目\ninitiatives", overflow="fold")
    for actor in analysis.run["scheme"]["actors"]:
        named = [
            f"{escape(_short(name))}（[bold]{n}[/bold]）"
            for name, n in top_initiatives(analysis, actor["kind"])
        ]
        table.add_row(actor["name_zh"], "、".join(named) or "[dim]未提及 not mentioned[/dim]")
    return table


def top_initiatives(analysis: Analysis, kind: str, n: int = TOP_INITIATIVES) -> list[tuple[str, int]]:
    """Return the (name, windows) of the initiatives that an actor co-occurs with most, most first."""
    actor, columns = f"actor:{kind}", ["source", "target", "windows"]
    edges = analysis.table("edges", columns=columns)
    edges = edges.filter(pc.or_(pc.equal(edges["source"], actor), pc.equal(edges["target"], actor)))
    entities = analysis.table("entities", columns=["entity_id", "label", "name"])
    shown = entities.filter(pc.is_in(entities["label"], pa.array(sorted(INITIATIVES))))
    names = dict(zip(shown["entity_id"].to_pylist(), shown["name"].to_pylist(), strict=True))
    others = [row["target"] if row["source"] == actor else row["source"] for row in edges.to_pylist()]
    pairs = zip(others, edges["windows"].to_pylist(), strict=True)
    found = [(names[other], windows) for other, windows in pairs if other in names]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:n]


def _problems(analysis: Analysis, later: Problem | None) -> Iterator[RenderableType]:
    problems = analysis.problems
    if later is not None:
        problems = pd.concat([pd.DataFrame([later]), problems], ignore_index=True)
    if not len(problems):
        return
    table = _table(f"{len(problems)} 个问题", "problems")
    table.add_column("文件\nfile", overflow="fold", style="red")
    table.add_column("问题\nwhat was wrong", overflow="fold")
    for row in problems.head(MAX_PROBLEMS).itertuples():
        table.add_row(escape(str(row.path)), escape(str(row.message)))
    if len(problems) > MAX_PROBLEMS:
        table.caption = f"另有 {len(problems) - MAX_PROBLEMS} 个，见 tables/problems.parquet"
    yield table


def _files(analysis: Analysis) -> Table:
    table = _table(f"结果在 {analysis.folder}", "the result is there", show_header=False)
    for name, chinese, english in FILES:
        if not (analysis.folder / name).exists():
            continue
        table.add_row(f"[bold]{name}[/bold]", chinese, f"[dim]{english}[/dim]")
    return table
