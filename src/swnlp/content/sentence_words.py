"""The words of a result's sentences in their order: cut again, since the tables only keep counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from swnlp.count.query import DEFAULT_LIMITS, Limits, batches, connect
from swnlp.schema import INT, TEXT
from swnlp.segment import Segmenter

_ROWS = pa.schema(
    [
        ("doc_id", TEXT),
        ("sentence_id", INT),
        ("text", TEXT),
        ("starts", pa.list_(pa.int64())),
        ("ends", pa.list_(pa.int64())),
    ]
)
_SQL = """
WITH held AS (
    SELECT doc_id, sentence_id, list(start ORDER BY start) AS starts, list("end" ORDER BY start) AS ends
    FROM mentions WHERE "outer" GROUP BY doc_id, sentence_id)
SELECT s.doc_id, s.sentence_id, s.text, list_transform(coalesce(h.starts, []), lambda x: x - s.start) AS starts,
    list_transform(coalesce(h.ends, []), lambda x: x - s.start) AS ends
FROM sentences s LEFT JOIN held h USING (doc_id, sentence_id) ORDER BY s.doc_id, s.sentence_id
"""
LETTER = re.compile(r"[^\W\d_]")


class Sentence(NamedTuple):
    """A sentence: its words, names whole, with whether each is a name."""

    doc_id: str
    text: str
    words: list[tuple[str, bool]]


def sentence_words(
    tables: Mapping[str, Path], segmenter: Segmenter, *, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Sentence]:
    """Yield every sentence, document by document, in the order of the text."""
    with connect({name: tables[name] for name in ("sentences", "mentions")}, limits) as con:
        for batch in batches(con, _SQL, _ROWS):
            for row in batch.to_pylist():
                yield Sentence(
                    row["doc_id"],
                    row["text"],
                    list(_words(row["text"], row["starts"], row["ends"], segmenter)),
                )


def _words(text: str, starts: list[int], ends: list[int], segmenter: Segmenter) -> Iterator[tuple[str, bool]]:
    at = 0
    for start, end in zip(starts, ends, strict=True):
        if at < start:
            yield from ((word, False) for word in segmenter(text[at:start]))
        yield text[start:end], True
        at = end
    if at < len(text):
        yield from ((word, False) for word in segmenter(text[at:]))


def stretches(sentence: Sentence) -> Iterator[list[str]]:
    """Yield the runs of words of a sentence between names and whatever has no letter."""
    run: list[str] = []
    for word, is_name in sentence.words:
        if is_name or not LETTER.search(word):
            if run:
                yield run
            run = []
        else:
            run.append(word)
    if run:
        yield run
