"""Named undertakings without quotes: 固体废物综合治理行动, 平安广西, 苏陕协作, the items before 等“十大工程”."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from swnlp.lexicon import Lexicon
from swnlp.model import NameModel
from swnlp.names.candidates import Candidate, Proposer
from swnlp.names.edges import edges_of
from swnlp.names.fixed import fixed_names
from swnlp.names.heads import Found, Limits, Neighbours, Reading
from swnlp.names.scoring import HeadRule, without_marks
from swnlp.names.search import word_search
from swnlp.resources import read_toml

# How often rules without weights were right on the training annotation.
_FIXED, _TITLE, _TITLE_BUILT, _PAIR, _STUDIED, _LISTED = 0.8, 0.6, 0.85, 0.9, 0.9, 0.7
_BUILT = "建设"
_STUDY_HEADS = ("学习教育", "主题教育", "实践活动")

# Campaigns of study and lists are searched for only before the head nouns that end them.
_STUDY = re.compile(
    r"(?:(?:深入)?学习贯彻|深入贯彻|党史|党纪|保持共产党员先进性|科学发展观|群众路线|[“‘\"]?不忘初心)"
    r"[^,。;:!?《》\n]{0,30}(?:学习教育|主题教育|实践活动)$"
)
# 实施甲、乙和丙等三项行动: the verb, the items, what they are.
_LIST = re.compile(
    r"(?:实施|开展|推进|启动|深化|抓好|谋划|加快(?!实施|推进|建设))"
    r"(?P<items>[^,。;:!?、《》\n“”]{3,40}(?:、[^,。;:!?、《》\n“”]{3,40}){0,12}?)"
    r"(?:等[“\"]?(?:[一二三四五六七八九十两\d]{1,3}[大项个])?|[“\"]?[一二三四五六七八九十两\d]{1,3}[大项个])(?:重点|专项)?$"
)
_NUMBER = re.compile(r"第[一二三四五六七八九十\d]{1,3}[次轮批]$")
_SEPARATOR = re.compile("[、和]")
_COUNTED = re.compile(r"\d+(?:余|多)?[个项家支名只座所处批场]")
_LIST_HEADS = ("行动", "专项行动", "工程", "计划", "改革", "攻坚", "重点工程")
_LIST_ENDS = frozenset("等大项个点专")
_COOPERATION = ("协作", "对口合作", "劳务协作")
_WIDEST_STUDY, _WIDEST_LIST = 44, 180


def head_rule(model: NameModel | None = None) -> HeadRule:
    """Return the rule of undertakings that end in a head noun."""
    return HeadRule("names_programs.toml", "PROGRAM", model, limits=Limits(least=2), keep=_uncounted)


def _uncounted(text: str, candidate_readings: Iterable[Reading]) -> Iterator[Reading]:
    """Leave out what is counted: 930个社区慈善基金 are a class."""
    for reading in without_marks(text, candidate_readings):
        if not _COUNTED.match(text, reading.start):
            yield reading


def proposer(lexicon: Lexicon, model: NameModel | None = None) -> Proposer:
    """Propose undertakings by their head noun, by their fixed name, or by their shape."""
    del lexicon  # known names are proposed by their own family
    rule = head_rule(model)
    table = read_toml("names_programs.toml")
    fixed = fixed_names(table["fixed"], "PROGRAM", "programs:fixed", _FIXED)
    titles = _titles(table["titles"])
    provinces = re.compile(rf"(?<![{(short := table['titles']['short'])}])[{short}]{{2,4}}(?:扶贫|劳务)?$")

    def propose(text: str, earlier: Sequence[Candidate]) -> Iterable[Candidate]:
        edges, near = edges_of(text), Neighbours(earlier)
        found = rule.heads.find(text)
        named = rule.readings(text, found, edges, near)
        return [
            *rule.candidates(text, named, edges, near),
            *(c for noun in found for c in _by_form(text, noun, provinces)),
            *(_with_number(text, candidate) for candidate in fixed(text)),
            *titles(text, earlier),
        ]

    return propose


def _with_number(text: str, candidate: Candidate) -> Candidate:
    """Return a fixed name with the number before it: 第五次|全国经济普查."""
    number = _NUMBER.search(text[max(0, candidate.start - 6) : candidate.start])
    return candidate._replace(start=candidate.start - len(number.group())) if number else candidate


def _by_form(text: str, noun: Found, provinces: re.Pattern[str]) -> Iterator[Candidate]:
    start, end, word, kind, _ = noun
    if word in _COOPERATION:
        if pair := provinces.search(text[max(0, start - 8) : start]):
            yield Candidate(start - len(pair.group()), end, "PROGRAM", kind, "programs:pair", _PAIR)
    elif word in _STUDY_HEADS:
        window = text[max(0, end - _WIDEST_STUDY) : end]
        if study := _STUDY.search(window):
            yield Candidate(end - len(study.group()), end, "PROGRAM", kind, "programs:study", _STUDIED)
    if word in _LIST_HEADS and start and text[start - 1] in _LIST_ENDS:
        base = max(0, start - _WIDEST_LIST)
        if match := _LIST.search(text[base:start]):
            yield from _items(match.group("items"), base + match.start("items"), kind)


def _items(items: str, start: int, kind: str) -> Iterator[Candidate]:
    """Propose the items of a list that share the head noun at its end; 和 separates only the last two."""
    if not _SEPARATOR.search(items):
        return
    pieces = re.split("(、)", items)
    if "和" in pieces[-1]:
        pieces[-1:] = re.split("(和)", pieces[-1], maxsplit=1)
    for piece in pieces:
        item = piece.removesuffix("等")
        if len(item) > 2:
            yield Candidate(start, start + len(item), "PROGRAM", kind, "programs:list", _LISTED)
        start += len(piece)


def _titles(table: Mapping[str, str]) -> Callable[[str, Sequence[Candidate]], Iterator[Candidate]]:
    """Return the finder of 平安 + place (+ 建设); places are those of the table and of earlier families."""
    titles = tuple(table["words"].split())
    known = word_search([title + place for title in titles for place in table["places"].split()])

    def find(text: str, earlier: Sequence[Candidate]) -> Iterator[Candidate]:
        for _, start, end in known.find_matches_as_indexes(text):
            yield _title(text, start, end)
        for place in earlier:
            if place.label == "PLACE" and place.start > 1 and text.startswith(titles, place.start - 2):
                yield _title(text, place.start - 2, place.end)

    return find


def _title(text: str, start: int, end: int) -> Candidate:
    if text.startswith(_BUILT, end):
        return Candidate(start, end + len(_BUILT), "PROGRAM", "campaign", "programs:title", _TITLE_BUILT)
    return Candidate(start, end, "PROGRAM", "campaign", "programs:title", _TITLE)
