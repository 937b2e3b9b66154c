"""The method paragraph of a result, in Chinese and English, to be copied into a paper: what was done, with its numbers."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import networkx as nx
import pyarrow.compute as pc

from swnlp.analysis import Analysis
from swnlp.resources import read_toml
from swnlp.settings import Settings
from swnlp.validation.record import last_check

_VIEWS = {
    "actor-initiative": ("主体与政策、项目之间", "between actors and initiatives (policies and programs)"),
    "actor-actor": ("主体之间", "among actors"),
    "initiative-initiative": ("共享主体的政策与项目之间", "among initiatives that share actors"),
    "place-initiative": ("地区与政策、项目之间", "between places and initiatives"),
    "code-code": ("自定义编码之间", "among the researcher's own codes"),
    "actor-code": ("主体与自定义编码之间", "between actors and the researcher's own codes"),
    "full": ("全部实体之间", "among all entities"),
}


def method_paragraphs(
    analysis: Analysis, graph: nx.Graph, settings: Settings | None = None
) -> dict[str, str]:
    """Return the paragraph under "zh" and "en".

    Every number is the result's own: counts from run.json, settings as they were, versions as installed.

    Args:
        analysis: The result.
        graph: The network that it speaks of.
        settings: Those of the network, where its view or threshold is another than the run's.
    """
    run, settings = analysis.run, settings or analysis.settings
    counts, versions = run["counts"], run["versions"]
    chars = pc.sum(analysis.table("documents", columns=["chars"])["chars"]).as_py() or 0
    window = read_toml("words.toml")["windows"][settings.window]
    view = _VIEWS[settings.view]
    nodes, edges = graph.number_of_nodes(), graph.number_of_edges()
    actors = run["scheme"]["actors"]
    checked = _checked(analysis)
    zh = (
        f"本研究用 swnlp {versions['swnlp']} 分析了 {counts['documents']} 篇报告（{chars:,} 字，"
        f"{counts['sections']} 节，{counts['sentences']} 句）。"
        f"名称由词表与规则提出候选，其中政策、项目、活动与荣誉由逻辑回归模型取舍{_more_zh(settings)}，"
        f"共识别 {counts['mentions']} 处提及、"
        f"{counts['entities']} 个实体；分词采用 {settings.segmenter} {versions.get(settings.segmenter, '')} 的词典与算法。"
        f"主体按“{run['scheme']['name_zh']}”框架归为{'、'.join(a['name_zh'] for a in actors)}。"
        f"以{window[0]}为共现窗口，同一窗口中互不包含的两个实体计为一次共现，统计{view[0]}的共现，"
        f"保留共现不少于 {settings.min_count} 次的边，得到 {nodes} 个节点、{edges} 条边的网络；"
        "边的强度另以标准化点互信息（Bouma, 2009）、对数似然比（Dunning, 1993）和 Jaccard 系数报告。"
        f"凝聚子群以 {_engine_zh(settings.graph_engine)} 划分（随机种子 {settings.seed}）。"
        "共同提及不等于合作；频次为 0 表示文本未提及，不等于没有。"
        f"{checked.zh}"
    )
    en = (
        f"We analysed {_many(counts['documents'], 'report')} ({chars:,} characters, "
        f"{_many(counts['sections'], 'section')}, {_many(counts['sentences'], 'sentence')}) with "
        f"swnlp {versions['swnlp']}. Names were proposed by word lists and "
        "rules, and those of policies, programs, events and honours decided on by logistic regression"
        f"{_more_en(settings)}: {counts['mentions']} mentions of {counts['entities']} entities; words were cut with "
        f"{settings.segmenter} {versions.get(settings.segmenter, '')}. Actors follow the scheme "
        f"“{run['scheme']['name_en']}”: {', '.join(a['name_en'] for a in actors)}. Two entities co-occur if one "
        f"{window[1]} names both, neither inside the other; co-occurrences {view[1]} with at least "
        f"{_many(settings.min_count, f'such {window[1]}')} make a network of {nodes} nodes and {edges} edges. "
        "Edge strength is "
        "also given as normalised pointwise mutual information (Bouma, 2009), log-likelihood ratio (Dunning, 1993) "
        f"and Jaccard index. Clusters were found by {_engine_en(settings.graph_engine)} (seed {settings.seed}). "
        "Being mentioned together is not cooperation; a count of 0 means not mentioned."
        f"{checked.en}"
    )
    return {"zh": zh, "en": en}


class _Said(NamedTuple):
    zh: str
    en: str


def _checked(analysis: Analysis) -> _Said:
    """Return the precision of the last sample that was judged by hand; nothing if it was drawn from another result."""
    check = last_check(analysis.folder)
    if check is None or not check.current:
        return _Said("", "")
    score = check.total
    if score.share is None or score.low is None or score.high is None:
        return _Said("", "")
    shares = f"{score.share:.3f}", f"{score.low:.3f}–{score.high:.3f}"
    return _Said(
        f"人工抽查提及 {score.judged} 处，精确率 {shares[0]}（95% 置信区间 {shares[1]}，按标签加权，Wilson 法）。",
        f" Of {_many(score.judged, 'mention')} judged by hand, precision is {shares[0]} (95% CI {shares[1]}, weighted by "
        "label, Wilson).",
    )


def _many(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"


def _more_zh(settings: Settings) -> str:
    """Return what else found names: the user's own weights, a model of people, places and bodies."""
    own = f"（自行训练的权重 {Path(settings.model).name}）" if settings.model else ""
    return own + (f"，人名、地名、机构名另由 {settings.ner} 模型补充" if settings.ner else "")


def _more_en(settings: Settings) -> str:
    own = f" (weights of our own, {Path(settings.model).name})" if settings.model else ""
    return own + (f"; the model {settings.ner} added people, places and bodies" if settings.ner else "")


def _engine_zh(engine: str) -> str:
    return "Leiden 算法（Traag 等, 2019）" if engine == "igraph" else "Louvain 算法（Blondel 等, 2008）"


def _engine_en(engine: str) -> str:
    return (
        "the Leiden method (Traag et al., 2019)"
        if engine == "igraph"
        else "the Louvain method (Blondel et al., 2008)"
    )
