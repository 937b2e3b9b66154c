"""Paths to files: every report below what the user named, in one order, and what had to be passed over."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from swnlp.errors import MissingPathError
from swnlp.read.corpus_file import NAME, Corpus, matcher, read_corpus
from swnlp.read.formats import FORMATS, NOT_YET, Format, is_note
from swnlp.read.own_columns import Known, Note, notes_of
from swnlp.read.remote import RemotePath, is_url, list_files
from swnlp.records import Problem
from swnlp.settings import DEFAULTS, Settings

MAX_DEPTH = 100
MEGABYTE = 1_000_000
# A folder with this file is a result of ours (store.MARKER): its tables are no reports.
_RESULT = ".swnlp"
# Text under a name that says nothing else is taken where the user names the file.
_NO_TEXT = frozenset(".json .xml .toml .yaml .yml .py .js .css .svg .ini .cfg .gexf .graphml".split())


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read.

    Attributes:
        doc_id: Path below the folder that was given, with forward slashes.
        path: Where it is.
        format: By its name; reading looks at the content too.
        source: Publisher by corpus.toml, for a page that names none.
        date: ISO date by corpus.toml.
        place: Place by corpus.toml.
        corpus: The corpus.toml that governs it, by its folder's name.
        notes: What the researcher's own table and the path say of it.
    """

    doc_id: str
    path: Path | RemotePath
    format: Format
    source: str | None = None
    date: str | None = None
    place: str | None = None
    corpus: str | None = None
    notes: tuple[Note, ...] = ()


class _Rules(NamedTuple):
    """What a corpus.toml says, and of which folder."""

    folder: Path
    corpus: Corpus
    documents: re.Pattern[str] | None


class _Folder(NamedTuple):
    """A folder to look into, and the rules of the nearest corpus.toml."""

    path: Path
    depth: int
    rules: _Rules


def find_files(
    paths: Sequence[Path | str], settings: Settings = DEFAULTS
) -> tuple[list[SourceFile], list[Problem]]:
    """Find every report in files and folders.

    A folder's corpus.toml decides which files below it are documents. Hidden files and files of kinds that hold
    no report (.toml, .json, images, README.md, ...) are passed over, and so is a folder that holds a result of
    swnlp; a kind that may hold a report but can't be read (.ofd, .rar, ...) and whatever was named itself but
    can't be read is a problem. A folder or file that is reached twice is read once.

    Args:
        paths: Files and folders; every kind of report below a folder is taken. One with :// is a URL, which
            fsspec lists and reads (extra `remote`).
        settings: Gives the size above which a file is not read, your own table about the documents (`meta`), and
            what their paths mean (`path_pattern`).

    Returns:
        The files, by document id in code point order, and what could not be read, in the order it was met.

    Raises:
        MissingPathError: If a path does not exist (it is a CorpusError).
        CorpusError: If a corpus.toml is wrong.
        SettingsError: If `meta` or `path_pattern` is.
    """
    roots = _roots([path for path in paths if not is_url(path)])
    urls = [str(path) for path in paths if is_url(path)]
    search = _Search(settings.max_file_mb)
    for root, prefix in zip(roots, _prefixes(roots, alone=not urls), strict=True):
        if root.is_dir():
            search.folder(root, prefix)
        else:
            search.named_file(root, prefix or root.name)
    for url in urls:
        search.remote(url, "" if len(roots) + len(urls) == 1 else url.rstrip("/").rpartition("/")[2])
    files, problems = _noted(search.found, settings)
    return sorted(files, key=lambda file: file.doc_id), [*search.problems, *problems]


