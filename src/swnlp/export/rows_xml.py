"""Rows of Arrow tables into a sheet of a workbook, many at a time.

XlsxWriter writes a cell in some microseconds, which for a table of all numbers in a corpus is longer than finding
them. Here the XML of thousands of rows is put together in Arrow and goes where XlsxWriter keeps its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import pyarrow as pa
import pyarrow.compute as pc
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from swnlp.export.cells import joined, slices, written
from swnlp.export.values import Plain, plain
from swnlp.export.workbook import MOST_CHARACTERS, MOST_ROWS, Sheet, headed_sheet, tell_more_rows

Shown = Callable[[object], Plain | None]
# As Excel writes control characters (the others XML forbids), and text that would be read as one.
_CONTROL = re.compile(r"\r|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = {"\r": "_x000D_", "_": "_x005F_"}
_MARKUP = re.compile(r"[&<>]")


def write_rows(sheet: Sheet, at: int, rows: pa.RecordBatch, shown: Shown = plain) -> None:
    """Write rows below what is there.

    Args:
        sheet: A sheet of a workbook in constant memory.
        at: Row that the first becomes, counted from 0.
        rows: The rows. Text is never a formula; it is cut to what a cell can hold.
        shown: What is shown of a value; nothing for None and empty text.
    """
    # What was written cell by cell goes first. These three are XlsxWriter's own, not public (a test reads the sheet).
    sheet._write_single_row(at)
    for part in slices(rows):
        sheet.row_data_fh.write("".join(_row_texts(part, at + 1, shown)))
        at += part.num_rows
    if rows.num_rows:
        sheet._check_dimensions(at - 1, rows.num_columns - 1)
        sheet.previous_row = at - 1


def write_batches(
    book: Workbook,
    name: str,
    header: Sequence[str],
    batches: Iterable[pa.RecordBatch],
    *,
    notes: Sequence[str] = (),
    most_rows: int = MOST_ROWS,
) -> None:
    """Add a sheet as `workbook.write_sheet` does, of rows that come in batches; those beyond `most_rows` are left out."""
    sheet, at = headed_sheet(book, name, header, notes=notes)
    last = min(at + most_rows, MOST_ROWS - 1)
    for batch in batches:
        fitting = batch.slice(0, last - at)
        write_rows(sheet, at, fitting)
        at += fitting.num_rows
        if fitting.num_rows < batch.num_rows:
            tell_more_rows(sheet, at)
            return


def _row_texts(rows: pa.RecordBatch, first: int, shown: Shown) -> list[str]:
    numbers = pc.cast(pa.array(range(first, first + rows.num_rows)), pa.string())
    pieces = [pa.scalar('<row r="'), numbers, pa.scalar('">')]
    for index, column in enumerate(rows.columns):
        cells = written(column, lambda value: _cell(shown(value)))
        begun = joined([pa.scalar(f'<c r="{xl_col_to_name(index)}'), numbers, cells])
        pieces.append(pc.if_else(pc.equal(cells, ""), "", begun))
    texts: list[str] = joined([*pieces, pa.scalar("</row>")]).to_pylist()
    return texts


def _cell(cell: Plain | None) -> str:
    """Return the rest of a cell's XML after its row number; nothing for an empty one."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return f'" t="b"><v>{cell:d}</v></c>'
    if not isinstance(cell, str):
        return f'"><v>{cell:.16G}</v></c>'
    text = _CONTROL.sub(lambda found: _ESCAPED[found[0]], cell[:MOST_CHARACTERS])
    if _MARKUP.search(text):
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    space = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
    return f'" t="inlineStr"><is><t{space}>{text}</t></is></c>'
