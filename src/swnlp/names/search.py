"""Many words looked for at once (Aho & Corasick 1975); of two that overlap, the first and longest."""

from __future__ import annotations

from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

# Characters in all: a full table of states is twice as fast, and for the gazetteer too large.
_MOST_IN_TABLE = 40_000


def word_search(words: Iterable[str]) -> AhoCorasick:
    """Return the search for `words`; `find_matches_as_indexes(text)` gives (which, start, end) in order."""
    words = list(words)
    small = sum(map(len, words)) <= _MOST_IN_TABLE
    return AhoCorasick(
        words,
        matchkind=MatchKind.LeftmostLongest,
        implementation=Implementation.DFA if small else Implementation.ContiguousNFA,
    )
