"""Where a name that ends in a known head begins, by the words that the segmenter sees before the head."""

from __future__ import annotations

import rjieba

# Parts of speech (PKU) of whole words that no local name has in it: verbs, prepositions, conjunctions, ...
_OUTSIDE = frozenset("vpcdurqmytebzfals")
# Single characters that end what stands before a name.
_STOPS = frozenset(
    "的了着是有在从到向对由为以把将和与及或等该本各全每某此其这那我你他她它个名位级型次座条项元占离请给让叫被比沿顺赴进入去来往至经乘撤设辖环"
)
# The segmenter knows many a river as a common noun: 饮马河.
_WATERS = frozenset("江河湖")
_NAMES = ("ns", "nr", "nz", "nt", "x")


def name_start(text: str, limit: int, start: int, end: int, *, plain: bool = False) -> int | None:
    """Go left from a head over the words that a name can have in it, not beyond `limit`.

    Args:
        text: The view of a text.
        limit: As far to the left as the name could begin.
        start: Where the head begins.
        end: Where the head ends.
        plain: Stop at common nouns, too, unless one is all there is: 骑手|肖长江, but 玛瑙河.

    Returns:
        Where the name begins; None if nothing is left of it, or if the head is part of a common word.
    """
    at = limit
    words = []
    for word, tag in rjieba.tag(text[limit:end], False):
        if at < start:
            words.append((at, word, tag))
        at += len(word)
    begin = start
    for left, word, tag in reversed(words):
        if left + len(word) > start:
            if not tag.startswith(_NAMES) and not (
                plain and len(word) > 2 and word[-1] in _WATERS and tag[0] == "n"
            ):
                return None
        elif (len(word) > 1 and tag[0] in _OUTSIDE) or word in _STOPS:
            break
        elif plain and not _plain(word, tag, whole=left == limit and left + len(word) == start):
            break
        begin = left
    return begin if begin < start else None


def _plain(word: str, tag: str, *, whole: bool) -> bool:
    """Say whether a word can be part of a water's or a mountain's name; `whole`: it is all there is."""
    if len(word) == 1:
        return not (whole and tag[0] in _OUTSIDE)
    return whole or tag.startswith(_NAMES)


def has_name(stem: str) -> bool:
    """Say whether a stem has a name in it: not all of its words are common (螺蛳粉, 设施农业)."""
    return any(len(word) == 1 or tag.startswith(_NAMES) for word, tag in rjieba.tag(stem, False))