def _noted(found: Sequence[SourceFile], settings: Settings) -> tuple[list[SourceFile], list[Problem]]:
    """Add what the researcher's own table and the paths say of the files; that table itself is no report."""
    if settings.meta is None and settings.path_pattern is None:
        return list(found), []
    meta = Path(settings.meta) if settings.meta is not None else None
    files = [f for f in found if meta is None or not (isinstance(f.path, Path) and _is_same(f.path, meta))]
    known = [Known(file.doc_id, printable(str(file.path))) for file in files]
    notes, problems = notes_of(known, meta, settings.path_pattern)
    return [replace(file, notes=notes.get(file.doc_id, ())) for file in files], problems


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False


def _roots(paths: Sequence[Path | str]) -> list[Path]:
    roots: dict[Path, Path] = {}
    for path in map(Path, paths):
        try:
            path.stat()
        except (OSError, ValueError):
            raise MissingPathError(
                f"{printable(str(path))}: 路径不存在或无法打开。 No such file or folder."
            ) from None
        roots.setdefault(path.resolve(), path)
    return list(roots.values())


def _prefixes(roots: Sequence[Path], *, alone: bool) -> list[str]:
    """Return what each root's document ids begin with: nothing for a single one, else as little as tells them apart."""
    if len(roots) <= 1 and alone:
        return [""] * len(roots)
    parts = [root.resolve().parts for root in roots]
    for length in range(1, max(map(len, parts), default=0) + 1):
        names = ["/".join(p[-length:]).lstrip("/") for p in parts]
        if len(set(names)) == len(names):
            return names
    return []


