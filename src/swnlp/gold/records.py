"""JSON and JSONL records that know where in their file they stand, so that a wrong one can be named."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from swnlp.errors import GoldError

_SPACE = " \t\r\n"
_DECODER = json.JSONDecoder()


class Row(NamedTuple):
    """A JSON value in a file.

    Attributes:
        value: The value.
        path: The file.
        content: The JSON text that it is a part of: the whole file, or one line of it.
        line: The line on which `content` begins, from 1.
        keys: Where in `content` it stands: keys and indexes, from the outside in.
    """

    value: Any
    path: Path
    content: str
    line: int
    keys: tuple[str | int, ...] = ()

    def wrong(self, chinese: str, english: str) -> GoldError:
        """Return the error that names the file and the line of this value."""
        at = self.line + self.content.count("\n", 0, _offset(self.content, self.keys))
        return GoldError.at(self.path, at, f"{chinese} {english}")

    def has(self, key: str) -> bool:
        """Return whether this is an object with a value under a key that is not null."""
        return isinstance(self.value, dict) and self.value.get(key) is not None

    def at(self, key: str | int) -> Row:
        """Return the value under a key or an index."""
        if isinstance(key, str) and not self.has(key):
            raise self.wrong(f"缺少“{key}”。", f"Has no {key!r}.")
        return self._replace(value=self.value[key], keys=(*self.keys, key))

    def items(self) -> Iterator[Row]:
        """Yield the items of a list."""
        if not isinstance(self.value, list):
            raise self.wrong("应为列表。", f"Expected a list, got {_shown(self.value)}.")
        return (self.at(i) for i in range(len(self.value)))

    def string(self) -> str:
        """Return a text."""
        if not isinstance(self.value, str):
            raise self.wrong("应为文字。", f"Expected a text, got {_shown(self.value)}.")
        try:
            self.value.encode()
        except UnicodeEncodeError:
            raise self.wrong(
                "含有半个代理字符。", "Holds half a surrogate pair, which is no character."
            ) from None
        return self.value

    def whole(self) -> int:
        """Return a whole number of at least 0."""
        if type(self.value) is not int or self.value < 0:
            raise self.wrong(
                "应为不小于 0 的整数。", f"Expected a whole number from 0, got {_shown(self.value)}."
            )
        return self.value

    def span(self, start: int, end: int, text: str) -> tuple[int, int]:
        """Return a span, if it is one of `text`."""
        if not 0 <= start < end <= len(text):
            raise self.wrong(
                f"位置 {start}-{end} 不在文本（{len(text)} 字）之内。",
                f"The span {start}-{end} does not lie in the text of {len(text)} characters.",
            )
        return start, end


def _shown(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 40 else shown[:39] + "…"


def read_records(path: Path, content: str) -> list[Row]:
    """Return the records of a JSON or JSONL file: one object, a list of them, or one a line.

    Raises:
        GoldError: At the line that is no JSON.
    """
    try:
        value = json.loads(content)
    except (ValueError, RecursionError) as error:
        # The first line is JSON and more follows, or the name says so: one record a line.
        if "Extra data" in str(error) or path.suffix in (".jsonl", ".ndjson"):
            return _lines(path, content)
        raise _no_json(path, 1, error) from None
    row = Row(value, path, content, 1)
    return list(row.items()) if isinstance(value, list) else [row]


def _lines(path: Path, content: str) -> list[Row]:
    rows: list[Row] = []
    for number, line in enumerate(content.split("\n"), 1):
        if line.strip():
            try:
                rows.append(Row(json.loads(line), path, line, number))
            except (ValueError, RecursionError) as error:
                raise _no_json(path, number, error) from None
    return rows


def _no_json(path: Path, line: int, error: Exception) -> GoldError:
    if isinstance(error, json.JSONDecodeError):
        return GoldError.at(
            path,
            line + error.lineno - 1,
            f"不是有效的 JSON（第 {error.colno} 列）。 Not valid JSON, at column {error.colno}: {error.msg}.",
        )
    return GoldError.at(
        path, line, "JSON 嵌套过深或数字过长。 The JSON is nested too deeply, or a number too long."
    )


def _offset(content: str, keys: Sequence[str | int]) -> int:
    """Return where in a JSON text a value begins."""
    at = _skipped(content, 0)
    for key in keys:
        at = _item(content, at, key) if isinstance(key, int) else _member(content, at, key)
    return at


def _item(content: str, at: int, index: int) -> int:
    at = _skipped(content, at + 1)
    for _ in range(index):
        at = _skipped(content, _DECODER.raw_decode(content, at)[1])
        at = _skipped(content, at + 1)
    return at


def _member(content: str, at: int, key: str) -> int:
    """Return where the value of a key begins; of a key that is there twice, the last counts."""
    found, at = at, _skipped(content, at + 1)
    while content[at] == '"':
        name, at = _DECODER.raw_decode(content, at)
        at = _skipped(content, _skipped(content, at) + 1)
        if name == key:
            found = at
        at = _skipped(content, _DECODER.raw_decode(content, at)[1])
        if content[at] == ",":
            at = _skipped(content, at + 1)
    return found


def _skipped(content: str, at: int) -> int:
    while at < len(content) and content[at] in _SPACE:
        at += 1
    return at
