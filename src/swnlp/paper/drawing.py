"""Draws the network with matplotlib: as SVG with outlines, as PDF with its font in it, as TIFF of 600 dpi; no clock."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from swnlp.export.files import replacing
from swnlp.extras import require
from swnlp.paper.figure import PAGE, Line, Mark, Name, Picture
from swnlp.paper.typeface import Typeface
from swnlp.resources import read_toml

# Label -> matplotlib's marker, grey of its inside (0 black, 1 white), and the marker's size beside a circle's.
# Told apart by shape, and by grey where small.
STYLES: Mapping[str, tuple[str, float, float]] = {
    "ACTOR": ("o", 0.25, 1.0),
    "PROGRAM": ("s", 1.0, 0.89),
    "POLICY": ("^", 0.7, 1.0),
    "PLACE": ("D", 0.85, 0.7),
    "ORG": ("p", 0.5, 1.0),
    "GROUP": ("v", 0.9, 1.0),
    "PERSON": ("*", 0.4, 1.0),
    "EVENT": ("h", 0.8, 1.0),
    "WORK": ("X", 0.6, 1.0),
}
_OTHER = ("o", 1.0, 1.0)
_EDGE_GREY, _LEADER_GREY = "0.62", "0.45"
_LEGEND_HEIGHT = 48.0
_UPPER, _LOWER, _LEGEND_SIZE = -12.0, -31.0, 7.0
_POINTS = 72
DPI = 600
# Where a name is further than this from its node, a thin line leads to it.
_NEAR = 6.0
_RC = {
    "svg.fonttype": "path",
    "svg.hashsalt": "swnlp",
    "pdf.fonttype": 42,
    "path.simplify": False,
}


class _Key(NamedTuple):
    """An entry of the legend; a line has no shape, and its width for `share`."""

    text: str
    across: float
    shape: str | None
    colour: str
    share: float = 1.0


def legend_text() -> str:
    """Return every character that a legend may need."""
    words = [word for pair in read_toml("words.toml")["labels"].values() for word in pair]
    return "".join(sorted(set("".join(words) + "频次共现 mentions co-occurrences0123456789.,+")))


def draw(picture: Picture, face: Typeface) -> Any:  # noqa: ANN401
    """Return a picture as a matplotlib Figure.

    Raises:
        MissingExtraError: If matplotlib is not installed.
    """
    figures, fonts = (
        require("matplotlib.figure", extra="paper"),
        require("matplotlib.font_manager", extra="paper"),
    )
    high = PAGE.top + _LEGEND_HEIGHT
    figure = figures.Figure(figsize=(PAGE.right / _POINTS, high / _POINTS))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, PAGE.right), ylim=(-_LEGEND_HEIGHT, PAGE.top))
    axes.set_axis_off()
    font = fonts.FontProperties(fname=str(face.path))
    for line in picture.lines:
        (x, y), (u, v) = line.start, line.end
        axes.plot([x, u], [y, v], color=_EDGE_GREY, linewidth=line.width, solid_capstyle="round", zorder=1)
    # Small ones last: they lie on top where two meet.
    for mark in picture.marks:
        _draw_mark(axes, mark)
    for name in picture.names:
        _draw_name(axes, name, font)
    _draw_legend(axes, picture, face, font)
    return figure


def _draw_mark(axes: Any, mark: Mark) -> None:  # noqa: ANN401
    shape, grey, share = STYLES.get(mark.label, _OTHER)
    axes.scatter(
        [mark.spot.x], [mark.spot.y], s=(2 * mark.spot.radius * share) ** 2, marker=shape, c=[str(grey)],
        edgecolors="black", linewidths=0.6, zorder=3,
    )  # fmt: skip


def _draw_name(axes: Any, name: Name, font: Any) -> None:  # noqa: ANN401
    box, spot = name.box, name.spot
    x = min(max(spot.x, box.left), box.right)
    y = min(max(spot.y, box.bottom), box.top)
    if max(abs(x - spot.x), abs(y - spot.y)) > spot.radius + _NEAR:
        axes.plot([spot.x, x], [spot.y, y], color=_LEADER_GREY, linewidth=0.4, linestyle=":", zorder=2)
    # White below the name, where it can't but lie on an edge.
    axes.fill(
        [box.left, box.right, box.right, box.left],
        [box.bottom, box.bottom, box.top, box.top],
        "white",
        zorder=2.5,
    )
    height = (box.top - box.bottom) / len(name.lines)
    for i, line in enumerate(name.lines):
        axes.text(
            (box.left + box.right) / 2, box.top - height * (i + 0.5), line, fontproperties=font, fontsize=name.size,
            ha="center", va="center_baseline", zorder=4, gid="name",
        )  # fmt: skip


def _draw_legend(axes: Any, picture: Picture, face: Typeface, font: Any) -> None:  # noqa: ANN401
    """Draw shapes in the upper row, sizes and widths in the lower one."""
    labels = read_toml("words.toml")["labels"]
    keys = [
        _shape_key(label, labels) for label in STYLES if any(mark.label == label for mark in picture.marks)
    ]
    _legend_row(axes, keys, _UPPER, face, font)
    keys = [_size_key(mark) for mark in _ends(picture.marks)]
    keys += [_width_key(line) for line in _ends(picture.lines[::-1])]
    _legend_row(axes, keys, _LOWER, face, font)


def _shape_key(label: str, labels: Mapping[str, Sequence[str]]) -> _Key:
    shape, grey, share = STYLES[label]
    chinese, english = labels[label]
    return _Key(f"{chinese} {english}", 9.0, shape, str(grey), share)


def _size_key(mark: Mark) -> _Key:
    return _Key(f"频次 mentions {mark.mentions:,}", 2 * mark.spot.radius, "o", "white")


def _width_key(line: Line) -> _Key:
    return _Key(f"共现 co-occurrences {line.weight:,.4g}", 20.0, None, _EDGE_GREY, line.width)


def _legend_row(axes: Any, keys: Sequence[_Key], y: float, face: Typeface, font: Any) -> None:  # noqa: ANN401
    x = 8.0
    for key in keys:
        if key.shape is None:
            axes.plot(
                [x, x + key.across], [y, y], color=key.colour, linewidth=key.share, solid_capstyle="butt"
            )
        else:
            axes.scatter(
                [x + key.across / 2], [y], s=(key.across * key.share) ** 2, marker=key.shape, c=[key.colour],
                edgecolors="black", linewidths=0.6,
            )  # fmt: skip
        axes.text(
            x + key.across + 4, y, key.text, fontproperties=font, fontsize=_LEGEND_SIZE, ha="left",
            va="center_baseline", gid="legend",
        )  # fmt: skip
        x += key.across + 4 + face.width(key.text, _LEGEND_SIZE) + 14


def _ends(values: Sequence[Any]) -> list[Any]:
    """Return the first and the last, the largest and the smallest; one where they are equal."""
    if not values:
        return []
    first, last = values[0], values[-1]
    size = "mentions" if isinstance(first, Mark) else "weight"
    return [first] if getattr(first, size) == getattr(last, size) else [first, last]


@contextmanager
def plain_style() -> Iterator[None]:
    """Draw with matplotlib's own defaults and these settings, whatever the user's matplotlibrc says."""
    matplotlib = require("matplotlib", extra="paper")
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_RC)
        yield


def write_figure(picture: Picture, face: Typeface, stem: Path) -> Iterator[Path]:
    """Write stem.svg, .pdf and .tiff, and yield them.

    Raises:
        MissingExtraError: If matplotlib is not installed.
        OutputError: If a file cannot be written.
    """
    # Without dates: the same network gives the same bytes.
    ways: dict[str, dict[str, Any]] = {
        ".svg": {"format": "svg", "metadata": {"Date": None, "Creator": "swnlp"}},
        ".pdf": {"format": "pdf", "metadata": {"CreationDate": None, "Creator": "swnlp"}},
        ".tiff": {"format": "tiff", "dpi": DPI, "pil_kwargs": {"compression": "tiff_lzw"}},
    }
    for ending, how in ways.items():
        path = stem.with_suffix(ending)
        with plain_style(), replacing(path) as file:
            draw(picture, face).savefig(file, facecolor="white", **how)
        yield path


def png_bytes(picture: Picture, face: Typeface, dpi: int = 300) -> bytes:
    """Return the figure as a PNG, for Word."""
    file = io.BytesIO()
    with plain_style():
        draw(picture, face).savefig(
            file, format="png", dpi=dpi, facecolor="white", metadata={"Software": None}
        )
    return file.getvalue()
