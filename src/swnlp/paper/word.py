"""Tables and paragraphs to Word files: 三线表 with captions above and notes below; the same table, the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Length, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from swnlp.export.files import replacing
from swnlp.export.values import clean
from swnlp.paper.values import Column, Panel, PaperTable, Row, Said, shown

_CREATED = datetime(2000, 1, 1)
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_LATIN, _CHINESE = "Times New Roman", "宋体"
# Eighths of a point.
_THICK, _THIN = 12, 6
# More columns than this do not fit an upright page.
_UPRIGHT = 8
# Of the first column, beside the width of every other as a share of it.
_FIRST = 2.2
_BODY, _SMALL = Pt(10.5), Pt(9)
_LEFT, _MIDDLE = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
Rule = tuple[str, int]


def write_table_docx(table: PaperTable, path: Path | str) -> None:
    """Write a table with its captions and notes; lying on its side if it has many columns.

    Three rules, no others: over the head, under it, and under the last row. The head is repeated on every page.

    Raises:
        OutputError: If the file cannot be written.
    """
    file = _new_file(lying=max(len(panel.columns) for panel in table.panels) > _UPRIGHT)
    _say(file.add_paragraph(), f"表{table.number}  {table.caption.zh}", bold=True, align=_MIDDLE)
    _say(file.add_paragraph(), f"Table {table.number}  {table.caption.en}", bold=True, align=_MIDDLE)
    for panel in table.panels:
        if panel.title is not None:
            _say(file.add_paragraph(), f"{panel.title.zh} {panel.title.en}", size=_SMALL)
        _add_panel(file, panel)
    for language, lead in (("zh", "注："), ("en", "Notes: ")):
        text = (" " if language == "en" else "").join(getattr(note, language) for note in table.notes)
        _say(file.add_paragraph(), lead + text, size=_SMALL)
    _save(file, path)


class Figure(NamedTuple):
    """A picture (PNG) with its number, caption and note."""

    number: int
    caption: Said
    png: bytes
    note: Said


def write_figure_docx(figure: Figure, path: Path | str) -> None:
    """Write a figure with its captions and note below.

    Raises:
        OutputError: If the file cannot be written.
    """
    file = _new_file(lying=False)
    place = file.add_paragraph()
    place.alignment = _MIDDLE
    place.add_run().add_picture(io.BytesIO(figure.png), width=Cm(16))
    _say(file.add_paragraph(), f"图{figure.number}  {figure.caption.zh}", bold=True, align=_MIDDLE)
    _say(file.add_paragraph(), f"Figure {figure.number}  {figure.caption.en}", bold=True, align=_MIDDLE)
    _say(file.add_paragraph(), f"注：{figure.note.zh}", size=_SMALL)
    _say(file.add_paragraph(), f"Notes: {figure.note.en}", size=_SMALL)
    _save(file, path)


def write_text_docx(parts: Iterable[tuple[Said, Sequence[str]]], path: Path | str) -> None:
    """Write headings with their paragraphs.

    Raises:
        OutputError: If the file cannot be written.
    """
    file = _new_file(lying=False)
    for heading, paragraphs in parts:
        _say(file.add_paragraph(), f"{heading.zh} {heading.en}".strip(), bold=True, size=Pt(14))
        for paragraph in paragraphs:
            _say(file.add_paragraph(), paragraph)
    _save(file, path)


def _new_file(*, lying: bool) -> WordFile:
    file = Document()
    section = file.sections[0]
    short, long = Cm(21), Cm(29.7)
    section.page_width, section.page_height = (long, short) if lying else (short, long)
    section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(2))
    properties = file.core_properties
    properties.author = properties.last_modified_by = "swnlp"
    properties.created = properties.modified = _CREATED
    properties.comments = properties.title = ""
    return file


def _add_panel(file: WordFile, panel: Panel) -> None:
    grouped = any(column.group for column in panel.columns)
    heads = 2 if grouped else 1
    grid = file.add_table(rows=heads + len(panel.rows), cols=len(panel.columns))
    grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.CENTER, True
    if grouped:
        _group_heads(grid, panel.columns)
    for i, column in enumerate(panel.columns):
        merged = grouped and column.group is None
        cell = grid.cell(0, i).merge(grid.cell(1, i)) if merged else grid.cell(heads - 1, i)
        _head(cell, column.head)
    # Row by row: grid.cell() walks the whole table each time.
    for row, line in zip(panel.rows, list(grid.rows)[heads:], strict=True):
        _fill(line.cells, row, panel.columns)
    _widths(grid, len(panel.columns), file.sections[0])
    last = heads + len(panel.rows) - 1
    _rule(grid, 0, ("top", _THICK))
    _rule(grid, heads - 1, ("bottom", _THIN))
    _rule(grid, last, ("bottom", _THICK))
    for line in list(grid.rows)[:heads]:
        _mark(line._tr.get_or_add_trPr(), "w:tblHeader")
    for line in grid.rows:
        _mark(line._tr.get_or_add_trPr(), "w:cantSplit")


def _widths(grid: Table, columns: int, section: Section) -> None:
    """Give the names of the rows more room than the numbers."""
    page, left, right = section.page_width, section.left_margin, section.right_margin
    room = Length((page or 0) - (left or 0) - (right or 0))
    one = room / (columns - 1 + _FIRST)
    for i, column in enumerate(grid.columns):
        column.width = Length(int(one * (_FIRST if i == 0 else 1)))
    # LibreOffice reads the cells, Word the columns.
    for line in grid.rows:
        for cell in line._tr.tc_lst:
            span = range(cell.grid_offset, cell.grid_offset + cell.grid_span)
            cell.width = Length(sum(int(one * (_FIRST if i == 0 else 1)) for i in span))


def _group_heads(grid: Table, columns: Sequence[Column]) -> None:
    at = 0
    for group, members in groupby(columns, key=lambda column: column.group):
        width = len(list(members))
        if group is not None:
            _head(grid.cell(0, at).merge(grid.cell(0, at + width - 1)), group)
        at += width


def _head(cell: _Cell, said: Said) -> None:
    _say(cell.paragraphs[0], said.zh, size=_SMALL, align=_MIDDLE)
    if said.en:
        _say(cell.add_paragraph(), said.en, size=Pt(7.5), align=_MIDDLE)


def _fill(cells: Sequence[_Cell], row: Row, columns: Sequence[Column]) -> None:
    for i, (cell, value, column) in enumerate(zip(cells, row, columns, strict=True)):
        align = _LEFT if i == 0 or isinstance(value, str) else _MIDDLE
        _say(cell.paragraphs[0], shown(value, column), size=_SMALL, align=align)


def _say(
    paragraph: Paragraph,
    text: str,
    *,
    bold: bool = False,
    size: Pt = _BODY,
    align: WD_ALIGN_PARAGRAPH = _LEFT,
) -> None:
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(clean(text))
    run.bold, run.font.size, run.font.name = bold, size, _LATIN
    # Word has a font of its own for Chinese.
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _CHINESE)


def _rule(grid: Table, row: int, rule: Rule) -> None:
    """Draw one rule over the whole width; on the cells, which LibreOffice and WPS keep too."""
    side, width = rule
    for cell in grid.rows[row]._tr.tc_lst:
        properties = cell.get_or_add_tcPr()
        borders = properties.find(qn("w:tcBorders"))
        if borders is None:
            borders = OxmlElement("w:tcBorders")
            # Before what the schema wants after it.
            after = [properties.find(qn(f"w:{name}")) for name in ("shd", "noWrap", "tcMar", "vAlign")]
            first = next((element for element in after if element is not None), None)
            properties.append(borders) if first is None else first.addprevious(borders)
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", str(width)), ("space", "0"), ("color", "000000")):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)


def _mark(properties: object, name: str) -> None:
    properties.append(OxmlElement(name))  # type: ignore[attr-defined]


def _save(file: WordFile, path: Path | str) -> None:
    """Save without the clock, which python-docx writes into the archive."""
    draft = io.BytesIO()
    file.save(draft)
    with replacing(path) as out, ZipFile(draft) as held, ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name in held.namelist():
            entry = ZipInfo(name, _ZIP_DATE)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, held.read(name))
