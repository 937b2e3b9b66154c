"""A graph to VOSviewer JSON, for VOSviewer and VOSviewer Online.

Source: VOSviewer Online's documentation (app.vosviewer.com/docs/file-types/json-file-type).
"""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Mapping
from html import escape
from pathlib import Path
from typing import Any

import networkx as nx

from swnlp.export.files import write_lines
from swnlp.export.rows import Edge, Node, graph_rows
from swnlp.export.values import clean, plain, text

# Node attribute -> the name of the weight, as VOSviewer's menu shows it.
_WEIGHTS = {"mentions": "频次 mentions", "sentences": "句数 sentences", "documents": "篇数 documents"}
_DESCRIBED = ("entity_label", "kind", "place", "aliases")
MOST_CLUSTERS = 1_000


def write_vosviewer(graph: nx.Graph, path: Path | str) -> None:
    """Write a graph as VOSviewer JSON: items with weights and cluster, links with their strength.

    Items have no place: VOSviewer lays them out by its own method, which is what its users expect. Clusters are
    the numbers of C1, C2, ..., up to the 1,000 that VOSviewer knows. Descriptions are HTML, and escaped.

    Args:
        graph: Undirected, one edge a pair.
        path: The file; it is replaced only once the new one is complete.

    Raises:
        OutputError: If the file cannot be written.
        ValueError: For a directed graph, a multigraph, or an edge whose weight is not above 0.
    """
    rows = graph_rows(graph)
    clusters = sorted({c for node in rows.nodes if (c := _cluster(node)) is not None})
    content = {
        "network": {
            "items": [_item(node) for node in rows.nodes],
            "links": [_link(edge) for edge in rows.edges],
            "clusters": [{"cluster": c, "label": f"C{c}"} for c in clusters],
        },
        "config": {
            "terminology": {
                "item": "节点 node",
                "items": "节点 nodes",
                "link": "边 edge",
                "links": "边 edges",
            }
        },
        "info": _info(graph.graph),
    }
    write_lines(path, [json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1)])


def _item(node: Node) -> dict[str, Any]:
    found = {key: plain(node.data.get(key)) for key in (*_WEIGHTS, *_DESCRIBED)}
    about = (f"{escape(key)}: {escape(text(v))}" for key in _DESCRIBED if (v := found[key]) is not None)
    item: dict[str, Any] = {"id": node.node_id, "label": node.label, "description": "<br>".join(about)}
    if (cluster := _cluster(node)) is not None:
        item["cluster"] = cluster
    numbers = {name: found[key] for key, name in _WEIGHTS.items()}
    weights = {name: n for name, n in numbers.items() if isinstance(n, (int, float)) and n >= 0}
    return item | ({"weights": weights} if weights else {})


def _link(edge: Edge) -> dict[str, Any]:
    return {"source_id": edge.source, "target_id": edge.target, "strength": edge.weight}


def _cluster(node: Node) -> int | None:
    found = re.fullmatch(r"C([1-9][0-9]*)", str(node.data.get("cluster")))
    return int(found[1]) if found and int(found[1]) <= MOST_CLUSTERS else None


def _info(about: Mapping[Hashable, object]) -> dict[str, str]:
    title, description = (clean(str(about.get(key) or "")) for key in ("title", "description"))
    return {"title": escape(title), "description": escape(description)}
