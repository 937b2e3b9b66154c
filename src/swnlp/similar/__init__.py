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
from swnlp.similar.paragraphs import Paragraphs, band_keys, no_paragraphs, passages
from swnlp.similar.paragraphs import candidates as passage_candidates
from swnlp.similar.shingles import signature

__all__ = [
    "Found",
    "Pair",
    "Paper",
    "Paragraphs",
    "band_keys",
    "candidates",
    "compare",
    "likeness",
    "no_paragraphs",
    "passage_candidates",
    "passages",
    "signature",
    "with_originals",
    "without",
]
