"""Titles of documents without 《》: 天水市居家养老服务办法, 关于…的指导意见, “十四五”规划, and defined short forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from swnlp.model import NameModel
from swnlp.names.candidates import Candidate
from swnlp.names.documents.genres import genre_of
from swnlp.names.edges import Edges
from swnlp.names.fixed import fixed_names, occurrences
from swnlp.names.heads import Limits, Neighbours, Reading
from swnlp.names.scoring import HeadRule
from swnlp.resources import read_toml

LIMITS = Limits(widest=42, least=2, boundaries=5, pauses=True)
# How often rules without weights were right on the training annotation.
_PUBLISHED, _FIXED, _ABOUT, _ABOUT_ISSUED = 0.85, 0.93, 0.85, 0.9
_DEFINED, _SHORT, _SHORT_LONG = 0.85, 0.55, 0.8
_WIDEST_ISSUER = 64

_TAIL = re.compile(
    r"\((?:试行|暂行|草案|修订|送审稿|征求意见稿|\d{4}年?(?:[—–~至-]{1,2}\d{2,4}年?)?(?:度|版|本|修订|年度)?)\)"
)
# 鞍山市民政局 关于开展…专项行动的通知: from the issuer, if the line begins with it.
_ABOUT_TITLE = re.compile(
    r"关于(?:[^。;!?《》〈〉\n]|《[^《》\n]{1,60}》|〈[^〈〉\n]{1,60}〉){3,70}?的"
    r"(?:实施意见|指导意见|若干意见|意见|通知|决定|答复|批复|函|通告|公告|若干措施|实施方案|若干规定|暂行办法)"
)
_ISSUER = re.compile(r"[一-鿿()]{2}[一-鿿() ]{0,60}(?:[厅局委部院府办会]|中央) ?")
_LINE_START = re.compile(r".*[\n。;:\u3000]", re.DOTALL)
_SHORT_FORM = re.compile(r"[简下统]称为?[“\"《「『]([^“”\"《》「」『』]{2,12})[”\"》」』]")
# Genre words of two nouns are hardly ever ordinary words.
_TITLE_NOUNS = (
    "若干措施", "若干意见", "若干规定", "实施意见", "指导意见", "实施方案", "行动方案", "工作方案", "总体方案",
    "实施办法", "管理办法", "暂行办法", "实施细则", "暂行规定", "规划纲要",
)  # fmt: skip
_SHORTEST_PUBLISHED = 7
_LAW_GOES_ON = tuple("律规院庭官学治制定人宝子")
_QUOTES = re.compile(r"[“”\"「」‘’『』]")
_QUOTED_PLAN = re.compile(r"[“\"「『]([^“”\"「」『』]{2,20})[”\"」』](?:[三五]年)?(?:行动)?计划")
_PERIOD = re.compile(r"十[一二三四五六]五|二十[一二三四]?五|[0-9一二三四五六七八九十+]+|互联网\+")
_TITLE_MARKS = re.compile(r"[《》〈〉]")


def head_rule(model: NameModel | None = None) -> HeadRule:
    """Return the rule of titles that end in a genre word."""
    return HeadRule("names_documents.toml", "POLICY", model, heads="plain", limits=LIMITS, keep=whole_titles)


class Documents:
    """The finder of titles without brackets."""

    def __init__(self, model: NameModel | None = None) -> None:
        self.rule = head_rule(model)
        self._fixed = fixed_names(
            read_toml("names_documents.toml")["fixed"], "POLICY", "documents:fixed", _FIXED
        )

    def find(
        self, text: str, edges: Edges, near: Neighbours, bracketed: Sequence[Candidate]
    ) -> Iterator[Candidate]:
        """Yield titles without brackets."""
        found = self.rule.readings(text, self.rule.heads.find(text), edges, near)
        for candidate in self.rule.candidates(text, found, edges, near):
            score = max(candidate.score, _PUBLISHED) if self._published(text, candidate) else candidate.score
            yield candidate._replace(end=tail_end(text, candidate.end), score=score)
        yield from (
            c for c in self._fixed(text) if c.kind != "law" or not text.startswith(_LAW_GOES_ON, c.end)
        )
        yield from _about(text)
        yield from _short_forms(text, bracketed)

    def _published(self, text: str, candidate: Candidate) -> bool:
        """Return whether a title stands after a verb of publishing: 制定了|进一步加强…若干措施."""
        return (
            candidate.end - candidate.start > _SHORTEST_PUBLISHED
            and text.endswith(_TITLE_NOUNS, candidate.start, candidate.end)
            and self.rule.contexts.before(text, candidate.start) == "publishing"
        )


def whole_titles(text: str, candidate_readings: Iterable[Reading]) -> Iterator[Reading]:
    """Yield the readings that break no quotes and no words: 环境监管法|律 is no law."""
    for reading in candidate_readings:
        if reading.kind == "law" and text.startswith(_LAW_GOES_ON, reading.end):
            continue
        if well_formed(text, reading) and not _is_undertaking(text, reading):
            yield reading


def _is_undertaking(text: str, reading: Reading) -> bool:
    """Return whether a reading is a quoted name with 行动计划 behind it (“才聚龙岩”|行动计划), but not “十四五”|行动计划."""
    quoted = _QUOTED_PLAN.fullmatch(text, reading.start, reading.end)
    return quoted is not None and not _PERIOD.fullmatch(quoted.group(1))


def well_formed(text: str, reading: Reading) -> bool:
    """Return whether a reading breaks no pair of quotes and crosses no bracketed title."""
    if "q" not in reading.inside:
        return True
    if _TITLE_MARKS.search(text, reading.start, reading.end):
        return False
    marks = _QUOTES.findall(text, reading.start, reading.end)
    return len(marks) % 2 == 0 and (not marks or marks[0] in '“"「『‘” ')


def tail_end(text: str, end: int) -> int:
    """Return the end of a title with what stands in brackets after its genre word: (试行), (2023-2025年)."""
    tail = _TAIL.match(text, end)
    return tail.end() if tail else end


def _about(text: str) -> Iterator[Candidate]:
    for match in _ABOUT_TITLE.finditer(text):
        start, end = match.start(), tail_end(text, match.end())
        yield Candidate(start, end, "POLICY", "opinion", "documents:about", _ABOUT)
        before = text[max(0, start - _WIDEST_ISSUER) : start]
        boundary = _LINE_START.match(before)
        issuer = before[boundary.end() :] if boundary else before
        if _ISSUER.fullmatch(issuer):
            yield Candidate(start - len(issuer), end, "POLICY", "opinion", "documents:issued", _ABOUT_ISSUED)


def _short_forms(text: str, bracketed: Sequence[Candidate]) -> Iterator[Candidate]:
    """Propose a defined short form and its later uses: 以下简称《若干措施》 … 依据若干措施."""
    kinds = {text[c.start : c.end]: c.kind for c in bracketed if c.label == "POLICY"}
    defined: dict[str, tuple[int, str]] = {}
    for match in _SHORT_FORM.finditer(text):
        if kind := kinds.get(match.group(1)) or genre_of(match.group(1)):
            defined.setdefault(match.group(1), (match.end(), kind))
            yield Candidate(*match.span(1), "POLICY", kind, "documents:defined", _DEFINED)
    for name, (after, kind) in defined.items():
        score = _SHORT_LONG if len(name) > 3 else _SHORT
        for start, end in occurrences(text, name, after):
            if text[start - 1] not in "《〈":
                yield Candidate(start, end, "POLICY", kind, "documents:short", score)
