"""Reads the user's tables of names (.tsv, .csv) and plain words (.txt); a wrong line is named."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import get_args

from swnlp.errors import LexiconError
from swnlp.lexicon.values import Entry, Word
from swnlp.records import Label

LABELS: tuple[str, ...] = get_args(Label)
# Column and label names that a Chinese researcher would write.
_COLUMNS = {
    "name": "name", "名称": "name", "词条": "name", "词": "name",
    "label": "label", "标签": "label", "类型": "label",
    "kind": "kind", "类别": "kind", "子类": "kind",
    "alias_of": "alias_of", "别名归属": "alias_of", "同义词归并": "alias_of", "归并为": "alias_of",
}  # fmt: skip
# What `swnlp lexicon suggest` writes for the reviewer's eyes.
_NOTES = ("count", "score", "pmi", "entropy", "examples", "频次", "备注", "例句", "note")
_LABEL_NAMES = {
    "地区": "PLACE", "地名": "PLACE", "机构": "ORG", "人物": "PERSON", "人名": "PERSON", "政策": "POLICY",
    "项目": "PROGRAM", "主体": "ACTOR", "服务对象": "GROUP", "事件": "EVENT", "案例与荣誉": "WORK",
}  # fmt: skip


def decode(data: bytes, path: Path) -> str:
    """Decode a user's file: UTF-8, or what Excel writes on a Chinese Windows."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
    raise LexiconError.at(
        path, line, "不是 UTF-8 编码，请另存为 UTF-8 / not valid UTF-8: save the file as UTF-8"
    )


def read_words(data: bytes, path: Path) -> Iterator[Word]:
    """Yield the words of a file in jieba's userdict format: a word, and if wanted its frequency and tag.

    Raises:
        LexiconError: At a line of another shape.
    """
    for number, line in enumerate(decode(data, path).splitlines(), 1):
        fields = line.split()
        if not fields or line.startswith("#"):
            continue
        word, *rest = fields
        freq = int(rest.pop(0)) if rest and rest[0].isdecimal() else None
        if len(rest) > 1:
            raise LexiconError.at(
                path, number, f"应为“词 [频次] [词性]” / expected 'word [freq] [tag]', got {line.strip()!r}"
            )
        yield Word(word, freq, rest[0] if rest else None)


def read_names(data: bytes, path: Path) -> Iterator[Entry | Word]:
    """Yield the rows of a table of names; a row without a label is a plain word.

    Raises:
        LexiconError: At a row with an unknown label, without a name, or with too many cells.
    """
    return (entry for _, entry in numbered_names(data, path))


def numbered_names(data: bytes, path: Path) -> Iterator[tuple[int, Entry | Word]]:
    """Yield the rows of a table of names as `read_names` does, each with the number of its line."""
    lines = [
        line
        for line in enumerate(decode(data, path).splitlines(), 1)
        if line[1].strip() and line[1][0] != "#"
    ]
    if not lines:
        return
    delimiter = "\t" if path.suffix == ".tsv" else ","
    rows = [(number, next(csv.reader([line], delimiter=delimiter))) for number, line in lines]
    columns = _header(*rows[0], path)
    for number, cells in rows[1:]:
        if len(cells) > len(columns):
            raise LexiconError.at(path, number, f"列数多于表头 / more cells than columns: {cells!r}")
        row = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        yield number, _entry(row, number, path)


def known_label(label: str) -> str:
    """Return a label as swnlp writes it, if it is one of its own in Chinese or in small letters; else as it is."""
    written = _LABEL_NAMES.get(label, label.upper())
    return written if written in LABELS else label


def _header(number: int, cells: Sequence[str], path: Path) -> list[str]:
    known = _COLUMNS | {note: f"#{note}" for note in _NOTES}
    columns = [known.get(cell.strip().lower(), "") for cell in cells]
    if "name" not in columns or "" in columns:
        raise LexiconError.at(
            path, number, "表头应为 name,label,kind,alias_of（名称,标签,类别,归并为）/ "
            f"the header must name the columns name, label, kind, alias_of; got {list(cells)!r}"
        )  # fmt: skip
    return columns


def _entry(row: dict[str, str], number: int, path: Path) -> Entry | Word:
    name, label = row.get("name", ""), row.get("label", "")
    if not name or "\n" in name:
        raise LexiconError.at(path, number, "名称为空 / the name is empty")
    if not label:
        if row.get("kind") or row.get("alias_of"):
            raise LexiconError.at(path, number, f"{name!r} 缺少标签 / has no label")
        return Word(name)
    label = known_label(label)
    if label not in LABELS:
        raise LexiconError.at(
            path, number, f"未知标签 {row['label']!r} / unknown label; one of {', '.join(LABELS)}"
        )
    if label == "ACTOR" and not row.get("kind"):
        raise LexiconError.at(
            path, number, f"主体 {name!r} 缺少类别 / an ACTOR needs a kind (community, ...)"
        )
    return Entry(name, label, row.get("kind") or None, row.get("alias_of") or None)


def checked(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries, each surface once; one surface as two things is an error."""
    seen: dict[str, Entry] = {}
    for entry in entries:
        other = seen.setdefault(entry.surface, entry)
        if other != entry:
            raise LexiconError(
                f"自定义词典中 {entry.surface!r} 有两种定义 / defined twice: "
                f"as {other.label} {other.name or ''} and as {entry.label} {entry.name or ''}"
            )
    return tuple(seen.values())