class _Search:
    """Walks folders without recursion and keeps what it has seen."""

    def __init__(self, max_file_mb: int) -> None:
        self.found: list[SourceFile] = []
        self.problems: list[Problem] = []
        self._limit = max_file_mb
        self._seen_folders: set[tuple[int, int]] = set()
        self._seen_files: set[tuple[int, int]] = set()
        self._unmatched: dict[Path, None] = {}

    def folder(self, root: Path, prefix: str) -> None:
        """Take every report below `root`."""
        above = {_identity(parent.stat()) for parent in root.resolve().parents}
        todo = [_Folder(root, 0, _Rules(root, Corpus(), None))]
        while todo:
            folder = todo.pop()
            entries = self._entries(folder, above)
            if any(entry.name == NAME for entry in entries):
                folder = folder._replace(rules=self._rules(folder.path))
            below: list[_Folder] = []
            for entry in entries:
                path = folder.path / entry.name
                if entry.name.startswith("."):
                    continue
                if _is_folder(entry):
                    below.append(_Folder(path, folder.depth + 1, folder.rules))
                else:
                    self._met(path, _doc_id(root, path, prefix), folder.rules)
            todo += reversed(below)
        for path in self._unmatched:
            message = "documents 没有匹配任何文件。 The patterns of documents match no file."
            self._problem(path / NAME, "NothingMatched", message)
        self._unmatched.clear()

    def named_file(self, path: Path, doc_id: str) -> None:
        """Take a file that the user named, whatever its folder's corpus.toml says of documents."""
        corpus = read_corpus(path.parent / NAME) if (path.parent / NAME).is_file() else Corpus()
        suffix = path.suffix.lower()
        if suffix in NOT_YET or suffix in _NO_TEXT:
            self._problem(path, "UnreadableFormat", _not_yet(path))
        else:
            self._take(path, printable(doc_id), corpus)

    def _rules(self, folder: Path) -> _Rules:
        corpus = read_corpus(folder / NAME)
        if not corpus.documents:
            return _Rules(folder, corpus, None)
        self._unmatched[folder] = None
        return _Rules(folder, corpus, matcher(corpus.documents))

    def _entries(self, folder: _Folder, above: AbstractSet[tuple[int, int]]) -> list[os.DirEntry[str]]:
        """Return what lies in a folder, by name; nothing, and a problem, where it can't be entered."""
        path = folder.path
        if folder.depth > MAX_DEPTH:
            self._problem(path, "TooDeep", f"文件夹超过 {MAX_DEPTH} 层。 More than {MAX_DEPTH} folders deep.")
            return []
        try:
            identity = _identity(path.stat())
            if identity in self._seen_folders or identity in above:
                if path.is_symlink():
                    message = (
                        "链接指向已读过的文件夹，不再重复读取。 A link to a folder that was read already."
                    )
                    self._problem(path, "FolderSeen", message)
                return []
            self._seen_folders.add(identity)
            with os.scandir(path) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
            return [] if any(entry.name == _RESULT for entry in found) else found
        except OSError as error:
            message = f"无法打开文件夹。 Cannot open the folder: {error.strerror}"
            self._problem(path, "UnreadableFolder", message)
            return []

    def _met(self, path: Path, doc_id: str, rules: _Rules) -> None:
        """Take a file that was met in a folder, if the rules make it a document."""
        suffix = path.suffix.lower()
        if rules.documents is not None:
            if not rules.documents.fullmatch(path.relative_to(rules.folder).as_posix()):
                return
            self._unmatched.pop(rules.folder, None)
        elif is_note(path.name):
            return
        if suffix in FORMATS:
            self._take(path, doc_id, rules.corpus)
        elif suffix in NOT_YET or rules.documents is not None:
            self._problem(path, "UnreadableFormat", _not_yet(path))

    def _take(self, path: Path, doc_id: str, corpus: Corpus) -> None:
        try:
            status = path.stat()
        except OSError as error:
            self._problem(path, "UnreadableFile", f"无法打开文件。 Cannot open the file: {error.strerror}")
            return
        if not stat.S_ISREG(status.st_mode):
            self._problem(path, "UnreadableFile", "不是普通文件。 Not a regular file.")
        elif status.st_size > self._limit * MEGABYTE:
            self._problem(path, "TooLarge", self._too_large())
        elif (identity := _identity(status)) not in self._seen_files:
            self._seen_files.add(identity)
            format_ = FORMATS.get(path.suffix.lower(), "text")
            self.found.append(_source(doc_id, path, format_, corpus))

    def remote(self, url: str, prefix: str) -> None:
        """Take every report at or below a URL."""
        for path, below, size, corpus in list_files(url):
            if path.suffix.lower() not in FORMATS:
                if path.suffix.lower() in NOT_YET:
                    self._problem(path, "UnreadableFormat", _not_yet(path))
            elif size > self._limit * MEGABYTE:
                self._problem(path, "TooLarge", self._too_large())
            else:
                doc_id = f"{prefix}/{below}" if prefix else below
                kind = FORMATS[path.suffix.lower()]
                self.found.append(_source(doc_id, path, kind, corpus))

    def _too_large(self) -> str:
        return (
            f"超过 {self._limit} MB（max_file_mb），未读取；请拆分文件，或在设置中调高 max_file_mb。 "
            f"Larger than {self._limit} MB: split the file, or raise max_file_mb in the settings."
        )

    def _problem(self, path: Path | RemotePath, error: str, message: str) -> None:
        self.problems.append(Problem(printable(str(path)), "read", error, message))


def _source(doc_id: str, path: Path | RemotePath, kind: Format, corpus: Corpus) -> SourceFile:
    folder = printable(corpus.folder) if corpus.folder else None
    return SourceFile(doc_id, path, kind, corpus.source, corpus.date, corpus.place, folder)


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _not_yet(path: Path | RemotePath) -> str:
    kind = path.suffix or "无扩展名"
    return (
        f"本版本还不能读取 {kind} 文件，请另存为 .docx、.pdf 或 .txt。 "
        f"{path.suffix or 'This kind of file'} is not readable yet by this version: save it as .docx, .pdf or .txt."
    )


def _doc_id(root: Path, path: Path, prefix: str) -> str:
    relative = path.relative_to(root).as_posix()
    return printable(f"{prefix}/{relative}" if prefix else relative)


def printable(name: str) -> str:
    """Return a file name as valid text: names that are not UTF-8 come from Chinese Windows archives."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", "backslashreplace")
    return name
