"""One document through stages 2 to 6: its outline, names, words and links."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from swnlp.amend import Amendments, amended_links, amended_names, amended_numbers, amendments
from swnlp.gazetteer import Gazetteer, load_gazetteer
from swnlp.indicators import PlaceName, Surroundings, find_in_cells, find_indicators, is_division, year_of
from swnlp.lexicon import Correction, Lexicon
from swnlp.link import CUES, Defined, Definitions, Surface, definitions, link_all, linker, whole_names
from swnlp.model import NameModel
from swnlp.names.find import name_finder
from swnlp.outline import outline
from swnlp.records import (
    WHOLE,
    Amended,
    Annotation,
    Document,
    Indicator,
    Link,
    Name,
    Outline,
    Piece,
    Sentence,
)
from swnlp.segment import cut, make_segmenter
from swnlp.settings import DEFAULTS, SegmenterName
from swnlp.view import simplified_view

Span = tuple[int, int]
# Changes the names that were found before words are cut around them.
Amend = Callable[[list[Name]], list[Name]]


class Tagger(Protocol):
    """Finds the names of a text and the words around and inside them."""

    def __call__(
        self, text: str, sentences: Sequence[Span], amend: Amend | None = None
    ) -> tuple[list[Name], list[str]]:
        """Return the names that lie in the sentences, changed by `amend`, and the words."""
        ...


class Annotate(Protocol):
    """Annotates a document, or a piece of one."""

    def __call__(self, document: Document, piece: Piece = WHOLE) -> Annotation:
        """Return what the stages find in it."""
        ...


def tagger(
    lexicon: Lexicon,
    *,
    segmenter: SegmenterName = DEFAULTS.segmenter,
    model: NameModel | None = None,
    ner: str | None = DEFAULTS.ner,
) -> Tagger:
    """Return stages 3 and 4 as one function: names first, then words around them."""
    find = name_finder(lexicon, model, ner=ner)
    segment = make_segmenter(segmenter, lexicon.words)

    def tag(text: str, sentences: Sequence[Span], amend: Amend | None = None) -> tuple[list[Name], list[str]]:
        names = find(text, sentences)
        names = amend(names) if amend else names
        edges = {edge for name in names for edge in (name.start, name.end)}
        return names, cut(text, edges, segment)

    return tag


def annotator(lexicon: Lexicon, tag: Tagger) -> Annotate:
    """Return the function that annotates a document or a piece of one, with `tag` for names and words.

    What needs the whole document (its sections and places, the short forms it defines) is found in the
    whole; names and words are found in the piece. The last outline is remembered, since the pieces of a
    long document often follow each other.
    """
    gazetteer = load_gazetteer()
    link = linker(lexicon, gazetteer)
    known = amendments(lexicon.corrections)

    @lru_cache(maxsize=1)
    def whole(document: Document) -> tuple[Outline, str, str, Definitions]:
        parts, kept = outline(document, gazetteer, place=document.place), kept_text(document)
        return parts, kept, simplified_view(kept), defined_in(kept, parts.sentences, tag)

    def annotate(document: Document, piece: Piece = WHOLE) -> Annotation:
        parts, kept, view, defined = whole(document)
        sentences = sentences_of(parts.sentences, len(kept), piece)
        start, end = (0, len(kept)) if piece == WHOLE else _stretch(sentences)
        spans = [(s.start - start, s.end - start) for s in sentences]
        change = _Change(document, (start, end), sentences, known)
        found, words = tag(kept[start:end], spans, change.names if known else None)
        names = [n._replace(start=n.start + start, end=n.end + start) for n in found] if start else found
        starts = [s.start for s in sentences]
        sentence_of = tuple(bisect_right(starts, name.start) - 1 for name in names)
        places = [parts.sections[s.section_id].place_id for s in sentences]
        surfaces = [
            Surface(document.text[n.start : n.end], n.label, n.kind, places[s])
            for n, s in zip(names, sentence_of, strict=True)
        ]
        wholes = whole_names((s.text, s.kind) for s in surfaces if s.label == "PROGRAM")
        links = change.links(names, tuple(link_all(surfaces, link, {**wholes, **defined})))
        outlined = replace(parts, sentences=sentences)
        indicators = change.numbers(indicators_of(document, view, outlined, names, links, gazetteer))
        return Annotation(
            document, outlined, tuple(names), sentence_of, links, words, start, piece, indicators,
            tuple(change.log),
        )  # fmt: skip

    return annotate


class _Change:
    """The corrections of one stretch of a document, and the log of those that were applied."""

    def __init__(
        self, document: Document, stretch: Span, sentences: Sequence[Sentence], known: Amendments
    ) -> None:
        self.log: list[Amended] = []
        self._text, self._known, self._start = document.text, known, stretch[0]
        self._sentences = [(s.start, s.end) for s in sentences] if known else []
        own = known.exact.get(document.doc_id, ())
        self._own: list[Correction] = [c for c in own if stretch[0] <= c.start and c.end <= stretch[1]]

    def names(self, found: list[Name]) -> list[Name]:
        """Return the names of the stretch after corrections; their offsets count from its start."""
        at = self._start
        whole = [n._replace(start=n.start + at, end=n.end + at) for n in found]
        changed, log = amended_names(whole, self._text, self._sentences, self._own, self._known)
        self.log += log
        return [n._replace(start=n.start - at, end=n.end - at) for n in changed]

    def links(self, names: Sequence[Name], links: tuple[Link, ...]) -> tuple[Link, ...]:
        """Return the links of the names after corrections."""
        if not self._known:
            return links
        changed, log = amended_links(names, links, self._text, self._own, self._known)
        self.log += log
        return changed

    def numbers(self, found: list[Indicator]) -> tuple[Indicator, ...]:
        """Return the numbers after corrections."""
        if not self._own:
            return tuple(found)
        changed, log = amended_numbers(found, self._text, self._own)
        self.log += log
        return changed


def indicators_of(
    document: Document,
    view: str,
    outline: Outline,
    names: Sequence[Name],
    links: Sequence[Link],
    gazetteer: Gazetteer,
) -> list[Indicator]:
    """Return the numbers of the outline's sentences and of tables, with the places that were found there.

    A place counts if it is a division, or is called as one that is in no list (龙斗村). `view` is the simplified
    view of the kept text.
    """
    places = [
        PlaceName(name.start, name.end, link.entity_id)
        for name, link in zip(names, links, strict=True)
        if name.label == "PLACE" and is_division(link.entity_id, gazetteer)
    ]
    years = (year_of(document.date), year_of(document.title))
    around = Surroundings(view, outline.sections, places, gazetteer, place_id=outline.place_id, years=years)
    sentences = outline.sentences
    cells = find_in_cells(document.cells, view, sentences, around, gazetteer)
    return find_indicators(view, document.text, sentences, around, cells=cells)


def defined_in(text: str, sentences: Sequence[Sentence], tag: Tagger) -> Definitions:
    """Return the short forms that a document defines, wherever in it; of two definitions the first counts."""
    defined: dict[tuple[str, str], Defined] = {}
    for sentence in sentences:
        stretch = text[sentence.start : sentence.end]
        if any(cue in stretch for cue in CUES):
            names, _ = tag(stretch, [(0, len(stretch))])
            defined = definitions(stretch, names) | defined
    return defined


def sentences_of(sentences: Sequence[Sentence], length: int, piece: Piece) -> tuple[Sentence, ...]:
    """Return the sentences of a piece: pieces have about the same length and end where a paragraph does.

    Args:
        sentences: All sentences of the document.
        length: Characters of the document.
        piece: The piece.
    """
    if piece == WHOLE:
        return tuple(sentences)
    first: dict[int, int] = {}
    for s in sentences:
        first.setdefault(s.paragraph_id, s.start)
    return tuple(s for s in sentences if first[s.paragraph_id] * piece.total // length == piece.number)


def _stretch(sentences: Sequence[Sentence]) -> Span:
    return (sentences[0].start, sentences[-1].end) if sentences else (0, 0)


def kept_text(document: Document) -> str:
    """Return the text with line feeds in place of what is not the report: same length, same offsets."""
    pieces, at = [], 0
    for start, end, _ in document.dropped:
        pieces += [document.text[at:start], "\n" * (end - start)]
        at = end
    return "".join([*pieces, document.text[at:]])
