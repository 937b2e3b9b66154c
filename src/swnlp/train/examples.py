"""Annotated texts to examples: what the rules had to choose from, and whether an annotator marked it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from swnlp.gold import Entity, GoldText, unwrapped
from swnlp.lexicon import Lexicon
from swnlp.names import events, programs, quoted, works
from swnlp.names.candidates import Candidate
from swnlp.names.documents import plain as plain_documents
from swnlp.names.documents.plain import tail_end
from swnlp.names.edges import edges_of
from swnlp.names.find import UNWEIGHED
from swnlp.names.heads import Neighbours
from swnlp.names.quoted.evidence import evidence
from swnlp.names.quoted.evidence import features as quote_features
from swnlp.names.quoted.quotes import quotes
from swnlp.names.scoring import HeadRule
from swnlp.names.scoring import features as head_features
from swnlp.view import simplified_view

HEAD = "head:"
_TITLES = re.compile("《[^《》]*(?:《[^《》]*》[^《》]*)*》")
Span = tuple[int, int]


@dataclass(slots=True)
class Examples:
    """Examples for one table of weights.

    Attributes:
        features: The features of each, all yes or no.
        names: Whether each is a name.
        seen: How often each head noun was seen.
    """

    features: list[list[str]] = field(default_factory=list)
    names: list[bool] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    def add(self, features: list[str], name: bool) -> None:
        """Add one example."""
        self.features.append(features)
        self.names.append(name)

    def __add__(self, other: Examples) -> Examples:
        return Examples(self.features + other.features, self.names + other.names, self.seen + other.seen)


# A text -> its examples for each table of model.TABLES.
ExampleMaker = Callable[[GoldText], dict[str, Examples]]


def example_maker(lexicon: Lexicon) -> ExampleMaker:
    """Compile the families and return the function from an annotated text to its examples.

    Optional names are no examples of either kind.
    """
    earlier = [family.proposer(lexicon) for family in UNWEIGHED]
    rules = [family.head_rule() for family in (plain_documents, programs, works, events)]

    def examples_of(gold: GoldText) -> dict[str, Examples]:
        text = simplified_view(gold.text)
        entities = [e for e in gold.entities if e.outer]
        known: list[Candidate] = []
        for propose in earlier:
            known += propose(text, known)
        examples = {rule.label: _of_heads(gold, entities, text, rule, known) for rule in rules}
        examples["quoted"] = _of_quotes(gold, entities, text, known)
        return examples

    return examples_of


def _of_heads(
    gold: GoldText, entities: Sequence[Entity], text: str, rule: HeadRule, known: Sequence[Candidate]
) -> Examples:
    """Return the examples for a head rule; what lies in 《》 or in a name of another label is none of its business."""
    edges, near, found = edges_of(text), Neighbours(known), rule.heads.find(text)
    marked = {(e.start, e.end): e for e in entities if e.label == rule.label}
    titles = [match.span() for match in _TITLES.finditer(text)]
    # A title may be part of a longer name, and a name part of a title; elsewhere the longer name wins.
    others = [(e.start, e.end) for e in entities if e.label != rule.label] if rule.label != "POLICY" else []
    examples = Examples(seen=Counter(HEAD + noun.noun for noun in found))
    for reading in rule.readings(text, found, edges, near):
        start, end = reading.start, reading.end
        if rule.label == "POLICY":
            end = tail_end(text, end)
        entity = marked.get((start, end))
        if start not in gold.scope or (entity and entity.optional) or _inside(start, end, titles):
            continue
        if not _inside(start, end, [span for span in others if span != (start, end)]):
            examples.add(head_features(reading, text, edges, near, rule.contexts), entity is not None)
    return examples


def _inside(start: int, end: int, spans: Iterable[Span]) -> bool:
    return any(a <= start and end <= b for a, b in spans)


def _of_quotes(gold: GoldText, entities: Sequence[Entity], text: str, known: Sequence[Candidate]) -> Examples:
    """Return the examples for names in quotes, except quotes of people served and what is optional."""
    undertakings = [e for e in entities if e.label == "PROGRAM"]
    marked = {unwrapped(text, e.start, e.end) for e in undertakings if not e.optional}
    optional = [e for e in undertakings if e.optional]
    served = {(c.start, c.end) for c in known if c.label in ("GROUP", "ACTOR")}
    heads, contexts = quoted.quoted_heads(), quoted.quoted_contexts()
    examples = Examples()
    for item in evidence(
        text, quotes(text), edges_of(text), Neighbours(known), heads=heads, contexts=contexts
    ):
        if (item.quote.inner_start, item.quote.inner_end) in served:
            continue
        for start, end, form, left in quoted.forms(item):
            if form == "owned" or start not in gold.scope or _touches(start, end, optional):
                continue
            keys = quote_features(item, text, form, left)
            examples.add(keys, unwrapped(text, start, end) in marked)
            examples.seen.update(key for key in keys if key.startswith(HEAD))
    return examples


def _touches(start: int, end: int, entities: Iterable[Entity]) -> bool:
    return any(e.start < end and start < e.end for e in entities)
