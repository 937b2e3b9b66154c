"""A PDF's text layer to a page: paragraphs, columns in order, tables' cells, running heads and page numbers apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from pypdfium2 import raw

from swnlp.errors import ReadError
from swnlp.read.encodings import clean
from swnlp.read.grid import Raw, cells_of
from swnlp.read.page import Item, Page, Taken, Trouble
from swnlp.read.pdf_chars import NO_CHARS, Chars, characters
from swnlp.read.pdf_furniture import without_furniture
from swnlp.read.pdf_lines import Line, TableCell, ordered, pieces_of
from swnlp.read.pdf_paragraphs import Paragraph, paragraphs_of
from swnlp.read.pdf_rulings import grids_of
from swnlp.read.pdf_tables import aligned_tables, in_cells, with_tables
from swnlp.read.troubles import no_characters
from swnlp.records import Dropped
from swnlp.settings import Settings

_LEVELS = 6
_LONGEST_HEADING = 60
# So much larger than the text a heading is set.
_LARGER = 1.15
_MOST_LISTED = 20
# Of the characters of a page with a font that does not say what its signs mean.
_UNMAPPED = 0.3


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page of a PDF: its characters, its lines, its height in points, whether it is a picture only."""

    chars: Chars
    lines: list[Line]
    height: float
    picture: bool


_UNREADABLE = _Sheet(NO_CHARS, [], 0.0, picture=False)


def take(data: bytes, settings: Settings) -> Taken:
    """Read a PDF."""
    sheets = _sheets(data)
    if not any(sheet.lines for sheet in sheets):
        raise ReadError(
            "PDF 没有文字层（可能是扫描件），请先做文字识别（OCR）再另存。 "
            "The PDF has no text layer (it may be a scan): run OCR on it first."
        )
    lines, furniture = without_furniture([s.lines for s in sheets], [s.height for s in sheets])
    page, unclean = _laid_out(paragraphs_of([aligned_tables(rows) for rows in lines]), furniture)
    if not page.text.strip():
        raise ReadError("文件中没有文字。 The file holds no text.")
    troubles = [*no_characters(unclean), *_missing(sheets), *_unmapped(sheets)]
    return Taken([Item(page, "pdf")], troubles)


def _sheets(data: bytes) -> list[_Sheet]:
    """Return the pages of a PDF."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError(
                "文件有密码，请解除密码后重试。 Locked with a password: remove it and run again."
            ) from None
        raise ReadError(
            "PDF 损坏或不完整，请重新下载或另存。 The PDF is damaged or cut short: get it again or save it anew."
        ) from None
    with document:
        return [_sheet(document, number) for number in range(len(document))]


def _sheet(document: pdfium.PdfDocument, number: int) -> _Sheet:
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return _UNREADABLE
    chars = characters(page)
    tabled = in_cells(chars, grids_of(page) if len(chars) else ())
    lines = ordered(with_tables(pieces_of(chars, tabled.cells), tabled))
    picture = not lines and any(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    sheet = _Sheet(chars, lines, page.get_height(), picture)
    page.close()
    return sheet


def _laid_out(paragraphs: Sequence[Paragraph], furniture: Sequence[tuple[str, str]]) -> tuple[Page, int]:
    """Return the text: paragraphs, then what stands on page after page, marked as dropped."""
    levels = _levels(paragraphs)
    unclean = 0
    pieces: list[str] = []
    headings: list[tuple[int, int, int]] = []
    dropped: list[Dropped] = []
    tables: dict[int, list[list[Raw]]] = {}
    at = 0
    for paragraph in paragraphs:
        text, count = clean(paragraph.text)
        unclean += count
        if paragraph.cells:
            tables.setdefault(paragraph.table, []).append(_raw_cells(paragraph.cells, at))
        elif (level := _level(paragraph, text, levels)) is not None:
            headings.append((at, at + len(text), level))
        if text.strip():
            pieces.append(text)
            at += len(text) + 1
    for text, reason in furniture:
        shown, _ = clean(text)
        dropped.append(Dropped(at, at + len(shown), reason))
        pieces.append(shown)
        at += len(shown) + 1
    title = next((p.text for p in paragraphs[:10] if _level(p, p.text, levels) == 1), None)
    whole = "\n".join(pieces)
    cells = tuple(cell for number, rows in tables.items() for cell in cells_of(whole, number, rows))
    return Page(whole, tuple(headings), tuple(dropped), title=title, cells=cells), unclean


def _raw_cells(cells: Sequence[TableCell], at: int) -> list[Raw]:
    """Return where a row's cells stand in the text, which has tabs between them."""
    found: list[Raw] = []
    for cell in cells:
        end = at + len(clean(cell.text)[0])
        found.append(Raw(at, end, cell.columns, cell.rows))
        at = end + 1
    return found


def _level(paragraph: Paragraph, text: str, levels: Mapping[int, int]) -> int | None:
    """Return the level of a paragraph that is a heading by its size and its shape."""
    return levels.get(round(paragraph.size)) if _may_head(text) and not paragraph.cells else None


def _may_head(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and text[-1:] not in "。；;，,！!？?：:" and "\t" not in text


def _levels(paragraphs: Sequence[Paragraph]) -> dict[int, int]:
    """Return the sizes in which headings are set, with their levels: the largest is 1."""
    sizes: Counter[int] = Counter()
    for paragraph in paragraphs:
        sizes[round(paragraph.size)] += len(paragraph.text)
    if not sizes:
        return {}
    body = max(sizes, key=lambda size: (sizes[size], -size))
    larger = sorted((size for size in sizes if size >= body * _LARGER), reverse=True)
    return {size: min(level, _LEVELS) for level, size in enumerate(larger, 1)}


def _missing(sheets: Sequence[_Sheet]) -> list[Trouble]:
    """Report the pages that hold a picture and no text, beside others that hold text."""
    pictures = [number for number, sheet in enumerate(sheets) if sheet.picture]
    if not pictures:
        return []
    listed = "、".join(str(number + 1) for number in pictures[:_MOST_LISTED])
    more = " 等" if len(pictures) > _MOST_LISTED else ""
    message = (
        f"共 {len(sheets)} 页，第 {listed}{more} 页只有图片、没有文字（可能是扫描页），请先做文字识别（OCR）。 "
        "These pages hold a picture and no text: run OCR on them first."
    )
    return [Trouble("NoText", message)]


def _unmapped(sheets: Sequence[_Sheet]) -> list[Trouble]:
    """Report the pages whose font does not say which characters its signs are."""
    bad = [number for number, sheet in enumerate(sheets) if _is_unmapped(sheet.chars.codes)]
    if not bad:
        return []
    listed = "、".join(str(number + 1) for number in bad[:_MOST_LISTED])
    message = (
        f"第 {listed} 页的字体没有文字编码，读出的是乱码；请先做文字识别（OCR）。 "
        "The font of these pages does not say what its signs mean: run OCR on them."
    )
    return [Trouble("NoText", message)]


def _is_unmapped(codes: npt.NDArray[np.uint32]) -> bool:
    unknown = ((codes >= 0xE000) & (codes <= 0xF8FF)) | (codes == 0xFFFD)
    return int(unknown.sum()) > _UNMAPPED * len(codes)
