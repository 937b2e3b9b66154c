"""Keywords of each document of a result, by TF-IDF or TextRank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from swnlp.content.sentence_words import sentence_words
from swnlp.count.query import DEFAULT_LIMITS, Limits
from swnlp.count.units import joined, unit_batches, unit_frequencies
from swnlp.keywords import textrank, tfidf
from swnlp.lexicon import WordLists
from swnlp.schema import KEYWORDS
from swnlp.segment import make_segmenter
from swnlp.settings import SegmenterName

KeywordMethod = Literal["tfidf", "textrank"]
Row = tuple[str, int, str, float]


def keywords_of(
    tables: Mapping[str, Path],
    *,
    n: int,
    method: KeywordMethod,
    words: WordLists,
    segmenter: SegmenterName,
    limits: Limits = DEFAULT_LIMITS,
) -> pd.DataFrame:
    """Return the n keywords of each document (schema.KEYWORDS); arguments as of Analysis.keywords."""
    rows = (
        _by_tfidf(tables, n, words, limits)
        if method == "tfidf"
        else _by_textrank(tables, n, words, segmenter, limits)
    )
    return pd.DataFrame(rows, columns=KEYWORDS.names)


def _by_tfidf(tables: Mapping[str, Path], n: int, words: WordLists, limits: Limits) -> Iterator[Row]:
    df, _ = unit_frequencies(tables["terms"], unit="document", limits=limits)
    term_of = {word: term for word in df["term"].to_pylist() if (term := words.term_of(word)) is not None}
    terms = sorted(set(term_of.values()))
    column = {term: i for i, term in enumerate(terms)}
    found = joined(unit_batches(tables["terms"], {w: column[t] for w, t in term_of.items()}, unit="document"))
    if found is None:
        return
    scores = tfidf(found.counts)
    for row, doc_id in enumerate(found.keys["doc_id"].to_pylist()):
        begin, end = scores.indptr[row : row + 2]
        own, terms_of = scores.data[begin:end], scores.indices[begin:end]
        # Equal scores in the order of terms.
        order = np.lexsort((terms_of, -own.round(12)))[:n]
        yield from ((doc_id, rank, terms[terms_of[i]], float(own[i])) for rank, i in enumerate(order, 1))


def _by_textrank(
    tables: Mapping[str, Path], n: int, words: WordLists, segmenter: SegmenterName, limits: Limits
) -> Iterator[Row]:
    every = sentence_words(tables, make_segmenter(segmenter), limits=limits)
    for doc_id, sentences in groupby(every, key=lambda sentence: sentence.doc_id):
        terms = ([t for word, _ in s.words if (t := words.term_of(word)) is not None] for s in sentences)
        ranked = list(textrank(terms).items())[:n]
        yield from ((doc_id, rank, term, score) for rank, (term, score) in enumerate(ranked, 1))
