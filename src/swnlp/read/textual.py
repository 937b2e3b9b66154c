"""Text files and web pages to their text."""

from __future__ import annotations

from swnlp.errors import ReadError
from swnlp.read.encodings import decode
from swnlp.read.page import Item, Page, Taken
from swnlp.read.troubles import bad_bytes
from swnlp.read.webpage import read_page
from swnlp.settings import Settings


def take(data: bytes, settings: Settings) -> Taken:
    """Read a web page."""
    return take_text(data, html=True)


def take_text(data: bytes, *, html: bool) -> Taken:
    """Read a text, or a web page; a page that is named .txt is one too.

    Raises:
        ReadError: If it is no text, or holds none.
    """
    decoded = decode(data, html=html)
    page = read_page(decoded.text) if _is_page(decoded.text, html=html) else Page(decoded.text)
    if not page.text.strip():
        raise ReadError("文件中没有文字。 The file holds no text.")
    return Taken([Item(page, decoded.encoding, margin=decoded.margin)], bad_bytes(decoded, data))


def _is_page(text: str, *, html: bool) -> bool:
    start = text[:2000].lstrip().lower()
    if html:
        return "<" in text
    return start.startswith(("<!doctype html", "<html")) or (start.startswith("<?xml") and "<html" in start)
