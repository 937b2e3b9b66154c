"""Paragraphs that are alike: which of two documents' stand for each other; which documents that are unlike share some.

Every paragraph of some length has a MinHash signature, made in the map and kept as one key for each of its bands.
Paragraphs that meet in a band are compared by their texts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from swnlp.similar.shingles import SHINGLE, hashes_of, meeting, minhashes, plain, shingles_of

# How alike two paragraphs are, by the Jaccard index of their shingles; shorter ones say too little.
_ALIKE = 0.6
_SHORT = 20
# A paragraph that is looked for in all documents must be longer: salutations and closing words are everybody's.
SHORT_PASSAGE = 40
# Bands of so many numbers: paragraphs alike by 0.6 meet with a chance of 0.94, by 0.7 of 0.996, by 0.1 of 0.002.
_BANDS, _ROWS = 20, 4
# What keeps paragraphs apart while they are hashed together.
_EDGE = "\0" * (SHINGLE - 1)


class Alike(NamedTuple):
    """Two paragraphs that are alike, by their numbers, and the characters of the first."""

    paragraph: int
    other: int
    chars: int

    @property
    def name(self) -> str:
        """The two as they are written in a table: a=b."""
        return f"{self.paragraph}={self.other}"


def band_keys(texts: Sequence[str]) -> list[bytes | None]:
    """Return for each paragraph the keys of its bands, 20 numbers of 32 bits; None for one that is too short."""
    compared = [plain(text.replace("\0", "")) for text in texts]
    long = [i for i, text in enumerate(compared) if len(text) >= SHORT_PASSAGE]
    keys: list[bytes | None] = [None] * len(texts)
    if not long:
        return keys
    hashes = hashes_of(_EDGE.join(compared[i] for i in long))
    # The shingles over an edge are of no paragraph.
    sizes = np.array([len(compared[i]) for i in long])
    starts = np.cumsum(sizes + len(_EDGE)) - sizes - len(_EDGE)
    counts = sizes - SHINGLE + 1
    edges = np.concatenate(([0], np.cumsum(counts)))
    inside = np.repeat(starts - edges[:-1], counts) + np.arange(edges[-1])
    rows = minhashes(hashes[inside], edges.tolist(), _BANDS * _ROWS).reshape(len(long), _BANDS, _ROWS)
    for i, row in zip(long, _key(rows), strict=True):
        keys[i] = row.astype("<u4").tobytes()
    return keys


def _key(rows: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Return one number for the numbers of each band."""
    key = np.zeros(rows.shape[:2], dtype=np.uint64)
    for number in range(_ROWS):
        key = (key ^ rows[:, :, number]) * np.uint64(0xBF58476D1CE4E5B9)
        key ^= key >> np.uint64(29)
    return (key >> np.uint64(32)).astype(np.uint32)


class Paragraphs(NamedTuple):
    """The paragraphs of many documents as columns, one row each.

    Attributes:
        docs: Number of the document, 0 or more.
        numbers: Number of the paragraph in it.
        keys: Its band_keys, a column a band.
    """

    docs: npt.NDArray[np.int64]
    numbers: npt.NDArray[np.int64]
    keys: npt.NDArray[np.uint32]


def no_paragraphs(count: int) -> Paragraphs:
    """Return columns of so many rows to be filled."""
    keys = np.empty((count, _BANDS), dtype=np.uint32)
    return Paragraphs(np.empty(count, dtype=np.int64), np.empty(count, dtype=np.int64), keys)


def candidates(paragraphs: Paragraphs, known: Collection[tuple[int, int]] = ()) -> npt.NDArray[np.int64]:
    """Return the paragraphs of different documents that meet in a band.

    A band is looked at at a time, and what was found is held as numbers: 8 bytes a pair and band beyond the columns.

    Args:
        paragraphs: Where they are, and their keys.
        known: Pairs of documents, each in order, that are not looked at.

    Returns:
        Rows of (document, its paragraph, other document, its paragraph), document < other, in order, each once.
    """
    docs, numbers, keys = paragraphs
    count, most = len(docs), int(docs.max(initial=0)) + 1
    passed = np.array([a * most + b for a, b in known], dtype=np.int64)
    found: list[npt.NDArray[np.int64]] = []
    for band in range(_BANDS if count else 0):
        rows = np.fromiter(chain.from_iterable(meeting(keys[:, band])), dtype=np.int64).reshape(-1, 2)
        first, second = rows[:, 0], rows[:, 1]
        turned = docs[first] > docs[second]
        a, b = np.where(turned, second, first), np.where(turned, first, second)
        kept = (docs[a] != docs[b]) & ~np.isin(docs[a] * most + docs[b], passed)
        found.append(np.unique(a[kept] * count + b[kept]))
    pairs = np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)
    a, b = np.divmod(pairs, max(count, 1))
    made = np.column_stack([docs[a], numbers[a], docs[b], numbers[b]])
    return made[np.lexsort((made[:, 3], made[:, 1], made[:, 2], made[:, 0]))]


def passages(
    pairs: Iterable[tuple[int, int]], texts: Mapping[int, str], others: Mapping[int, str]
) -> list[Alike]:
    """Return which of some paragraphs of two documents are alike: for each of the first its likest in the second."""
    best: dict[int, tuple[float, int]] = {}
    for paragraph, other in sorted(pairs):
        a, b = shingles_of(plain(texts[paragraph])), shingles_of(plain(others[other]))
        likeness = len(a & b) / len(a | b)
        if likeness >= _ALIKE and likeness > best.get(paragraph, (0.0, 0))[0]:
            best[paragraph] = (likeness, other)
    return [Alike(paragraph, other, len(plain(texts[paragraph]))) for paragraph, (_, other) in best.items()]


def aligned(a: Sequence[tuple[int, str]], b: Sequence[tuple[int, str]]) -> list[Alike]:
    """Return which paragraphs are alike: for each of the first its likest in the second."""
    holders: dict[str, set[int]] = defaultdict(set)
    sizes: dict[int, int] = {}
    for number, text in b:
        compared = plain(text)
        if len(compared) >= _SHORT:
            shingles = shingles_of(compared)
            sizes[number] = len(shingles)
            for shingle in shingles:
                holders[shingle].add(number)
    found: list[Alike] = []
    for number, text in a:
        compared = plain(text)
        if len(compared) < _SHORT:
            continue
        own = shingles_of(compared)
        common = Counter(other for shingle in own for other in holders.get(shingle, ()))
        likeness = {other: n / (len(own) + sizes[other] - n) for other, n in common.items()}
        best = max(likeness, key=lambda other: (likeness[other], -other), default=None)
        if best is not None and likeness[best] >= _ALIKE:
            found.append(Alike(number, best, len(compared)))
    return found
