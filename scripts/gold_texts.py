"""Read annotated texts and score names against them: what fit_weights.py learns from and measures with.

A gold file is one document {"text" or "text_file", "scope", "entities": [...]} or a list of {"id", "text",
"entities": [...]}. An entity has a "label", its "text" and either "start" or "nth" (0-based occurrence of its text);
"core" and "alt" are other spans inside it that count as the same name; an "optional" one is neither asked for nor
held against a prediction. "text_file" is relative to the folder above that of the gold file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

Span = tuple[int, int]
_WRAPPING = "《》〈〉“”‘’\"'「」『』【】〔〕 \t\n\u3000"


class Entity(NamedTuple):
    """An annotated name. `spans` are those that count as it, without the quotes and brackets around them."""

    start: int
    end: int
    label: str
    optional: bool
    spans: frozenset[Span]


class GoldText(NamedTuple):
    """An annotated paragraph or document; only what begins in `scope` is annotated."""

    id: str
    text: str
    scope: range
    entities: tuple[Entity, ...]

    @property
    def source(self) -> str:
        """Return the name of the text that this is a part of: the id without its last number."""
        return self.id.rpartition("-")[0] or self.id


def unwrapped(text: str, start: int, end: int) -> Span:
    """Return a span without the quotes, brackets and space at its ends."""
    while start < end and text[start] in _WRAPPING:
        start += 1
    while end > start and text[end - 1] in _WRAPPING:
        end -= 1
    return start, end


def read_gold(path: Path) -> list[GoldText]:
    """Return the annotated texts of one gold file, in its order.

    Raises:
        ValueError: If an entity's text does not stand where it should; names the file, the id and the entity.
    """
    content = json.loads(path.read_text(encoding="utf-8"))
    texts: list[GoldText] = []
    for row in content if isinstance(content, list) else [content]:
        text = row.get("text") or (path.parent.parent / row["text_file"]).read_text(encoding="utf-8")
        name = row.get("id", path.stem)
        try:
            entities = tuple(_entity(text, entity) for entity in row["entities"])
        except ValueError as error:
            raise ValueError(f"{path}: {name}: {error}") from None
        texts.append(GoldText(name, text, range(*row.get("scope", (0, len(text)))), entities))
    return texts


def _entity(text: str, row: Mapping[str, Any]) -> Entity:
    words = row["text"]
    start = row["start"] if "start" in row else _occurrence(text, words, row.get("nth", 0))
    end = start + len(words)
    if text[start:end] != words:
        raise ValueError(f"{words!r} does not stand at {start}")
    spans = {unwrapped(text, start, end)}
    for part in filter(None, (row.get("core"), *row.get("alt", ()))):
        if (at := text.find(part, start, end)) >= 0:
            spans.add(unwrapped(text, at, at + len(part)))
    return Entity(start, end, row["label"], bool(row.get("optional")), frozenset(spans))


def _occurrence(text: str, words: str, nth: int) -> int:
    at = -1
    for _ in range(nth + 1):
        at = text.find(words, at + 1)
        if at < 0:
            raise ValueError(f"{words!r} does not occur {nth + 1} times")
    return at


@dataclass(slots=True)
class Tally:
    """Names asked for, names found, names predicted and predictions that were right."""

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
        """Return the share of the predictions that are right, 0 to 1."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Return the share of the annotated names that were found, 0 to 1."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall, 0 to 1."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Scores:
    """Strict scores by label: a prediction is right if label and span are those of an annotated name."""

    labels: dict[str, Tally] = field(default_factory=dict)

    def add(self, gold: GoldText, predictions: Iterable[tuple[int, int, str]]) -> None:
        """Count one text's predictions (start, end, label)."""
        asked = [e for e in gold.entities if not e.optional]
        optional = [e for e in gold.entities if e.optional]
        right_answers = {(span, e.label) for e in asked for span in e.spans}
        found = {
            (unwrapped(gold.text, start, end), label)
            for start, end, label in predictions
            if start in gold.scope
        }
        for entity in asked:
            tally = self.labels.setdefault(entity.label, Tally())
            tally.gold += 1
            tally.found += any((span, entity.label) in found for span in entity.spans)
        for (start, end), label in found:
            right = ((start, end), label) in right_answers
            if right or not any(start < e.end and e.start < end for e in optional):
                tally = self.labels.setdefault(label, Tally())
                tally.predicted += 1
                tally.right += right

    def __add__(self, other: Scores) -> Scores:
        both = self.labels.keys() | other.labels.keys()
        return Scores(
            {label: self.labels.get(label, Tally()) + other.labels.get(label, Tally()) for label in both}
        )

    @property
    def total(self) -> Tally:
        """Return the tally of all labels (micro average)."""
        return sum(self.labels.values(), Tally())

    def lines(self) -> Iterator[str]:
        """Yield the table, a line per label and one for all of them."""
        yield f"{'label':9}{'gold':>6}{'P':>8}{'R':>7}{'F1':>7}"
        for label, tally in [*sorted(self.labels.items()), ("ALL", self.total)]:
            yield f"{label:9}{tally.gold:6}{tally.precision:8.3f}{tally.recall:7.3f}{tally.f1:7.3f}"
