"""One line on a network: how large it is, or why it is empty and what to do; Chinese first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import networkx as nx

from swnlp.graph import LAYOUT_LIMIT

ADVICE = (
    "可试 --view full（所有实体）或 --window paragraph（同段即算共现，需重新分析）。 "
    "Try --view full, or analyse again with --window paragraph."
)


def network_lines(graph: nx.Graph, files: Sequence[Path], *, laid_out: bool = True) -> Iterator[str]:
    """Yield the line of a network that was written to files, and one for each thing to know about it.

    Args:
        graph: As network.network returns it.
        files: What was written.
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
        yield f"没有符合条件的边。 No edge is left. {ADVICE}"
    if note := graph.graph.get("note"):
        yield str(note)
    if not laid_out:
        yield (
            f"节点超过 {LAYOUT_LIMIT} 个，未计算布局：请在 Gephi 中布局，或安装 swnlp[igraph]。 "
            "Too large to be laid out here: do it in Gephi, or install swnlp[igraph]."
        )
