"""What a researcher knows of the documents: a table of their own, joined by path, and what the paths themselves say."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from swnlp.errors import SettingsError
from swnlp.read.delimited import table_of
from swnlp.read.rows import FACTS, day_of, fact_names, plain_name
from swnlp.records import Problem

_PATHS = tuple("path filepath file filename docid 路径 文件路径 文件 文件名 文档".split())
_YEARS = frozenset({"year", "年", "年份", "年度"})
_FIELD = re.compile(r"\{([^{}/]{1,40})\}|(\*)|([^{}*]+)|(.)")
_MOST_TOLD = 20

Pairs = tuple[tuple[str, str], ...]


class Note(NamedTuple):
    """What is known of a file, or of one document in it.

    Attributes:
        member: Which document ("#3", "/三明.docx"); "" for all in the file.
        columns: Names and values, as the researcher wrote them.
        facts: What of it is the title, date, source or place.
    """

    member: str
    columns: Pairs
    facts: Pairs


class Known(NamedTuple):
    """A file by which a table's rows are found: its document id and its path."""

    doc_id: str
    path: str


def notes_of(
    files: Sequence[Known], meta: Path | None, pattern: str | None
) -> tuple[Mapping[str, tuple[Note, ...]], list[Problem]]:
    """Return what is known of each file by its document id, the surest first, and which rows belong to none.

    Raises:
        SettingsError: If the table has no column of paths, or the pattern is none.
    """
    notes: dict[str, list[Note]] = defaultdict(list)
    problems: list[Problem] = []
    if meta is not None:
        problems = _joined(files, meta, notes)
    if pattern is not None:
        found = _matcher(pattern)
        for file in files:
            match = found.expression.fullmatch(file.doc_id)
            if match is not None:
                columns = tuple(zip(found.names, match.groups(), strict=True))
                notes[file.doc_id].append(Note("", columns, _facts(columns)))
        if files and not any(found.expression.fullmatch(file.doc_id) for file in files):
            message = f"path_pattern“{pattern}”不匹配任何文件。 The pattern matches no file."
            problems.append(Problem(pattern, "read", "NothingMatched", message))
    return {doc_id: tuple(found) for doc_id, found in notes.items()}, problems


def _joined(files: Sequence[Known], meta: Path, notes: dict[str, list[Note]]) -> list[Problem]:
    """Join the rows of the researcher's table; return those that belong to no file."""
    try:
        rows = table_of(meta.read_bytes())
    except OSError as error:
        raise SettingsError(f"{meta}: 无法打开（meta）。 Cannot open: {error.strerror}") from None
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    names = rows[0] if rows else []
    at = next((i for name in _PATHS for i, own in enumerate(names) if plain_name(own) == name), None)
    if at is None:
        raise SettingsError(
            f"{meta}: 没有路径一列（{'、'.join(_PATHS)}）；有：{'、'.join(names)}。 "
            f"No column of paths (path, file, ...); there are: {', '.join(names)}."
        )
    index = _index(files)
    lost: list[str] = []
    for row in rows[1:]:
        path = row[at] if at < len(row) else ""
        doc_id, member = _find(path, index)
        if doc_id is None:
            lost.append(path)
            continue
        columns = tuple(
            (name.strip(), value.strip())
            for i, (name, value) in enumerate(zip(names, row, strict=False))
            if i != at and name.strip() and value.strip()
        )
        notes[doc_id].append(Note(member, columns, _facts(columns)))
    return _told(lost, meta)


def _told(lost: Sequence[str], meta: Path) -> list[Problem]:
    message = "meta 中的这一行不对应任何文件（或对应多个）。 This row of the table belongs to no file, or to several."
    told = [Problem(path or str(meta), "read", "NoSuchDocument", message) for path in lost[:_MOST_TOLD]]
    if len(lost) > _MOST_TOLD:
        more = f"另有 {len(lost) - _MOST_TOLD} 行不对应任何文件。 More rows belong to no file."
        told.append(Problem(str(meta), "read", "NoSuchDocument", more))
    return told


def _index(files: Iterable[Known]) -> list[dict[str, set[str]]]:
    """Return the names that files go by, the surest first: id or path, file name, name without its ending."""
    index: list[dict[str, set[str]]] = [defaultdict(set) for _ in range(4)]
    for doc_id, path in files:
        name = _same(doc_id)
        index[0][name].add(doc_id)
        index[0][_same(path)].add(doc_id)
        index[1][_bare(name)].add(doc_id)
        index[2][name.rpartition("/")[2]].add(doc_id)
        index[3][_bare(name.rpartition("/")[2])].add(doc_id)
    return index


def _same(path: str) -> str:
    return unicodedata.normalize("NFC", path.strip().replace("\\", "/").removeprefix("./"))


def _bare(name: str) -> str:
    return re.sub(r"(?<=[^/])\.[A-Za-z0-9]{1,8}$", "", name)


def _find(path: str, index: Sequence[Mapping[str, set[str]]]) -> tuple[str | None, str]:
    """Return the file that a path names, and which document in it."""
    name = _same(path)
    # The whole path; then what stands before # or / in it, for rows and members.
    ends = [len(name), *(m.start() for m in re.finditer(r"[#/]", name))]
    for end in sorted(set(ends), reverse=True):
        tables = index if end == len(name) else index[:1]
        for table in tables:
            found = table.get(name[:end], set())
            if len(found) == 1:
                return next(iter(found)), name[end:]
    # A folder more than the ids have: corpus/2023/a.txt for 2023/a.txt.
    for start in (match.end() for match in re.finditer("/", name)):
        found = index[0].get(name[start:], set())
        if len(found) == 1:
            return next(iter(found)), ""
    return None, ""


def _facts(columns: Pairs) -> Pairs:
    """Return which of the columns are facts, by their names."""
    found: dict[str, str] = {}
    by_name = {plain_name(name): value for name, value in reversed(columns)}
    for fact in FACTS:
        value = next((by_name[name] for name in fact_names()[fact] if name in by_name), None)
        value = day_of(value) if value and fact == "date" else value
        if value:
            found[fact] = value
    return tuple(found.items())


class _Pattern(NamedTuple):
    expression: re.Pattern[str]
    names: tuple[str, ...]


@cache
def _matcher(pattern: str) -> _Pattern:
    """Return the expression for paths like {year}/{city}.txt; it may begin at any folder.

    Raises:
        SettingsError: If no part has a name, two touch each other, or a brace is left over.
    """
    names: list[str] = []
    pieces: list[str] = []
    touching = False
    for match in _FIELD.finditer(pattern.replace("\\", "/")):
        name, star, text, other = match.groups()
        if other or (name and (touching or name.strip() in names)):
            raise SettingsError(
                f"path_pattern: {pattern!r} 无法理解，应类似 {{year}}/{{city}}.txt，各名称不重复、之间要有分隔。 "
                "Not understood: write it like {year}/{city}.txt, each name once, with something between them."
            )
        touching = bool(name)
        if name:
            names.append(name.strip())
            pieces.append(r"((?:19|20)\d\d)" if plain_name(name) in _YEARS else r"([^/]+?)")
        else:
            pieces.append("[^/]*" if star else re.escape(text))
    if not names:
        raise SettingsError(
            f"path_pattern: {pattern!r} 没有 {{名称}}。 It names nothing; write it like {{year}}/{{city}}.txt."
        )
    ending = "" if re.search(r"\.[A-Za-z0-9]{1,8}$", pattern) else r"(?:\.[A-Za-z0-9]{1,8})?"
    return _Pattern(re.compile(rf"(?:.*/)?{''.join(pieces)}{ending}"), tuple(names))
