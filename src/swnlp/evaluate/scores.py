"""Precision, recall and F1 of predicted names against annotated ones, by label; strict and overlapping."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from swnlp.gold import Entity, GoldText, unwrapped

# A predicted name: start, end, label.
Predicted = tuple[int, int, str]
Span = tuple[int, int]
Match = Literal["strict", "overlapping"]
ALL = "ALL"


@dataclass(slots=True)
class Tally:
    """Names annotated, names of them found, names predicted, and predictions that were right."""

    gold: int = 0
    found: int = 0
    predicted: int = 0
    right: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.gold + other.gold,
            self.found + other.found,
            self.predicted + other.predicted,
            self.right + other.right,
        )

    @property
    def precision(self) -> float:
        """Return the share of the predictions that are right, 0 to 1; 0 where there are none."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Return the share of the annotated names that were found, 0 to 1; 0 where there are none."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall, 0 to 1."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def to_dict(self) -> dict[str, int | float]:
        """Return the four counts and, to four digits, what follows from them."""
        return {
            "gold": self.gold, "found": self.found, "predicted": self.predicted, "right": self.right,
            "precision": round(self.precision, 4), "recall": round(self.recall, 4), "f1": round(self.f1, 4),
        }  # fmt: skip


def strictly(predicted: Predicted, entity: Entity) -> bool:
    """Whether label and span are the entity's: its span, its core or an alternative, without quotes and brackets."""
    return predicted[2] == entity.label and predicted[:2] in entity.spans


def overlapping(predicted: Predicted, entity: Entity) -> bool:
    """Whether the label is the entity's and the spans share a character."""
    return predicted[2] == entity.label and meets(predicted, entity)


def meets(predicted: Predicted, entity: Entity) -> bool:
    """Whether the spans share a character."""
    return predicted[0] < entity.end and entity.start < predicted[1]


_MATCHES: dict[Match, Callable[[Predicted, Entity], bool]] = {"strict": strictly, "overlapping": overlapping}


Spanned = TypeVar("Spanned", Entity, Predicted)


class Near(Generic[Spanned]):
    """Finds the names near a span, among many."""

    def __init__(self, names: Iterable[Spanned]) -> None:
        self._names: list[Spanned] = sorted(names, key=lambda name: name[:2])
        spans: list[Span] = [(name[0], name[1]) for name in self._names]
        self._starts = [start for start, _ in spans]
        self._longest = max((end - start for start, end in spans), default=0)

    def of(self, span: Entity | Predicted) -> Sequence[Spanned]:
        """Return, in text order, every name that shares a character with a span, and a few others."""
        start, end = span[0], span[1]
        first = bisect_left(self._starts, start - self._longest)
        return self._names[first : bisect_right(self._starts, end)]


@dataclass(slots=True)
class Outcome:
    """What became of one text's names, strictly: annotated names not found, predictions that are wrong."""

    missed: list[Entity] = field(default_factory=list)
    wrong: list[Predicted] = field(default_factory=list)


@dataclass(slots=True)
class Scores:
    """Tallies by kind of match and label.

    Attributes:
        labels: The labels that count; predictions of others are left out.
        tallies: Kind of match -> label -> tally; every label has one.
    """

    labels: frozenset[str]
    tallies: dict[Match, dict[str, Tally]] = field(init=False)

    def __post_init__(self) -> None:
        names = sorted(self.labels)
        self.tallies = {match: {name: Tally() for name in names} for match in _MATCHES}

    def add(self, gold: GoldText, predictions: Iterable[Predicted]) -> Outcome:
        """Count the predictions for one text.

        Every annotated name of these labels that is neither optional nor nested is asked for. A prediction that
        begins outside the scope doesn't count, nor does a wrong one that shares a character with an optional
        name, of whatever label.

        Returns:
            What was strictly wrong.
        """
        found = [
            (*unwrapped(gold.text, start, end), label)
            for start, end, label in predictions
            if label in self.labels and start in gold.scope
        ]
        asked = [e for e in gold.entities if e.outer and not e.optional and e.label in self.labels]
        near_found, near_asked = Near(found), Near(asked)
        near_optional = Near([e for e in gold.entities if e.outer and e.optional])
        outcome = Outcome()
        for match, is_right in _MATCHES.items():
            tallies = self.tallies[match]
            missed = [e for e in asked if not any(is_right(p, e) for p in near_found.of(e))]
            for entity in asked:
                tallies[entity.label].gold += 1
                tallies[entity.label].found += 1
            for entity in missed:
                tallies[entity.label].found -= 1
            wrong = []
            for predicted in found:
                right = any(is_right(predicted, e) for e in near_asked.of(predicted))
                if not right and any(meets(predicted, e) for e in near_optional.of(predicted)):
                    continue
                tallies[predicted[2]].predicted += 1
                tallies[predicted[2]].right += right
                wrong += [] if right else [predicted]
            if match == "strict":
                outcome = Outcome(missed, wrong)
        return outcome

    def rows(self) -> Iterator[tuple[str, Tally, Tally]]:
        """Yield (label, strict, overlapping) for each label in order, then for all of them (micro average)."""
        strict, loose = self.tallies["strict"], self.tallies["overlapping"]
        for label in strict:
            yield label, strict[label], loose[label]
        yield ALL, sum(strict.values(), Tally()), sum(loose.values(), Tally())

    def to_dict(self) -> dict[str, dict[str, dict[str, int | float]]]:
        """Return label -> kind of match -> counts, precision, recall and F1; `ALL` is last."""
        return {
            label: {"strict": strict.to_dict(), "overlapping": loose.to_dict()}
            for label, strict, loose in self.rows()
        }


def labels_of(texts: Iterable[GoldText], wanted: Sequence[str] | None = None) -> frozenset[str]:
    """Return the labels that count: those wanted, else all that the texts are annotated with."""
    return frozenset(wanted) if wanted else frozenset(e.label for t in texts for e in t.entities if e.outer)
