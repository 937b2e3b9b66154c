"""A result's codings as a project of another program, and such a project's codings over the units of a result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from swnlp import store
from swnlp.analysis import Analysis
from swnlp.coding.codings import Coding, codings_of
from swnlp.coding.qdpx import Imported, Source, read_qdpx, write_qdpx
from swnlp.coding.reading import Coded, CodedUnit, read_coders
from swnlp.coding.scheme import Category, Code, Codebook
from swnlp.coding.units import Unit
from swnlp.resources import read_toml

# Who gave the codes that come from the mentions of a result.
MACHINE = "swnlp"
# The category of codes that stand alone.
ALONE = "编码"


def sources_of(analysis: Analysis) -> list[Source]:
    """Return the documents that count, as texts of a project."""
    rows = store.read_table(analysis.folder, "documents", columns=["doc_id", "path", "text", "reprint_of"])
    return [
        Source(row["doc_id"], row["path"], row["text"])
        for row in rows.to_pylist()
        if row["reprint_of"] is None or analysis.settings.keep_duplicates
    ]


def mention_codings(analysis: Analysis) -> Iterator[Coding]:
    """Yield the mentions of a result as codings: the label is the category, the entity's name the code."""
    labels = {label: words[0] for label, words in read_toml("words.toml")["labels"].items()}
    known = analysis.table("entities", columns=["entity_id", "name"])
    names = dict(zip(known["entity_id"].to_pylist(), known["name"].to_pylist(), strict=True))
    columns = ["doc_id", "start", "end", "label", "entity_id"]
    for row in analysis.table("mentions", columns=columns).to_pylist():
        category = labels.get(row["label"], row["label"])
        name = names.get(row["entity_id"], row["entity_id"])
        yield Coding(MACHINE, category, name, row["doc_id"], row["start"], row["end"])


def export_project(
    analysis: Analysis, path: Path | str, files: Sequence[Path | str] = (), book: Codebook | None = None
) -> int:
    """Write a result as a project (.qdpx) and return how many codings it has.

    Args:
        analysis: The result.
        path: The file.
        files: Coders' workbooks, whose codes are exported; without any, the mentions.
        book: Their codebook, if it is not in them.

    Raises:
        FormError: If a workbook can't be read.
        ExchangeError: If a coding lies outside of its text (the workbook is of another result).
        OutputError: If the file can't be written.
    """
    codings = codings_of(read_coders(files, book)) if files else list(mention_codings(analysis))
    write_qdpx(path, sources_of(analysis), codings, name=Path(path).stem)
    return len(codings)


def import_project(analysis: Analysis, path: Path | str) -> Imported:
    """Return the codings of a project over the documents of a result; errors as for `read_qdpx`."""
    return read_qdpx(path, sources_of(analysis))


def over_units(imported: Imported, units: Sequence[Unit]) -> Coded:
    """Return codings of any stretches as codes of units, so that agreement can be computed.

    A unit has a code if the coding covers half of the unit or more, or lies in it by half or more. A coder coded all
    units of the documents in which there is a coding of theirs.
    """
    codes: dict[str, dict[str, Code]] = {}
    by_document: dict[str, list[Unit]] = {}
    for unit in units:
        by_document.setdefault(unit.doc_id, []).append(unit)
    given: dict[tuple[str, int, int, str, str], set[str]] = {}
    documents: dict[str, set[str]] = {}
    for coding in imported.codings:
        category = coding.category or ALONE
        codes.setdefault(category, {}).setdefault(coding.code, Code(coding.code))
        documents.setdefault(coding.coder, set()).add(coding.doc_id)
        for unit in by_document.get(coding.doc_id, ()):
            shared = min(unit.end, coding.end) - max(unit.start, coding.start)
            if 2 * shared >= min(unit.end - unit.start, coding.end - coding.start):
                key = (unit.doc_id, unit.start, unit.end, category, coding.coder)
                given.setdefault(key, set()).add(coding.code)
    book = tuple(Category(name, tuple(own.values()), several=True) for name, own in codes.items())
    order = {code: at for own in codes.values() for at, code in enumerate(own)}
    values = {
        ((unit.doc_id, unit.start, unit.end), category.name, coder): tuple(
            sorted(
                given.get((unit.doc_id, unit.start, unit.end, category.name, coder), ()),
                key=order.__getitem__,
            )
        )
        for coder, own in documents.items()
        for doc_id in own
        for unit in by_document.get(doc_id, ())
        for category in book
    }
    shown = {(u.doc_id, u.start, u.end): CodedUnit(u.number, u.path, u.text) for u in units}
    return Coded(book, tuple(documents), shown, values)
