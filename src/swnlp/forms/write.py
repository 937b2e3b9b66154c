"""Writes forms to a workbook: lists to choose from, cells to fill in set off by colour, marks in bold red."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from swnlp.export.values import clean
from swnlp.export.workbook import MOST_CHARACTERS, MOST_ROWS, Sheet, write_cell
from swnlp.forms.columns import Column, Form

# Excel's limit for a list that stands in the validation itself.
_LIST_CHARACTERS = 255
_SPARE_ROWS = 200
_LISTS = "选项 lists"


class Cells(NamedTuple):
    """A row of a form: values by the key of their column, and what is set off in the marked column."""

    values: Mapping[str, object]
    marks: Sequence[tuple[int, int]] = ()


def write_form(book: Workbook, form: Form, rows: Iterable[Cells]) -> None:
    """Add a form as a sheet; columns that only reading back needs stand last, in grey, hidden.

    Args:
        book: An open workbook (export.workbook).
        form: The form.
        rows: Its rows; a value that is missing is an empty cell.

    Raises:
        ValueError: If there are more rows than a sheet holds.
    """
    sheet: Sheet = book.add_worksheet(form.name)
    looks = {
        "shown": book.add_format({"text_wrap": True, "valign": "top"}),
        "asked": book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FFF8DC", "border": 1}),
        "kept": book.add_format({"font_color": "#999999", "valign": "top"}),
    }
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    strong = book.add_format({"bold": True, "font_color": "#C00000"})
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(form.columns):
        sheet.set_column(at, at, column.width, None, {"hidden": column.role == "kept"})
        write_cell(sheet, 0, at, column.heading, bold)
    last = 0
    for last, row in enumerate(rows, 1):
        if last >= MOST_ROWS:
            raise ValueError(f"{form.name}: more rows than a sheet holds")
        for at, column in enumerate(form.columns):
            value, look = row.values.get(column.key), looks[column.role]
            if column.marked and row.marks:
                _write_marked(sheet, (last, at), str(value), row.marks, strong, look)
            elif value is None or value == "":
                sheet.write_blank(last, at, None, look)
            else:
                write_cell(sheet, last, at, value, look)
    for at, column in enumerate(form.columns):
        if column.choices:
            _offer(book, sheet, at, last + _SPARE_ROWS, column)


def _offer(book: Workbook, sheet: Sheet, at: int, last: int, column: Column) -> None:
    """Offer the choices of a column in its cells; what is not among them is warned of, not forbidden."""
    source: Any = list(column.choices)
    if len(",".join(column.choices)) > _LIST_CHARACTERS or any("," in choice for choice in column.choices):
        source = _listed(book, column.choices)
    sheet.data_validation(
        1,
        at,
        last,
        at,
        {
            "validate": "list",
            "source": source,
            "error_type": "warning",
            "error_title": column.zh,
            "error_message": "不在选项中，读回时可能无法识别。 Not one of the choices.",
        },
    )


def _listed(book: Workbook, choices: Sequence[str]) -> str:
    """Write choices as a column of a hidden sheet, and return the range that they stand in."""
    sheet: Any = book.get_worksheet_by_name(_LISTS)
    if sheet is None:
        sheet = book.add_worksheet(_LISTS)
        sheet.hide()
        sheet.lists = 0
    # Rows are written in order, so every list is a row of its own.
    row = sheet.lists
    sheet.lists += 1
    for at, choice in enumerate(choices):
        write_cell(sheet, row, at, choice)
    return f"='{_LISTS}'!$A${row + 1}:${xl_col_to_name(len(choices) - 1)}${row + 1}"


def _write_marked(
    sheet: Sheet,
    at: tuple[int, int],
    text: str,
    marks: Sequence[tuple[int, int]],
    strong: Any,  # noqa: ANN401
    look: Any,  # noqa: ANN401
) -> None:
    """Write text with some of its characters set off; overlapping marks are one."""
    edges = sorted({0, len(text), *(edge for mark in marks for edge in mark if 0 <= edge <= len(text))})
    fragments: list[Any] = []
    count = 0
    for start, end in pairwise(edges):
        piece = clean(text[start:end])
        if not piece:
            continue
        if any(first <= start and end <= last for first, last in marks):
            fragments.append(strong)
        fragments.append(piece)
        count += 1
    if count > 1 and len(text) <= MOST_CHARACTERS:
        sheet.write_rich_string(*at, *fragments, look)
    else:
        write_cell(sheet, *at, text, look)


def write_notes(book: Workbook, name: str, lines: Iterable[str], *, width: float = 110) -> None:
    """Add a sheet of text, a paragraph a row; one that begins with "# " is a heading."""
    sheet: Sheet = book.add_worksheet(name)
    wrap, bold = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
    sheet.set_column(0, 0, width)
    for row, line in enumerate(lines):
        write_cell(sheet, row, 0, line.removeprefix("# "), bold if line.startswith("# ") else wrap)
