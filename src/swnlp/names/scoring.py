"""How likely a reading of a head noun is a name: features, and weights fitted on annotated reports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import exp

from swnlp.names import edges as e
from swnlp.names.candidates import Candidate
from swnlp.names.edges import Edges
from swnlp.names.heads import Found, Heads, Limits, Neighbours, Reading, readings
from swnlp.resources import read_toml

# A reading that is less likely than this is not worth proposing.
LEAST = 0.1

_OPENING = ("“", "「", "‘", "『", '"', "《")
_MARKS = re.compile('[“”"「」‘’『』《》]')
# A title stands on a line of its own.
_LINE = "\n\u3000"
_NUMBER = re.compile(r"第[一二三四五六七八九十百零〇\d]{1,4}[届次]|首届|首期|20\d\d(?:年度?|[(中])")
_NUMBER_BEFORE = re.compile(r"(?:第[一二三四五六七八九十百零〇\d]{1,4}[届次]|首届|首期)$")
_GRAND = ("中国", "国际", "世界", "全国", "中华", "全省", "亚洲", "国家")
_ANY = Limits()
_NUMBERED_KINDS = ("congress", "meeting", "festival", "games", "contest", "fair")


class Weights:
    """The weights of a logistic regression."""

    def __init__(self, table: Mapping[str, float]) -> None:
        self._table = dict(table)
        self._bias = self._table.pop("bias", 0.0)

    def score(self, keys: Iterable[str]) -> float:
        """Return how likely a reading with these features is a name, 0 to 1."""
        get = self._table.get
        total = self._bias
        for key in keys:
            total += get(key, 0.0)
        return 1 / (1 + exp(-total))


class Contexts:
    """Classes of words that stand before a name."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._classes = {word: name for name, words in table.items() for word in words.split()}
        self._last = {word[-1] for word in self._classes}
        self._sizes = sorted({len(word) for word in self._classes}, reverse=True)

    def before(self, text: str, at: int) -> str:
        """Return the class of the longest word that ends at `at`, or an empty string."""
        if not at or text[at - 1] not in self._last:
            return ""
        for size in self._sizes:
            if size <= at and (name := self._classes.get(text[at - size : at])):
                return name
        return ""


class HeadRule:
    """Finds the names of one label by their head nouns; its words and weights stand in one resource."""

    def __init__(self, resource: str, label: str, *, heads: str = "heads", limits: Limits = _ANY) -> None:
        table = read_toml(resource)
        self.heads = Heads(table[heads], table["guards"]["words"].split())
        self.contexts = Contexts(table["contexts"])
        self.label = label
        self._weights = Weights(table["weights"])
        self._method = f"{resource.removeprefix('names_').removesuffix('.toml')}:head"
        self._limits = limits

    def readings(
        self, text: str, found: Sequence[Found], edges: Edges, near: Neighbours
    ) -> Iterator[Reading]:
        """Yield the readings of the head nouns."""
        return readings(text, found, edges, near, self._limits)

    def candidates(
        self, text: str, candidate_readings: Iterable[Reading], edges: Edges, near: Neighbours
    ) -> Iterator[Candidate]:
        """Yield the readings that are likely enough, scored."""
        score, contexts = self._weights.score, self.contexts
        for reading in candidate_readings:
            likely = score(features(reading, text, edges, near, contexts))
            if likely >= LEAST:
                yield Candidate(reading.start, reading.end, self.label, reading.kind, self._method, likely)


def without_marks(text: str, candidate_readings: Iterable[Reading]) -> Iterator[Reading]:
    """Yield the readings that hold no quotes and no 《》: those belong to other families."""
    for reading in candidate_readings:
        if "q" not in reading.inside or not _MARKS.search(text, reading.start, reading.end):
            yield reading


def features(reading: Reading, text: str, edges: Edges, near: Neighbours, contexts: Contexts) -> list[str]:
    """Return what speaks for or against a reading, as keys of a weights table."""
    start, end, head, kind, edge, after, inside, modifier, after_item = reading
    following = "open" if text.startswith(_OPENING, end) else edges.kind_at(end)
    keys = [
        "kind:" + kind,
        "head:" + head,
        "edge:" + (edge[1:] or edge if edge[0] == e.OPENER else edge),
        "length:" + _length(modifier),
        "next:" + following,
        "first:" + edges.kind_at(start),
    ]
    keys += ["inside:" + each for each in sorted(set(inside))]
    if context := contexts.before(text, after):
        keys.append("context:" + context)
    if edge[0] == e.OPENER:
        keys.append("opener")
    if after_item:
        keys.append("after_item")
    if edge == e.MARK:
        keys.append("quoted" if text[start - 1] in _OPENING else "after_quote")
    if start in near.starts:
        keys.append("starts:" + near.starts[start])
    if edge != e.NAME and start in near.ends:
        keys.append("after:" + near.ends[start])
    if (start == 0 or text[start - 1] in _LINE) and (end == len(text) or text[end] in _LINE):
        keys.append("line")
    if kind in _NUMBERED_KINDS:
        keys += _numbers(text, start, end)
    return keys


def _numbers(text: str, start: int, end: int) -> Iterator[str]:
    """Yield what a number (第三届), a year or a word like 国际 says: events have them."""
    if number := _NUMBER.search(text, start, end):
        yield "number:first" if number.start() == start else "number:inside"
    elif _NUMBER_BEFORE.search(text, max(0, start - 8), start):
        yield "number:before"
    if text.startswith(_GRAND, start):
        yield "grand"


def _length(modifier: int) -> str:
    if modifier < 7:
        return str(modifier)
    return "7-9" if modifier < 10 else "10-15" if modifier < 16 else "16+"
