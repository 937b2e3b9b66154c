"""Congresses, meetings, festivals, games and contests that have a name or a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from swnlp.lexicon import Lexicon
from swnlp.model import NameModel
from swnlp.names.candidates import Candidate, Proposer
from swnlp.names.edges import edges_of
from swnlp.names.fixed import fixed_names
from swnlp.names.heads import Found, Neighbours
from swnlp.names.scoring import HeadRule
from swnlp.resources import read_toml

# How often rules without weights were right on the training annotation.
_CONGRESS, _SESSION, _NATIONAL, _FIXED = 0.98, 0.95, 0.93, 0.85

_N = "[一二三四五六七八九十百零〇0-9]"
_PARTY_CONGRESS = re.compile(rf"党的(?:十{_N}?|二十{_N}?|三十{_N}?)大(?![常会代])")
_COMMITTEE = (
    "(?:(?:省|市|县|区|州|旗|盟|工|镇|乡|街道|师市|团|自治区|地区|自治州|自治县|兵团)(?:党)?委"
    "|(?:自治区|兵团|师市|团场|高新区|开发区)?党委)"
)
_LEVEL = "(?:全国|省|市|县|区|州|旗|自治区|自治州|自治县)"
_LEVEL_FIRST = re.compile(_LEVEL)
# Each ends where a head noun ends; searched only there, in the characters before it.
_FORMS: tuple[tuple[str, float, re.Pattern[str]], ...] = (
    (
        "congress",
        _CONGRESS,
        re.compile(
            rf"(?:(?:党的)?(?:十{_N}?|二十{_N}?)届(?:{_N}{{1,3}}中(?:、{_N}{{1,3}}中){{0,4}}|历次)全会"
            rf"|中国共产党第{_N}{{1,4}}次全国代表大会)$"
        ),
    ),
    (
        "congress",
        _SESSION,
        re.compile(
            rf"(?:{_COMMITTEE}第?{_N}{{1,3}}届(?:第)?{_N}{{1,3}}次(?:、{_N}{{1,3}}次){{0,4}}(?:全会|全体会议)"
            rf"|(?:{_LEVEL}?第?{_N}{{1,4}}届(?:全国|省|市|县|区|自治区)?(?:人大|人民代表大会|政协)"
            rf"|{_LEVEL}?(?:人大|政协)(?:第)?{_N}{{1,4}}届(?:全国委员会|委员会)?)(?:常委会)?第?{_N}{{1,3}}次(?:全体)?会议"
            rf"|{_LEVEL}(?:委|政府|委常委会|政府党组)?第?{_N}{{1,4}}届?(?:委常委会)?第?{_N}{{0,4}}次(?:常务会议|常委会会议)"
            rf"|{_LEVEL}第{_N}{{1,3}}次(?:党代会|党员代表大会|代表大会))$"
        ),
    ),
    (
        "meeting",
        _NATIONAL,
        re.compile(
            rf"(?:第{_N}{{1,3}}次(?:全国|中央|全省|全区)[一-鿿]{{2,12}}(?:会议|座谈会)"
            rf"|(?:中央|全国|全省|全区|全市|全州|全县|{_COMMITTEE})[一-鿿]{{2,10}}(?:工作会议|工作座谈会|长会议))$"
        ),
    ),
)
_WIDEST = 34


def head_rule(model: NameModel | None = None) -> HeadRule:
    """Return the rule of events that end in a head noun."""
    return HeadRule("names_events.toml", "EVENT", model)


def proposer(lexicon: Lexicon, model: NameModel | None = None) -> Proposer:
    """Propose events by their form, their head noun or, for festivals, their name."""
    del lexicon  # known names are proposed by their own family
    rule = head_rule(model)
    fixed = fixed_names(read_toml("names_events.toml")["fixed"], "EVENT", "events:fixed", _FIXED)

    def propose(text: str, earlier: Sequence[Candidate]) -> Iterable[Candidate]:
        edges, near = edges_of(text), Neighbours(earlier)
        found = rule.heads.find(text)
        named = rule.readings(text, found, edges, near)
        congresses = (m.span() for m in _PARTY_CONGRESS.finditer(text))
        return [
            *(Candidate(*span, "EVENT", "congress", "events:form", _CONGRESS) for span in congresses),
            *(c for noun in found for c in _by_form(text, noun, near)),
            *fixed(text),
            *rule.candidates(text, named, edges, near),
        ]

    return propose


def _by_form(text: str, noun: Found, near: Neighbours) -> Iterator[Candidate]:
    """Propose a session or a meeting of fixed form; the place whose body meets begins the name."""
    if noun.kind not in ("congress", "meeting"):
        return
    window = text[max(0, noun.end - _WIDEST) : noun.end]
    for kind, score, pattern in _FORMS:
        if match := pattern.search(window):
            start = noun.end - len(window) + match.start()
            level = _LEVEL_FIRST.match(text, start)
            for end in (start, level.end() if level else start):
                if near.ends.get(end) == "PLACE":
                    start = min(start, near.start_of[end])
            yield Candidate(start, noun.end, "EVENT", kind, "events:form", score)
            return
