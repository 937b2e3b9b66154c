"""What was wrong with the predictions for a text, each mistake once and with the words around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from swnlp.evaluate.scores import Near, Outcome, Predicted, meets
from swnlp.gold import Entity, GoldText

What = Literal["missed", "spurious", "label", "extent"]
# Chinese and English, in the order in which they are listed.
WORDS: dict[What, tuple[str, str]] = {
    "missed": ("漏标", "missed"),
    "spurious": ("多标", "spurious"),
    "label": ("标签不对", "wrong label"),
    "extent": ("边界不对", "wrong extent"),
}
AROUND = 12


class Mistake(NamedTuple):
    """An annotated name that was not found, a prediction that is wrong, or both where they belong together.

    Attributes:
        what: missed, spurious, label (the same span with another label) or extent (the same label, and spans
            that overlap).
        file: The annotated file.
        text_id: The annotated text.
        start: First character of both.
        end: One past the last of both.
        label: The annotated label, or None.
        name: The annotated name, or None.
        predicted_label: The predicted label, or None.
        predicted_name: The predicted name, or None.
        text: What stands from `start` to `end`.
        before: What stands before it.
        after: What stands after it.
    """

    what: What
    file: str
    text_id: str
    start: int
    end: int
    label: str | None
    name: str | None
    predicted_label: str | None
    predicted_name: str | None
    text: str
    before: str
    after: str


def mistakes(gold: GoldText, outcome: Outcome) -> list[Mistake]:
    """Return the mistakes in a text, in its order."""
    rest = list(outcome.wrong)
    found: list[Mistake] = []
    pairs = dict(_paired(outcome))
    for entity in outcome.missed:
        predicted = pairs.get(entity)
        if predicted is None:
            found.append(_mistake("missed", gold, entity, None))
        else:
            rest.remove(predicted)
            what: What = "extent" if predicted[2] == entity.label else "label"
            found.append(_mistake(what, gold, entity, predicted))
    found += [_mistake("spurious", gold, None, predicted) for predicted in rest]
    return sorted(found, key=lambda m: (m.start, m.end, m.what))


def _paired(outcome: Outcome) -> Iterator[tuple[Entity, Predicted]]:
    """Pair what was missed with what was wrong: the same span first, then the same label; each at most once."""
    near = Near(outcome.wrong)
    taken: set[Predicted] = set()
    paired: set[Entity] = set()
    for same_span in (True, False):
        for entity in outcome.missed:
            if entity in paired:
                continue
            for predicted in near.of(entity):
                fits = (
                    predicted[:2] in entity.spans
                    if same_span
                    else predicted[2] == entity.label and meets(predicted, entity)
                )
                if fits and predicted not in taken:
                    taken.add(predicted)
                    paired.add(entity)
                    yield entity, predicted
                    break


def _mistake(what: What, gold: GoldText, entity: Entity | None, predicted: Predicted | None) -> Mistake:
    spans: Sequence[tuple[int, int]] = [(s[0], s[1]) for s in (entity, predicted) if s is not None]
    start, end = min(s for s, _ in spans), max(e for _, e in spans)
    text = gold.text
    return Mistake(
        what, gold.file, gold.id, start, end,
        entity.label if entity else None, text[entity.start : entity.end] if entity else None,
        predicted[2] if predicted else None, text[predicted[0] : predicted[1]] if predicted else None,
        text[start:end], text[max(0, start - AROUND) : start], text[end : end + AROUND],
    )  # fmt: skip
