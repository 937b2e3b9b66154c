"""Which format a file is in: by its name when files are looked for, by its content when it is read."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import Literal
from zipfile import BadZipFile, ZipFile

from swnlp.errors import ReadError

Format = Literal[
    "text",
    "html",
    "markdown",
    "mhtml",
    "docx",
    "office",
    "pdf",
    "delimited",
    "sheet",
    "jsonl",
    "parquet",
    "zip",
]

_BY_NAME: dict[Format, str] = {
    "text": ".txt",
    "html": ".html .htm .xhtml .shtml",
    "markdown": ".md .markdown",
    "mhtml": ".mhtml .mht",
    "docx": ".docx .docm .dotx",
    "office": ".doc .dot .wps .wpt .rtf .odt",
    "pdf": ".pdf",
    "delimited": ".csv .tsv .tab",
    "sheet": ".xlsx .xlsm .xlsb .xls .et .ods",
    "jsonl": ".jsonl .ndjson",
    "parquet": ".parquet",
    "zip": ".zip",
}
FORMATS: dict[str, Format] = {
    suffix: kind for kind, suffixes in _BY_NAME.items() for suffix in suffixes.split()
}
# Their readers run in a process of their own, under limits of time and memory.
ISOLATED: frozenset[Format] = frozenset(
    {"markdown", "mhtml", "docx", "office", "pdf", "sheet", "parquet", "zip"}
)
# Kinds that hold documents which this version can't read: said, never skipped in silence.
NOT_YET = frozenset(
    ".ofd .pages .epub .caj .ceb .ppt .pptx .dps .odp .rar .7z .tar .gz .tgz .bz2 .xz".split()
)
# A project's notes on itself are no reports.
_NOTES = frozenset({"readme.md", "changelog.md", "contributing.md", "licence.md", "license.md"})

_PICTURES = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"RIFF": "WebP",
    b"BM": "BMP",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
}
_PACKED = {b"Rar!": "RAR", b"7z\xbc\xaf": "7z", b"\x1f\x8b": "gzip", b"BZh9": "bzip2"}
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_TEXTUAL: frozenset[Format] = frozenset({"text", "html", "markdown", "delimited", "jsonl", "mhtml"})
_MEMBERS: tuple[tuple[str, Format], ...] = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "sheet"),
    ("xl/workbook.bin", "sheet"),
)


def is_note(path: str) -> bool:
    """Say whether a file's name is that of a project's notes on itself (README.md)."""
    return path.lower().rpartition("/")[2] in _NOTES


def format_of(data: bytes, named: Format) -> Format:
    """Return the format that a file's bytes are in; its name decides only where they leave it open.

    Raises:
        ReadError: If it is of a kind that holds no text, or is locked with a password.
    """
    if data.startswith(_ZIP):
        return _zip_format(data, named)
    if data.startswith(_OLE):
        return _ole_format(data, named)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PAR1"):
        return "parquet"
    if data.startswith(b"{\\rtf"):
        return "office"
    _refuse(data)
    return _text_format(data, named)


def _refuse(data: bytes) -> None:
    kind = next((name for magic, name in _PICTURES.items() if data.startswith(magic)), None)
    if kind is not None and not (kind == "BMP" and data[:40].isascii() and b"\0" not in data[:40]):
        raise ReadError(
            f"这是 {kind} 图片，不是文本；请先做文字识别（OCR）。 This is a {kind} picture, not text: run OCR on it first."
        )
    kind = next((name for magic, name in _PACKED.items() if data.startswith(magic)), None)
    if kind is not None:
        raise ReadError(
            f"这是 {kind} 压缩文件，请解压或改存为 .zip。 This is a {kind} archive: unpack it or save it as .zip."
        )


def _text_format(data: bytes, named: Format) -> Format:
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"mime-version:", b"from: <saved by", b'from: "saved by')):
        return "mhtml"
    if named == "html" or start.startswith((b"<!doctype html", b"<html")):
        return "html"
    if start.startswith(b"<?xml") and b"<html" in start:
        return "html"
    # An error page or a text that was saved under the name of a Word or PDF file.
    return named if named in _TEXTUAL or b"\0" in data else "text"


def _zip_format(data: bytes, named: Format) -> Format:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:100].decode("latin-1") if "mimetype" in names else ""
    except (BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, RuntimeError, EOFError):
        # Cut short: its reader says so.
        return named if named in ("docx", "sheet") else "zip"
    found = next((kind for member, kind in _MEMBERS if member in names), None)
    if found is not None:
        return found
    if "opendocument.text" in kind:
        return "office"
    if "opendocument.spreadsheet" in kind:
        return "sheet"
    if "ppt/presentation.xml" in names or "opendocument.presentation" in kind:
        raise ReadError(
            "这是演示文稿，请另存为 .docx 或 .pdf。 This is a presentation: save it as .docx or .pdf."
        )
    if "OFD.xml" in names or "epub" in kind:
        raise ReadError(
            "这是 OFD 或 EPUB 文件，请另存为 .pdf 或 .docx。 This is OFD or EPUB: save it as .pdf or .docx."
        )
    return "zip"


def _ole_format(data: bytes, named: Format) -> Format:
    """Tell the kinds of Office 97-2003 file, and the envelope that a password puts around a newer one."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ReadError("文件有密码，请解除密码后重试。 Locked with a password: remove it and run again.")
    if "WordDocument".encode("utf-16-le") in data:
        return "office"
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book\0")):
        return "sheet"
    if "PowerPoint Document".encode("utf-16-le") in data:
        raise ReadError(
            "这是演示文稿，请另存为 .docx 或 .pdf。 This is a presentation: save it as .docx or .pdf."
        )
    return "sheet" if named == "sheet" else "office"
