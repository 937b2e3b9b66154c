"""The sentence, section and file that a place in a document belongs to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Any, NamedTuple

from swnlp import store
from swnlp.analysis import Analysis

# Where no sentence holds a place (a table's cell), so many characters on each side.
_AROUND = 60


class Context(NamedTuple):
    """What a reader sees of a place: a stretch of text, where in the document it starts, section and file."""

    text: str
    start: int
    section: str
    path: str


class Contexts:
    """Looks up contexts and stretches of text in some documents of a result."""

    def __init__(self, analysis: Analysis, doc_ids: Iterable[str]) -> None:
        wanted = sorted(set(doc_ids))
        only: list[tuple[str, str, object]] = [("doc_id", "in", wanted)]
        self._documents = {
            row["doc_id"]: row
            for row in store.read_table(
                analysis.folder, "documents", columns=["doc_id", "path", "text"], filters=only
            ).to_pylist()
        }
        self._sentences = _spans(analysis, "sentences", ["doc_id", "start", "end"], only)
        self._sections = _spans(analysis, "sections", ["doc_id", "start", "title"], only)

    def has(self, doc_id: str) -> bool:
        """Whether the result has this document."""
        return doc_id in self._documents

    def text(self, doc_id: str, start: int, end: int) -> str:
        """Return characters of a document, "" for one that is not there."""
        return str(self._documents[doc_id]["text"][start:end]) if doc_id in self._documents else ""

    def sentence(self, doc_id: str, start: int, end: int) -> tuple[int, int]:
        """Return the sentence that holds a stretch, or what is around it."""
        spans = self._sentences.get(doc_id, [])
        at = bisect_right(spans, start, key=lambda span: span[0]) - 1
        if at >= 0 and end <= spans[at][1]:
            return spans[at][0], spans[at][1]
        length = len(self._documents[doc_id]["text"])
        return max(0, start - _AROUND), min(length, end + _AROUND)

    def of(self, doc_id: str, start: int, end: int) -> Context:
        """Return the context of a stretch."""
        first, last = self.sentence(doc_id, start, end)
        titles = self._sections.get(doc_id, [])
        at = bisect_right(titles, start, key=lambda title: title[0]) - 1
        document = self._documents[doc_id]
        return Context(
            document["text"][first:last], first, titles[at][1] if at >= 0 else "", document["path"]
        )


def _spans(
    analysis: Analysis, table: str, columns: list[str], only: list[tuple[str, str, object]]
) -> dict[str, list[tuple[int, Any]]]:
    found: dict[str, list[tuple[int, Any]]] = {}
    for row in store.read_table(analysis.folder, table, columns=columns, filters=only).to_pylist():
        found.setdefault(row["doc_id"], []).append((row["start"], row[columns[2]]))
    return {doc_id: sorted(spans, key=lambda span: span[0]) for doc_id, spans in found.items()}
