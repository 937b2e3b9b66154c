"""Reprints and copies: which documents have much the same text, and which of them is the same document again?

Every document has a MinHash signature of its text, made in the map. Documents whose signatures meet in a band are
compared by their texts. Same text, same place and about the same time, or the same issuer and number: a reprint,
which counts once. Much the same text of another place or issuer (a city that copies its province): two documents,
both counted, with what they share.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from swnlp.view import simplified_view

# Characters of a shingle; numbers of a signature, in bands of so many rows: half-equal texts meet almost surely.
_SHINGLE = 5
PERMUTATIONS = 128
_ROWS = 4
# A text shorter than this says too little: two such answers in a survey are not one document.
_SHORTEST = 100
# A longer one is judged by its beginning.
_LONGEST = 200_000
_SIMILAR = 0.5
_REPRINT = 0.9
_PARAGRAPH = 0.6
_SHORT_PARAGRAPH = 20
# The same text more than so many days later is this year's edition, not a reprint.
_DAYS = 180
# Of documents that meet in a band at most so many are compared with each other, the rest with the first.
_CROWD = 50
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_SPACE = re.compile(r"\s+")


class Paper(NamedTuple):
    """What two documents are compared by, besides their texts."""

    doc_id: str
    date: str | None
    place_id: str | None
    doc_number: str | None
    issuers: frozenset[str]


class Pair(NamedTuple):
    """Two documents with much the same text: a row of `similar`.

    `similarity` is the Jaccard index of their shingles, `shared` the part of the shorter that is in the other,
    `paragraphs` the alike ones as "a=b".
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


def signature(text: str) -> bytes | None:
    """Return the MinHash signature of a text, None if it is too short to be told from others."""
    from rensa import RMinHash

    plain = _plain(text)
    if len(plain) < _SHORTEST:
        return None
    hashes = _hashes(plain)
    made = RMinHash.digest_matrix_from_flat_token_hashes(hashes, [0, len(hashes)], PERMUTATIONS, 0)
    return np.array(made.to_rows()[0], dtype="<u4").tobytes()


def _hashes(plain: str) -> np.ndarray:
    """Return a number of 64 bits for every shingle; in NumPy, as cutting strings would cost ten times as much."""
    codes = np.frombuffer(plain.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    count = len(codes) - _SHINGLE + 1
    hashes = np.zeros(count, dtype=np.uint64)
    for start in range(_SHINGLE):
        hashes = hashes * _FACTOR + codes[start : start + count]
    # The end of SplitMix64, so that near codes give far numbers.
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        hashes = (hashes ^ (hashes >> np.uint64(shift))) * np.uint64(factor)
    return hashes ^ (hashes >> np.uint64(31))


def _plain(text: str) -> str:
    return _SPACE.sub("", simplified_view(text[: 2 * _LONGEST]))[:_LONGEST]


def _shingles(plain: str) -> set[str]:
    return {plain[i : i + _SHINGLE] for i in range(max(len(plain) - _SHINGLE + 1, 1))}


def candidates(doc_ids: Sequence[str], signatures: Sequence[bytes]) -> list[tuple[str, str]]:
    """Return the pairs of documents whose signatures meet in a band and are alike; each pair once, in order."""
    if not doc_ids:
        return []
    matrix = np.frombuffer(b"".join(signatures), dtype="<u4").reshape(len(doc_ids), PERMUTATIONS)
    pairs: set[tuple[int, int]] = set()
    for start in range(0, PERMUTATIONS, _ROWS):
        band = np.ascontiguousarray(matrix[:, start : start + _ROWS])
        keys = band.view([("", band.dtype)] * _ROWS).ravel()
        _, group, sizes = np.unique(keys, return_inverse=True, return_counts=True)
        members = np.argsort(group, kind="stable")
        ends = np.cumsum(sizes)
        for end, size in zip(ends[sizes > 1], sizes[sizes > 1], strict=True):
            pairs.update(_meeting(sorted(members[end - size : end].tolist())))
    alike = [(a, b) for a, b in sorted(pairs) if np.mean(matrix[a] == matrix[b]) >= _SIMILAR - 0.1]
    return sorted((min(doc_ids[a], doc_ids[b]), max(doc_ids[a], doc_ids[b])) for a, b in alike)


def _meeting(members: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the pairs to compare: all of a few, of a crowd each with the first and with its neighbour."""
    if len(members) <= _CROWD:
        yield from ((a, b) for i, a in enumerate(members) for b in members[i + 1 :])
    else:
        yield from ((members[0], other) for other in members[1:])
        yield from pairwise(members)


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
            shingles[doc_id] = _shingles(_plain("".join(text for _, text in paragraphs[doc_id])))
        return shingles[doc_id]

    found: list[Pair] = []
    for a, b in pairs:
        common = len(of(a) & of(b))
        similarity = common / len(of(a) | of(b))
        if similarity < _SIMILAR:
            continue
        kind = "reprint" if _is_reprint(papers[a], papers[b], similarity) else "copy"
        aligned = [] if kind == "reprint" else _aligned(paragraphs[a], paragraphs[b])
        shared = common / min(len(of(a)), len(of(b)))
        found.append(Pair(a, b, round(similarity, 4), round(shared, 4), kind, aligned))
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


def _aligned(a: Sequence[tuple[int, str]], b: Sequence[tuple[int, str]]) -> list[str]:
    """Return which paragraphs are alike, as "a=b": for each of the first its likest in the second."""
    holders: dict[str, set[int]] = defaultdict(set)
    sizes: dict[int, int] = {}
    for number, text in b:
        plain = _plain(text)
        if len(plain) >= _SHORT_PARAGRAPH:
            shingles = _shingles(plain)
            sizes[number] = len(shingles)
            for shingle in shingles:
                holders[shingle].add(number)
    aligned: list[str] = []
    for number, text in a:
        plain = _plain(text)
        if len(plain) < _SHORT_PARAGRAPH:
            continue
        own = _shingles(plain)
        common = Counter(other for shingle in own for other in holders.get(shingle, ()))
        best = max(
            common,
            key=lambda other: (common[other] / (len(own) + sizes[other] - common[other]), -other),
            default=None,
        )
        if best is not None and common[best] / (len(own) + sizes[best] - common[best]) >= _PARAGRAPH:
            aligned.append(f"{number}={best}")
    return aligned


def without(table: pa.Table, doc_ids: Iterable[str]) -> pa.Table:
    """Return a table without the rows of some documents."""
    import pyarrow.compute as pc

    return table.filter(pc.invert(pc.is_in(table["doc_id"], pa.array(sorted(doc_ids), pa.string()))))


def with_originals(table: pa.Table, reprint_of: Mapping[str, str]) -> pa.Table:
    """Return the documents with what each reprints."""
    at = table.schema.get_field_index("reprint_of")
    column = pa.array([reprint_of.get(doc_id) for doc_id in table["doc_id"].to_pylist()], pa.string())
    return table.set_column(at, table.schema.field(at), column)
