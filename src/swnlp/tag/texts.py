"""A text or a document to the names in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from swnlp.annotate import kept_text
from swnlp.gazetteer import load_gazetteer
from swnlp.lexicon import Lexicon
from swnlp.model import NameModel
from swnlp.names.find import name_finder
from swnlp.outline import outline
from swnlp.records import Document, Name


class Tagged(NamedTuple):
    """A document's id and text, and the names in it: by start, longest first, nested ones with `outer` false."""

    doc_id: str
    text: str
    names: list[Name]


def document_tagger(
    lexicon: Lexicon, model: NameModel | None = None, ner: str | None = None
) -> Callable[[Document], list[Name]]:
    """Return the function from a document to the names in what of it is the report."""
    find, gazetteer = name_finder(lexicon, model, ner=ner), load_gazetteer()

    def tag(document: Document) -> list[Name]:
        parts = outline(document, gazetteer, place=document.place)
        return find(kept_text(document), [(s.start, s.end) for s in parts.sentences])

    return tag


def name_tagger(
    lexicon: Lexicon, model: NameModel | None = None, ner: str | None = None
) -> Callable[[str], list[Name]]:
    """Return the function from a text that comes without a page around it to the names in it.

    They are what `swnlp.load()` finds.
    """
    tag = document_tagger(lexicon, model, ner)
    return lambda text: tag(Document("", "", None, None, None, None, None, "", "", text))
