"""The visible characters of a PDF page, with their boxes, as arrays: a Python object for each would cost the most."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium

from swnlp.read.pdf_native import address, char_box_of, is_generated, size_of, unicode_of

Numbers = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]

# A no-break and a full-width space, and no character; what PDFium gives for a hyphen at a line's end.
_BLANK = (0xA0, 0x3000, 0xFFFF)
_HYPHENS = (0xFFFE, 0x02)
_GUESSED, _WRITTEN = 1, 2
# In sizes of the font: how far apart the middles of two characters of a line may be (a full stop's is low, a
# quotation mark's high); how far back the next one must begin to be out of order.
LEVEL = 0.6
_BACK = 0.3


@dataclass(frozen=True, slots=True)
class Chars:
    """Characters in the order in which they are drawn; all arrays are of one length.

    Attributes:
        codes: Code points.
        left: Their boxes, in points from the page's lower left corner.
        right: As left.
        bottom: As left.
        top: As left.
        size: The font's, in points; at least 1.
        space: What stands before each: 0 nothing, 1 a space that only its place suggests, 2 one that the file has.
    """

    codes: npt.NDArray[np.uint32]
    left: Numbers
    right: Numbers
    bottom: Numbers
    top: Numbers
    size: Numbers
    space: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def middle(self) -> Numbers:
        """The heights of their middles on the page."""
        middle: Numbers = (self.bottom + self.top) / 2
        return middle

    def only(self, wanted: Mask | Places) -> Chars:
        """Return those that are wanted, or those at these places in their order."""
        return Chars(*(getattr(self, field.name)[wanted] for field in fields(self)))


_NONE = np.zeros(0)
NO_CHARS = Chars(np.zeros(0, dtype=np.uint32), _NONE, _NONE, _NONE, _NONE, _NONE, np.zeros(0, dtype=np.uint8))


def characters(page: pdfium.PdfPage) -> Chars:
    """Return a page's visible characters; those that lie far outside of it are no text of the page."""
    text_page = page.get_textpage()
    try:
        chars = _visible(text_page)
    finally:
        text_page.close()
    wide, tall = page.get_width(), page.get_height()
    near = (chars.left >= -wide) & (chars.left <= 2 * wide)
    near &= (chars.bottom >= -tall) & (chars.bottom <= 2 * tall)
    return _left_to_right(chars if near.all() else chars.only(near))


def _left_to_right(chars: Chars) -> Chars:
    """Put the characters of a line in order: marks from another font (“” in Chinese text) may be drawn later."""
    if len(chars) < 2:
        return chars
    size = np.maximum(chars.size[1:], chars.size[:-1])
    level = np.abs(np.diff(chars.middle)) < LEVEL * size
    back = level & (np.diff(chars.left) < -_BACK * size)
    if not back.any():
        return chars
    line = np.concatenate(([0], np.cumsum(~level)))
    mixed = np.isin(line, line[1:][back])
    order = np.arange(len(chars))
    # Only lines that go back are sorted; the sort is stable.
    order[mixed] = order[mixed][np.lexsort((chars.left[mixed], line[mixed]))]
    return chars.only(order)


def _visible(text_page: pdfium.PdfTextPage) -> Chars:
    handle = address(text_page.raw)
    every = range(text_page.count_chars())
    codes = np.array([unicode_of(handle, i) for i in every], dtype=np.uint32)
    codes[np.isin(codes, _HYPHENS)] = ord("-")
    blank = (codes <= 0x20) | np.isin(codes, _BLANK)
    shown = np.flatnonzero(~blank)
    boxes = np.zeros((len(shown), 4))
    at = boxes.ctypes.data
    for index in shown.tolist():
        char_box_of(handle, index, at, at + 8, at + 16, at + 24)
        at += 32
    size = np.array([size_of(handle, index) for index in shown.tolist()], dtype=np.float64)
    left, right, bottom, top = boxes.T.copy()
    size = np.where(size > 0, size, top - bottom)
    size = np.where(size > 1, size, np.maximum(top - bottom, 1))
    kinds = np.zeros(len(codes), dtype=np.uint8)
    for index in np.flatnonzero(blank).tolist():
        kinds[index] = _GUESSED if is_generated(handle, index) == 1 else _WRITTEN
    return _whole(Chars(codes[shown], left, right, bottom, top, size, _spaces(kinds, shown)))


def _spaces(kinds: npt.NDArray[np.uint8], shown: npt.NDArray[np.intp]) -> npt.NDArray[np.uint8]:
    """Return for each visible character the kind of space between it and the one before."""
    if not len(shown):
        return np.zeros(0, dtype=np.uint8)
    begins = np.concatenate(([0], shown[:-1] + 1))
    return np.maximum.reduceat(kinds[: shown[-1] + 1], begins)


def _whole(chars: Chars) -> Chars:
    """Join the halves that characters beyond the Basic Multilingual Plane may come in."""
    codes = chars.codes
    high = np.flatnonzero((codes[:-1] >= 0xD800) & (codes[:-1] < 0xDC00))
    high = high[(codes[high + 1] >= 0xDC00) & (codes[high + 1] < 0xE000)]
    if not len(high):
        return chars
    codes[high] = 0x10000 + ((codes[high] - 0xD800) << 10) + (codes[high + 1] - 0xDC00)
    wanted = np.ones(len(codes), dtype=np.bool_)
    wanted[high + 1] = False
    return chars.only(wanted)
