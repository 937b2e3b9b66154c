"""Codes that people gave to stretches of documents: the table that swnlp codebook and swnlp qdpx write, read back."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from swnlp.errors import CodesError
from swnlp.lexicon.tables import decode

COLUMNS = ("category", "code", "doc_id", "start", "end")


class Given(NamedTuple):
    """A code of a category that characters [start, end) of a document were given, and the line that says so."""

    category: str
    code: str
    doc_id: str
    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class GivenCodes:
    """The codes of a file, each place once; `file` is its name and `sha256` of its bytes."""

    file: str
    sha256: str
    codes: tuple[Given, ...]


def read_given(path: str | Path) -> GivenCodes:
    """Read a table of given codes (final.csv, codings.csv).

    Raises:
        CodesError: If it can't be read, lacks a column, or a line is wrong (names the line).
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CodesError(f"{path}: 读不到人工编码 / cannot be read: {error.strerror or error}") from None
    reader = csv.DictReader(StringIO(decode(data, path), newline=""))
    if missing := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
        raise CodesError(f"{path}:1: 缺少列 {'、'.join(missing)} / lacks the columns {', '.join(missing)}")
    found: dict[tuple[str, str, str, int, int], Given] = {}
    for row in reader:
        given = _given(row, reader.line_num, path)
        found.setdefault(given[:5], given)
    return GivenCodes(path.name, hashlib.sha256(data).hexdigest(), tuple(found.values()))


def _given(row: Mapping[str, str | None], line: int, path: Path) -> Given:
    cells = {name: _unquoted((row.get(name) or "").strip()) for name in COLUMNS}
    if not cells["code"] or not cells["doc_id"]:
        raise CodesError(f"{path}:{line}: 缺少 code 或 doc_id / lacks the code or the document")
    start, end = cells["start"], cells["end"]
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end)):
        raise CodesError(
            f"{path}:{line}: start、end 应为整数且 start < end / should be whole numbers, start below end"
        )
    return Given(cells["category"], cells["code"], cells["doc_id"], int(start), int(end), line)


def _unquoted(cell: str) -> str:
    """Take off the quote that keeps a spreadsheet from running a cell."""
    return cell[1:] if cell[:1] == "'" and cell[1:].lstrip()[:1] in tuple("=+-@＝＋－＠") else cell
