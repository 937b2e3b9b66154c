"""Draws a stratified sample of what a result says: mentions, links, edges or indicators; and of sentences."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from hashlib import blake2b
from typing import Any, Literal, NamedTuple, get_args

import pyarrow.parquet as pq

from swnlp import store
from swnlp.analysis import Analysis
from swnlp.count.evidence import find_evidence
from swnlp.count.view import select_view
from swnlp.lexicon.tables import LABELS

Of = Literal["mentions", "links", "edges", "indicators"]
KINDS: tuple[str, ...] = get_args(Of)
_BATCH = 20_000
Row = Mapping[str, Any]


class Candidate(NamedTuple):
    """Something that may be drawn: its stratum, what names it, the columns of its row."""

    stratum: str
    key: tuple[object, ...]
    row: Row


class Drawn(NamedTuple):
    """Something that was drawn, and how many there are in its stratum."""

    candidate: Candidate
    size: int


def draw(analysis: Analysis, of: Of, n: int, seed: int) -> list[Drawn]:
    """Return a stratified sample without replacement, the same for the same seed, whatever the order of the rows.

    Strata are labels (of edges the pair of them, of indicators the kind of change). Half of n is shared out equally, so
    that rare labels are seen, and the rest by size.

    Args:
        analysis: The result.
        of: What is sampled. Links: surfaces that are not their entity's own name, each once. Edges: the sentences behind
            the edges of the run's view.
        n: How many, at most.
        seed: Decides which.

    Returns:
        Ordered by what names them (document and place in it).
    """
    sizes, first = _lowest(_population(analysis, of), n, f"{seed} {of}")
    shares = allocate(sizes, n)
    drawn = [
        Drawn(candidate, sizes[stratum])
        for stratum, found in first.items()
        for candidate in found[: shares[stratum]]
    ]
    return sorted(drawn, key=lambda d: _order(d.candidate))


def draw_sentences(analysis: Analysis, n: int, seed: int) -> list[Candidate]:
    """Return a simple random sample of all sentences that count, those without any name included."""
    _, first = _lowest(_sentences(analysis), n, f"{seed} sentences")
    return sorted(first.get("", []), key=_order)


def allocate(sizes: Mapping[str, int], n: int) -> dict[str, int]:
    """Share n out among strata: half equally, the rest by what is left of each; never more than there are."""
    if n >= sum(sizes.values()):
        return dict(sizes)
    least = max(1, n // (2 * max(len(sizes), 1)))
    given: dict[str, int] = {}
    for name in sorted(sizes, key=lambda s: (-sizes[s], s)):
        given[name] = min(sizes[name], least, n - sum(given.values()))
    while (rest := n - sum(given.values())) > 0:
        left = {name: sizes[name] - given[name] for name in sizes if sizes[name] > given[name]}
        total = sum(left.values())
        parts = {name: rest * size / total for name, size in left.items()}
        whole = {name: int(part) for name, part in parts.items()}
        by_remainder = sorted(parts, key=lambda s: (whole[s] - parts[s], s))
        for name in by_remainder[: rest - sum(whole.values())]:
            whole[name] += 1
        for name, part in whole.items():
            given[name] += min(part, left[name])
    return given


def _lowest(
    candidates: Iterable[Candidate], n: int, seed: str
) -> tuple[dict[str, int], dict[str, list[Candidate]]]:
    """Return the size of each stratum, and its n candidates of lowest hash, lowest first.

    A hash of what names a candidate is its random number: one pass, memory for n of each stratum, and a sample that
    hardly changes when a document is added.
    """
    sizes: dict[str, int] = {}
    heaps: dict[str, list[tuple[int, int, Candidate]]] = {}
    for number, candidate in enumerate(candidates):
        sizes[candidate.stratum] = sizes.get(candidate.stratum, 0) + 1
        heap = heaps.setdefault(candidate.stratum, [])
        digest = blake2b(repr((seed, candidate.key)).encode(), digest_size=8).digest()
        # The heap keeps its largest at the front: numbers are turned round.
        item = (-int.from_bytes(digest, "big"), -number, candidate)
        if len(heap) < n:
            heapq.heappush(heap, item)
        elif n and item > heap[0]:
            heapq.heapreplace(heap, item)
    return sizes, {
        stratum: [candidate for *_, candidate in sorted(heap, key=lambda item: (-item[0], -item[1]))]
        for stratum, heap in sorted(heaps.items())
    }


def _order(candidate: Candidate) -> tuple[tuple[bool, object], ...]:
    return tuple((isinstance(part, str), part) for part in candidate.key)


def _population(analysis: Analysis, of: Of) -> Iterator[Candidate]:
    if of == "mentions":
        return _mentions(analysis)
    if of == "links":
        return _links(analysis)
    return _edges(analysis) if of == "edges" else _indicators(analysis)


def _rows(analysis: Analysis, table: str, columns: list[str]) -> Iterator[dict[str, Any]]:
    file = pq.ParquetFile(store.table_path(analysis.folder, table))
    for batch in file.iter_batches(_BATCH, columns=columns):
        yield from batch.to_pylist()


def _mentions(analysis: Analysis) -> Iterator[Candidate]:
    columns = ["doc_id", "sentence_id", "start", "end", "text", "label", "kind", "entity_id"]
    for row in _rows(analysis, "mentions", columns):
        # What is no name (a researcher's own code) is not judged as one.
        if row["label"] in LABELS:
            yield Candidate(row["label"], (row["doc_id"], row["start"], row["end"], row["label"]), row)


def _links(analysis: Analysis) -> Iterator[Candidate]:
    names = dict(
        zip(
            *(
                analysis.table("entities", columns=["entity_id", "name"])[c].to_pylist()
                for c in ("entity_id", "name")
            ),
            strict=True,
        )
    )
    wanted = {
        (row["surface"], row["label"], row["entity_id"]): row
        for row in _rows(
            analysis, "links", ["surface", "label", "entity_id", "rule", "candidates", "mentions"]
        )
        if names.get(row["entity_id"]) != row["surface"]
    }
    shown: set[tuple[str, str, str]] = set()
    columns = ["doc_id", "start", "end", "text", "label", "entity_id"]
    for row in _rows(analysis, "mentions", columns):
        key = row["text"], row["label"], row["entity_id"]
        if key in wanted and key not in shown:
            # Each surface once, with the first sentence that has it.
            shown.add(key)
            yield Candidate(row["label"], key, wanted[key] | row)


def _edges(analysis: Analysis) -> Iterator[Candidate]:
    settings, tables = analysis.settings, store.table_paths(analysis.folder)
    entities = analysis.table("entities", columns=["entity_id", "label"])
    labels = dict(zip(entities["entity_id"].to_pylist(), entities["label"].to_pylist(), strict=True))
    _, edges = select_view(tables, view=settings.view, min_count=settings.min_count)
    with closing(find_evidence(edges, tables, window=settings.window)) as batches:
        for batch in batches:
            for row in batch.to_pylist():
                key = row["doc_id"], row["start"], row["end"], row["source"], row["target"]
                yield Candidate(f"{labels[row['source']]}–{labels[row['target']]}", key, row)


def _indicators(analysis: Analysis) -> Iterator[Candidate]:
    columns = ["doc_id", "start", "end", "text", "place_id", "year", "subject", "qualifier", "value"]
    for row in _rows(analysis, "indicators", [*columns, "value_max", "unit", "modifier", "change"]):
        yield Candidate(row["change"] or "level", (row["doc_id"], row["start"], row["end"]), row)


def _sentences(analysis: Analysis) -> Iterator[Candidate]:
    again: set[str] = set()
    if not analysis.settings.keep_duplicates:
        again = {
            row["doc_id"]
            for row in _rows(analysis, "documents", ["doc_id", "reprint_of"])
            if row["reprint_of"]
        }
    for row in _rows(analysis, "sentences", ["doc_id", "sentence_id", "start", "end", "text"]):
        if row["doc_id"] not in again:
            yield Candidate("", (row["doc_id"], row["start"], row["end"]), row)
