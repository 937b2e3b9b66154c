"""A result's documents to its table of copies: what they are compared by is read from its tables on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from swnlp import store
from swnlp.records import Annotation
from swnlp.similar import (
    Found,
    Pair,
    Paper,
    Paragraphs,
    band_keys,
    candidates,
    compare,
    likeness,
    no_paragraphs,
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
    doc_ids = sorted(signatures.keys() - found.reprint_of.keys())
    at = {doc_id: i for i, doc_id in enumerate(doc_ids)}
    pairs = [(at.get(pair.doc_id), at.get(pair.other_id)) for pair in found.pairs]
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    meeting = passage_candidates(_paragraphs(folder, doc_ids), known)
    if not len(meeting):
        return
    texts = _texts(folder, meeting, doc_ids)
    columns = ["doc_id", "chars"]
    chars = {
        r["doc_id"]: r["chars"] for r in store.read_table(folder, "documents", columns=columns).to_pylist()
    }
    for rows in _by_documents(meeting):
        doc, other = doc_ids[rows[0, 0]], doc_ids[rows[0, 2]]
        alike = passages(map(tuple, rows[:, [1, 3]].tolist()), texts[doc], texts[other])
        if alike:
            share = min(1.0, sum(a.chars for a in alike) / max(1, min(chars[doc], chars[other])))
            likely = likeness(signatures[doc], signatures[other])
            yield Pair(doc, other, round(likely, 4), round(share, 4), "passages", [a.name for a in alike])


def _paragraphs(folder: Path, doc_ids: Sequence[str]) -> Paragraphs:
    """Return the paragraphs of some documents, each document by its place in `doc_ids`; read a batch at a time."""
    file = pq.ParquetFile(store.table_path(folder, "passage_keys"))
    held = no_paragraphs(file.metadata.num_rows)
    known = pa.array(doc_ids, pa.string())
    end = 0
    for batch in file.iter_batches():
        docs = pc.index_in(batch["doc_id"], value_set=known)
        rows = batch.filter(pc.is_valid(docs))
        start, end = end, end + len(rows)
        held.docs[start:end] = docs.drop_null().to_numpy(zero_copy_only=False)
        held.numbers[start:end] = rows["paragraph_id"].to_numpy(zero_copy_only=False)
        keys = np.frombuffer(b"".join(rows["keys"].to_pylist()), dtype="<u4")
        held.keys[start:end] = keys.reshape(len(rows), -1) if len(rows) else 0
    return Paragraphs(held.docs[:end], held.numbers[:end], held.keys[:end])


def _texts(folder: Path, meeting: npt.NDArray[np.int64], doc_ids: Sequence[str]) -> dict[str, dict[int, str]]:
    """Return the texts of the paragraphs that meet, by document and number."""
    places = np.unique(np.concatenate([meeting[:, :2], meeting[:, 2:]]), axis=0).tolist()
    texts: dict[str, dict[int, str]] = {}
    wanted = {(doc_ids[doc], number) for doc, number in places}
    for (doc_id, paragraph), text in store.paragraph_texts(folder, wanted).items():
        texts.setdefault(doc_id, {})[paragraph] = text
    return texts


def _by_documents(meeting: npt.NDArray[np.int64]) -> Iterator[npt.NDArray[np.int64]]:
    """Yield the rows of each pair of documents."""
    changes = np.flatnonzero(np.diff(meeting[:, [0, 2]], axis=0).any(axis=1)) + 1
    edges = [0, *changes.tolist(), len(meeting)]
    yield from (meeting[start:end] for start, end in pairwise(edges))
