"""A file to documents: bytes, format, text, facts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from swnlp.errors import ReadError
from swnlp.read.archive_rules import rule_of, rules_in
from swnlp.read.clutter import Clutter, find_clutter
from swnlp.read.corpus_file import NAME
from swnlp.read.files import SourceFile, printable
from swnlp.read.formats import FORMATS, ISOLATED, Format, format_of
from swnlp.read.issuers import issued_by
from swnlp.read.metadata import facts_of, markup_title
from swnlp.read.own_columns import Note
from swnlp.read.page import Item, Taken, Trouble
from swnlp.read.textual import take_text
from swnlp.records import Document, Problem
from swnlp.settings import DEFAULTS, Settings
from swnlp.view import simplified_view

# A longer page (bytes) is read under the limits of memory and time: its tree is many times as large as the page.
_LONG_PAGE = 4_000_000


class Reading(NamedTuple):
    """What a file gave: its documents, and what of it could not be read."""

    documents: Sequence[Document]
    problems: Sequence[Problem]


def read_file(file: SourceFile, settings: Settings = DEFAULTS) -> Reading:
    """Read one file, which may hold several documents: the rows of a table, the members of an archive.

    The name's ending does not decide alone: a page saved as .txt or .doc is read as a page, a text named .html as
    text. A document's text has one line feed at the end of every line, whatever the file has, and no U+FEFF; where
    bytes are no text it has U+FFFD, and `problems` say which bytes.

    Args:
        file: The file.
        settings: Limits, and which column of a table holds the text.

    Returns:
        The documents, by their place in the file, and the problems. Nothing that a file holds raises an error.
    """
    path = printable(str(file.path))
    try:
        data = file.path.read_bytes()
    except OSError as error:
        message = f"无法打开文件。 Cannot open the file: {error.strerror}"
        return Reading([], [Problem(path, "read", "UnreadableFile", message)])
    taken = _taken(data, file.format, file.path.suffix.lower(), settings)
    sha256 = hashlib.sha256(data).hexdigest()
    problems = [Problem(path + t.member, "read", t.error, t.message) for t in taken.troubles]
    return Reading([_document(file, item, sha256) for item in taken.items], problems)


def read_document(file: SourceFile, settings: Settings = DEFAULTS) -> Document:
    """Read a file that holds one document.

    Raises:
        ReadError: If nothing of it can be read.
    """
    reading = read_file(file, settings)
    if not reading.documents:
        raise ReadError("; ".join(f"{p.path}: {p.message}" for p in reading.problems))
    return reading.documents[0]


def _taken(data: bytes, named: Format, suffix: str, settings: Settings) -> Taken:
    """Read a file's bytes; what goes wrong with all of it is a trouble like any other."""
    try:
        if not data.strip():
            raise ReadError("文件是空的。 The file is empty.")
        taken = _read(data, format_of(data, named), suffix, settings)
        if not taken.troubles and not any(item.page.text.strip() for item in taken.items):
            raise ReadError("文件中没有文字。 The file holds no text.")
        return Taken([item for item in taken.items if item.page.text.strip()], taken.troubles)
    except ReadError as error:
        return Taken([], [Trouble(type(error).__name__, str(error))])


def _read(data: bytes, kind: Format, suffix: str, settings: Settings) -> Taken:
    if kind == "zip":
        return _archive(data, settings)
    if kind == "office":
        from swnlp.read.convert import to_docx

        data, kind = (
            to_docx(data, suffix if FORMATS.get(suffix) == "office" else ".doc", settings.read_seconds),
            "docx",
        )
    if kind in ISOLATED or (kind == "html" and len(data) > _LONG_PAGE):
        from swnlp.read.isolate import read_apart

        return read_apart(kind, data, settings)
    if kind == "delimited":
        from swnlp.read import delimited

        return delimited.take(data, settings)
    if kind == "jsonl":
        from swnlp.read import jsonlines

        return jsonlines.take(data, settings)
    return take_text(data, html=kind == "html")


