"""Names of a fixed form, listed by kind in a resource: national laws, campaigns, festivals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from swnlp.names.candidates import Candidate
from swnlp.names.search import word_search

Finder = Callable[[str], Iterator[Candidate]]


def fixed_names(table: Mapping[str, str], label: str, method: str, score: float) -> Finder:
    """Return the finder of the names in `table` (kind -> names); of two that overlap, the first and longest."""
    kinds = {name: kind for kind, names in table.items() for name in names.split()}
    kind_of = list(kinds.values())
    automaton = word_search(list(kinds))

    def find(text: str) -> Iterator[Candidate]:
        for i, start, end in automaton.find_matches_as_indexes(text):
            yield Candidate(start, end, label, kind_of[i], method, score)

    return find


def occurrences(text: str, name: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Yield the spans of `name` from `start` on."""
    at = text.find(name, start)
    while at >= 0:
        yield at, at + len(name)
        at = text.find(name, at + len(name))
