"""Doccano's JSONL: a text and [start, end, label] for each span, or spans with start_offset and end_offset."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from swnlp.gold.records import Row
from swnlp.gold.values import Entity, GoldText, nested, plain_entity
from swnlp.records import Name

_SPANS = ("label", "labels", "entities")


def doccano_text(row: Row, name: str) -> GoldText:
    """Return the annotated text of a record; a span strictly inside another is a nested name.

    Raises:
        GoldError: If the record has no text or no spans, or a span is wrong.
    """
    text = row.at("text").string()
    key = next((key for key in _SPANS if row.has(key)), None)
    if key is None:
        raise row.wrong("缺少“label”。", "Has no 'label'.")
    entities = nested(_entity(text, item) for item in row.at(key).items())
    return GoldText(name, text, entities, range(len(text)), str(row.path))


def has_offsets(row: Row) -> bool:
    """Return whether the "entities" of a record are Doccano's."""
    spans = row.value["entities"]
    return (
        bool(spans) and isinstance(spans, list) and isinstance(spans[0], dict) and "start_offset" in spans[0]
    )


def _entity(text: str, row: Row) -> Entity:
    if isinstance(row.value, dict):
        parts = [row.at(key) for key in ("start_offset", "end_offset", "label")]
    else:
        parts = list(row.items())
        if len(parts) != 3:
            raise row.wrong("应为 [起, 止, 标签]。", "Expected [start, end, label].")
    start, end, label = parts
    return plain_entity(text, *row.span(start.whole(), end.whole(), text), label.string())


def to_doccano(tagged: Iterable[tuple[str, str, Iterable[Name]]]) -> Iterator[str]:
    """Yield a line for each tagged text (id, text, names); nested names overlap, which the Doccano project must allow."""
    for name, text, names in tagged:
        spans = [[n.start, n.end, n.label] for n in names]
        yield json.dumps({"id": name, "text": text, "label": spans}, ensure_ascii=False) + "\n"
