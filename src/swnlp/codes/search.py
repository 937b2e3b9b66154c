"""Where the words of rules stand in a sentence, and on which mentions their entities, labels and kinds lie."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from swnlp.codes.rules import Atom, Characters, Entity, Kind, Label, Span, Word
from swnlp.view import simplified_view

Hits = list[tuple[Atom, Span]]


class Mention(NamedTuple):
    """A name in a text, as far as rules look at it."""

    start: int
    end: int
    entity_id: str
    label: str
    kind: str | None


class Search:
    """Finds all atoms of a codebook in one pass over a sentence.

    Traditional and Simplified, full and half width are one (swnlp.view), and capitals are small letters.

    Args:
        atoms: What is looked for.
        cut: A text and offsets that must be edges (of names), to words that join back to the text.
        ids: The entity ids that each name of an Entity stands for.
    """

    def __init__(
        self,
        atoms: Iterable[Atom],
        cut: Callable[[str, Iterable[int]], Sequence[str]],
        ids: Mapping[str, Iterable[str]],
    ) -> None:
        self._cut = cut
        self._texts: dict[str, list[Word | Characters]] = {}
        self._ids: dict[str, list[Atom]] = {}
        self._labels: dict[str, list[Atom]] = {}
        self._kinds: dict[str, list[Atom]] = {}
        for atom in dict.fromkeys(atoms):
            match atom:
                case Word(text) | Characters(text):
                    self._texts.setdefault(_key(text), []).append(atom)
                case Entity(name):
                    for entity_id in ids.get(name, ()):
                        self._ids.setdefault(entity_id, []).append(atom)
                case Label(label):
                    self._labels.setdefault(label, []).append(atom)
                case Kind(kind):
                    self._kinds.setdefault(kind, []).append(atom)
        self._keys = list(self._texts)
        self._automaton = AhoCorasick(self._keys, matchkind=MatchKind.Standard) if self._keys else None

    def hits(self, text: str, start: int, mentions: Sequence[Mention]) -> Hits:
        """Return the atoms in a sentence and where they stand, in characters of the document.

        Args:
            text: The sentence.
            start: Its first character in the document.
            mentions: The names in it, nested ones included.
        """
        found: Hits = []
        if self._automaton is not None:
            found += self._in_text(text, start, mentions)
        for mention in mentions:
            span = (mention.start, mention.end)
            for atoms in (
                self._ids.get(mention.entity_id, ()),
                self._labels.get(mention.label, ()),
                self._kinds.get(mention.kind or "", ()),
            ):
                found += [(atom, span) for atom in atoms]
        return found

    def _in_text(self, text: str, start: int, mentions: Sequence[Mention]) -> Hits:
        found: Hits = []
        edges: set[int] | None = None
        for key, first, last in self._automaton.find_matches_as_indexes(_key(text), overlapping=True):
            for atom in self._texts[self._keys[key]]:
                if isinstance(atom, Word):
                    if edges is None:
                        edges = self._edges(text, start, mentions)
                    if first not in edges or last not in edges:
                        continue
                found.append((atom, (start + first, start + last)))
        return found

    def _edges(self, text: str, start: int, mentions: Sequence[Mention]) -> set[int]:
        """Return where words begin and end in a sentence; names are cut into words too."""
        inside = {edge - start for mention in mentions for edge in (mention.start, mention.end)}
        edges, at = {0}, 0
        for word in self._cut(text, inside):
            at += len(word)
            edges.add(at)
        return edges


def _key(text: str) -> str:
    """Return the characters that are compared; as many as `text` has."""
    view = simplified_view(text)
    small = view.lower()
    # A few capitals (İ) have small letters of two characters.
    return small if len(small) == len(view) else view
