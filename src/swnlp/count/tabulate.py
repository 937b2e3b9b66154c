"""The map: annotated documents to tables."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from decimal import Context, Decimal
from itertools import repeat
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from swnlp.records import Annotation, Indicator, Link
from swnlp.schema import INDICATORS, MAPPED, TERMS, to_table

# Letters, and numbers that are no digits (①, Ⅷ).
_HAS_LETTER = r"[\p{L}\p{Nl}\p{No}]"
# What schema.DECIMAL holds: so many digits before the point and behind it.
_LARGEST = 10**28
_LAST_PLACE = -10
_PLACES, _EXACT = Decimal(10) ** _LAST_PLACE, Context(prec=38)


def tabulate(annotations: Sequence[Annotation]) -> dict[str, pa.Table]:
    """Return the map's tables (schema.MAPPED) for a batch of annotated documents, in their order.

    What a document has as a whole (its own row, its sections) stands with its first piece.
    """
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in MAPPED}
    links: Counter[tuple[str, str, str, Link]] = Counter()
    for annotation in annotations:
        _document_rows(annotation, rows)
        _mention_rows(annotation, rows["mentions"], links)
        rows["corrections"] += [(annotation.document.doc_id, *done) for done in annotation.amended]
    rows["links"] = sorted(((*_link_row(key), n) for key, n in links.items()), key=repr)
    built = {"indicators": _indicator_table(annotations), "terms": _term_table(annotations)}
    return {
        name: to_table(schema, rows[name]) for name, schema in MAPPED.items() if name not in built
    } | built


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
        (d.doc_id, d.path, d.title, d.date, d.source, d.corpus, d.genre, d.doc_number,
         d.issuers[0].level if d.issuers else None, d.issued, d.in_force, None, outline.place_id, d.encoding,
         d.encoding_margin, chars,
         d.sha256, d.text)
    )  # fmt: skip
    rows["issuers"] += [(d.doc_id, *issuer) for issuer in d.issuers]
    rows["dropped"] += [(d.doc_id, start, end, why, d.text[start:end]) for start, end, why in d.dropped]
    rows["sections"] += [(d.doc_id, *section) for section in outline.sections]
    rows["metadata"] += [(d.doc_id, name, value) for name, value in d.metadata]
    starts = [section.start for section in outline.sections]
    for c in d.cells:
        section_id = max(bisect_right(starts, c.start) - 1, 0)
        rows["cells"].append(
            (d.doc_id, section_id, c.table_id, c.row, c.column, c.header, c.start, c.end, c.text)
        )


def _indicator_table(annotations: Sequence[Annotation]) -> pa.Table:
    """Return the indicators; Arrow refuses what its decimals do not hold, and only then is each value looked at."""
    found = [(a.document.doc_id, indicator) for a in annotations for indicator in a.indicators]
    try:
        return to_table(INDICATORS, ((doc_id, *indicator) for doc_id, indicator in found))
    except pa.ArrowInvalid:
        return to_table(INDICATORS, ((doc_id, *_indicator_row(indicator)) for doc_id, indicator in found))


def _indicator_row(found: Indicator) -> tuple[Any, ...]:
    """Return an indicator as the table's exact decimals hold it: values of too many digits are left out or rounded."""
    low, high = found.value, found.value_max
    if any(v is not None and abs(v) >= _LARGEST for v in (low, high)):
        return found._replace(value=None, value_max=None)
    if any(v is not None and int(v.as_tuple().exponent) < _LAST_PLACE for v in (low, high)):
        return found._replace(value=_rounded(low), value_max=_rounded(high))
    return found


def _rounded(value: Decimal | None) -> Decimal | None:
    """Return a value to the table's ten places (68.61771766458808 is kept as 68.6177176646)."""
    return None if value is None else value.quantize(_PLACES, context=_EXACT)


