"""Spreadsheets (Excel, WPS, OpenDocument) to rows, sheet by sheet."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from swnlp.errors import ReadError
from swnlp.read.archive import check_size
from swnlp.read.page import Taken, Trouble
from swnlp.read.rows import Row, documents_of
from swnlp.settings import Settings


def take(data: bytes, settings: Settings) -> Taken:
    """Read a spreadsheet; hidden sheets are not read, and said."""
    if data.startswith(b"PK"):
        check_size(data, settings)
    workbook = open_workbook(data)
    shown = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]
    taken = Taken([], _hidden(workbook, shown))
    for name in shown:
        rows = _rows(workbook, name)
        if not any(any(cells) for _, cells in rows):
            continue
        found = documents_of(
            rows, "sheet", sheet=name if len(shown) > 1 else "", text_column=settings.text_column
        )
        taken.items.extend(found.items)
        taken.troubles.extend(found.troubles)
    if not taken.items and not taken.troubles:
        raise ReadError("文件中没有文字。 The file holds no text.")
    return taken


def open_workbook(data: bytes) -> CalamineWorkbook:
    """Open a spreadsheet.

    Raises:
        ReadError: If it is damaged or locked with a password.
    """
    try:
        return CalamineWorkbook.from_filelike(BytesIO(data))
    except CalamineError as error:
        if "password" in str(error).lower():
            raise ReadError(
                "文件有密码，请解除密码后重试。 Locked with a password: remove it and run again."
            ) from None
        raise ReadError(
            f"表格文件损坏或不完整（{str(error)[:100]}），请用 Excel 或 WPS 打开后另存为 .xlsx。 "
            "The spreadsheet is damaged or cut short: open it and save it as .xlsx."
        ) from None


def _rows(workbook: CalamineWorkbook, name: str) -> list[Row]:
    values = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [(number, [cell_text(value) for value in row]) for number, row in enumerate(values, 1)]


def cell_text(value: object) -> str:
    """Return a cell as it is read: 2023 and not 2023.0, 2023-04-03 and not 45019."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)


def _hidden(workbook: CalamineWorkbook, shown: list[str]) -> list[Trouble]:
    hidden = [name for name in workbook.sheet_names if name not in shown]
    if not hidden:
        return []
    message = f"隐藏的工作表未读：{'、'.join(hidden)[:200]}。 Hidden sheets were not read; unhide them if you need them."
    return [Trouble("HiddenSheet", message)]
