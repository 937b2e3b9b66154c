"""A network as an SVG picture for a notebook: its largest nodes and strongest edges, where the layout puts them."""

from __future__ import annotations

from html import escape
from math import sqrt
from typing import Any

import networkx as nx

from swnlp.graph.layout import LAYOUT_LIMIT, lay_out
from swnlp.resources import read_toml

# What fits on a screen; the caption says how much there is beyond.
MOST_NODES, MOST_EDGES, MOST_NAMES = 150, 600, 40
WIDTH, HEIGHT = 860, 560
_LEGEND, _MARGIN = 24, 50
_SMALLEST, _LARGEST = 4.0, 18.0
_THINNEST, _THICKEST = 0.6, 5.0
_LONGEST_NAME = 14
# Okabe & Ito's colours, which colour-blind readers tell apart.
_COLOURS = {
    "ACTOR": "#D55E00", "PROGRAM": "#0072B2", "POLICY": "#56B4E9", "PLACE": "#009E73", "ORG": "#E69F00",
    "GROUP": "#CC79A7", "PERSON": "#000000", "EVENT": "#F0E442", "WORK": "#999999",
}  # fmt: skip
_OTHER = "#999999"


class Network(nx.Graph):  # type: ignore[misc]
    """A networkx graph that a notebook shows as a picture; in all else the graph that it is made from."""

    def _repr_html_(self) -> str:
        return network_html(self)


def network_html(graph: nx.Graph) -> str:
    """Return a network as SVG below a line that says how large it is; the same graph gives the same text.

    Args:
        graph: As graph.build_graph gives it. It is not changed: one without x and y is laid out in a copy.
    """
    shown = _strongest(graph)
    if shown.order() and not all("x" in data for _, data in shown.nodes(data=True)):
        lay_out(shown)
    said = f"{graph.order()} 个节点 nodes，{graph.size()} 条边 edges"
    if shown.order() < graph.order() or shown.size() < graph.size():
        said += f"；图中 shown: {shown.order()}、{shown.size()}"
    if note := graph.graph.get("note"):
        said += f"；{note}"
    return (
        f"<div><p>{escape(said)}</p>{_svg(shown)}</div>"
        if shown.order()
        else f"<div><p>{escape(said)}</p></div>"
    )


def _strongest(graph: nx.Graph) -> nx.Graph:
    """Return a copy with the most mentioned nodes and the heaviest edges among them."""
    ranked = sorted(graph.nodes(data=True), key=lambda item: (-item[1].get("mentions", 0), str(item[0])))
    kept = {node for node, _ in ranked[: min(MOST_NODES, LAYOUT_LIMIT)]}
    edges = [edge for edge in graph.edges(data="weight", default=1) if edge[0] in kept and edge[1] in kept]
    edges.sort(key=lambda edge: (-edge[2], *sorted(map(str, edge[:2]))))
    found = nx.Graph()
    found.add_nodes_from((node, dict(data)) for node, data in ranked if node in kept)
    found.add_weighted_edges_from(edges[:MOST_EDGES])
    return found


def _svg(graph: nx.Graph) -> str:
    at = _places(graph)
    labels = [
        label for label in _COLOURS if any(d.get("entity_label") == label for _, d in graph.nodes(data=True))
    ]
    heaviest = max((w for *_, w in graph.edges(data="weight")), default=1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        'role="img" font-family="Noto Sans CJK SC, Microsoft YaHei, PingFang SC, SimHei, sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for a, b, weight in sorted(graph.edges(data="weight"), key=lambda e: (e[2], str(e[0]), str(e[1]))):
        (x, y), (u, v) = at[a], at[b]
        width = round(_THINNEST + (_THICKEST - _THINNEST) * sqrt(weight / heaviest), 2)
        parts.append(
            f'<line x1="{x}" y1="{y}" x2="{u}" y2="{v}" stroke="#888" stroke-opacity="0.45" stroke-width="{width}"/>'
        )
    parts += _marks(graph, at)
    parts += _legend(labels)
    return "".join([*parts, "</svg>"])


def _marks(graph: nx.Graph, at: dict[Any, tuple[float, float]]) -> list[str]:
    """Return circles, the largest first, so that small ones lie on top; then the names of the largest."""
    most = max((d.get("mentions", 1) for _, d in graph.nodes(data=True)), default=1) or 1
    circles, names = [], []
    for rank, (node, data) in enumerate(graph.nodes(data=True)):
        (x, y), mentions = at[node], data.get("mentions", 1)
        radius = round(_SMALLEST + (_LARGEST - _SMALLEST) * sqrt(mentions / most), 2)
        name = str(data.get("label", node))
        colour = _COLOURS.get(data.get("entity_label", ""), _OTHER)
        circles.append(
            f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{colour}" fill-opacity="0.85" stroke="white">'
            f"<title>{escape(name)} {mentions}</title></circle>"
        )
        if rank < MOST_NAMES:
            short = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
            names.append(
                f'<text x="{x}" y="{round(y - radius - 3, 2)}" text-anchor="middle" stroke="white" stroke-width="3" '
                f'paint-order="stroke">{escape(short)}</text>'
            )
    return circles + names


def _places(graph: nx.Graph) -> dict[Any, tuple[float, float]]:
    """Return where each node lies on the picture, in pixels."""
    xs, ys = ([d.get(axis, 0.0) for _, d in graph.nodes(data=True)] for axis in "xy")
    wide, high = (max(values) - min(values) or 1.0 for values in (xs, ys))

    def pixel(value: float, least: float, extent: float, room: int) -> float:
        return round(_MARGIN + (value - least) / extent * (room - 2 * _MARGIN), 2)

    return {
        node: (pixel(x, min(xs), wide, WIDTH), pixel(y, min(ys), high, HEIGHT - _LEGEND))
        for node, x, y in zip(graph, xs, ys, strict=True)
    }


def _legend(labels: list[str]) -> list[str]:
    words = read_toml("words.toml")["labels"]
    parts, x = [], _MARGIN
    for label in labels:
        text = " ".join(words[label])
        parts.append(
            f'<circle cx="{x}" cy="{HEIGHT - 14}" r="6" fill="{_COLOURS[label]}"/>'
            f'<text x="{x + 10}" y="{HEIGHT - 10}">{escape(text)}</text>'
        )
        x += 40 + 8 * len(text.encode("gb18030")) * 3 // 4
    return parts
