"""What a rule family proposes: a span that may be a name, and how sure the rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple


class Candidate(NamedTuple):
    """A span that may be a name.

    `score` (0 to 1) is the rule's precision as seen on training annotation: about 0.95 for a rule that is
    nearly always right, 0.5 for a coin toss, below that for a span proposed only for recall. `method` names
    the family and rule (`quoted:head`). `kind` is the society of an ACTOR, or the class of head noun of an
    initiative.
    """

    start: int
    end: int
    label: str
    kind: str | None
    method: str
    score: float


# A family, compiled for one lexicon: the view of a text and what earlier families proposed -> candidates.
Proposer = Callable[[str, Sequence[Candidate]], Iterable[Candidate]]
