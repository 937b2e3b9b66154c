"""Which candidates are names: the best set of spans that do not cross, and the names nested inside them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from swnlp.names.candidates import Candidate
from swnlp.records import Name

# A candidate is worth (score - THRESHOLD) a character: the longest named thing wins over what it holds,
# unless the rule that proposed it is doubtful.
THRESHOLD = 0.5
# Of a title that was won, rules are less sure than of the actor or place that it holds (全国|优秀社工团队): it is worth
# a little more. Chosen by cross-validation (docs/model-card.md).
_EXTRA = {"WORK": 0.1}
# Names that end in their head noun.
_HEADED = frozenset({"POLICY", "PROGRAM", "WORK", "EVENT", "ORG"})


def _worth(candidate: Candidate) -> float:
    sure = candidate.score - THRESHOLD + _EXTRA.get(candidate.label, 0.0)
    return sure * (candidate.end - candidate.start)


def best_set(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the non-overlapping candidates of greatest total worth, in text order; all score above THRESHOLD.

    Weighted interval scheduling (Kleinberg & Tardos 2005, ch. 6.1), O(n log n); ties go to the longer, then
    the earlier candidate.
    """
    ranked = sorted(candidates, key=lambda c: (c.end, -c.start, c.score, c.label))
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


def _strictly_inside(a: Candidate, b: Candidate) -> bool:
    return b.start <= a.start and a.end <= b.end and (a.end - a.start) < (b.end - b.start)


def _without_rivals(candidates: Sequence[Candidate], kept: Sequence[Candidate]) -> list[Candidate]:
    """Drop the candidates that cross a kept one or claim its very span; `kept` is in text order."""
    if not kept:
        return list(candidates)
    ends = [k.end for k in kept]

    def clear(c: Candidate) -> bool:
        first = bisect_right(ends, c.start)
        last = next((i for i in range(first, len(kept)) if kept[i].start >= c.end), len(kept))
        return all(_strictly_inside(c, k) or _strictly_inside(k, c) for k in kept[first:last])

    return [c for c in candidates if clear(c)]


def decide(candidates: Sequence[Candidate], kept: Sequence[Candidate] = ()) -> list[Name]:
    """Return the names among `candidates`, nested ones included, ordered by start, longest first.

    Args:
        candidates: Proposals of all families, in any order.
        kept: Entries of the user's lexicon, not crossing each other: always names, whatever their score;
            a longer name may hold them, none may cross them.

    Returns:
        Outer names (`outer` true) never overlap; every other name lies strictly inside an outer one.
    """
    sure = sorted((c._replace(score=1.0) for c in kept), key=_IN_TEXT)
    likely = [c for c in candidates if c.score > THRESHOLD]
    pool = sorted([*_without_rivals(likely, sure), *sure], key=_IN_TEXT)
    always = set(sure)
    return [name for group in _apart(pool) for name in _of_group(group, always)]


# By start, end, label, score, method.
_IN_TEXT = itemgetter(0, 1, 2, 5, 4)


def _apart(pool: Sequence[Candidate]) -> Iterator[Sequence[Candidate]]:
    """Yield the groups of a pool in text order that overlap no other group: each is decided by itself."""
    first, reach = 0, 0
    for i, candidate in enumerate(pool):
        if candidate.start >= reach and i:
            yield pool[first:i]
            first = i
        reach = max(reach, candidate.end)
    yield pool[first:]


def _of_group(group: Sequence[Candidate], kept: set[Candidate]) -> list[Name]:
    if len(group) == 1:
        return [Name(*group[0], True)]
    return sorted(_levels(group, kept, outer=True), key=lambda n: (n.start, -n.end))


def _levels(pool: Sequence[Candidate], kept: set[Candidate], *, outer: bool) -> list[Name]:
    """Return the best set of a pool in text order, and below each of its spans the best set inside it."""
    if len(pool) == 1:
        return [Name(*pool[0], outer)]
    names: list[Name] = []
    starts = [c.start for c in pool]
    for chosen in best_set(_unsheltered(pool, kept)):
        names.append(Name(*chosen, outer))
        start, end = chosen.start, chosen.end
        size = end - start
        near = pool[bisect_left(starts, start) : bisect_left(starts, end)]
        if len(near) > 1:
            inside = [c for c in near if c.end <= end and c.end - c.start < size and not _is_part(c, chosen)]
            if inside:
                names += _levels(inside, kept, outer=False)
    return names


def _is_part(inner: Candidate, outer: Candidate) -> bool:
    """Whether an inner candidate is the outer name without its beginning: (鹭岛市)养老服务规划 is no name of its own."""
    return inner.end == outer.end and inner.label == outer.label and inner.label in _HEADED


def _unsheltered(pool: Sequence[Candidate], kept: set[Candidate]) -> Sequence[Candidate]:
    """Leave out what lies inside a kept name of the pool: it never competes with it, only nests in it."""
    here = [c for c in pool if c in kept] if kept else []
    if not here:
        return pool
    ends = [k.end for k in here]

    def sheltered(c: Candidate) -> bool:
        at = bisect_right(ends, c.start)
        return at < len(here) and _strictly_inside(c, here[at])

    return [c for c in pool if not sheltered(c)]
