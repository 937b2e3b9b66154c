"""Names in quotes, with the head noun that follows them: “板凳议事”六步工作法, “甲”“乙”、“丙”等项目.

A slogan in quotes names nothing. So each reading of a quote (the quoted words, with the head noun, with the words
before) is scored by the evidence around it, with the weights of a model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from swnlp.lexicon import Lexicon
from swnlp.model import NameModel, shipped_model
from swnlp.names.candidates import Candidate, Proposer
from swnlp.names.edges import Edge, edges_of
from swnlp.names.heads import Heads, Neighbours
from swnlp.names.quoted.evidence import GROUPS, Evidence, evidence, values_of
from swnlp.names.quoted.quotes import quotes
from swnlp.names.scoring import LEAST, Contexts, Scores, Weights
from swnlp.names.search import word_search
from swnlp.resources import read_toml

# How often rules without weights were right on the training annotation.
_POLICY, _BEHIND, _BODY, _EVENT, _HALF, _OF, _FULL = 0.9, 0.65, 0.8, 0.8, 0.75, 0.75, 0.7
_HONOUR_WON, _WON, _HONOUR = 0.95, 0.75, 0.6
# Readings of one quote exclude each other: where their scores add up to this, it is a name in one of them, and if what
# stands before it turns out to be names of their own, the shortest is left.
_SOME_READING, _FALLBACK = 0.8, 0.55
# “社工+志愿者”的平潭模式.
_OF_MODEL = re.compile(r"的[一-鿿]{2,6}?(?:模式|经验|样板)")
# Names in quotes that are no undertakings.
_SERVED = ("GROUP", "ACTOR")
# 第二届“百家善宴”慈善活动
_NUMBER_BEFORE = re.compile(r"(?:第[一二三四五六七八九十百零〇\d]{1,4}[届次]|首届)$")
_LONGEST_NUMBER = 7
_SHORTEST_WON, _SHORTEST_TITLE, _SHORTEST_FULL = 3, 5, 6
_LABELS = {"policy": ("POLICY", _POLICY), "body": ("ORG", _BODY), "event": ("EVENT", _EVENT)}
_WON_CONTEXT = "winning"
# A name this short means too many other things when it stands without its quotes.
_SHORTEST_REPEAT, _REPEAT, _SURE = 3, 0.75, 0.6


class Form(NamedTuple):
    """A reading of a quote: its span and how it was read (see evidence.values_of)."""

    start: int
    end: int
    form: str
    left: Edge | None = None


def proposer(lexicon: Lexicon, model: NameModel | None = None) -> Proposer:
    """Propose what quotes name: undertakings, documents, teams, events and honours."""
    del lexicon  # known names are proposed by their own family
    contexts = quoted_contexts()
    scores = Scores(Weights((model or shipped_model()).weights("quoted")), GROUPS)
    heads = quoted_heads()

    def propose(text: str, earlier: Sequence[Candidate]) -> Iterable[Candidate]:
        found = quotes(text)
        if not found:
            return []
        items = evidence(text, found, edges_of(text), Neighbours(earlier), heads=heads, contexts=contexts)
        served = {(c.start, c.end) for c in earlier if c.label in _SERVED}
        candidates = [
            c
            for item in items
            if (item.quote.inner_start, item.quote.inner_end) not in served
            for c in _of_quote(text, item, scores)
        ]
        return [*candidates, *_repeats(text, candidates)]

    return propose


@cache
def quoted_contexts() -> Contexts:
    """Return the classes of words before a quote."""
    return Contexts(read_toml("names_programs.toml")["contexts"])


@cache
def quoted_heads() -> Heads:
    """Return every head noun that may follow a quote; the kind of those that are no PROGRAM says what they are."""
    table = read_toml("names_programs.toml")
    genres = read_toml("names_documents.toml")["quoted"]
    strong = dict(table["heads"])
    strong |= {f"policy:{kind}": words for kind, words in genres.items()}
    strong |= {f"body:{kind}": words for kind, words in table["quoted_bodies"].items()}
    strong |= {f"event:{kind}": words for kind, words in table["quoted_events"].items()}
    return Heads(strong, table["guards"]["words"].split(), table["quoted_heads"])


def forms(item: Evidence) -> Iterator[Form]:
    """Yield the readings of a quote."""
    quote, head = item.quote, item.head
    whole_name = quote.lost != "start"
    if whole_name:
        inner_end = item.inner_head.end if quote.lost and item.inner_head else quote.inner_end
        yield Form(quote.inner_start, inner_end, "bare")
        if head:
            yield Form(quote.start, head.end, "head")
    if head and item.owner is not None:
        yield Form(item.owner, head.end, "owned")
    for left in item.lefts:
        if left.at < quote.start:
            if head:
                yield Form(left.at, head.end, "wide", left)
            if whole_name:
                yield Form(left.at, quote.end, "whole", left)


def _of_quote(text: str, item: Evidence, scores: Scores) -> Iterator[Candidate]:
    head = item.inner_head if item.head is None else item.head
    what, _, kind = (head.kind if head else "").rpartition(":")
    if what in _LABELS:
        for form in forms(item):
            yield from _of_other(text, item, form, what, kind)
    else:
        yield from _of_undertaking(text, item, scores, kind)
    if (match := _OF_MODEL.match(text, item.quote.end)) and not item.quote.lost:
        yield Candidate(item.quote.start, match.end(), "PROGRAM", "model", "quoted:of", _OF)
    yield from _honours(text, item)


def _of_undertaking(text: str, item: Evidence, scores: Scores, kind: str) -> Iterator[Candidate]:
    """Propose an undertaking in each of its readings; a place or a body owns it and is no part of its name."""
    scored = [
        (form, scores.of(values_of(item, text, form.form, form.left or item.lefts[0])))
        for form in forms(item)
        if form.form != "owned"
    ]
    with_head = sum(score for form, score in scored if form.form in ("head", "wide"))
    for form, score in scored:
        if item.quote.lost == "start" and form.form == "wide" and form.left is item.lefts[0]:
            score = max(score, _HALF)
        elif form.form == "bare" and _is_full_name(text, item):
            score = max(score, _FULL)
        elif form.form == "head" and with_head >= _SOME_READING:
            score = max(score, _FALLBACK)
        if score >= LEAST:
            named = kind or (item.list_head.kind if item.list_head else "named")
            yield Candidate(form.start, form.end, "PROGRAM", named, f"quoted:{form.form}", score)


def _is_full_name(text: str, item: Evidence) -> bool:
    """Return whether the quotes hold a whole name, its head noun included, that was not won."""
    quote, head = item.quote, item.inner_head
    return (
        item.head is None
        and head is not None
        and not head.weak
        and item.context != _WON_CONTEXT
        and quote.inner_end - quote.inner_start >= _SHORTEST_FULL
        and "," not in text[quote.inner_start : quote.inner_end]
    )


def _of_other(text: str, item: Evidence, form: Form, what: str, kind: str) -> Iterator[Candidate]:
    """Propose a document, a body or an event; the place or body before it begins a document's name."""
    label, score = _LABELS[what]
    if what == "policy" and form.form != "bare":
        score = _title_score(item, form)
        if not score:
            return
    elif form.form != "head" and (form.form != "bare" or item.head is not None):
        return
    start = form.start
    if what == "event" and (number := _NUMBER_BEFORE.search(text, max(0, start - _LONGEST_NUMBER), start)):
        start = number.start()
    yield Candidate(start, form.end, label, kind, f"quoted:{form.form}", score)


