"""Documents and works by their brackets, and documents by their number.

《…》 is a POLICY if its title ends in a genre word, else a WORK. Titles without brackets are found in
plain.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from swnlp.lexicon import Lexicon
from swnlp.model import NameModel
from swnlp.names.candidates import Candidate, Proposer
from swnlp.names.documents.genres import genre_of
from swnlp.names.documents.plain import Documents
from swnlp.names.edges import Edges, edges_of
from swnlp.names.heads import Neighbours
from swnlp.resources import read_toml

# How often each rule was right on the training annotation.
_POLICY, _WORK, _WORK_SURE, _INNER, _UNCLOSED = 0.97, 0.85, 0.95, 0.6, 0.6
_NUMBER, _NUMBER_OF_TITLE = 0.9, 0.3
_LONGEST = 120

# What is not the report comes as runs of line feeds.
_BRACKETS = re.compile(r"[《》〈〉]|\n+")
_CLOSES = {"》": "《", "〉": "〈"}
# 粤民字〔2012〕187号, 财政部令第102号.
_DOC_NUMBER = re.compile(
    r"[〔\[(]\s?(?:19|20)\d\d\s?[〕\])]\s?(?:第\s?)?\d{1,5}\s?号(?:文(?!件))?|令第\s?\d{1,4}\s?号"
)
_ISSUER_CODE = re.compile(r"[一-鿿]{1,12}$")
_AFTER_TITLE = re.compile(r"[》”]\s?\($")


def proposer(lexicon: Lexicon, model: NameModel | None = None) -> Proposer:
    """Propose titles in 《》, titles without them, and document numbers."""
    del lexicon  # known names are proposed by their own family
    plain = Documents(model)

    def propose(text: str, earlier: Sequence[Candidate]) -> Iterable[Candidate]:
        edges = edges_of(text)
        bracketed = list(_bracketed(text))
        titles = plain.find(text, edges, Neighbours(earlier), bracketed)
        return [*bracketed, *_numbers(text, edges), *titles]

    return propose


def _bracketed(text: str) -> Iterator[Candidate]:
    for start, end, depth in _pairs(text):
        label, kind, score = _type(text, start, end)
        if depth:
            score = min(score, _INNER)
        yield Candidate(start, end, label, kind, "documents:bracketed", score)


def _pairs(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, depth) of the stretches inside brackets, the brackets left out."""
    opened: list[tuple[int, str]] = []
    for match in _BRACKETS.finditer(text):
        mark, at = match.group(), match.start()
        if mark[0] == "\n":
            opened.clear()
        elif mark in "《〈":
            opened.append((at + 1, mark))
        else:
            while opened and opened[-1][1] != _CLOSES[mark]:
                opened.pop()
            start = opened.pop()[0] if opened else at
            if 0 < at - start <= _LONGEST:
                yield start, at, len(opened)


def _type(text: str, start: int, end: int) -> tuple[str, str, float]:
    """Return label, kind and score of a title from its genre word and the words around it."""
    before, after = text[max(0, start - 7) : start - 1], text[end + 1 : end + 5]
    if before.endswith(_work_words("before")) or after.startswith(_work_words("after")):
        return "WORK", "title", _WORK_SURE
    title = text[start:end]
    if kind := genre_of(title):
        return "POLICY", kind, _POLICY
    return "WORK", "title", _WORK


@cache
def _work_words(where: str) -> tuple[str, ...]:
    return tuple(read_toml("names_documents.toml")["works"][where].split())


def _numbers(text: str, edges: Edges) -> Iterator[Candidate]:
    for match in _DOC_NUMBER.finditer(text):
        at = match.start()
        code = _ISSUER_CODE.search(text[max(0, at - 12) : at])
        if code is None:
            continue
        begin = max(next(edges.before(at)).at, at - len(code.group()))
        score = _NUMBER_OF_TITLE if _AFTER_TITLE.search(text[max(0, begin - 3) : begin]) else _NUMBER
        if begin < at:
            yield Candidate(begin, match.end(), "POLICY", "number", "documents:number", score)
