"""A result's documents to its table of copies: what they are compared by is read from its tables on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from swnlp import store
from swnlp.records import Annotation
from swnlp.similar import (
    Found,
    Pair,
    Paper,
    band_keys,
    candidates,
    compare,
    likeness,
    passage_candidates,
    passages,
)

# The tables of a result that this reads.
TABLES = ("documents", "issuers", "sentences", "signatures", "passage_keys")


def passage_rows(annotations: Iterable[Annotation]) -> Iterator[tuple[str, int, bytes]]:
    """Yield the paragraphs of annotated documents that may be found in others: rows of `passage_keys`."""
    for annotation in annotations:
        text, texts = annotation.document.text, dict[int, str]()
        for s in annotation.outline.sentences:
            texts[s.paragraph_id] = texts.get(s.paragraph_id, "") + text[s.start : s.end]
        for paragraph, keys in zip(texts, band_keys(list(texts.values())), strict=True):
            if keys is not None:
                yield annotation.document.doc_id, paragraph, keys


def find_copies(folder: Path) -> Found:
    """Find the documents of a result that have much the same text, and the paragraphs that others share."""
    signed = store.read_table(folder, "signatures")
    signatures = dict(zip(signed["doc_id"].to_pylist(), signed["signature"].to_pylist(), strict=True))
    pairs = candidates(list(signatures), list(signatures.values()))
    found = compare(pairs, _papers(folder, pairs), store.paragraphs(folder, _of(pairs))) if pairs else _NONE
    shared = _shared(folder, found, signatures)
    return Found(sorted([*found.pairs, *shared], key=lambda p: (p.doc_id, p.other_id)), found.reprint_of)


_NONE = Found((), {})


def _of(pairs: Iterable[tuple[str, str]]) -> set[str]:
    return {doc_id for pair in pairs for doc_id in pair}


def _papers(folder: Path, pairs: Iterable[tuple[str, str]]) -> dict[str, Paper]:
    wanted = _of(pairs)
    columns = ["doc_id", "date", "place_id", "doc_number"]
    issuers: dict[str, set[str]] = {}
    for row in store.read_table(folder, "issuers", columns=["doc_id", "name"]).to_pylist():
        issuers.setdefault(row["doc_id"], set()).add(row["name"])
    return {
        row["doc_id"]: Paper(**row, issuers=frozenset(issuers.get(row["doc_id"], ())))
        for row in store.read_table(folder, "documents", columns=columns).to_pylist()
        if row["doc_id"] in wanted
    }


def _shared(folder: Path, found: Found, signatures: Mapping[str, bytes]) -> Iterator[Pair]:
    """Yield the pairs of documents that share paragraphs and are unlike as a whole; a reprint is looked at once."""
    keys = store.read_table(folder, "passage_keys").to_pylist()
    rows = [row for row in keys if row["doc_id"] in signatures and row["doc_id"] not in found.reprint_of]
    places = [(row["doc_id"], row["paragraph_id"]) for row in rows]
    known = {(pair.doc_id, pair.other_id) for pair in found.pairs}
    meeting = passage_candidates(places, [row["keys"] for row in rows], known)
    if not meeting:
        return
    wanted = {(doc, a) for (doc, _), ids in meeting.items() for a, _ in ids}
    wanted |= {(other, b) for (_, other), ids in meeting.items() for _, b in ids}
    texts: dict[str, dict[int, str]] = {}
    for (doc_id, paragraph), text in store.paragraph_texts(folder, wanted).items():
        texts.setdefault(doc_id, {})[paragraph] = text
    columns = ["doc_id", "chars"]
    chars = {
        r["doc_id"]: r["chars"] for r in store.read_table(folder, "documents", columns=columns).to_pylist()
    }
    for doc, other in sorted(meeting):
        alike = passages(meeting[doc, other], texts[doc], texts[other])
        if alike:
            share = min(1.0, sum(a.chars for a in alike) / max(1, min(chars[doc], chars[other])))
            likely = likeness(signatures[doc], signatures[other])
            yield Pair(doc, other, round(likely, 4), round(share, 4), "passages", [a.name for a in alike])
