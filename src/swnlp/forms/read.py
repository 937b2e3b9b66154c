"""Reads forms back from .xlsx, .xls, .ods or .csv; whatever is wrong is told by sheet, row and column."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from xlsxwriter.utility import xl_col_to_name

from swnlp.errors import FormError, ReadError
from swnlp.forms.columns import Column, Form, squeezed
from swnlp.read.archive import check_size
from swnlp.read.encodings import decode
from swnlp.read.sheet import cell_text, open_workbook
from swnlp.settings import DEFAULTS

# How far down a heading is looked for: people put a title above a table.
_HEADING_ROWS = 10
_MOST_BYTES = 64_000_000
_Range = tuple[tuple[int, int], tuple[int, int]]


class Trouble(NamedTuple):
    """Something that is wrong in a form: the sheet, the row (from 1), the column (its letter and heading), a sentence."""

    sheet: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        column = f" {self.column} 列" if self.column else ""
        return f"{self.sheet} 第 {self.row} 行{column}：{self.message}"


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row of a form: its number in the sheet (from 1), its cells by the key of their column, "" where empty."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form that was read back.

    Attributes:
        path: The file.
        sheet: The sheet, the file's name for one that has none.
        rows: Rows that are not empty.
        places: Key of each column that was found -> its letter and heading.
        troubles: What is wrong with the sheet as such: a column that is gone, merged cells.
    """

    path: Path
    sheet: str
    rows: tuple[FilledRow, ...]
    places: Mapping[str, str]
    troubles: tuple[Trouble, ...]

    def trouble(self, row: FilledRow, key: str, message: str) -> Trouble:
        """Return a trouble with one cell."""
        return Trouble(self.sheet, row.number, self.places.get(key, ""), message)


@dataclass(frozen=True, slots=True)
class _Grid:
    sheet: str
    rows: Sequence[Sequence[str]]
    merged: Sequence[_Range] = ()


def read_forms(path: Path | str, forms: Sequence[Form]) -> dict[str, FilledForm]:
    """Return the forms that a file holds, by the form's name.

    A sheet is the form whose columns it has, whatever it is called; a .csv file is one sheet. Columns may stand in
    any order, under the Chinese heading, the English one or both; what else is in the sheet is not looked at.

    Raises:
        FormError: If the file can't be read, holds none of the forms, or a form lacks a column that is needed.
    """
    path = Path(path)
    found: dict[str, FilledForm] = {}
    for grid in _grids(path):
        if (matched := _match(grid, forms)) is None:
            continue
        form, heading = matched
        if form.name in found:
            raise FormError(
                f"{path}：工作表“{grid.sheet}”与“{found[form.name].sheet}”是同一种表，请只留一张。 "
                "Two sheets of the file are the same form: keep one."
            )
        found[form.name] = _filled(path, grid, form, heading)
    if not found:
        wanted = "；".join("、".join(c.zh for c in form.columns if c.needed) for form in forms)
        raise FormError(
            f"{path}：没有找到可读的表；表头须有：{wanted}。请用 swnlp 写出的表格，不要改动表头。 "
            "No sheet has the columns that are needed: fill in the file that swnlp wrote, and leave the headings."
        )
    return found


def _grids(path: Path) -> Iterator[_Grid]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise FormError(
                f"{path}：文件超过 {_MOST_BYTES // 1_000_000} MB，不像填写的表格。 Too large for such a form."
            )
        data = path.read_bytes()
    except OSError as error:
        raise FormError(f"{path}：无法读取（{error.strerror or error}）。 Cannot be read.") from None
    try:
        if path.suffix.lower() in {".csv", ".tsv", ".txt"}:
            yield _Grid(path.name, _delimited(decode(data).text))
            return
        if data.startswith(b"PK"):
            check_size(data, DEFAULTS)
        book = open_workbook(data)
    except ReadError as error:
        raise FormError(f"{path}：{error}") from None
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        rows = [[cell_text(value).strip() for value in row] for row in sheet.to_python(skip_empty_area=False)]
        yield _Grid(name, rows, sheet.merged_cell_ranges or ())


def _delimited(text: str) -> list[list[str]]:
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise ReadError(f"CSV 格式有误（{error}）。 The CSV is broken.") from None
    return [[_unquoted(cell.strip()) for cell in row] for row in rows]


def _unquoted(cell: str) -> str:
    """Take off the quote that keeps a spreadsheet from running a cell."""
    return cell[1:] if cell[:1] == "'" and cell[1:].lstrip()[:1] in tuple("=+-@＝＋－＠") else cell


def _match(grid: _Grid, forms: Sequence[Form]) -> tuple[Form, int] | None:
    """Return the form that a sheet is, and the row of its heading (from 0): the one of which it has most columns."""
    best: tuple[int, Form, int] | None = None
    for at, row in enumerate(grid.rows[:_HEADING_ROWS]):
        names = {squeezed(cell) for cell in row if cell}
        for form in forms:
            share = sum(bool(column.spellings & names) for column in form.columns)
            # Half of the columns: then it is this form, even if someone took columns away.
            if share * 2 >= len(form.columns) and (best is None or share > best[0]):
                best = share, form, at
    return best[1:] if best else None


def _filled(path: Path, grid: _Grid, form: Form, heading: int) -> FilledForm:
    places = _places(grid.rows[heading], form)
    missing = [column for column in form.columns if column.key not in places]
    if needed := [column.heading for column in missing if column.needed]:
        raise FormError(
            f"{path} 工作表“{grid.sheet}”第 {heading + 1} 行：缺少列 {'、'.join(needed)}，请恢复该列后重试。 "
            "A column that is needed is gone: put it back (take it from the file that swnlp wrote) and run again."
        )
    rows = [
        FilledRow(number, {key: row[at] if at < len(row) else "" for key, at in places.items()})
        for number, row in enumerate(grid.rows[heading + 1 :], heading + 2)
        if any(row)
    ]
    letters = {key: f"{xl_col_to_name(at)}（{grid.rows[heading][at]}）" for key, at in places.items()}
    troubles = [
        *_gone(missing, grid.sheet, heading + 1),
        *_merged(grid, places, letters, heading),
    ]
    return FilledForm(path, grid.sheet, tuple(rows), letters, tuple(troubles))


def _places(row: Sequence[str], form: Form) -> dict[str, int]:
    names = [squeezed(cell) for cell in row]
    found: dict[str, int] = {}
    for column in form.columns:
        at = next((i for i, name in enumerate(names) if name in column.spellings), None)
        if at is not None:
            found[column.key] = at
    return found


def _gone(missing: Iterable[Column], sheet: str, row: int) -> Iterator[Trouble]:
    for column in missing:
        if column.role == "asked":
            yield Trouble(
                sheet, row, "", f"没有“{column.heading}”一列，其内容按空白处理。 That column is gone: read as empty."
            )  # fmt: skip


def _merged(
    grid: _Grid, places: Mapping[str, int], letters: Mapping[str, str], heading: int
) -> Iterator[Trouble]:
    by_column = {at: key for key, at in places.items()}
    for (top, left), (bottom, right) in sorted(grid.merged):
        keys = [by_column[at] for at in range(left, right + 1) if at in by_column]
        if keys and bottom > heading:
            rows = f"第 {top + 1}–{bottom + 1} 行" if bottom > top else f"第 {top + 1} 行"
            yield Trouble(
                grid.sheet, top + 1, letters[keys[0]],
                f"{rows}的单元格合并了，只有左上角一格有内容，其余按空白处理；请取消合并后逐格填写。 "
                "Merged cells: only the first has a value, the others are read as empty. Unmerge them and fill in each.",
            )  # fmt: skip
