"""Names that a lexicon lists: found wherever they stand, the user's own kept whatever the rules say."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from swnlp.lexicon import Entry, Lexicon
from swnlp.names.candidates import Candidate, Proposer
from swnlp.names.search import word_search
from swnlp.view import simplified_view

SCORE = 0.9


def proposer(lexicon: Lexicon) -> Proposer:
    """Propose the names that ship with swnlp."""
    find = _finder(lexicon.entries, "known:shipped", SCORE)
    return lambda view, _earlier: find(view)


def keeper(lexicon: Lexicon) -> Callable[[str], list[Candidate]]:
    """Return the finder of the user's own names; leftmost-longest, so that they never cross each other."""
    return _finder(lexicon.user_entries, "known:user", 1.0)


def _finder(entries: Sequence[Entry], method: str, score: float) -> Callable[[str], list[Candidate]]:
    if not entries:
        return lambda view: []
    automaton = word_search([simplified_view(e.surface) for e in entries])

    def find(view: str) -> list[Candidate]:
        return [
            Candidate(start, end, entries[i].label, entries[i].kind, method, score)
            for i, start, end in automaton.find_matches_as_indexes(view)
        ]

    return find
