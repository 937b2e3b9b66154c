"""Table 2, 网络指标: what the network is like as a whole and in parts of the corpus, and its most central nodes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import networkx as nx
import pandas as pd

from swnlp.count.view import TWO_MODE
from swnlp.graph import centralities, network_metrics, two_mode_metrics
from swnlp.paper.values import Cell, Column, Panel, PaperTable, Said
from swnlp.resources import read_toml
from swnlp.settings import Settings, View

WHOLE = Said("全部", "All")
VIEWS: Mapping[View, Said] = {
    "actor-initiative": Said("主体与政策、项目", "actors and initiatives (policies, programs)"),
    "actor-actor": Said("主体之间", "actors"),
    "initiative-initiative": Said("共享主体的政策与项目之间", "initiatives that share actors"),
    "place-initiative": Said("地区与政策、项目", "places and initiatives (policies, programs)"),
    "full": Said("全部实体之间", "all entities"),
}
# Index of graph.network_metrics -> what it is called.
_INDICES = {
    "nodes": Said("节点数", "Nodes"),
    "edges": Said("边数", "Edges"),
    "density": Said("密度", "Density"),
    "components": Said("连通分量数", "Components"),
    "mean_degree": Said("平均度", "Mean degree"),
    "mean_path_length": Said("平均路径长度", "Mean path length"),
    "clustering": Said("聚类系数", "Clustering"),
    "degree_centralisation": Said("度数中心势", "Degree centralisation"),
    "betweenness_centralisation": Said("中介中心势", "Betweenness centralisation"),
    "modularity": Said("模块度", "Modularity"),
}
_CENTRAL = {
    "degree": Said("度数中心度", "Degree"),
    "betweenness": Said("中介中心度", "Betweenness"),
    "closeness": Said("接近中心度", "Closeness"),
}
_DIGITS = 3


def is_two_mode(view: View) -> bool:
    """Return whether no edge of a view joins two nodes of the same kind (the projection joins them)."""
    return view in TWO_MODE and view != "initiative-initiative"


def network_indices(graph: nx.Graph, view: View) -> dict[str, float]:
    """Return the indices of panel A; density and clustering are those of two-mode networks where it is one.

    Args:
        graph: As network.network returns it.
        view: Which pairs it shows.
    """
    found = network_metrics(graph, modularity=graph.graph["modularity"])
    if is_two_mode(view):
        label = "PLACE" if view == "place-initiative" else "ACTOR"
        side = [node for node, kind in graph.nodes(data="entity_label") if kind == label]
        found |= two_mode_metrics(graph, side)
    else:
        found["clustering"] = found["transitivity"]
    if not graph.number_of_edges():
        found["density"] = math.nan
    return found


def indices_table(
    whole: nx.Graph, parts: Mapping[str, nx.Graph], notes: Sequence[Said], *, view: View, top: int
) -> PaperTable:
    """Return table 2.

    Args:
        whole: The network of the whole corpus.
        parts: The networks of parts of it, by name, in order.
        notes: What `network_notes` returns.
        view: Which pairs they show.
        top: Nodes in panel B.
    """
    graphs = {WHOLE: whole, **{Said(name, ""): graph for name, graph in parts.items()}}
    return PaperTable(
        name="table2_network",
        number=2,
        caption=Said("共现网络的整体指标与中心性", "Indices of the co-occurrence network and central nodes"),
        panels=[_indices(graphs, view), _central(centralities(whole), top)],
        notes=notes,
    )


def _indices(graphs: Mapping[Said, nx.Graph], view: View) -> Panel:
    found = {said: network_indices(graph, view) for said, graph in graphs.items()}
    columns = [Column(Said("指标", "Index")), *(Column(said, digits=_DIGITS) for said in graphs)]
    rows: list[list[Cell]] = [
        [f"{said.zh} {said.en}", *(values[name] for values in found.values())]
        for name, said in _INDICES.items()
    ]
    return Panel(columns, rows, Said("A 整体网络", "Panel A. Whole networks"))


def _central(frame: pd.DataFrame, top: int) -> Panel:
    columns = [Column(Said("节点", "Node")), Column(Said("类别", "Kind"))]
    for said in _CENTRAL.values():
        columns += [
            Column(Said("数值", "value"), said, digits=_DIGITS),
            Column(Said("排名", "rank"), said),
        ]
    columns.append(Column(Said("约束系数", "Constraint"), digits=_DIGITS))
    labels = read_toml("words.toml")["labels"]
    rows: list[list[Cell]] = []
    for row in frame.head(top).to_dict("records"):
        central = [cell for name in _CENTRAL for cell in (float(row[name]), int(row[f"{name}_rank"]))]
        label = row["entity_label"]
        rows.append([row["label"], labels.get(label, [label])[0], *central, float(row["constraint"])])
    return Panel(columns, rows, Said("B 中心节点", "Panel B. Central nodes"))


def network_notes(settings: Settings, *, limits: Said) -> list[Said]:
    """Return what must be known to read a network: its mode, its weights, its thresholds, how indices are normalised.

    Args:
        settings: Of the run, with the view, threshold and weight of this network.
        limits: What else thins it out, as `thinned` says it.
    """
    window = read_toml("words.toml")["windows"][settings.window]
    pairs, two = VIEWS[settings.view], is_two_mode(settings.view)
    return [
        Said(
            f"{'二模' if two else '一模'}网络，边为{pairs.zh}的同{window[0]}共现，互相包含的名称不计；"
            f"{_weight(settings).zh}；保留共现不少于 {settings.min_count} 次的边{limits.zh}。",
            f"{'Two-mode' if two else 'One-mode'} network of {pairs.en}: an edge is co-occurrence within a {window[1]}, "
            f"neither name inside the other; {_weight(settings).en}; edges with at least {settings.min_count} "
            f"co-occurrences are kept{limits.en}.",
        ),
        Said(
            "密度与聚类系数按二模网络计算（Borgatti & Everett, 1997；Robins & Alexander, 2004）；"
            if two
            else "聚类系数为传递性（闭合三元组的比例）；",
            "Density and clustering are those of two-mode networks (Borgatti & Everett, 1997; Robins & Alexander, 2004)."
            if two
            else "Clustering is transitivity.",
        ),
        Said(
            "度数、中介、接近中心度及平均路径长度不计边权，前三者标准化到 0–1（Freeman, 1979；不连通时接近中心度按 "
            "Wasserman & Faust 修正），路径长度取最大连通分量；中心势按 Freeman（1979）；约束系数（Burt, 1992）计边权；"
            f"凝聚子群用{_clusters(settings).zh}，随机种子 {settings.seed}；排名相同者取最小名次。",
            "Degree, betweenness, closeness and path length are unweighted; the first three are normalised to 0–1 by all "
            "other nodes (Freeman, 1979; closeness after Wasserman & Faust for unconnected parts), path length is that of "
            "the largest component; centralisation after Freeman (1979); constraint (Burt, 1992) is weighted; clusters by "
            f"{_clusters(settings).en}, seed {settings.seed}; ties share the smallest rank.",
        ),
    ]


def thinned(alpha: float | None, backbone: float | None) -> Said:
    """Return what of a test and of the disparity filter is to be said behind the threshold; empty for neither."""
    zh, en = "", ""
    if alpha is not None:
        zh += f"、且校正 p 值不大于 {alpha:g}"
        en += f", with a corrected p-value of at most {alpha:g}"
    if backbone is not None:
        zh += f"、且通过水平 {backbone:g} 的差异过滤（Serrano 等, 2009）"
        en += f", that pass the disparity filter at {backbone:g} (Serrano et al., 2009)"
    return Said(zh, en)


def _weight(settings: Settings) -> Said:
    if settings.pair_weight == "fractional":
        return Said(
            "边权为分数计数：含 k 个实体的窗口计 1/(k−1)",
            "edges weigh 1/(k−1) for each window that names k entities",
        )
    return Said("边权为共现次数", "edges weigh their co-occurrences")


def _clusters(settings: Settings) -> Said:
    if settings.graph_engine == "igraph":
        return Said(" Leiden 算法（Traag 等, 2019）", "the Leiden method (Traag et al., 2019)")
    return Said(" Louvain 算法（Blondel 等, 2008）", "the Louvain method (Blondel et al., 2008)")
