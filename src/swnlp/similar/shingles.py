"""Texts as sets of short stretches of characters, and their MinHash signatures (Broder 1997)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from swnlp.view import simplified_view

# Characters of a shingle; numbers of a document's signature.
SHINGLE = 5
PERMUTATIONS = 128
# A text shorter than this says too little: two such answers in a survey are not one document.
_SHORTEST = 100
# A longer one is judged by its beginning.
_LONGEST = 200_000
# Of texts that meet in a band at most so many are compared with each other, the rest with the first.
_CROWD = 50
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """Return what of a text is compared: simplified, without space, its beginning if it is very long."""
    return _SPACE.sub("", simplified_view(text[: 2 * _LONGEST]))[:_LONGEST]


def shingles_of(text: str) -> set[str]:
    """Return the shingles of a plain text."""
    return {text[i : i + SHINGLE] for i in range(max(len(text) - SHINGLE + 1, 1))}


def signature(text: str) -> bytes | None:
    """Return the MinHash signature of a text, None if it is too short to be told from others."""
    compared = plain(text)
    if len(compared) < _SHORTEST:
        return None
    hashes = hashes_of(compared)
    return minhashes(hashes, [0, len(hashes)], PERMUTATIONS).tobytes()


def minhashes(hashes: npt.NDArray[np.uint64], edges: Sequence[int], count: int) -> npt.NDArray[np.uint32]:
    """Return the MinHash signatures of several texts.

    Args:
        hashes: Those of their shingles, one text after the other.
        edges: Where each text's begin, and the end.
        count: Numbers of a signature.

    Returns:
        A row for each text.
    """
    from rensa import RMinHash

    made = RMinHash.digest_matrix_from_flat_token_hashes(hashes, edges, count, 0)
    return np.array(made.to_rows(), dtype="<u4").reshape(-1, count)


def hashes_of(text: str) -> npt.NDArray[np.uint64]:
    """Return a number of 64 bits for every shingle; in NumPy, as cutting strings would cost ten times as much."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    count = max(len(codes) - SHINGLE + 1, 0)
    hashes = np.zeros(count, dtype=np.uint64)
    for start in range(SHINGLE):
        hashes = hashes * _FACTOR + codes[start : start + count]
    # The end of SplitMix64, so that near codes give far numbers.
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        hashes = (hashes ^ (hashes >> np.uint64(shift))) * np.uint64(factor)
    return hashes ^ (hashes >> np.uint64(31))


def meeting(keys: npt.NDArray[np.generic]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of places with the same key; of a crowd each with the first and with its neighbour."""
    _, group, sizes = np.unique(keys, return_inverse=True, return_counts=True)
    members = np.argsort(group, kind="stable")
    ends = np.cumsum(sizes)
    for end, size in zip(ends[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
        yield from _pairs(sorted(members[end - size : end].tolist()))


def _pairs(members: Sequence[int]) -> Iterator[tuple[int, int]]:
    if len(members) <= _CROWD:
        yield from ((a, b) for i, a in enumerate(members) for b in members[i + 1 :])
    else:
        yield from ((members[0], other) for other in members[1:])
        yield from pairwise(members)
