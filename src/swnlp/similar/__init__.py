"""Reprints, copies and shared paragraphs: signatures of texts (map), and what they say of documents (reduce)."""

from swnlp.similar.documents import (
    Found,
    Pair,
    Paper,
    candidates,
    compare,
    likeness,
    with_originals,
    without,
)
from swnlp.similar.paragraphs import band_keys, passages
from swnlp.similar.paragraphs import candidates as passage_candidates
from swnlp.similar.shingles import signature

__all__ = [
    "Found",
    "Pair",
    "Paper",
    "band_keys",
    "candidates",
    "compare",
    "likeness",
    "passage_candidates",
    "passages",
    "signature",
    "with_originals",
    "without",
]
