"""An annotated text and its entities, whatever file they came from."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

Span = tuple[int, int]
# Quotes, brackets and space that wrap a name are no part of it.
WRAPPING = "《》〈〉“”‘’\"'「」『』【】〔〕 \t\n\u3000"


class Entity(NamedTuple):
    """An annotated name.

    Attributes:
        start: First character.
        end: One past the last.
        label: What it is.
        spans: The spans that count as it (its own, its core, its alternatives), without what wraps them.
        optional: Whether annotators may differ: neither asked for nor held against a prediction.
        outer: False for a name inside another, which is not asked for either.
        kind: The society of an ACTOR, or None.
    """

    start: int
    end: int
    label: str
    spans: frozenset[Span]
    optional: bool = False
    outer: bool = True
    kind: str | None = None


class GoldText(NamedTuple):
    """An annotated paragraph or document; only what begins in `scope` is annotated.

    Attributes:
        id: Its name; by the project's custom that of the text, a hyphen and a number.
        text: The text; offsets are its characters.
        entities: The names in it, in the order of the file.
        scope: The characters that were annotated.
        file: The file it was read from.
    """

    id: str
    text: str
    entities: tuple[Entity, ...]
    scope: range
    file: str

    @property
    def source(self) -> str:
        """Return the name of the text that this is a part of: the id without its last number."""
        text, _, number = self.id.rpartition("-")
        return text if text and number.isdecimal() else self.id


def file_stem(path: Path) -> str:
    """Return a file's name without its ending, as text: what is no UTF-8 in it becomes a question mark."""
    return path.stem.encode("utf-8", "replace").decode()


def unwrapped(text: str, start: int, end: int) -> Span:
    """Return a span without the quotes, brackets and space at its ends."""
    while start < end and text[start] in WRAPPING:
        start += 1
    while end > start and text[end - 1] in WRAPPING:
        end -= 1
    return start, end


def plain_entity(text: str, start: int, end: int, label: str) -> Entity:
    """Return an entity that nothing but its span counts as."""
    return Entity(start, end, label, frozenset({unwrapped(text, start, end)}))


def nested(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Return the entities with `outer` false for those strictly inside another: formats that do not say so."""
    ranked = sorted(set(entities), key=lambda e: (e.start, -e.end, e.label))
    result: list[Entity] = []
    furthest, holder = 0, (0, 0)
    for entity in ranked:
        span = (entity.start, entity.end)
        if entity.end > furthest:
            furthest, holder = entity.end, span
        result.append(entity._replace(outer=span == holder or entity.end > furthest))
    return tuple(result)
