"""The map: annotated documents to tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import pyarrow as pa

from swnlp.records import Annotation, Problem
from swnlp.schema import MAPPED, to_table

_HAS_LETTER = re.compile(r"[^\W\d_]")


def tabulate(annotations: Sequence[Annotation], problems: Sequence[Problem] = ()) -> dict[str, pa.Table]:
    """Return the map's tables (schema.MAPPED) for a batch of annotated documents, in their order."""
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in MAPPED}
    links: Counter[tuple[Any, ...]] = Counter()
    for annotation in annotations:
        _document_rows(annotation, rows)
        _mention_rows(annotation, rows["mentions"], links)
        _term_rows(annotation, rows["terms"])
    rows["links"] = sorted(((*key, n) for key, n in links.items()), key=repr)
    rows["problems"] = list(problems)
    return {name: to_table(schema, rows[name]) for name, schema in MAPPED.items()}


def _document_rows(annotation: Annotation, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    d, outline = annotation.document, annotation.outline
    chars = len(d.text) - sum(end - start for start, end, _ in d.dropped)
    rows["documents"].append(
        (d.doc_id, d.path, d.title, d.date, d.source, d.genre, d.doc_number, outline.place_id, d.encoding,
         chars, d.sha256, d.text)
    )  # fmt: skip
    rows["dropped"] += [(d.doc_id, start, end, why, d.text[start:end]) for start, end, why in d.dropped]
    rows["sections"] += [(d.doc_id, *section) for section in outline.sections]
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


@lru_cache(maxsize=100_000)
def _is_term(word: str) -> bool:
    return _HAS_LETTER.search(word) is not None


def _term_rows(annotation: Annotation, rows: list[tuple[Any, ...]]) -> None:
    """Count words per paragraph; an outer name counts once, whole."""
    text, doc_id = annotation.document.text, annotation.document.doc_id
    counts: dict[tuple[int, int], Counter[str]] = {}
    units = _terms_in_order(annotation)
    unit = next(units, None)
    for s in annotation.outline.sentences:
        here = counts.setdefault((s.section_id, s.paragraph_id), Counter())
        while unit is not None and unit[0] < s.end:
            start, end = unit
            if start >= s.start and _is_term(text[start:end]):
                here[text[start:end]] += 1
            unit = next(units, None)
    for (section, paragraph), terms in counts.items():
        rows += [(doc_id, section, paragraph, term, n) for term, n in sorted(terms.items())]


def _terms_in_order(annotation: Annotation) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of outer names, and of the words outside them."""
    outer = iter([(n.start, n.end) for n in annotation.names if n.outer])
    name = next(outer, None)
    for word in annotation.words:
        while name is not None and name[1] <= word[0]:
            name = next(outer, None)
        if name is None or word[1] <= name[0]:
            yield word
        elif word[0] == name[0]:
            yield name