def _archive(data: bytes, settings: Settings) -> Taken:
    """Read the members of an archive, each as a file of its own."""
    from swnlp.read.isolate import unpack_apart

    members, troubles = unpack_apart(data, settings)
    if not members and not troubles:
        raise ReadError("压缩文件中没有可读的报告。 The archive holds no report that can be read.")
    taken = Taken([], troubles)
    rules, wrong = rules_in(members)
    taken.troubles.extend(wrong)
    for name, content in members:
        rule = rule_of(name, rules)
        if PurePosixPath(name).name == NAME or not rule.takes(name):
            continue
        suffix = PurePosixPath(name).suffix.lower()
        found = _member(content, suffix, settings)
        sha256 = hashlib.sha256(content).hexdigest()
        taken.items.extend(
            item._replace(member=f"/{name}{item.member}", sha256=sha256, corpus=rule.facts)
            for item in found.items
        )
        taken.troubles.extend(t._replace(member=f"/{name}{t.member}") for t in found.troubles)
    return taken


def _member(data: bytes, suffix: str, settings: Settings) -> Taken:
    try:
        nested = bool(data.strip()) and format_of(data, FORMATS[suffix]) == "zip"
    except ReadError as error:
        return Taken([], [Trouble(type(error).__name__, str(error))])
    if nested:
        message = "压缩文件中的压缩文件，请先解压。 An archive in an archive: unpack it first."
        return Taken([], [Trouble("NestedArchive", message)])
    return _taken(data, FORMATS[suffix], suffix, settings)


def _document(file: SourceFile, item: Item, sha256: str) -> Document:
    page, notes = item.page, _notes(file, item.member)
    given = _given(item, notes)
    view = simplified_view(page.text)
    title = given.get("title") or markup_title(page.title, page.meta)
    clutter = _clutter(item, view, title)
    facts = facts_of(page.text, view, clutter, page.meta, title)
    place = given.get("place") or item.corpus.get("place") or file.place
    official = issued_by(page.text, view, clutter, facts, place)
    return Document(
        doc_id=file.doc_id + item.member,
        path=printable(str(file.path)) + item.member,
        title=given.get("title") or facts.title,
        date=given.get("date") or facts.date or item.corpus.get("date") or file.date,
        source=given.get("source") or facts.source or item.corpus.get("source") or file.source,
        genre=facts.genre,
        doc_number=facts.doc_number,
        encoding=item.encoding,
        encoding_margin=item.margin,
        sha256=item.sha256 or sha256,
        text=page.text,
        place=place,
        corpus=file.corpus,
        dropped=clutter.dropped,
        headings=tuple(_kept(page.headings, clutter)),
        cells=page.cells,
        metadata=_metadata(item, notes),
        issuers=official.issuers,
        issued=official.issued,
        in_force=official.in_force,
    )


def _notes(file: SourceFile, member: str) -> list[Note]:
    """Return what the researcher says of a document: what is said of it alone before what is said of its file."""
    found = [note for note in file.notes if note.member in ("", member)]
    return sorted(found, key=lambda note: note.member == "")


def _given(item: Item, notes: Sequence[Note]) -> dict[str, str]:
    """Return the facts that come with a document: of it alone, its row's columns, of its whole file."""
    alone = [dict(note.facts) for note in notes if note.member]
    whole = [dict(note.facts) for note in notes if not note.member]
    found: dict[str, str] = {}
    for facts in (*alone, item.facts, *whole):
        found = {**facts, **found}
    return found


def _metadata(item: Item, notes: Sequence[Note]) -> tuple[tuple[str, str], ...]:
    """Return the columns that come with a document, each name once: the researcher's own first."""
    found: dict[str, str] = {}
    for columns in (*(note.columns for note in notes), item.extra):
        for name, value in columns:
            found.setdefault(name, value)
    return tuple(found.items())


def _clutter(item: Item, view: str, title: str | None) -> Clutter:
    page = item.page
    if item.table:
        return Clutter(page.dropped, None, (), ())
    first = next((page.text[start:end] for start, end, level in page.headings if level == 1), None)
    named = item.facts.get("title") or first or title
    shown = simplified_view(named) if named else None
    return find_clutter(view, title=shown, links=page.links, dropped=page.dropped)


def _kept(headings: Sequence[tuple[int, int, int]], clutter: Clutter) -> Iterator[tuple[int, int, int]]:
    for heading in headings:
        if not any(d.start <= heading[0] < d.end for d in clutter.dropped):
            yield heading
