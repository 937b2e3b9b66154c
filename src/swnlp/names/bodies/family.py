"""Bodies (ORG): organs by their grammar, institutions by their noun, each with its place, level or own name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from swnlp.lexicon import Lexicon
from swnlp.names.bodies.institutions import Institutions
from swnlp.names.bodies.organs import Body, Organs, Places
from swnlp.names.candidates import Candidate, Proposer
from swnlp.names.edges import edges_of
from swnlp.names.search import word_search
from swnlp.resources import read_toml

# Precision of each rule on the training annotation.
SCORES = {
    "place": 0.95,
    "level": 0.95,
    "chain": 0.9,
    "committee": 0.95,
    "department": 0.9,
    "bare": 0.95,
    "common": 0.9,
    "assumed": 0.65,
    "plural": 0.4,
    "institution": 0.9,
    "part": 0.9,
    "of_level": 0.9,
    "of_nation": 0.7,
    "council": 0.65,
    "quoted": 0.92,
    "strong": 0.8,
    # Two of three on the training annotation, but one of three in reports at large: nested at most.
    "free": 0.45,
    "alias": 0.85,
    "company": 0.7,
    "listed": 0.85,
}
_ALIAS = re.compile(
    r"\((?:以下|下)?(?:统称|简称)(?:为)?:?[“\"「‘]?([^“”\"「」‘’,。;()\n]{2,10})[”\"」’]?(?:或[“\"]([^”\"\n]{2,10})[”\"])?"
)
# A company is named first in a clause.
_CLAUSE_ENDS = ",。;:、\n"
# A short form that is a common noun (中心, 公司) means the body only where nothing stands before it.
_BEFORE_COMMON = "由与在对经和向让请是及"
# What a bureau's short form ends in, what may stand before it in a list, and after it.
_RANKS = frozenset("局委办厅")
_BEFORE_A_BUREAU = frozenset("pdvfc")
_LONGEST_FIELD = 5
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_BUREAU = re.compile(
    r"、([\u4e00-\u9fff]{1,4}[局委办厅])(?=[、,。;)]|等|和|及|与|主要|负责|有关|相关|[一二三四五六七八九十两\d]+[个家]|联合|共同|派)"
)


def proposer(lexicon: Lexicon) -> Proposer:
    """Compile the resource into a proposer of ORG candidates."""
    organs, institutions = Organs(), Institutions()
    companies = _companies()
    common = frozenset(read_toml("bodies.toml")["institutions"].split())

    def propose(view: str, earlier: Sequence[Candidate]) -> Iterator[Candidate]:
        places = Places(earlier)
        found = list(organs.find(view, places))
        found += institutions.find(view, places, found)
        found += _aliases(view, found, common)
        found += companies(view)
        found += _listed(view, found)
        for body in found:
            yield Candidate(body.start, body.end, "ORG", None, f"bodies:{body.rule}", SCORES[body.rule])

    return propose


def _listed(view: str, found: Sequence[Body]) -> Iterator[Body]:
    """Yield the bureaus that stand in a list with a body: 财政局、|城建局|、|优化办|等单位."""
    known = {(body.start, body.end) for body in found}
    new: set[tuple[int, int]] = set()
    stack = sorted(span for span in known if view[span[1] - 1] in _RANKS)
    while stack:
        start, end = stack.pop()
        for span in (_next_bureau(view, end), _bureau_before(view, start)):
            if span and span not in known:
                known.add(span)
                new.add(span)
                stack.append(span)
    yield from (Body(start, end, "listed") for start, end in sorted(new))


def _next_bureau(view: str, end: int) -> tuple[int, int] | None:
    match = _BUREAU.match(view, end)
    return match.span(1) if match else None


def _bureau_before(view: str, start: int) -> tuple[int, int] | None:
    if view[start - 1 : start] != "、" or view[start - 2 : start - 1] not in _RANKS:
        return None
    # 会同|优化|办: a field may be a verb, too.
    edge = next((edge for edge in edges_of(view).before(start - 2) if edge.at < start - 2), None)
    if edge is None or edge.kind[0] not in _BEFORE_A_BUREAU or start - 2 - edge.at > _LONGEST_FIELD:
        return None
    begin = edge.at + next((len(word) for word in _before_names() if view.startswith(word, edge.at)), 0)
    return (begin, start - 1) if start - 2 > begin and _HAN.fullmatch(view, begin, start - 1) else None


@cache
def _before_names() -> tuple[str, ...]:
    """Return the words of two characters or more after which a body's name begins."""
    return tuple(word for word in read_toml("bodies.toml")["breaks"].split() if len(word) > 1)


def _companies() -> Callable[[str], Iterator[Body]]:
    """Return the finder of a company's short name in a list of companies or before what companies do."""
    words = read_toml("bodies.toml")
    trades = words["trades"].split()
    trade = "|".join(sorted(trades, key=lambda word: (-len(word), word)))
    evidence = "|".join(words["evidence"].split())
    name = rf"[\u4e00-\u9fff]{{2,4}}(?:{trade})"
    rest = rf"(?:、{name}){{0,4}}"
    company = re.compile(
        rf"({name})(?={rest}(?:等[0-9一二三四五六七八九十]{{0,3}}[家个户].{{0,6}}企业|{evidence}))"
    )
    search = word_search(trades)

    def find(view: str) -> Iterator[Body]:
        begins = {
            trade - size
            for _, trade, _ in search.find_matches_as_indexes(view)
            for size in (2, 3, 4)
            if trade == size or (trade > size and view[trade - size - 1] in _CLAUSE_ENDS)
        }
        for begin in sorted(begins):
            if match := company.match(view, begin):
                yield Body(begin, match.end(), "company")

    return find


def _aliases(view: str, found: Iterable[Body], common: frozenset[str]) -> Iterator[Body]:
    """Yield the short forms that a text defines for its bodies, (以下简称“禾邦中心”), wherever they stand after that."""
    if "简称" not in view and "统称" not in view:
        return
    first: dict[str, int] = {}
    for end in sorted({body.end for body in found if SCORES[body.rule] > 0.5}):
        if match := _ALIAS.match(view, end):
            for group in (1, 2):
                if match[group]:
                    first.setdefault(match[group], match.start(group))
    if not first:
        return
    aliases = sorted(first)
    search = word_search(aliases)
    for i, start, end in search.find_matches_as_indexes(view):
        alias, before = aliases[i], view[start - 1 : start]
        free = alias not in common or not "\u4e00" <= before <= "\u9fff" or before in _BEFORE_COMMON
        if start == first[alias] or (start > first[alias] and free):
            yield Body(start, end, "alias")
