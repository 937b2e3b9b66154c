"""Tables to Excel files: the numbers as numbers, with a link from each to the rows that it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from xlsxwriter import Workbook

from swnlp.export.workbook import Sheet, workbook, write_cell, write_sheet
from swnlp.paper.values import Column, Panel, PaperTable, Row

# Sheet names of Excel have at most 31 characters.
EVIDENCE_SHEET = "原文出处"
# A spreadsheet with more rows opens slowly; the .csv beside it has all.
MOST_EVIDENCE = 100_000


class Evidence(NamedTuple):
    """The sentences behind a table.

    Attributes:
        header: Names of the columns.
        rows: In the order of the table's numbers.
        first: (row, column) of a number of the table -> its first row here, from 0.
    """

    header: Sequence[str]
    rows: Iterable[Sequence[object]]
    first: Mapping[tuple[int, int], int]


def write_table_xlsx(table: PaperTable, path: Path | str, evidence: Evidence | None = None) -> None:
    """Write a table, and a sheet 原文出处 with the sentences behind it if they are given.

    Raises:
        OutputError: If the file cannot be written.
    """
    with workbook(path) as book:
        for i, panel in enumerate(table.panels):
            name = f"表{table.number}" + (chr(ord("A") + i) if len(table.panels) > 1 else "")
            _write_panel(book, name, table, panel, evidence if i == 0 else None)
        if evidence is not None:
            write_sheet(book, EVIDENCE_SHEET, evidence.header, evidence.rows, most_rows=MOST_EVIDENCE)


def _write_panel(
    book: Workbook, name: str, table: PaperTable, panel: Panel, evidence: Evidence | None
) -> None:
    sheet: Sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    number = book.add_format({"font_color": "#0563C1", "underline": 1})
    captions = [f"表{table.number} {table.caption.zh}", f"Table {table.number} {table.caption.en}"]
    captions += [f"{panel.title.zh} {panel.title.en}"] if panel.title else []
    top = len(captions) + 1
    sheet.freeze_panes(top, 1)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, max(1, len(panel.columns) - 1), 12)
    for i, caption in enumerate(captions):
        write_cell(sheet, i, 0, caption, bold)
    for i, column in enumerate(panel.columns):
        write_cell(sheet, top - 1, i, head(column), bold)
    for i, row in enumerate(panel.rows):
        _write_row(sheet, top + i, i, row, evidence, number)
    for i, note in enumerate(table.notes):
        write_cell(sheet, top + len(panel.rows) + 1 + i, 0, f"{note.zh} {note.en}")


def head(column: Column) -> str:
    """Return what stands over a column in one line."""
    parts = [part for part in (column.group, column.head) if part is not None]
    chinese, english = " ".join(p.zh for p in parts), " ".join(p.en for p in parts if p.en)
    return chinese if not english or chinese == english else f"{chinese} ({english})"


def _write_row(
    sheet: Sheet,
    at: int,
    i: int,
    row: Row,
    evidence: Evidence | None,
    linked: Any,  # noqa: ANN401
) -> None:
    for column, value in enumerate(row):
        first = evidence.first.get((i, column)) if evidence is not None else None
        if first is None or first >= MOST_EVIDENCE:
            write_cell(sheet, at, column, value)
            continue
        # The link first: the number then takes its place in the cell and keeps it.
        sheet.write_url(at, column, f"internal:'{EVIDENCE_SHEET}'!A{first + 2}", linked, "")
        write_cell(sheet, at, column, value, linked)
