"""Reprints and copies: which documents have much the same text, and which of them is the same document again?

Every document has a MinHash signature of its text, made in the map. Documents whose signatures meet in a band are
compared by their texts. Same text, same place and about the same time, or the same issuer and number: a reprint,
which counts once. Much the same text of another place or issuer (a city that copies its province): two documents,
both counted, with what they share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from swnlp.similar.paragraphs import aligned
from swnlp.similar.shingles import PERMUTATIONS, meeting, plain, shingles_of

# Numbers of a band of a signature: half-equal texts meet almost surely.
_ROWS = 4
_SIMILAR = 0.5
_REPRINT = 0.9
# The same text more than so many days later is this year's edition, not a reprint.
_DAYS = 180


class Paper(NamedTuple):
    """What two documents are compared by, besides their texts."""

    doc_id: str
    date: str | None
    place_id: str | None
    doc_number: str | None
    issuers: frozenset[str]


class Pair(NamedTuple):
    """Two documents with much the same text, or the same paragraphs: a row of `similar`.

    `kind` is reprint (the same document again), copy (another document), or passages (unlike as a whole, but with
    paragraphs that are alike). `similarity` is the Jaccard index of their shingles (of passages estimated from the
    signatures), `shared` the part of the shorter that is in the other, `paragraphs` the alike ones as "a=b".
    """

    doc_id: str
    other_id: str
    similarity: float
    shared: float
    kind: str
    paragraphs: list[str]


@dataclass(frozen=True, slots=True)
class Found:
    """The similar pairs, and for each reprint the document that it reprints."""

    pairs: Sequence[Pair]
    reprint_of: Mapping[str, str]


def candidates(doc_ids: Sequence[str], signatures: Sequence[bytes]) -> list[tuple[str, str]]:
    """Return the pairs of documents whose signatures meet in a band and are alike; each pair once, in order."""
    if not doc_ids:
        return []
    matrix = np.frombuffer(b"".join(signatures), dtype="<u4").reshape(len(doc_ids), PERMUTATIONS)
    pairs: set[tuple[int, int]] = set()
    for start in range(0, PERMUTATIONS, _ROWS):
        band = np.ascontiguousarray(matrix[:, start : start + _ROWS])
        keys = band.view([("", band.dtype)] * _ROWS).ravel()
        pairs.update(meeting(keys))
    alike = [(a, b) for a, b in sorted(pairs) if np.mean(matrix[a] == matrix[b]) >= _SIMILAR - 0.1]
    return sorted((min(doc_ids[a], doc_ids[b]), max(doc_ids[a], doc_ids[b])) for a, b in alike)


def likeness(a: bytes, b: bytes) -> float:
    """Return how alike two documents are by their signatures: an estimate of the Jaccard index of their shingles."""
    return float(np.mean(np.frombuffer(a, dtype="<u4") == np.frombuffer(b, dtype="<u4")))


def compare(
    pairs: Iterable[tuple[str, str]],
    papers: Mapping[str, Paper],
    paragraphs: Mapping[str, Sequence[tuple[int, str]]],
) -> Found:
    """Compare documents by their texts.

    Args:
        pairs: The documents to compare.
        papers: What is known of each.
        paragraphs: Number and text of the paragraphs of each.
    """
    shingles: dict[str, set[str]] = {}

    def of(doc_id: str) -> set[str]:
        if doc_id not in shingles:
            shingles[doc_id] = shingles_of(plain("".join(text for _, text in paragraphs[doc_id])))
        return shingles[doc_id]

    found: list[Pair] = []
    for a, b in pairs:
        common = len(of(a) & of(b))
        similarity = common / len(of(a) | of(b))
        if similarity < _SIMILAR:
            continue
        kind = "reprint" if _is_reprint(papers[a], papers[b], similarity) else "copy"
        alike = [] if kind == "reprint" else [x.name for x in aligned(paragraphs[a], paragraphs[b])]
        shared = common / min(len(of(a)), len(of(b)))
        found.append(Pair(a, b, round(similarity, 4), round(shared, 4), kind, alike))
    return Found(found, _originals(found, papers))


def _is_reprint(a: Paper, b: Paper, similarity: float) -> bool:
    if a.doc_number is not None and a.doc_number == b.doc_number and _agree(a.issuers, b.issuers):
        return True
    if similarity < _REPRINT or not _agree(a.issuers, b.issuers):
        return False
    other_place = a.place_id is not None and b.place_id is not None and a.place_id != b.place_id
    other_number = a.doc_number is not None and b.doc_number is not None and a.doc_number != b.doc_number
    return not (other_place or other_number or _far_apart(a.date, b.date))


def _agree(a: frozenset[str], b: frozenset[str]) -> bool:
    return not a or not b or bool(a & b)


def _far_apart(a: str | None, b: str | None) -> bool:
    if a is None or b is None:
        return False
    try:
        return abs((date.fromisoformat(a) - date.fromisoformat(b)).days) > _DAYS
    except ValueError:
        return a[:4] != b[:4]


def _originals(pairs: Iterable[Pair], papers: Mapping[str, Paper]) -> dict[str, str]:
    """Return for every reprint the first of those that have its text: by date, those without one last, then by id."""
    parent: dict[str, str] = {}

    def root(doc_id: str) -> str:
        while parent.setdefault(doc_id, doc_id) != doc_id:
            parent[doc_id] = parent[parent[doc_id]]
            doc_id = parent[doc_id]
        return doc_id

    for pair in pairs:
        if pair.kind == "reprint":
            parent[root(pair.doc_id)] = root(pair.other_id)
    groups: dict[str, list[str]] = defaultdict(list)
    for doc_id in parent:
        groups[root(doc_id)].append(doc_id)
    reprints: dict[str, str] = {}
    for group in groups.values():
        first = min(group, key=lambda doc_id: (papers[doc_id].date or "9999", doc_id))
        reprints |= {doc_id: first for doc_id in group if doc_id != first}
    return reprints


def without(table: pa.Table, doc_ids: Iterable[str]) -> pa.Table:
    """Return a table without the rows of some documents."""
    import pyarrow.compute as pc

    return table.filter(pc.invert(pc.is_in(table["doc_id"], pa.array(sorted(doc_ids), pa.string()))))


def with_originals(table: pa.Table, reprint_of: Mapping[str, str]) -> pa.Table:
    """Return the documents with what each reprints."""
    at = table.schema.get_field_index("reprint_of")
    column = pa.array([reprint_of.get(doc_id) for doc_id in table["doc_id"].to_pylist()], pa.string())
    return table.set_column(at, table.schema.field(at), column)
