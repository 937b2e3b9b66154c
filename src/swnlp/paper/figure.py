"""Figure 1, 共现网络: which nodes and edges are drawn, where they lie and what they are called; and its note."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import networkx as nx

from swnlp.graph import lay_out
from swnlp.paper.labels import Box, Spot, Wanted, place_labels, spread
from swnlp.paper.typeface import Typeface
from swnlp.paper.values import Said
from swnlp.resources import read_toml
from swnlp.settings import Settings

# What fits a page: the rest is left out, and the note says so.
MOST_NODES, MOST_EDGES = 120, 400
# Points: a text block 16 cm wide.
PAGE = Box(0.0, 0.0, 454.0, 400.0)
_SMALLEST, _LARGEST = 3.0, 13.0
# Of edges; where all weigh the same, the one between.
_THINNEST, _EVEN, _THICKEST = 0.5, 1.0, 3.5
_SIZE, _ACTOR_SIZE = 7.5, 9.0
_LINE = 1.2
# Names longer than this many characters a line are cut in lines, and end in … after the last.
_ACROSS, _LINES = 11, 3
_OF_ONE_WORD = re.compile(r"[0-9A-Za-z.%]{2}")
_CLOSING = "、，。；：！？）》〉”’」』】,.;:!?)…"


@dataclass(frozen=True, slots=True)
class Mark:
    """A node as it is drawn.

    Attributes:
        label: ACTOR, PROGRAM, ...: its shape.
        spot: Where, and how large.
        mentions: How often it is mentioned: its size.
    """

    label: str
    spot: Spot
    mentions: int


@dataclass(frozen=True, slots=True)
class Line:
    """An edge as it is drawn, between two places in points; `width` in points."""

    start: tuple[float, float]
    end: tuple[float, float]
    width: float
    weight: float


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is drawn: its lines of text, its size and its box in points, and the node it belongs to."""

    lines: tuple[str, ...]
    size: float
    box: Box
    spot: Spot


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn, and how much is not.

    Attributes:
        marks: Nodes, the most mentioned first.
        lines: Edges, the lightest first.
        names: Labels.
        nodes: How many nodes the network has.
        edges: How many edges.
    """

    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    names: tuple[Name, ...]
    nodes: int
    edges: int


def drawn_part(graph: nx.Graph) -> nx.Graph:
    """Return the part of a network that fits a page: the heaviest edges among the most mentioned nodes."""
    nodes = sorted(graph, key=lambda node: (-graph.nodes[node]["mentions"], node))[:MOST_NODES]
    among = graph.subgraph(nodes).edges(data="weight")
    edges = sorted((-float(w), *sorted((a, b))) for a, b, w in among)[:MOST_EDGES]
    part = nx.Graph()
    ends = {end for _, a, b in edges for end in (a, b)}
    part.add_nodes_from((node, graph.nodes[node]) for node in sorted(ends))
    part.add_edges_from((a, b, {"weight": -w}) for w, a, b in sorted(edges))
    return part


def characters(graph: nx.Graph) -> str:
    """Return every character that the names of a network may need."""
    return "".join(sorted({c for _, name in graph.nodes(data="label") for c in str(name)} | {"…"}))


def compose(graph: nx.Graph, face: Typeface, settings: Settings, *, labels: int) -> Picture:
    """Lay out the part of a network that fits a page, and place its names.

    Args:
        graph: As network.network returns it.
        face: What the names are written in.
        settings: Seed and engine of the layout.
        labels: Most names; the most mentioned nodes get one.
    """
    part = drawn_part(graph)
    order = sorted(part, key=lambda node: (-part.nodes[node]["mentions"], node))
    lay_out(part, seed=settings.seed, engine=settings.graph_engine)
    spots = dict(zip(order, spread(_spots(part, order), PAGE), strict=True))
    marks = tuple(
        Mark(part.nodes[node]["entity_label"], spots[node], part.nodes[node]["mentions"]) for node in order
    )
    return Picture(
        marks,
        _lines(part, spots),
        tuple(_names(part, order, spots, face, labels)),
        graph.number_of_nodes(),
        graph.number_of_edges(),
    )


def _spots(part: nx.Graph, order: Sequence[str]) -> list[Spot]:
    """Return the layout stretched over the page, with an area in proportion to the mentions."""
    if not order:
        return []
    most = max(part.nodes[node]["mentions"] for node in order)
    room = Box(*(PAGE.left + 40, PAGE.bottom + 25, PAGE.right - 40, PAGE.top - 25))
    xs, ys = ([part.nodes[node][axis] for node in order] for axis in ("x", "y"))
    return [
        Spot(
            _stretched(part.nodes[node]["x"], xs, room.left, room.right),
            _stretched(part.nodes[node]["y"], ys, room.bottom, room.top),
            max(_SMALLEST, _LARGEST * sqrt(part.nodes[node]["mentions"] / most)),
        )
        for node in order
    ]


def _stretched(value: float, values: Sequence[float], low: float, high: float) -> float:
    least, most = min(values), max(values)
    return (low + high) / 2 if most == least else low + (value - least) / (most - least) * (high - low)


def _lines(part: nx.Graph, spots: dict[str, Spot]) -> tuple[Line, ...]:
    weights = [w for *_, w in part.edges(data="weight")]
    even = len(set(weights)) == 1
    found = []
    for a, b, weight in part.edges(data="weight"):
        width = _EVEN if even else max(_THINNEST, _THICKEST * weight / max(weights))
        found.append(Line((spots[a].x, spots[a].y), (spots[b].x, spots[b].y), width, weight))
    return tuple(sorted(found, key=lambda line: (line.weight, line.start, line.end)))


def _names(
    part: nx.Graph, order: Sequence[str], spots: dict[str, Spot], face: Typeface, most: int
) -> list[Name]:
    # The actors are what the figure is about; then by mentions.
    ranked = sorted(order[:], key=lambda node: part.nodes[node]["entity_label"] != "ACTOR")[:most]
    texts = [broken(str(part.nodes[node]["label"])) for node in ranked]
    sizes = [_ACTOR_SIZE if part.nodes[node]["entity_label"] == "ACTOR" else _SIZE for node in ranked]
    number = {node: i for i, node in enumerate(order)}
    wanted = [
        Wanted(number[node], max(face.width(line, size) for line in text), len(text) * size * _LINE)
        for node, text, size in zip(ranked, texts, sizes, strict=True)
    ]
    edges = [((spots[a].x, spots[a].y), (spots[b].x, spots[b].y)) for a, b in sorted(part.edges)]
    boxes = place_labels(wanted, [spots[node] for node in order], PAGE, edges)
    return [
        Name(text, size, box, spots[node])
        for node, text, size, box in zip(ranked, texts, sizes, boxes, strict=True)
        if box is not None
    ]


def broken(name: str) -> tuple[str, ...]:
    """Return a name in lines of much the same length, the last one ending in … where it is too long.

    No line begins with a closing mark or within a number or a Latin word.
    """
    if len(name) > _ACROSS * _LINES:
        name = name[: _ACROSS * _LINES - 1] + "…"
    found: list[str] = []
    for left in range(-(-len(name) // _ACROSS), 1, -1):
        at = -(-len(name) // left)
        while at > 1 and (_OF_ONE_WORD.fullmatch(name[at - 1 : at + 1]) or name[at] in _CLOSING):
            at -= 1
        found.append(name[:at])
        name = name[at:]
    return (*found, name)


def figure_note(
    picture: Picture, settings: Settings, *, limits: Said, documents: int, sentences: int
) -> Said:
    """Return the note under the figure.

    Args:
        picture: What is drawn.
        settings: Of the run, with the view, threshold and weight of this network.
        limits: What else thins the network out (indices.thinned).
        documents: Of the result, reprints counted as the run counts them.
        sentences: Of the result.
    """
    window = read_toml("words.toml")["windows"][settings.window]
    hidden = picture.edges - len(picture.lines)
    nameless = len(picture.marks) - len(picture.names)
    layout = (
        "igraph 的 Fruchterman–Reingold 布局"
        if settings.graph_engine == "igraph"
        else "Fruchterman–Reingold 布局"
    )
    return Said(
        f"共现窗口为{window[0]}，保留共现不少于 {settings.min_count} 次的边{limits.zh}；文本 {documents} 篇、"
        f"{sentences} 句。形状表示类别，面积表示频次，线宽表示共现强度。{layout}（随机种子 {settings.seed}），"
        f"节点略作移动以免重叠。网络共 {picture.nodes} 个节点、{picture.edges} 条边；"
        f"图中略去 {picture.nodes - len(picture.marks)} 个节点、{hidden} 条边，"
        f"{nameless} 个节点未标名称。共同提及不等于合作。",
        f"Co-occurrence within a {window[1]}; edges with at least {settings.min_count} co-occurrences{limits.en}; "
        f"texts: {documents}, sentences: {sentences}. Shape shows the kind, area the mentions, width the strength. "
        f"Layout: Fruchterman–Reingold ({settings.graph_engine}, seed {settings.seed}), nodes moved a little apart. "
        f"The network has {picture.nodes} nodes and {picture.edges} edges, of which "
        f"{picture.nodes - len(picture.marks)} nodes and {hidden} edges are left out; {nameless} nodes bear no name. "
        "Being mentioned together is not cooperation.",
    )
