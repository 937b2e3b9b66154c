"""Writes tables and text of a content analysis into a folder of the user's."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa

from swnlp.errors import OutputError
from swnlp.export import write_table_csv
from swnlp.export.files import replacing
from swnlp.export.sheets import Sheet


def write_frame(frame: pd.DataFrame, path: Path) -> Path:
    """Write a table as CSV (export.csv) and return its path; its folder is made."""
    make_folder(path.parent)
    write_table_csv(pa.Table.from_pandas(frame, preserve_index=False), path)
    return path


def write_text(path: Path, text: str) -> Path:
    """Write text as UTF-8 and return its path; its folder is made."""
    make_folder(path.parent)
    with replacing(path) as file:
        file.write(text.encode("utf-8"))
    return path


def table_sheet(frame: pd.DataFrame) -> Sheet:
    """Return a table as a sheet of a workbook."""
    return Sheet([str(name) for name in frame.columns], frame.itertuples(index=False))


def make_folder(folder: Path) -> None:
    """Make a folder and those above it.

    Raises:
        OutputError: If it can't be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: 无法建立文件夹 / cannot be made: {error.strerror or error}") from None
