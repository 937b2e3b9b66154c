"""A PDF's text layer to a page: lines joined to paragraphs, columns in order, running heads and page numbers apart."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Sequence

import pypdfium2 as pdfium
from pypdfium2 import raw

from swnlp.errors import ReadError
from swnlp.read.encodings import clean
from swnlp.read.page import Item, Page, Taken, Trouble
from swnlp.read.pdf_furniture import without_furniture
from swnlp.read.pdf_lines import Char, Line, lines_of
from swnlp.read.pdf_paragraphs import Paragraph, paragraphs_of
from swnlp.read.troubles import no_characters
from swnlp.records import Dropped
from swnlp.settings import Settings

_LEVELS = 6
_LONGEST_HEADING = 60
# So much larger than the text a heading is set.
_LARGER = 1.15
_MOST_LISTED = 20
# A no-break and a full-width space, and no character; what PDFium gives for a hyphen at a line's end.
_BLANK = frozenset({0xA0, 0x3000, 0xFFFF})
_HYPHENS = {0xFFFE: 0x2D, 0x02: 0x2D}
# Of the characters of a page with a font that does not say what its signs mean.
_UNMAPPED = 0.3


def take(data: bytes, settings: Settings) -> Taken:
    """Read a PDF."""
    pages, heights, pictures = _pages(data)
    if not any(pages):
        raise ReadError(
            "PDF 没有文字层（可能是扫描件），请先做文字识别（OCR）再另存。 "
            "The PDF has no text layer (it may be a scan): run OCR on it first."
        )
    lines, furniture = without_furniture([lines_of(chars) for chars in pages], heights)
    page, unclean = _laid_out(lines, furniture)
    if not page.text.strip():
        raise ReadError("文件中没有文字。 The file holds no text.")
    troubles = [*no_characters(unclean), *_missing(pages, pictures), *_unmapped(pages)]
    return Taken([Item(page, "pdf")], troubles)


def _pages(data: bytes) -> tuple[list[list[Char]], list[float], list[int]]:
    """Return each page's characters and height, and the numbers of the pages that hold pictures only."""
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
    pages: list[list[Char]] = []
    heights: list[float] = []
    pictures: list[int] = []
    with document:
        for number in range(len(document)):
            try:
                page = document[number]
            except pdfium.PdfiumError:
                pages.append([])
                heights.append(0)
                continue
            pages.append(_characters(page))
            heights.append(page.get_height())
            if not pages[-1] and any(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)):
                pictures.append(number)
            page.close()
    return pages, heights, pictures


def _characters(page: pdfium.PdfPage) -> list[Char]:
    """Return a page's visible characters in the order in which they are drawn."""
    text_page = page.get_textpage()
    handle, found = text_page.raw, []
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    wide, tall, space = page.get_width(), page.get_height(), ""
    for index in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, index)
        code = _HYPHENS.get(code, code)
        if code <= 0x20 or code in _BLANK:
            space = "?" if raw.FPDFText_IsGenerated(handle, index) == 1 and space != " " else " "
            continue
        raw.FPDFText_GetCharBox(handle, index, left, right, bottom, top)
        size = raw.FPDFText_GetFontSize(handle, index) or top.value - bottom.value
        x, y = left.value, bottom.value
        if -wide <= x <= 2 * wide and -tall <= y <= 2 * tall:
            found.append(Char(chr(code), x, right.value, y, top.value, size, space))
        space = ""
    text_page.close()
    return _whole_pairs(found)


def _whole_pairs(chars: Sequence[Char]) -> list[Char]:
    """Join the halves that characters beyond the Basic Multilingual Plane may come in."""
    whole: list[Char] = []
    for char in chars:
        if whole and "\ud800" <= whole[-1].text <= "\udbff" and "\udc00" <= char.text <= "\udfff":
            pair = (whole[-1].text + char.text).encode("utf-16-le", "surrogatepass").decode("utf-16-le")
            whole[-1] = whole[-1]._replace(text=pair)
        else:
            whole.append(char)
    return whole


def _laid_out(pages: Sequence[Sequence[Line]], furniture: Sequence[tuple[str, str]]) -> tuple[Page, int]:
    """Return the text: paragraphs, then what stands on page after page, marked as dropped."""
    paragraphs = paragraphs_of(pages)
    levels = _levels(paragraphs)
    text, unclean = "", 0
    pieces: list[str] = []
    headings: list[tuple[int, int, int]] = []
    dropped: list[Dropped] = []
    at = 0
    for paragraph in paragraphs:
        text, count = clean(paragraph.text)
        unclean += count
        level = levels.get(round(paragraph.size)) if _may_head(text) else None
        if level is not None:
            headings.append((at, at + len(text), level))
        pieces.append(text)
        at += len(text) + 1
    for text, reason in furniture:
        shown, _ = clean(text)
        dropped.append(Dropped(at, at + len(shown), reason))
        pieces.append(shown)
        at += len(shown) + 1
    title = next(
        (p.text for p in paragraphs[:10] if levels.get(round(p.size)) == 1 and _may_head(p.text)), None
    )
    return Page("\n".join(pieces), tuple(headings), tuple(dropped), title=title), unclean


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


def _missing(pages: Sequence[Sequence[Char]], pictures: Sequence[int]) -> list[Trouble]:
    """Report the pages that hold a picture and no text, beside others that hold text."""
    if not pictures:
        return []
    listed = "、".join(str(number + 1) for number in pictures[:_MOST_LISTED])
    more = " 等" if len(pictures) > _MOST_LISTED else ""
    message = (
        f"共 {len(pages)} 页，第 {listed}{more} 页只有图片、没有文字（可能是扫描页），请先做文字识别（OCR）。 "
        "These pages hold a picture and no text: run OCR on them first."
    )
    return [Trouble("NoText", message)]


def _unmapped(pages: Sequence[Sequence[Char]]) -> list[Trouble]:
    """Report the pages whose font does not say which characters its signs are."""
    bad = [
        number
        for number, chars in enumerate(pages)
        if sum("\ue000" <= c.text <= "\uf8ff" or c.text == "\ufffd" for c in chars) > _UNMAPPED * len(chars)
    ]
    if not bad:
        return []
    listed = "、".join(str(number + 1) for number in bad[:_MOST_LISTED])
    message = (
        f"第 {listed} 页的字体没有文字编码，读出的是乱码；请先做文字识别（OCR）。 "
        "The font of these pages does not say what its signs mean: run OCR on them."
    )
    return [Trouble("NoText", message)]
