"""Corrections that a person made of a result: read from their file, kept with the lexicon, applied by amend.py."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Mapping
from io import StringIO
from pathlib import Path
from typing import get_args

from swnlp.errors import LexiconError
from swnlp.lexicon.tables import LABELS, decode
from swnlp.lexicon.values import Action, Correction

ACTIONS: tuple[str, ...] = get_args(Action)
# What of a number can be set; the names are columns of schema.INDICATORS.
NUMBER_FIELDS = ("place_id", "year", "subject", "value", "unit")
COLUMNS = ("action", "doc_id", "start", "end", "text", "label", "kind", "entity_id", *NUMBER_FIELDS, "source")
_FORMULA = "=+-@＝＋－＠"


def read_corrections(path: Path | str) -> tuple[tuple[Correction, ...], str]:
    """Return the corrections of a file that `swnlp check --read` wrote, and the SHA-256 of its bytes.

    Raises:
        LexiconError: If it can't be read, lacks a column, or a line is wrong (names the line).
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LexiconError(
            f"{path}: 更正文件无法读取（{error.strerror or error}） / the file of corrections cannot be read"
        ) from None
    return parse_corrections(data, path), hashlib.sha256(data).hexdigest()


def parse_corrections(data: bytes, path: Path) -> tuple[Correction, ...]:
    """Return the corrections in the bytes of a file; errors as for `read_corrections`."""
    reader = csv.DictReader(StringIO(decode(data, path), newline=""))
    missing = [name for name in COLUMNS[:6] if name not in (reader.fieldnames or ())]
    if missing:
        raise LexiconError.at(
            path, 1, f"缺少列 {'、'.join(missing)} / lacks the columns {', '.join(missing)}; it should have: "
            + ", ".join(COLUMNS)
        )  # fmt: skip
    return tuple(_correction(row, reader.line_num, path) for row in reader)


def latest(corrections: Iterable[Correction]) -> list[Correction]:
    """Return the corrections in their order, of those about one thing only the last."""
    found: dict[tuple[str, ...], Correction] = {}
    for correction in corrections:
        # Taken out first: a later correction also stands later.
        found.pop(correction.about, None)
        found[correction.about] = correction
    return list(found.values())


def _correction(row: Mapping[str, str | None], line: int, path: Path) -> Correction:
    cells = {name: _unquoted((row.get(name) or "").strip()) for name in COLUMNS}
    action, label = cells["action"], cells["label"]
    if action not in ACTIONS:
        raise LexiconError.at(
            path, line, f"未知操作 {action!r} / unknown action; one of {', '.join(ACTIONS)}"
        )
    number = action.endswith("number")
    if not number and label not in LABELS:
        raise LexiconError.at(path, line, f"未知标签 {label!r} / unknown label; one of {', '.join(LABELS)}")
    if not cells["text"] and action != "set number":
        raise LexiconError.at(path, line, "缺少 text / lacks the text that it is about")
    if action == "link" and not cells["entity_id"]:
        raise LexiconError.at(path, line, "缺少 entity_id / lacks the entity to link to")
    if label == "ACTOR" and action == "add" and not cells["kind"]:
        raise LexiconError.at(path, line, "主体缺少类别 kind / an ACTOR needs a kind (community, ...)")
    if number and not cells["doc_id"]:
        raise LexiconError.at(path, line, "缺少 doc_id / a number is corrected in one document: name it")
    start, end = _span(cells, line, path)
    changes = tuple((name, cells[name]) for name in NUMBER_FIELDS if cells[name])
    return Correction(
        action,  # type: ignore[arg-type]
        cells["text"],
        label,
        cells["doc_id"],
        start,
        end,
        cells["kind"] or None,
        cells["entity_id"] or None,
        changes if action == "set number" else (),
        cells["source"],
        line,
    )


def _span(cells: Mapping[str, str], line: int, path: Path) -> tuple[int, int]:
    if not cells["doc_id"]:
        return -1, -1
    start, end = cells["start"], cells["end"]
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end)):
        raise LexiconError.at(
            path, line, f"start、end 应为整数且 start < end / whole numbers, start below end; got {start!r}, {end!r}"
        )  # fmt: skip
    return int(start), int(end)


def _unquoted(cell: str) -> str:
    """Take off the quote that keeps a spreadsheet from running a cell."""
    return cell[1:] if cell[:1] == "'" and cell[1:].lstrip()[:1] in tuple(_FORMULA) else cell
