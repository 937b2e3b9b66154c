"""Whether a title names a document, by the genre word that it ends in."""

from __future__ import annotations

import re
from functools import cache

from swnlp.resources import read_toml

# (试行), (2023—2025年), (草案): after the genre word.
_TAIL = re.compile(r"(?:\s?[(\[〔][^()\[\]〔〕《》]{1,24}[)\]〕])+$")
_DRAFT = re.compile(r"(?:\((?:草案|送审稿|征求意见稿|审议稿|修订)\)|草案|送审稿|征求意见稿)$")
_NUMBERED = re.compile(r"[一二三四五六七八九十百\d]+条(?:措施|意见|办法|新规|举措)?$")
_LONGEST = 6


def genre_of(title: str) -> str | None:
    """Return the kind of the genre word that a title ends in (law, opinion, ...), or None for a work."""
    title = _TAIL.sub("", title) or title
    if _DRAFT.search(title):
        return "plan"
    if _NUMBERED.search(title):
        return "measure"
    genres = _genres()
    for size in range(min(_LONGEST, len(title)), 0, -1):
        if (kind := genres.get(title[-size:])) is not None:
            return kind or None
    return None


@cache
def _genres() -> dict[str, str]:
    """Return genre word -> kind; words that only look like one (工作法) have an empty kind."""
    table = read_toml("names_documents.toml")
    kinds = {word: kind for kind, words in table["genres"].items() for word in words.split()}
    return kinds | dict.fromkeys(table["works"]["titles"].split(), "")
