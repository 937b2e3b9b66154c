"""The units that coders code: sentences or paragraphs, numbered by document, section and place in it."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import groupby
from typing import Any, Literal, NamedTuple

from swnlp import store
from swnlp.analysis import Analysis

UnitKind = Literal["sentence", "paragraph"]


class Unit(NamedTuple):
    """A unit of coding.

    Attributes:
        number: "2-7": the 7th unit of the 2nd document; "2-3-7" where documents have several sections.
        doc_id: The document.
        path: Its file.
        section_id: The section.
        section: Heading of the section.
        start: First character in the document.
        end: One past the last.
        text: The characters.
        sentences: Numbers (sentence_id) of its sentences.
    """

    number: str
    doc_id: str
    path: str
    section_id: int
    section: str
    start: int
    end: int
    text: str
    sentences: tuple[int, ...]


def units_of(analysis: Analysis, kind: UnitKind) -> list[Unit]:
    """Return all units of a result in order, without those of reprints that don't count.

    Documents are numbered in the order of the result, sections within the document, units within the section, all from 1,
    headings included: the number of a unit does not depend on which units are drawn.
    """
    documents = store.read_table(
        analysis.folder, "documents", columns=["doc_id", "path", "text", "reprint_of"]
    ).to_pylist()
    sections = store.read_table(
        analysis.folder, "sections", columns=["doc_id", "section_id", "title"]
    ).to_pylist()
    titles = {(row["doc_id"], row["section_id"]): row["title"] for row in sections}
    one_each = len(sections) <= len(documents)
    found: dict[str, list[Unit]] = {row["doc_id"]: [] for row in documents}
    facts = {row["doc_id"]: (number, row) for number, row in enumerate(documents, 1)}
    columns = ["doc_id", "section_id", "paragraph_id", "sentence_id", "start", "end"]
    rows = store.read_table(analysis.folder, "sentences", columns=columns).to_pylist()
    rows.sort(key=lambda row: (row["doc_id"], row["start"]))
    at: dict[tuple[str, int], int] = {}
    for sentences in _grouped(rows, kind):
        first, last = sentences[0], sentences[-1]
        number, document = facts[first["doc_id"]]
        key = first["doc_id"], first["section_id"]
        at[key] = at.get(key, 0) + 1
        place = [number, at[key]] if one_each else [number, first["section_id"] + 1, at[key]]
        if document["reprint_of"] is None or analysis.settings.keep_duplicates:
            text = document["text"][first["start"] : last["end"]]
            found[first["doc_id"]].append(
                Unit(
                    "-".join(map(str, place)), first["doc_id"], document["path"], first["section_id"],
                    titles.get(key, ""), first["start"], last["end"], text,
                    tuple(row["sentence_id"] for row in sentences),
                )
            )  # fmt: skip
    return [unit for units in found.values() for unit in units]


def _grouped(rows: list[dict[str, Any]], kind: UnitKind) -> Iterator[list[dict[str, Any]]]:
    if kind == "sentence":
        yield from ([row] for row in rows)
        return
    for _, group in groupby(rows, key=lambda r: (r["doc_id"], r["section_id"], r["paragraph_id"])):
        yield list(group)


def drawn(units: Iterable[Unit], n: int | None, seed: int) -> list[Unit]:
    """Return n units drawn at random, in their order; all of them if n is None. The same seed draws the same units."""
    found = list(units)
    if n is None or n >= len(found):
        return found
    lots = [
        (blake2b(repr((seed, unit.doc_id, unit.start, unit.end)).encode(), digest_size=8).digest(), at)
        for at, unit in enumerate(found)
    ]
    return [found[at] for at in sorted(at for _, at in heapq.nsmallest(n, lots))]
