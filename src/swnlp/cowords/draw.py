"""A dendrogram as text and as SVG, without a drawing library."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from scipy.cluster.hierarchy import dendrogram  # type: ignore[import-untyped]

from swnlp.cowords.similarity import Array

# Okabe & Ito's colours, which colour-blind readers tell apart; clusters beyond them begin again.
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#999999")
_ROW, _WIDTH, _MARGIN, _CHARACTER = 18, 560, 24, 13


def dendrogram_text(tree: Array, labels: Sequence[str]) -> str:
    """Return a dendrogram as lines: terms are leaves, each merge stands with its distance, the nearest deepest."""
    n = len(labels)
    lines: list[str] = []
    # Node, and what stands before it on its own line and on those below.
    todo: list[tuple[int, str, str]] = [(2 * n - 2, "", "")]
    while todo:
        node, lead, below = todo.pop()
        if node < n:
            lines.append(f"{lead}{labels[node]}")
            continue
        left, right, distance, _ = tree[node - n]
        lines.append(f"{lead}┐ {distance:.3f}")
        todo.append((int(right), f"{below}└─", f"{below}  "))
        todo.append((int(left), f"{below}├─", f"{below}│ "))
    return "\n".join(lines) + "\n"


def dendrogram_svg(tree: Array, labels: Sequence[str], clusters: Sequence[int]) -> str:
    """Return a dendrogram as an SVG image: terms in rows, coloured by cluster; distance to the right."""
    drawn = dendrogram(tree, no_plot=True)
    order: list[int] = drawn["leaves"]
    left = _MARGIN + _CHARACTER * max(len(label) for label in labels) + 8
    longest = float(tree[:, 2].max()) or 1.0
    height = _ROW * len(labels) + 2 * _MARGIN

    def x(distance: float) -> float:
        return round(left + _WIDTH * distance / longest, 2)

    def y(place: float) -> float:
        # scipy puts the leaves at 5, 15, 25, ...
        return round(_MARGIN + _ROW * place / 10, 2)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + _WIDTH + _MARGIN}" height="{height + _ROW}" '
        'font-family="Noto Sans CJK SC, Microsoft YaHei, PingFang SC, SimSun, sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for places, distances in zip(drawn["icoord"], drawn["dcoord"], strict=True):
        points = " ".join(f"{x(d)},{y(p)}" for p, d in zip(places, distances, strict=True))
        parts.append(f'<polyline points="{points}" fill="none" stroke="#555"/>')
    for row, leaf in enumerate(order):
        colour = _COLOURS[(clusters[leaf] - 1) % len(_COLOURS)]
        parts.append(
            f'<text x="{left - 6}" y="{y(10 * row + 5) + 4}" text-anchor="end" fill="{colour}">{escape(labels[leaf])}</text>'
        )
    for part in range(5):
        distance = longest * part / 4
        parts.append(f'<text x="{x(distance)}" y="{height + 4}" text-anchor="middle">{distance:.2f}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"
