"""Where the words of rules stand in a sentence, and on which mentions their entities, labels and kinds lie."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from swnlp.codes.rules import Atom, Characters, Entity, Kind, Label, Span, Word
from swnlp.view import simplified_view

# No word of a dictionary is longer; a run of digits or Latin letters may be.
_LONGEST = 24
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
        cut: Text to words that join back to it.
        ids: The entity ids that each name of an Entity stands for.

    Attributes:
        inside: How often a Word stood inside a word of the text, and was therefore not counted: (it, that word).
    """

    def __init__(
        self,
        atoms: Iterable[Atom],
        cut: Callable[[str], Sequence[str]],
        ids: Mapping[str, Iterable[str]],
    ) -> None:
        self._cut = cut
        self.inside: Counter[tuple[str, str]] = Counter()
        self._joints: dict[str, tuple[int, ...]] = {}
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
            found += self._in_text(self._automaton, text, start, mentions)
        for mention in mentions:
            span = (mention.start, mention.end)
            for atoms in (
                self._ids.get(mention.entity_id, ()),
                self._labels.get(mention.label, ()),
                self._kinds.get(mention.kind or "", ()),
            ):
                found += [(atom, span) for atom in atoms]
        return found

    def _in_text(self, automaton: AhoCorasick, text: str, start: int, mentions: Sequence[Mention]) -> Hits:
        found: Hits = []
        words: _Words | None = None
        for key, first, last in automaton.find_matches_as_indexes(_key(text), overlapping=True):
            for atom in self._texts[self._keys[key]]:
                if isinstance(atom, Word):
                    words = words or self._words(text, start, mentions)
                    if not {first, last} <= words.edges:
                        self.inside[atom.text, text[words.before(first) : words.after(last)]] += 1
                        continue
                found.append((atom, (start + first, start + last)))
        return found

    def _words(self, text: str, start: int, mentions: Sequence[Mention]) -> _Words:
        """Return where words begin and end in a sentence; names are cut into words too."""
        names = {edge - start for mention in mentions for edge in (mention.start, mention.end)}
        stops = sorted({0, len(text), *names})
        ends = [0]
        joints: set[int] = set()
        for first, last in pairwise(stops):
            for word in self._cut(text[first:last]):
                joints.update(ends[-1] + joint for joint in self._joints_of(word))
                ends.append(ends[-1] + len(word))
        return _Words(ends, joints.union(ends))

    def _joints_of(self, word: str) -> tuple[int, ...]:
        """Return where a long word is put together of words of two characters or more: 资金投入 of 资金 and 投入."""
        if len(word) < 4:
            return ()
        if word not in self._joints:
            found: set[int] = set()
            for i in range(2, min(len(word), _LONGEST) - 1):
                if len(self._cut(word[:i])) == 1 == len(self._cut(word[i:])):
                    found |= {i, *self._joints_of(word[:i]), *(i + j for j in self._joints_of(word[i:]))}
            self._joints[word] = tuple(sorted(found))
        return self._joints[word]


class _Words(NamedTuple):
    """The edges of a sentence's words, in order, and those together with the joints inside of words."""

    ends: list[int]
    edges: set[int]

    def before(self, at: int) -> int:
        """Return the last edge up to an offset."""
        return self.ends[bisect_right(self.ends, at) - 1]

    def after(self, at: int) -> int:
        """Return the first edge from an offset."""
        return self.ends[bisect_left(self.ends, at)]


def _key(text: str) -> str:
    """Return the characters that are compared; as many as `text` has."""
    view = simplified_view(text)
    small = view.lower()
    # A few capitals (İ) have small letters of two characters.
    return small if len(small) == len(view) else view
