"""JSON Lines to rows: an object a line, its keys the columns."""

from __future__ import annotations

import json
from collections.abc import Iterator

from swnlp.read.encodings import decode
from swnlp.read.page import Taken, Trouble
from swnlp.read.rows import Row, documents_of
from swnlp.read.troubles import bad_bytes
from swnlp.settings import Settings

_MOST_TOLD = 20


def take(data: bytes, settings: Settings) -> Taken:
    """Read a .jsonl file; a line that is no object is told, and the rest read."""
    decoded = decode(data)
    troubles = bad_bytes(decoded, data)
    bad: list[int] = []
    objects = list(_objects(decoded.text, bad))
    troubles += _told(bad)
    if not objects:
        return Taken([], troubles)
    names = list(dict.fromkeys(name for _, entry in objects for name in entry))
    rows: list[Row] = [(0, names)]
    rows += [(number, [_text(entry.get(name)) for name in names]) for number, entry in objects]
    taken = documents_of(rows, decoded.encoding, text_column=settings.text_column)
    taken.items[:] = [item._replace(margin=decoded.margin) for item in taken.items]
    taken.troubles[:0] = troubles
    return taken


def _objects(text: str, bad: list[int]) -> Iterator[tuple[int, dict[str, object]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            entry = None
        if isinstance(entry, dict):
            yield number, entry
        else:
            bad.append(number)


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _told(bad: list[int]) -> list[Trouble]:
    if not bad:
        return []
    shown = "、".join(map(str, bad[:_MOST_TOLD])) + (f" 等 {len(bad)}" if len(bad) > _MOST_TOLD else "")
    message = f"第 {shown} 行不是完整的 JSON 对象，未读取。 These lines are no whole JSON objects and were not read."
    return [Trouble("BadLine", message)]
