"""What stands around and inside a quote: the evidence for what it names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from swnlp.names.edges import NAME, NONE, STOP, Edge, Edges
from swnlp.names.heads import Found, Heads, Neighbours
from swnlp.names.quoted.quotes import Quote
from swnlp.names.scoring import Contexts, Keys

# Between two quotes of one list: “甲”、乙县的“乙”.
_GAP = re.compile(r"[、,]?[和与及]?[^、,。;:!?“”\"\n等]{0,9}")
# After a list: “甲”“乙”等三个项目.
_LIST_TAIL = re.compile(r"(?:等|[一两二三四五六七八九十百\d]+(?:[个项大类]|余个))+")
# 三保, 一带一路, 四良两优.
_NUMERAL = re.compile(
    r"[一两二三四五六七八九十百千万零\d双][^一二三四五六七八九十\d]{1,2}"
    r"(?:[一两二三四五六七八九十\d][^一二三四五六七八九十\d]{1,3}){0,3}"
)
_NAME_SIGNS = re.compile(r"[·+—×&]")
# Last characters of a place or a body, which owns the name and is no part of it.
_OWNERS = frozenset("省市县州盟旗镇乡局部委厅办会院")
# What after a quote tells names from slogans.
_FOLLOWING = frozenset("的等、,。;:)和为是在被")
# An item of a programme, not its head: “千村引领”工程|项目 2758 个.
_CONTAINER = "项目"
# How far after a quote its head noun may end, and how far the head noun of a list.
_MIDDLE, _TAIL, _WIDEST = 14, 16, 18
_REACH = _MIDDLE + _TAIL + 8


class Evidence(NamedTuple):
    """A quote in its surroundings.

    Attributes:
        quote: The quote.
        lefts: Where the words may begin that directly precede the quote, the nearest first.
        owner: First character of the place or body that ends where the quote begins, or None.
        context: Class of the words before the quote (or before the list that it is in).
        head: The head noun that follows, or None.
        inner_head: The head noun that the quoted words end in, or None.
        list_head: The head noun after the list that the quote is in, or None.
        listed: Whether the quote is one of a list.
    """

    quote: Quote
    lefts: tuple[Edge, ...]
    owner: int | None
    context: str
    head: Found | None
    inner_head: Found | None
    list_head: Found | None
    listed: bool


def evidence(
    text: str, found: Sequence[Quote], edges: Edges, near: Neighbours, *, heads: Heads, contexts: Contexts
) -> list[Evidence]:
    """Return the evidence for each quote, in order."""
    nouns = _nouns(text, found, heads)
    starts = [noun.start for noun in nouns]
    result: list[Evidence] = []
    for group in _lists(text, found):
        first, last = group[0], group[-1]
        context = contexts.before(text, near.start_of.get(first.start, first.start))
        list_head = _list_head(text, last, nouns, starts, edges)
        for quote in group:
            owner = near.start_of.get(quote.start)
            own = contexts.before(text, quote.start if owner is None else owner)
            result.append(
                Evidence(
                    quote, _lefts(edges, near, quote.start), owner, own or context,
                    _head(quote, nouns, starts, edges), _inner(quote, nouns, starts),
                    list_head, len(group) > 1,
                )
            )  # fmt: skip
    return result


def _nouns(text: str, found: Sequence[Quote], heads: Heads) -> list[Found]:
    """Return the head nouns in and shortly after the quotes, in order."""
    # The rest of the text is blanked, so that one search finds them all where they stand.
    near: list[str] = []
    done = 0
    for quote in found:
        start, end = max(quote.start, done), min(quote.end + _REACH, len(text))
        if end > start:
            near += ["\n" * (start - done), text[start:end]]
            done = end
    return heads.find("".join(near))


def _lists(text: str, found: Sequence[Quote]) -> list[list[Quote]]:
    """Group the quotes that follow each other with nothing but a separator and an owner between.

    A quote inside another, and a mark without its partner, stand alone.
    """
    groups: list[list[Quote]] = []
    current: list[Quote] = []
    for quote in found:
        alone = quote.lost == "start" or (current and quote.start < current[-1].end)
        if not alone and current and _GAP.fullmatch(text, current[-1].end, quote.start):
            current.append(quote)
            continue
        groups.append([quote])
        if not alone:
            current = groups[-1]
    return groups


def _lefts(edges: Edges, near: Neighbours, at: int) -> tuple[Edge, ...]:
    """Return the nearest edge before a quote, and the nearest after a verb, a pause or a stop.

    A place or a body that directly precedes the quote owns what it names: the name begins at the quote.
    """
    lefts: list[Edge] = [Edge(at, NAME + near.ends[at][0].lower())] if at in near.ends else []
    for edge in edges.before(at):
        if at - edge.at > _WIDEST:
            break
        if not lefts or (edge.kind[0] in "vpdT" and edge.at < lefts[-1].at):
            lefts.append(edge)
        if edge.kind[0] in "vpdT":
            break
    return tuple(lefts) or (Edge(at, STOP),)


def _head(quote: Quote, nouns: Sequence[Found], starts: Sequence[int], edges: Edges) -> Found | None:
    """Return the head noun after a quote: the last strong one before a boundary, else the last weak one.

    A container that directly follows another is not taken: “千村引领”工程|项目 2758 个.
    """
    if quote.lost == "end":
        return None
    best: Found | None = None
    limit = max(edges.after(quote.end), quote.end + 1)
    for noun in islice(nouns, bisect_left(starts, quote.end), None):
        if noun.start >= limit or noun.start > quote.end + _MIDDLE:
            break
        if len(noun.noun) == 1 and edges.kind_at(noun.end) == NONE:
            continue
        if best is None or best.weak:
            best = noun
        elif not noun.weak and (noun.start > best.end or noun.noun != _CONTAINER):
            best = noun
    return best


def _inner(quote: Quote, nouns: Sequence[Found], starts: Sequence[int]) -> Found | None:
    i = bisect_left(starts, quote.inner_start)
    last: Found | None = None
    while i < len(nouns) and nouns[i].end <= quote.inner_end:
        last = nouns[i]
        i += 1
    return last if last and (last.end == quote.inner_end or quote.lost) else None


def _list_head(
    text: str, last: Quote, nouns: Sequence[Found], starts: Sequence[int], edges: Edges
) -> Found | None:
    tail = _LIST_TAIL.match(text, last.end)
    if not tail:
        return None
    i = bisect_left(starts, tail.end())
    while i < len(nouns) and nouns[i].start <= tail.end() + _TAIL:
        if STOP in edges.kinds_between(last.end, nouns[i].start):
            return None
        if not nouns[i].weak:
            return nouns[i]
        i += 1
    return None


def features(item: Evidence, text: str, form: str, left: Edge | None = None) -> list[str]:
    """Return what speaks for or against a reading of a quote, as keys of a weights table.

    `form` is bare (the quoted words), head (with the head noun), wide (with the words before it too) or
    whole (the words before it and the quote, without a head noun).
    """
    values = values_of(item, text, form, left or item.lefts[0])
    return [key for keys, value in zip(GROUPS, values, strict=True) for key in keys(value)]


def values_of(item: Evidence, text: str, form: str, left: Edge) -> tuple[Hashable, ...]:
    """Return the value of each group of features (GROUPS) for a reading of a quote."""
    quote, head, inner, of_list = item.quote, item.head, item.inner_head, item.list_head
    width = quote.start - left.at
    return (
        (form, item.context),
        (form, head.kind, head.noun, head.weak, _middle(head.start - quote.end)) if head else (),
        (form, inner.kind, inner.weak) if inner else (),
        (form, of_list.kind) if of_list else (),
        (form, _words(text[quote.inner_start : quote.inner_end])),
        (form, text[quote.end : quote.end + 1]),
        (
            form,
            "0" if not width else "1-4" if width < 5 else "5-9" if width < 10 else "10+",
            left.kind if left.kind[0] == NAME else left.kind[0],
            left is not item.lefts[0],
            width > 0 and text[quote.start - 1] in _OWNERS,
        ),
        (form, item.listed, quote.lost),
    )


def _middle(characters: int) -> str:
    return "0" if characters <= 0 else "1-4" if characters < 5 else "5+"


class Words(NamedTuple):
    """What can be seen of quoted words: how long they are, and which signs they hold."""

    length: str
    signs: tuple[str, ...]


# The readings of one quote follow each other.
@lru_cache(maxsize=256)
def _words(inner: str) -> Words:
    size = len(inner)
    signs = (
        ("comma", "," in inner or "。" in inner),
        ("pause", "、" in inner),
        ("sign", _NAME_SIGNS.search(inner) is not None),
        ("numeral", _NUMERAL.fullmatch(inner) is not None),
    )
    length = "1" if size < 2 else str(size) if size < 7 else "7-9" if size < 10 else "10+"
    return Words(length, tuple(name for name, is_there in signs if is_there))


def _of_context(value: tuple[str, str]) -> Iterable[str]:
    form, context = value
    return f"form:{form}", f"context:{context}", f"{form}:context:{context}"


def _of_head(value: tuple[str, str, str, bool, str] | tuple[()]) -> Iterable[str]:
    if not value:
        return ()
    form, kind, noun, weak, middle = value
    return f"{form}:kind:{kind}", f"head:{noun}", f"{form}:weak:{weak}", f"{form}:middle:{middle}"


def _of_inner_head(value: tuple[str, str, bool] | tuple[()]) -> Iterable[str]:
    if not value:
        return ()
    form, kind, weak = value
    return f"{form}:inner:{kind}", f"{form}:inner_weak:{weak}"


def _of_list(value: tuple[str, str] | tuple[()]) -> Iterable[str]:
    return (f"{value[0]}:list", f"{value[0]}:list:{value[1]}") if value else ()


def _of_words(value: tuple[str, Words]) -> Iterable[str]:
    form, words = value
    return f"{form}:length:{words.length}", *words.signs


def _of_following(value: tuple[str, str]) -> Iterable[str]:
    """Return what the character after the quote says: “甲—乙”的良性循环 names nothing."""
    form, following = value
    return (f"{form}:next:{following}",) if following in _FOLLOWING else ()


def _of_left(value: tuple[str, str, str, bool, bool]) -> Iterator[str]:
    form, width, edge, far, owned = value
    yield f"{form}:left:{width}"
    yield f"{form}:edge:{edge}"
    if far:
        yield "far"
    if owned:
        yield f"{form}:owner"


def _of_marks(value: tuple[str, bool, str]) -> Iterator[str]:
    form, listed, lost = value
    if listed:
        yield f"{form}:listed"
    if lost:
        yield f"{form}:lost:{lost}"


# The keys of each value in values_of.
GROUPS: tuple[Keys, ...] = (
    _of_context,
    _of_head,
    _of_inner_head,
    _of_list,
    _of_words,
    _of_following,
    _of_left,
    _of_marks,
)
