"""A file to a document: bytes, text, page, facts."""

from __future__ import annotations

import hashlib

from swnlp.errors import ReadError
from swnlp.read.clutter import find_clutter
from swnlp.read.encodings import decode, looks_like_utf16
from swnlp.read.files import SourceFile, printable
from swnlp.read.metadata import facts_of, markup_title
from swnlp.read.webpage import Page, read_page
from swnlp.records import Document
from swnlp.view import simplified_view

_MAGIC = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "Office / ZIP",
    b"\xd0\xcf\x11\xe0": "Office 97-2003",
    b"{\\rtf": "RTF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"RIFF": "WebP",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
}
_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


def read_document(file: SourceFile) -> Document:
    """Read one file.

    The name's ending does not decide alone: a page saved as .txt is read as a page, a text named .html as text.

    Returns:
        The document. Its text has one line feed at the end of every line, whatever the file has, and no U+FEFF.

    Raises:
        ReadError: If the file can't be opened, is empty, is no text, or holds a byte that is not valid in its
            encoding.
    """
    path = printable(str(file.path))
    try:
        data = file.path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path}: 无法打开文件。 Cannot open the file: {error.strerror}") from None
    text, encoding = _text_of(data, path, html=file.format == "html")
    page = read_page(text) if _is_page(text, file) else Page(text, (), (), frozenset(), None, {})
    if not page.text.strip():
        raise ReadError(f"{path}: 文件中没有文字。 The file holds no text.")
    return _document(file, page, encoding, hashlib.sha256(data).hexdigest())


def _text_of(data: bytes, path: str, *, html: bool) -> tuple[str, str]:
    if not data.strip():
        raise ReadError(f"{path}: 文件是空的。 The file is empty.")
    kind = next((name for magic, name in _MAGIC.items() if data.startswith(magic)), None)
    if kind is not None:
        raise ReadError(
            f"{path}: 这是 {kind} 文件，不是文本，请另存为 .txt。 This is {kind}, not text; save it as .txt."
        )
    if b"\0" in data and not data.startswith(_BOMS):
        encoding = looks_like_utf16(data)
        if encoding is None:
            raise ReadError(f"{path}: 这不是文本文件。 This is not a text file (it holds zero bytes).")
        return decode(_mark(encoding) + data, path)
    return decode(data, path, html=html)


def _mark(encoding: str) -> bytes:
    """Return the byte order mark of a UTF-16."""
    return b"\xff\xfe" if encoding.endswith("le") else b"\xfe\xff"


def _is_page(text: str, file: SourceFile) -> bool:
    start = text[:2000].lstrip().lower()
    if file.format == "html":
        return "<" in text
    return start.startswith(("<!doctype html", "<html")) or (start.startswith("<?xml") and "<html" in start)


def _document(file: SourceFile, page: Page, encoding: str, sha256: str) -> Document:
    view = simplified_view(page.text)
    title = markup_title(page.title, page.meta)
    first = next((page.text[start:end] for start, end, level in page.headings if level == 1), None)
    named = first or title
    clutter = find_clutter(
        view,
        title=simplified_view(named) if named else None,
        links=page.links,
        dropped=page.dropped,
    )
    facts = facts_of(page.text, view, clutter, page.meta, title)
    kept_headings = tuple(
        h for h in page.headings if not any(d.start <= h[0] < d.end for d in clutter.dropped)
    )
    return Document(
        doc_id=file.doc_id,
        path=printable(str(file.path)),
        title=facts.title,
        date=facts.date or file.date,
        source=facts.source or file.source,
        genre=facts.genre,
        doc_number=facts.doc_number,
        encoding=encoding,
        sha256=sha256,
        text=page.text,
        place=file.place,
        dropped=clutter.dropped,
        headings=kept_headings,
    )
