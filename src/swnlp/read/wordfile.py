"""A Word file to a page: paragraphs, headings, tables and notes, in reading order."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from docx.opc.constants import CONTENT_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import PartFactory
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.package import Package
from docx.parts.document import DocumentPart
from lxml.etree import XMLSyntaxError, tostring

from swnlp.errors import ReadError
from swnlp.read.archive import check_size
from swnlp.read.encodings import clean
from swnlp.read.grid import Raw, cells_of
from swnlp.read.page import Item, Page, Taken
from swnlp.read.troubles import no_characters
from swnlp.read.word_styles import Numbers, Styles
from swnlp.records import Cell, Dropped
from swnlp.settings import Settings

# Files with macros and templates are documents too.
for _type in (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    CONTENT_TYPE.WML_DOCUMENT_MAIN,
):
    PartFactory.part_type_for[_type] = DocumentPart

_P, _TBL, _TR, _TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_HOLDERS = frozenset(
    qn(f"w:{tag}") for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
)
# Deleted text, the older copy of a drawing, and what a paragraph holds of other paragraphs.
_UNSEEN = frozenset(
    [qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"]
)
_SKIPPED = _UNSEEN | {qn("w:pPr"), qn("w:rPr"), qn("w:txbxContent")}
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
_NOTES = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}
_SPACES = re.compile(r"[ \t\n]+")
_CONTENTS = re.compile(r"(?i:toc|目录)\s?\d?$")


def take(data: bytes, settings: Settings) -> Taken:
    """Read a Word file (.docx, .docm, .dotx)."""
    check_size(data, settings)
    reader = _Reader(_document(data))
    page = reader.page()
    if not page.text.strip():
        raise ReadError(_NO_TEXT if reader.pictures else "文件中没有文字。 The file holds no text.")
    return Taken([Item(page, "docx")], no_characters(reader.unclean))


_NO_TEXT = (
    "文件中只有图片，没有文字（可能是扫描件），请先做文字识别（OCR）。 "
    "It holds pictures only, no text: run OCR on it first."
)


def _document(data: bytes) -> DocumentPart:
    try:
        part = _opened(data)
    except (KeyError, PackageNotFoundError, BadZipFile, XMLSyntaxError) as error:
        raise ReadError(
            f"不是完整的 Word 文件（{error}），请用 Word 或 WPS 打开后另存为 .docx。 "
            "Not a whole Word file: open it and save it as .docx."
        ) from None
    if not isinstance(part, DocumentPart):
        raise ReadError("不是 Word 文件，请另存为 .docx。 Not a Word file: save it as .docx.")
    return part


def _opened(data: bytes) -> object:
    try:
        return Package.open(BytesIO(data)).main_document_part
    except KeyError:
        # Some programs refer to pictures that they did not write; python-docx asks for every part.
        return Package.open(BytesIO(_without_dead_references(data))).main_document_part


def _without_dead_references(data: bytes) -> bytes:
    """Return a Word file without the references to parts that are not in it."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as archive, ZipFile(out, "w") as copy:
        names = set(archive.namelist())
        for info in archive.infolist():
            content = archive.read(info)
            if info.filename.endswith(".rels"):
                root = parse_xml(content)
                folder = posixpath.dirname(posixpath.dirname(info.filename))
                for relation in list(root):
                    target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
                    if relation.get("TargetMode") != "External" and target.lstrip("/") not in names:
                        root.remove(relation)
                content = tostring(root)
            copy.writestr(info.filename, content)
    return out.getvalue()


