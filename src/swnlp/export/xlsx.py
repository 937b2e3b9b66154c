"""Tables to spreadsheets (.xlsx) in which no cell is a formula or a link."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import xlsxwriter

from swnlp.export.csv import safe_cell
from swnlp.export.workbook import MOST_CHARACTERS, MOST_ROWS, workbook

_WIDEST = 40


def write_table_xlsx(table: pa.Table | pa.RecordBatchReader, path: Path | str, *, sheet: str) -> None:
    """Write an Arrow table, or a stream of one, as a spreadsheet; rows beyond a sheet's limit go to a next one.

    Cells are those of `safe_cell`: text that a spreadsheet would take for a formula has a single quote in front.

    Raises:
        OutputError: If the file cannot be written.
    """
    batches = table.to_batches(max_chunksize=10_000) if isinstance(table, pa.Table) else table
    with workbook(path) as book:
        heading = book.add_format({"bold": True})
        page, at = None, MOST_ROWS
        for batch in batches:
            for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                if at >= MOST_ROWS:
                    page, at = _new_page(book, sheet, table.schema.names, heading), 1
                _write_row(page, at, cells)
                at += 1
        if page is None:
            _new_page(book, sheet, table.schema.names, heading)


def _new_page(
    book: xlsxwriter.Workbook, sheet: str, names: list[str], heading: xlsxwriter.format.Format
) -> xlsxwriter.worksheet.Worksheet:
    number = len(book.worksheets()) + 1
    page = book.add_worksheet(sheet if number == 1 else f"{sheet} {number}")
    page.freeze_panes(1, 0)
    for column, name in enumerate(names):
        page.set_column(column, column, min(_WIDEST, max(10, len(name) + 2)))
        page.write_string(0, column, name, heading)
    return page


def _write_row(page: xlsxwriter.worksheet.Worksheet, at: int, cells: tuple[object, ...]) -> None:
    for column, value in enumerate(cells):
        cell = safe_cell(value)
        if isinstance(cell, str):
            if cell:
                page.write_string(at, column, cell[:MOST_CHARACTERS])
        else:
            page.write_number(at, column, cell)
