"""One document through stages 2 to 6: its outline, names, words and links."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from swnlp.gazetteer import load_gazetteer
from swnlp.lexicon import Lexicon
from swnlp.link import Surface, linker
from swnlp.names.find import name_finder
from swnlp.outline import outline
from swnlp.records import Annotation, Document, Name
from swnlp.segment import cut, make_segmenter
from swnlp.settings import DEFAULTS, SegmenterName

Span = tuple[int, int]
# A text and its sentences -> the names in it and the words around and inside them.
Tagger = Callable[[str, Sequence[Span]], tuple[list[Name], list[str]]]


def tagger(lexicon: Lexicon, *, segmenter: SegmenterName = DEFAULTS.segmenter) -> Tagger:
    """Return stages 3 and 4 as one function: names first, then words around them."""
    find = name_finder(lexicon)
    segment = make_segmenter(segmenter, lexicon.words)

    def tag(text: str, sentences: Sequence[Span]) -> tuple[list[Name], list[str]]:
        names = find(text, sentences)
        edges = {edge for name in names for edge in (name.start, name.end)}
        return names, cut(text, edges, segment)

    return tag


def annotator(lexicon: Lexicon, tag: Tagger) -> Callable[[Document], Annotation]:
    """Return the function that annotates one document, with `tag` for its names and words."""
    gazetteer = load_gazetteer()
    link = linker(lexicon, gazetteer)

    def annotate(document: Document) -> Annotation:
        parts = outline(document, gazetteer, place=document.place)
        sentences = [(s.start, s.end) for s in parts.sentences]
        names, words = tag(kept_text(document), sentences)
        starts = [start for start, _ in sentences]
        sentence_of = tuple(bisect_right(starts, name.start) - 1 for name in names)
        places = [parts.sections[s.section_id].place_id for s in parts.sentences]
        links = tuple(
            link(Surface(document.text[n.start : n.end], n.label, n.kind, places[s]))
            for n, s in zip(names, sentence_of, strict=True)
        )
        return Annotation(document, parts, tuple(names), sentence_of, links, words)

    return annotate


def kept_text(document: Document) -> str:
    """Return the text with line feeds in place of what is not the report: same length, same offsets."""
    pieces, at = [], 0
    for start, end, _ in document.dropped:
        pieces += [document.text[at:start], "\n" * (end - start)]
        at = end
    return "".join([*pieces, document.text[at:]])
