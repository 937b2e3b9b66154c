"""Which candidates are names: the best set of spans that do not cross, and the names nested inside them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from swnlp.names.candidates import Candidate
from swnlp.records import Name

# A candidate is worth (score - THRESHOLD) a character: the longest named thing wins over what it holds,
# unless the rule that proposed it is doubtful.
THRESHOLD = 0.5


def _worth(candidate: Candidate) -> float:
    return (candidate.score - THRESHOLD) * (candidate.end - candidate.start)


def best_set(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the non-overlapping candidates of greatest total worth, in text order.

    Weighted interval scheduling (Kleinberg & Tardos 2005, ch. 6.1), O(n log n); ties go to the longer, then
    the earlier candidate.
    """
    ranked = sorted(
        (c for c in candidates if c.score > THRESHOLD), key=lambda c: (c.end, -c.start, c.score, c.label)
    )
    ends = [c.end for c in ranked]
    best = [0.0]
    for i, candidate in enumerate(ranked):
        before = bisect_right(ends, candidate.start, 0, i)
        best.append(max(best[i], best[before] + _worth(candidate)))
    chosen: list[Candidate] = []
    i = len(ranked)
    while i:
        if best[i] > best[i - 1]:
            chosen.append(ranked[i - 1])
            i = bisect_right(ends, ranked[i - 1].start, 0, i - 1)
        else:
            i -= 1
    return chosen[::-1]


def _crosses(a: Candidate, b: Candidate) -> bool:
    overlap = a.start < b.end and b.start < a.end
    nested = (a.start <= b.start and b.end <= a.end) or (b.start <= a.start and a.end <= b.end)
    return overlap and not nested


def _without_rivals(candidates: Sequence[Candidate], kept: Sequence[Candidate]) -> list[Candidate]:
    """Drop the candidates that cross a kept one or claim its very span."""
    if not kept:
        return list(candidates)
    spans = {(c.start, c.end) for c in kept}
    return [
        c
        for c in candidates
        if (c.start, c.end) not in spans and not any(_crosses(c, k) for k in kept if k.start < c.end and c.start < k.end)
    ]


def decide(candidates: Sequence[Candidate], kept: Sequence[Candidate] = ()) -> list[Name]:
    """Return the names among `candidates`, nested ones included, ordered by start, longest first.

    Args:
        candidates: Proposals of all families, in any order.
        kept: Entries of the user's lexicon, not crossing each other: always names, whatever their score;
            a longer name may hold them, none may cross them.

    Returns:
        Outer names (`outer` true) never overlap; every other name lies strictly inside an outer one.
    """
    kept_spans = {(c.start, c.end) for c in kept}
    pool = [*_without_rivals(candidates, kept), *(c._replace(score=1.0) for c in kept)]
    outer = best_set(pool)
    names = [_name(c, outer=True) for c in outer]
    for holder in outer:
        names += _nested(holder, pool)
    # A kept entry always lies in the pool with full score, so it is outer or nested by now.
    assert kept_spans <= {(n.start, n.end) for n in names} or not kept_spans
    return sorted(names, key=lambda n: (n.start, -n.end))


def _nested(holder: Candidate, pool: Sequence[Candidate]) -> list[Name]:
    inside = [
        c
        for c in pool
        if holder.start <= c.start and c.end <= holder.end and (c.end - c.start) < (holder.end - holder.start)
    ]
    chosen = best_set(inside)
    names = [_name(c, outer=False) for c in chosen]
    for candidate in chosen:
        names += _nested(candidate, inside)
    return names


def _name(candidate: Candidate, *, outer: bool) -> Name:
    return Name(*candidate, outer=outer)
