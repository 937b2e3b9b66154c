"""Stage 3 as one function: each family proposes in turn, then decide.py chooses."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from swnlp.lexicon import Lexicon
from swnlp.model import NameModel
from swnlp.names import (
    actors,
    bodies,
    documents,
    events,
    groups,
    known,
    models,
    people,
    places,
    programs,
    quoted,
    works,
)
from swnlp.names.candidates import Candidate, Proposer
from swnlp.names.decide import THRESHOLD, decide
from swnlp.records import Name
from swnlp.view import simplified_view

# Later families see what earlier ones proposed: a body begins with its place, a document with its body.
# The last ones score readings with the weights of a model.
UNWEIGHED = (known, places, actors, groups, people, bodies)
WEIGHED = (quoted, documents, programs, works, events)
FAMILIES = (*UNWEIGHED, *WEIGHED)

Span = tuple[int, int]
_SPACE = " \t\n\r\v\f\u00a0\u2028\u2029\u3000\u200b\ufeff"
NameFinder = Callable[[str, Sequence[Span]], list[Name]]


def name_finder(lexicon: Lexicon, model: NameModel | None = None, *, ner: str | None = None) -> NameFinder:
    """Compile every family for one lexicon and one model (None: the weights that ship).

    Args:
        lexicon: Names and scheme.
        model: Weights of the families that score readings.
        ner: A model for people, places and bodies that no rule finds (models.load_model); None for none.

    Returns:
        A function of a text and the spans that a name may not leave (its sentences, in order, not
        overlapping), to the names in it: ordered by start, longest first, nested ones with `outer` false.
        Offsets are characters of the text.
    """
    proposers: list[Proposer] = [family.proposer(lexicon) for family in UNWEIGHED]
    proposers += [family.proposer(lexicon, model) for family in WEIGHED]
    if ner is not None:
        proposers.append(models.proposer(ner))
    keep = known.keeper(lexicon)

    def find(text: str, sentences: Sequence[Span]) -> list[Name]:
        view = simplified_view(text)
        candidates: list[Candidate] = []
        for propose in proposers:
            candidates += propose(view, candidates)
        kept = list(_within(keep(view), sentences))
        likely = (c for c in candidates if c.score > THRESHOLD)
        return decide(list(_within(_trimmed(likely, view), sentences)), kept)

    return find


def _trimmed(candidates: Iterable[Candidate], view: str) -> Iterator[Candidate]:
    """Take space off both ends of every candidate."""
    for candidate in candidates:
        start, end = candidate.start, candidate.end
        if view[start] in _SPACE or view[end - 1] in _SPACE:
            inner = view[start:end].strip(_SPACE)
            if not inner:
                continue
            start = view.index(inner, start)
            candidate = candidate._replace(start=start, end=start + len(inner))
        yield candidate


def _within(candidates: Iterable[Candidate], sentences: Sequence[Span]) -> Iterator[Candidate]:
    """Keep the candidates that lie in one sentence."""
    starts = [start for start, _ in sentences]
    for candidate in candidates:
        at = bisect_right(starts, candidate.start) - 1
        if at >= 0 and candidate.end <= sentences[at][1]:
            yield candidate