def _mention_rows(
    annotation: Annotation, rows: list[tuple[Any, ...]], links: Counter[tuple[str, str, str, Link]]
) -> None:
    text, sentences, names = annotation.document.text, annotation.outline.sentences, annotation.names
    surfaces = [text[name.start : name.end] for name in names]
    # The sentence's ids are the first three of its values.
    ids = [sentence[:3] for sentence in sentences]
    doc_id, outer_start = annotation.document.doc_id, 0
    links.update(
        zip(repeat(doc_id), surfaces, (name.label for name in names), annotation.links, strict=False)
    )
    for (start, end, label, kind, method, score, outer), at, link, surface in zip(
        names, annotation.sentence_of, annotation.links, surfaces, strict=True
    ):
        outer_start = start if outer else outer_start
        rows.append(
            (doc_id, *ids[at], start, end, surface, label, kind, link[0], method, score, outer, outer_start)
        )


def _link_row(key: tuple[str, str, str, Link]) -> tuple[Any, ...]:
    doc_id, surface, label, link = key
    return doc_id, surface, label, link.place_id, link.entity_id, link.rule, link.score, link.candidates


def _term_table(annotations: Sequence[Annotation]) -> pa.Table:
    """Count words per paragraph, in order of first appearance; an outer name counts once, whole.

    In NumPy and Arrow, a batch at a time: there are as many words as half its characters.
    """
    terms = [pa.array([], pa.string())]
    units = [np.empty((0, 4), np.int64)]
    for number, annotation in enumerate(annotations):
        found, unit = _terms_of(annotation)
        inside = unit[:, 0] >= 0
        terms.append(found.filter(pa.array(inside)))
        units.append(np.column_stack([np.full(inside.sum(), number), unit[inside]]))
    words = pa.concat_arrays(terms).dictionary_encode()
    return _count(words, np.concatenate(units), [annotation.document.doc_id for annotation in annotations])


def _terms_of(annotation: Annotation) -> tuple[pa.StringArray, np.ndarray]:
    """Return the terms of a document and, for each, (paragraph, section, offset); paragraph -1 outside of sentences."""
    text, sentences = annotation.document.text, annotation.outline.sentences
    outer = [name for name in annotation.names if name.outer]
    edges = np.array([(n.start, n.end) for n in outer], dtype=np.int64).reshape(-1, 2)
    words = pa.array(annotation.words, pa.string())
    lengths = pc.utf8_length(words).to_numpy().astype(np.int64)
    starts = annotation.start + np.cumsum(lengths) - lengths
    holder = np.searchsorted(edges[:, 0], starts, "right") - 1
    free = (holder < 0) | (starts >= edges[holder, 1]) if len(outer) else np.ones(len(starts), bool)
    names = pa.array([text[name.start : name.end] for name in outer], pa.string())
    at = np.concatenate([starts[free], edges[:, 0]])
    bounds = np.array(
        [(-1, -1, -1, -1), *((s.start, s.end, s.paragraph_id, s.section_id) for s in sentences)], np.int64
    )
    sentence = np.searchsorted(bounds[:, 0], at, "right") - 1
    sentence[at >= bounds[sentence, 1]] = 0
    terms = pa.concat_arrays([words.filter(pa.array(free)), names])
    return terms, np.column_stack([bounds[sentence, 2:], at])


def _count(words: pa.DictionaryArray, places: np.ndarray, doc_ids: Sequence[str]) -> pa.Table:
    """Count each word in each paragraph; `places` has rows of (document, paragraph, section, offset)."""
    known = words.dictionary
    is_term = pc.match_substring_regex(known, _HAS_LETTER).to_numpy(zero_copy_only=False).astype(bool)
    codes = words.indices.to_numpy().astype(np.int64)
    keep = is_term[codes]
    codes, places = codes[keep], places[keep]
    # In text order, so that the first of each word is where it first appears.
    order = np.argsort((places[:, 0] << 40) + places[:, 3], kind="stable")
    codes, places = codes[order], places[order]
    paragraph = np.cumsum(np.any(np.diff(places[:, :2], axis=0, prepend=-1) != 0, axis=1))
    _, first, counts = np.unique(
        paragraph * max(len(known), 1) + codes, return_index=True, return_counts=True
    )
    by_text = np.argsort(first)
    first, counts = first[by_text], counts[by_text]
    columns = (
        pa.array(doc_ids, pa.string()).take(pa.array(places[first, 0])),
        pa.array(places[first, 2]),
        pa.array(places[first, 1]),
        known.take(pa.array(codes[first])),
        pa.array(counts, pa.int64()),
    )
    return pa.Table.from_arrays(list(columns), schema=TERMS)