def _title_score(item: Evidence, form: Form) -> float:
    """Return the score of a document's title with a quote in it, by where it begins."""
    begins = item.owner if item.owner is not None else item.lefts[0].at
    if form.form == "whole":
        return 0.0
    if form.start == begins:
        return _POLICY if item.owner is not None or form.form == "head" else _BEHIND
    return _BEHIND if form.form == "head" else _BEHIND - 0.1


def _honours(text: str, item: Evidence) -> Iterator[Candidate]:
    """Propose a title that was won: 被授予“河南省抗击疫情优秀社工团队”称号."""
    quote = item.quote
    won = item.context == _WON_CONTEXT or text.startswith(_honours_table("after"), quote.end)
    name = text[quote.inner_start : quote.inner_end]
    titled = name.endswith(_honours_table("nouns")) and not name.endswith("白名单")
    if quote.lost or len(name) < (_SHORTEST_WON if won else _SHORTEST_TITLE):
        return
    if won:
        sure = titled or name.endswith(_honours_table("weak"))
        yield Candidate(
            quote.inner_start,
            quote.inner_end,
            "WORK",
            "honour",
            "quoted:honour",
            _HONOUR_WON if sure else _WON,
        )
    elif titled and not item.head:
        yield Candidate(quote.inner_start, quote.inner_end, "WORK", "honour", "quoted:honour", _HONOUR)


@cache
def _honours_table(key: str) -> tuple[str, ...]:
    table = read_toml("names_works.toml")
    words = table["honours"][key].split()
    if key == "nouns":
        words += [word for row in table["heads"].values() for word in row.split()]
    return tuple(words)


def _repeats(text: str, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Propose the later uses, without quotes, of a name that was introduced in quotes."""
    first: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate.method == "quoted:bare" and candidate.label == "PROGRAM" and candidate.score >= _SURE:
            name = text[candidate.start : candidate.end]
            if len(name) >= _SHORTEST_REPEAT:
                first.setdefault(name, candidate)
    if not first:
        return
    names = list(first)
    automaton = word_search(names)
    for i, start, end in automaton.find_matches_as_indexes(text):
        origin = first[names[i]]
        if start >= origin.end and text[start - 1] not in '“‘「『"':
            yield origin._replace(start=start, end=end, method="quoted:again", score=_REPEAT)
