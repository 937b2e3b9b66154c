"""One line on a network: how large it is, or why it is empty and what to do; Chinese first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import networkx as nx

from swnlp.analysis import Analysis
from swnlp.graph import LAYOUT_LIMIT
from swnlp.resources import read_toml
from swnlp.settings import View


def why_empty(analysis: Analysis, view: View | None = None, *, narrowed: bool = False) -> str:
    """Return why a network of a result has no edge, and what to do.

    Args:
        analysis: The result.
        view: Which pairs were asked for; the run's if None.
        narrowed: Whether only a part of the corpus or of the edges was asked for.
    """
    settings, pairs = analysis.settings, analysis.run["counts"]["edges"]
    chinese, english = read_toml("words.toml")["windows"][settings.window]
    wider = {"sentence": "paragraph", "paragraph": "section"}.get(settings.window)
    again = (
        (f"用 --window {wider} 重新分析", f"analyse again with --window {wider}")
        if wider
        else ("加入更多报告，或用 --lexicon 补充名称", "add reports, or names with --lexicon")
    )
    if not pairs:
        return (
            f"没有任何两个名称在同一{chinese}中出现，网络是空的；请{again[0]}。 "
            f"No two names share a {english}, so the graph is empty: {again[1]}."
        )
    view = view or settings.view
    ways = [("--view full", "--view full")] if view != "full" else []
    ways += [("放宽筛选", "ask for less")] if narrowed else []
    ways += [("降低 --min-count", "a lower --min-count")] if settings.min_count > 1 else []
    zh, en = ("，或".join(way[0] for way in (*ways, again)), ", or ".join(way[1] for way in (*ways, again)))
    return (
        f"名称之间共有 {pairs} 对同{chinese}共现，但没有一对符合条件（视图 {view}"
        f"{f'，至少 {settings.min_count} 次' if settings.min_count > 1 else ''}）；可试 {zh}。 "
        f"{pairs} pairs of names share a {english}, but none is what was asked for (view {view}): try {en}."
    )


def size_line(analysis: Analysis) -> str:
    """Return how large the graph of the run is, or why it is empty and what to do."""
    found = analysis.run["graph"]
    size = (
        f"网络（{analysis.settings.view}）：{found['nodes']} 个节点，{found['edges']} 条边   "
        f"graph: {found['nodes']} nodes, {found['edges']} edges"
    )
    return size if found["edges"] else f"{size}\n{why_empty(analysis)}"


def network_lines(graph: nx.Graph, files: Sequence[Path], *, empty: str, laid_out: bool) -> Iterator[str]:
    """Yield the line of a network that was written to files, and one for each thing to know about it.

    Args:
        graph: As network.network returns it.
        files: What was written.
        empty: What to say if it has no edge.
        laid_out: Whether the nodes have places.
    """
    nodes, edges, modularity = graph.order(), graph.size(), graph.graph.get("modularity", math.nan)
    shown = "—" if math.isnan(modularity) else f"{modularity:.3f}"
    where = "、".join(map(str, files))
    yield (
        f"{nodes} 个节点，{edges} 条边，模块度 {shown}，已写入 {where}   "
        f"{nodes} nodes, {edges} edges, modularity {shown}"
    )
    if not edges:
        yield empty
    if note := graph.graph.get("note"):
        yield str(note)
    if not laid_out:
        yield (
            f"节点超过 {LAYOUT_LIMIT} 个，未计算布局：请在 Gephi 中布局，或安装 swnlp[igraph]。 "
            "Too large to be laid out here: do it in Gephi, or install swnlp[igraph]."
        )
