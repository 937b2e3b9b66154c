"""corpus.toml: which files of a folder are documents, and what their pages do not say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from swnlp.errors import CorpusError

NAME = "corpus.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """What a folder's corpus.toml says; every key may be left out.

    Attributes:
        documents: Patterns of the files that are documents, relative to the folder: `*` and `?` stay within a
            name, `**` crosses folders. Empty: every report below the folder.
        folder: Name of the folder that it stands in, by which `documents.corpus` tells corpora apart; never a key.
        source: Publisher of documents whose page names none.
        date: ISO date of documents whose page gives none.
        place: What the documents are about, where neither title nor headings say so.
        title: Of the corpus, for people.
        description: For people.
        url: Where it comes from, for people.
        retrieved: When, for people.
        licence: On what terms, for people.
    """

    documents: tuple[str, ...] = ()
    folder: str | None = None
    source: str | None = None
    date: str | None = None
    place: str | None = None
    title: str | None = None
    description: str | None = None
    url: str | None = None
    retrieved: str | None = None
    licence: str | None = None


def read_corpus(path: Path) -> Corpus:
    """Read a corpus.toml.

    Raises:
        CorpusError: For broken TOML, an unknown key, a value of the wrong kind or a pattern that leaves the folder.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise CorpusError(f"{path}: 无法读取。 Cannot be read: {error}") from None
    return corpus_of(table, path, path.resolve().parent.name)


def corpus_of(table: dict[str, Any], path: Path | str, folder: str) -> Corpus:
    """Return what the table of a corpus.toml in a folder says; `path` is named in errors.

    Raises:
        CorpusError: For an unknown key, a value of the wrong kind or a pattern that leaves the folder.
    """
    known = [field.name for field in fields(Corpus) if field.name != "folder"]
    for key in table:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f", did you mean {near[0]!r}?" if near else ""
            raise CorpusError(f"{path}: 未知的键 {key!r}。 Unknown key {key!r}{hint}")
    values: dict[str, Any] = {
        key: _text(path, key, value) for key, value in table.items() if key != "documents"
    }
    return Corpus(documents=_patterns(path, table.get("documents")), folder=folder, **values)


def _text(path: Path | str, key: str, value: object) -> str:
    if isinstance(value, date):
        value = value.isoformat()[:10]
    if not isinstance(value, str):
        raise CorpusError(f"{path}: {key} 必须是文字。 {key} must be text, got {value!r}")
    if key == "date" and not _is_date(value):
        raise CorpusError(f"{path}: date 应写作 2023-04-03。 date must look like 2023-04-03, got {value!r}")
    return value


def _patterns(path: Path | str, value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not value or not all(isinstance(p, str) and p for p in value):
        raise CorpusError(
            f'{path}: documents 应是一列文件名，如 ["*.txt"]。 documents must list file patterns'
        )
    for pattern in value:
        if pattern.startswith(("/", "\\")) or ".." in pattern.split("/"):
            raise CorpusError(f"{path}: {pattern!r} 不在本文件夹内。 {pattern!r} leaves the folder")
    return tuple(value)


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def matcher(patterns: Sequence[str]) -> re.Pattern[str]:
    """Return a regular expression that fully matches the relative paths that any of the patterns names."""
    return re.compile("|".join(map(_translate, patterns)) or r"(?s:.+)")


def _translate(pattern: str) -> str:
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern.removeprefix("./"))
    wild = {"**/": r"(?:[^/]+/)*+", "**": r".*", "*": r"[^/]*", "?": r"[^/]"}
    return "".join(wild.get(part) or re.escape(part) for part in parts)
