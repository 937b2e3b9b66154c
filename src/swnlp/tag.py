"""Texts and report files with the names in them: for another program, another annotator, or to look at."""

from __future__ import annotations

from collections.abc import Callable

from swnlp.gazetteer import load_gazetteer
from swnlp.lexicon import Lexicon
from swnlp.names.find import name_finder
from swnlp.outline import outline
from swnlp.records import Document, Name


def name_tagger(lexicon: Lexicon) -> Callable[[str], list[Name]]:
    """Return the function from a text that comes without a page around it to the names in it.

    Names are ordered by start, longest first, nested ones with `outer` false: what `swnlp.load()` finds.
    """
    find, gazetteer = name_finder(lexicon), load_gazetteer()

    def tag(text: str) -> list[Name]:
        parts = outline(Document("", "", None, None, None, None, None, "", "", text), gazetteer)
        return find(text, [(s.start, s.end) for s in parts.sentences])

    return tag
