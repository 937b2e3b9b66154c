"""Tables to spreadsheets (.xlsx) in which no cell is a formula or a link."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import xlsxwriter

from swnlp.export.csv import safe_cell
from swnlp.export.rows_xml import write_rows
from swnlp.export.workbook import MOST_ROWS, Sheet, workbook

_WIDEST = 40


def write_table_xlsx(table: pa.Table | pa.RecordBatchReader, path: Path | str, *, sheet: str) -> None:
    """Write an Arrow table, or a stream of one, as a spreadsheet; rows beyond a sheet's limit go to a next one.

    Cells are those of `safe_cell`: text that a spreadsheet would take for a formula has a single quote in front.

    Raises:
        OutputError: If the file cannot be written.
    """
    names = table.schema.names
    with workbook(path) as book:
        heading = book.add_format({"bold": True})
        page, at = _new_page(book, sheet, names, heading), 1
        for rest in table.to_batches() if isinstance(table, pa.Table) else table:
            while rest.num_rows:
                if at == MOST_ROWS:
                    page, at = _new_page(book, sheet, names, heading), 1
                fitting = rest.slice(0, MOST_ROWS - at)
                write_rows(page, at, fitting, safe_cell)
                at, rest = at + fitting.num_rows, rest.slice(fitting.num_rows)


def _new_page(
    book: xlsxwriter.Workbook, sheet: str, names: list[str], heading: xlsxwriter.format.Format
) -> Sheet:
    number = len(book.worksheets()) + 1
    page: Sheet = book.add_worksheet(sheet if number == 1 else f"{sheet} {number}")
    page.freeze_panes(1, 0)
    for column, name in enumerate(names):
        page.set_column(column, column, min(_WIDEST, max(10, len(name) + 2)))
        page.write_string(0, column, name, heading)
    return page