class _Reader:
    """Walks a document's body without recursion into paragraphs, and lays its lines out."""

    def __init__(self, part: DocumentPart) -> None:
        self._body = part.element.body
        self._styles = Styles(part)
        self._numbers = Numbers(part)
        self._notes = {kind: _notes(part, kind) for kind in ("footnotes", "endnotes")}
        self._lines: list[str] = []
        self._length = 0
        self._headings: list[tuple[int, int, int]] = []
        self._dropped: list[Dropped] = []
        self._cells: list[tuple[int, list[list[Raw]]]] = []
        self._title: str | None = None
        self.pictures = False
        self.unclean = 0

    def page(self) -> Page:
        """Return the whole document."""
        for element in _blocks(self._body):
            if element.tag == _P:
                self._paragraph(element)
            else:
                self._table(element)
        text = "\n".join(self._lines)
        cells: list[Cell] = []
        for number, rows in self._cells:
            cells += cells_of(text, number, rows)
        return Page(text, tuple(self._headings), tuple(self._dropped), title=self._title, cells=tuple(cells))

    def _paragraph(self, element: Any) -> None:  # noqa: ANN401
        style = self._styles.of(element)
        level = self._styles.level(element, style)
        text = self._numbers.text(element, style) + self._text(element)
        for line in text.split("\n"):
            start, end = self._write(line)
            if start == end:
                continue
            if style.title:
                self._title = (self._title or "") + line.strip()
            if _CONTENTS.match(style.name):
                self._dropped.append(Dropped(start, end, "contents"))
            elif level:
                self._headings.append((start, end, level))
        self._after(element)

    def _after(self, element: Any) -> None:  # noqa: ANN401
        """Write what a paragraph refers to or holds beside its text: notes and text boxes."""
        for child in element.iter(*_NOTES):
            note = self._notes[_NOTES[child.tag]].get(child.get(qn("w:id")))
            if note is not None:
                self._write(" ".join(self._text(p).strip() for p in note.iter(_P)))
        for box in element.iter(qn("w:txbxContent")):
            for paragraph in filter(_is_shown, box.iter(_P)):
                self._write(self._text(paragraph).replace("\n", " "))

    def _write(self, line: str) -> tuple[int, int]:
        """Write a line; return where its text stands, without the space around it."""
        line, count = clean(line)
        self.unclean += count
        line = line.replace("\n", " ").rstrip()
        if not line.strip():
            return self._length, self._length
        start = self._length + len(line) - len(line.lstrip())
        end = self._length + len(line)
        self._lines.append(line)
        self._length = end + 1
        return start, end

    def _text(self, element: Any) -> str:  # noqa: ANN401
        """Return a paragraph's text, with tracked insertions and without deletions."""
        pieces: list[str] = []
        todo = [element]
        while todo:
            node = todo.pop()
            if node.tag == qn("w:t"):
                pieces.append(node.text or "")
            elif node.tag in _BREAKS:
                page = node.get(qn("w:type")) in ("page", "column")
                pieces.append("" if page else _BREAKS[node.tag])
            elif node.tag in (qn("w:drawing"), qn("w:pict")):
                self.pictures = True
            elif node is element or node.tag not in _SKIPPED:
                todo += reversed(node)
        return "".join(pieces)

    def _table(self, table: Any) -> None:  # noqa: ANN401
        """Write a table: a row a line, cells apart by tabs; one of a single column is text in a frame."""
        rows = [[cell for cell in _within(row, _TC) if not _goes_on(cell)] for row in _within(table, _TR)]
        if all(len(row) <= 1 for row in rows):
            for element in (e for row in rows for cell in row for e in _blocks(cell)):
                self._paragraph(element) if element.tag == _P else self._table(element)
            return
        below = _heights(table)
        grid: list[list[Raw]] = []
        for row in rows:
            raw, at = [], self._length
            texts = [_SPACES.sub(" ", self._cell_text(cell)).strip() for cell in row]
            for cell, text in zip(row, texts, strict=True):
                raw.append(Raw(at, at + len(text), _width(cell), below.get(cell, 1)))
                at += len(text) + 1
            grid.append(raw)
            self._write_row(texts)
        self._cells.append((len(self._cells), grid))

    def _write_row(self, texts: list[str]) -> None:
        line = "\t".join(texts)
        if line.strip():
            self._lines.append(line)
            self._length += len(line) + 1

    def _cell_text(self, cell: Any) -> str:  # noqa: ANN401
        # A table in a cell has its text in the cell.
        text, count = clean(" ".join(self._text(paragraph) for paragraph in filter(_is_shown, cell.iter(_P))))
        self.unclean += count
        return text


def _blocks(holder: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield the paragraphs and tables in an element, also those in content controls, in order."""
    todo = list(reversed(holder))
    while todo:
        element = todo.pop()
        if element.tag in (_P, _TBL):
            yield element
        elif element.tag in _HOLDERS:
            todo += reversed(element)


def _is_shown(element: Any) -> bool:  # noqa: ANN401
    return not any(holder.tag in _UNSEEN for holder in element.iterancestors())


def _within(holder: Any, tag: str) -> list[Any]:  # noqa: ANN401
    """Return the rows of a table, or the cells of a row."""
    found, todo = [], list(reversed(holder))
    while todo:
        element = todo.pop()
        if element.tag == tag:
            found.append(element)
        elif element.tag in _HOLDERS:
            todo += reversed(element)
    return found


def _property(cell: Any, name: str) -> Any:  # noqa: ANN401
    properties = cell.find(qn("w:tcPr"))
    return None if properties is None else properties.find(qn(f"w:{name}"))


def _width(cell: Any) -> int:  # noqa: ANN401
    span = _property(cell, "gridSpan")
    value = "1" if span is None else span.get(qn("w:val"), "1")
    return int(value) if value.isdecimal() and len(value) < 6 else 1


def _goes_on(cell: Any) -> bool:  # noqa: ANN401
    """Say whether a cell is the lower part of one above it."""
    merge = _property(cell, "vMerge")
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def _heights(table: Any) -> dict[Any, int]:  # noqa: ANN401
    """Return over how many rows the cells go that go over several."""
    above: dict[int, Any] = {}
    heights: dict[Any, int] = {}
    for row in _within(table, _TR):
        column = 0
        for cell in _within(row, _TC):
            if _goes_on(cell) and column in above:
                heights[above[column]] = heights.get(above[column], 1) + 1
            else:
                above[column] = cell
            column += _width(cell)
    return heights


def _notes(part: DocumentPart, kind: str) -> dict[str, Any]:
    """Return the footnotes or endnotes by id; separators are none."""
    for relation in part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            root = parse_xml(relation.target_part.blob)
            return {note.get(qn("w:id"), ""): note for note in root if note.get(qn("w:type")) is None}
    return {}
