"""The map: annotated documents to tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from swnlp.records import Annotation, Problem
from swnlp.schema import MAPPED, TERMS, to_table

_HAS_LETTER = re.compile(r"[^\W\d_]")


def tabulate(annotations: Sequence[Annotation], problems: Sequence[Problem] = ()) -> dict[str, pa.Table]:
    """Return the map's tables (schema.MAPPED) for a batch of annotated documents, in their order.

    What a document has as a whole (its own row, its sections) stands with its first piece.
    """
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in MAPPED}
    links: Counter[tuple[Any, ...]] = Counter()
    for annotation in annotations:
        _document_rows(annotation, rows)
        _mention_rows(annotation, rows["mentions"], links)
    rows["links"] = sorted(((*key, n) for key, n in links.items()), key=repr)
    rows["problems"] = list(problems)
    tables = {name: to_table(schema, rows[name]) for name, schema in MAPPED.items() if name != "terms"}
    return tables | {"terms": _term_table(annotations)}


def _document_rows(annotation: Annotation, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    d, outline = annotation.document, annotation.outline
    chars = len(d.text) - sum(end - start for start, end, _ in d.dropped)
    rows["sentences"] += [
        (
            d.doc_id,
            s.section_id,
            s.paragraph_id,
            s.sentence_id,
            s.start,
            s.end,
            d.text[s.start : s.end],
            s.status,
        )
        for s in outline.sentences
    ]
    if annotation.piece.number:
        return
    rows["documents"].append(
        (d.doc_id, d.path, d.title, d.date, d.source, d.genre, d.doc_number, outline.place_id, d.encoding,
         chars, d.sha256, d.text)
    )  # fmt: skip
    rows["dropped"] += [(d.doc_id, start, end, why, d.text[start:end]) for start, end, why in d.dropped]
    rows["sections"] += [(d.doc_id, *section) for section in outline.sections]


def _mention_rows(
    annotation: Annotation, rows: list[tuple[Any, ...]], links: Counter[tuple[Any, ...]]
) -> None:
    d, sentences = annotation.document, annotation.outline.sentences
    for name, at, link in zip(annotation.names, annotation.sentence_of, annotation.links, strict=True):
        s, surface = sentences[at], d.text[name.start : name.end]
        rows.append(
            (d.doc_id, s.section_id, s.paragraph_id, s.sentence_id, name.start, name.end, surface, name.label,
             name.kind, link.entity_id, name.method, name.score, name.outer)
        )  # fmt: skip
        links[surface, name.label, link.place_id, link.entity_id, link.rule, link.score, link.candidates] += 1


def _term_table(annotations: Sequence[Annotation]) -> pa.Table:
    """Count words per paragraph, in order of first appearance; an outer name counts once, whole."""
    return pa.concat_tables([TERMS.empty_table(), *map(_terms_of, annotations)])


def _terms_of(annotation: Annotation) -> pa.Table:
    """Count the terms of one document, in NumPy: there are as many words as half its characters."""
    text, sentences = annotation.document.text, annotation.outline.sentences
    outer = [name for name in annotation.names if name.outer]
    edges = np.array([(n.start, n.end) for n in outer], dtype=np.int64).reshape(-1, 2)
    lengths = np.fromiter(map(len, annotation.words), np.int64, len(annotation.words))
    starts = annotation.start + np.cumsum(lengths) - lengths
    holder = np.searchsorted(edges[:, 0], starts, "right") - 1
    free = (holder < 0) | (starts >= edges[holder, 1]) if len(outer) else np.ones(len(starts), bool)
    terms = [w for w, outside in zip(annotation.words, free.tolist(), strict=True) if outside]
    terms += [text[name.start : name.end] for name in outer]
    at = np.concatenate([starts[free], edges[:, 0]])
    bounds = np.array([(s.start, s.end, s.paragraph_id, s.section_id) for s in sentences], np.int64).reshape(
        -1, 4
    )
    sentence = np.searchsorted(bounds[:, 0], at, "right") - 1
    inside = sentence >= 0
    inside[inside] = at[inside] < bounds[sentence[inside], 1]
    words = pa.array(terms, pa.string()).filter(pa.array(inside)).dictionary_encode()
    return _count(words, bounds[sentence[inside], 2:], annotation.document.doc_id)


def _count(words: pa.DictionaryArray, units: np.ndarray, doc_id: str) -> pa.Table:
    """Count each word in each unit, rows of (paragraph, section)."""
    known = words.dictionary.to_pylist()
    is_term = np.array([_HAS_LETTER.search(word) is not None for word in known], dtype=bool)
    codes = words.indices.to_numpy().astype(np.int64)
    keep = is_term[codes] if len(codes) else np.zeros(0, bool)
    keys = units[keep, 0] * max(len(known), 1) + codes[keep]
    unique, first, counts = np.unique(keys, return_index=True, return_counts=True)
    columns = (
        pa.array(np.full(len(unique), doc_id, dtype=object), pa.string()),
        pa.array(units[keep, 1][first], pa.int64()),
        pa.array(unique // max(len(known), 1), pa.int64()),
        words.dictionary.take(pa.array(unique % max(len(known), 1))),
        pa.array(counts, pa.int64()),
    )
    return pa.Table.from_arrays(list(columns), schema=TERMS)
