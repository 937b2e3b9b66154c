"""Several tables to one Excel workbook, a sheet each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from swnlp.export.workbook import workbook, write_sheet


class Sheet(NamedTuple):
    """A sheet: the names of its columns, and its rows."""

    header: Sequence[str]
    rows: Iterable[Sequence[object]]


def write_sheets(sheets: Mapping[str, Sheet], path: Path | str) -> None:
    """Write sheets by name; the header and the first column stay in sight, and text is never a formula.

    Raises:
        OutputError: If the file cannot be written.
    """
    with workbook(path) as book:
        for name, sheet in sheets.items():
            write_sheet(book, name, sheet.header, sheet.rows, frozen_columns=1)
