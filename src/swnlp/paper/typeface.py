"""The few characters of a Chinese font that a figure needs, as a TrueType font that every PDF reader accepts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from swnlp.extras import require
from swnlp.fonts import Face

# Of a font's design unit of 1/1000: what a curve may be off when it becomes quadratic.
_OFF = 0.5


class Typeface(NamedTuple):
    """A font that holds the characters of a figure.

    Attributes:
        path: A TrueType file, there as long as the block of `typeface`.
        advances: Width of each character, as a share of the size.
    """

    path: Path
    advances: dict[str, float]

    def width(self, text: str, size: float) -> float:
        """Return how wide a line is, in the units of `size`; a character that the font lacks counts as a square."""
        return size * sum(self.advances.get(character, 1.0) for character in text)


@contextmanager
def typeface(face: Face, text: str) -> Iterator[Typeface]:
    """Yield a TrueType font with the characters of a text.

    Noto Sans CJK and Source Han Sans have cubic outlines (CFF). matplotlib puts such a font into a PDF as if it were
    TrueType, which Acrobat and printers may refuse; so its outlines are made quadratic here, as TrueType has them.

    Args:
        face: The font.
        text: All that will be written.

    Raises:
        MissingExtraError: If fontTools is not installed.
    """
    font = _subset(face, text)
    if "CFF " in font:
        _to_truetype(font)
    cmap, units = font.getBestCmap(), font["head"].unitsPerEm
    advances = {chr(code): font["hmtx"][name][0] / units for code, name in cmap.items()}
    with TemporaryDirectory(prefix="swnlp-") as held:
        path = Path(held) / "figure.ttf"
        font.save(path)
        yield Typeface(path, advances)


def _subset(face: Face, text: str) -> Any:  # noqa: ANN401
    library, subset = require("fontTools.ttLib", extra="paper"), require("fontTools.subset", extra="paper")
    options = subset.Options(
        layout_features=[], notdef_outline=True, name_IDs=["*"], hinting=False, drop_tables=["BASE", "VORG"]
    )
    font = library.TTFont(face.path, fontNumber=face.number, lazy=True, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(font)
    return font


def _to_truetype(font: Any) -> None:  # noqa: ANN401
    """Replace cubic outlines by quadratic ones.

    Source:
        fontTools, Snippets/otf2ttf.py.
    """
    library = require("fontTools.ttLib", extra="paper")
    quadratic, pens = (
        require("fontTools.pens.cu2quPen", extra="paper"),
        require("fontTools.pens.ttGlyphPen", extra="paper"),
    )
    order, glyphs = font.getGlyphOrder(), font.getGlyphSet()
    off = font["head"].unitsPerEm * _OFF / 1000
    outlines = {}
    for name in order:
        pen = pens.TTGlyphPen(None)
        # TrueType turns the other way round.
        glyphs[name].draw(quadratic.Cu2QuPen(pen, off, reverse_direction=True))
        outlines[name] = pen.glyph()
    font["loca"] = library.newTable("loca")
    font["glyf"] = table = library.newTable("glyf")
    table.glyphOrder, table.glyphs = order, outlines
    for name in ("CFF ", "VORG"):
        if name in font:
            del font[name]
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for name in (
        "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
        "maxSizeOfInstructions",
    ):  # fmt: skip
        setattr(maxp, name, 0)
    maxp.maxZones = 1
    maxp.maxComponentElements = max((len(getattr(g, "components", ())) for g in outlines.values()), default=0)
    table.compile(font)
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"
