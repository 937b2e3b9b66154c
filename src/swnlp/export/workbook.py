"""An .xlsx file: text is text and never a formula, the header stays in sight, and the bytes don't depend on the clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException

from swnlp.export.files import replacing
from swnlp.export.values import plain, text

# What Workbook.add_worksheet gives.
Sheet: TypeAlias = Any
# Excel's own limits.
MOST_CHARACTERS, MOST_ROWS, MOST_COLUMNS = 32_767, 1_048_576, 16_384
# No date of the clock: the same table gives the same bytes.
_CREATED = datetime(2000, 1, 1)
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@contextmanager
def workbook(path: Path | str) -> Iterator[Workbook]:
    """Open a new workbook, that becomes `path` when the block ends without an error; rows are written in order.

    Raises:
        OutputError: If the file cannot be written; `path` is then as it was.
    """
    with replacing(path) as file:
        book = Workbook(file, _OPTIONS)
        book.set_properties({"created": _CREATED})
        try:
            yield book
            book.close()
        except XlsxWriterException as error:
            raise OSError(str(error)) from error
        finally:
            for sheet in book.worksheets():
                # Its temporary file, where writing broke off.
                sheet._opt_close()


def write_sheet(
    book: Workbook,
    name: str,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    notes: Sequence[str] = (),
    frozen_columns: int = 0,
    most_rows: int = MOST_ROWS,
    width: float = 14,
) -> None:
    """Add a sheet: notes, one a row, then the header, which stays in sight, then the rows.

    Rows beyond `most_rows`, or what a sheet can hold, are left out, and the last row says so.
    """
    sheet, top = headed_sheet(book, name, header, notes=notes, frozen_columns=frozen_columns, width=width)
    for row, cells in enumerate(rows, top):
        if row - top == most_rows or row == MOST_ROWS - 1:
            tell_more_rows(sheet, row)
            return
        for column, cell in enumerate(cells):
            write_cell(sheet, row, column, cell)


def headed_sheet(
    book: Workbook,
    name: str,
    header: Sequence[str],
    *,
    notes: Sequence[str] = (),
    frozen_columns: int = 0,
    width: float = 14,
) -> tuple[Sheet, int]:
    """Add a sheet with notes and header, which stays in sight; return it and the number of the next row, from 0."""
    sheet: Sheet = book.add_worksheet(name)
    bold, small = book.add_format({"bold": True}), book.add_format({"italic": True, "font_color": "#666666"})
    top = len(notes)
    sheet.set_column(0, min(max(len(header), 1), MOST_COLUMNS) - 1, width)
    sheet.freeze_panes(top + 1, frozen_columns)
    for row, note in enumerate(notes):
        write_cell(sheet, row, 0, note, small)
    for column, title in enumerate(header):
        write_cell(sheet, top, column, title, bold)
    return sheet, top + 1


def tell_more_rows(sheet: Sheet, row: int) -> None:
    """Write in a last row that there are more."""
    write_cell(sheet, row, 0, "…… 行数过多，其余见同名 .csv 文件 / more rows in the .csv file of that name")


def write_cell(sheet: Sheet, row: int, column: int, value: object, look: Any = None) -> None:  # noqa: ANN401
    """Write a value as a number, true or false, or text; nothing for None, NaN and empty text."""
    found = plain(value)
    if found is None:
        return
    if isinstance(found, bool):
        sheet.write_boolean(row, column, found, look)
    elif isinstance(found, (int, float)):
        sheet.write_number(row, column, found, look)
    else:
        shown = text(found)[:MOST_CHARACTERS]
        # XlsxWriter takes such text for markup of its own and would write it raw.
        sheet.write_string(row, column, f"'{shown}" if shown.startswith("<r>") else shown, look)
