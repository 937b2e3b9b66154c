"""How likely a reading of a head noun is a name: features, and weights fitted on annotated reports."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from math import exp
from operator import getitem
from typing import Any

from swnlp.model import NameModel, shipped_model
from swnlp.names import edges as e
from swnlp.names.candidates import Candidate
from swnlp.names.edges import Edges
from swnlp.names.heads import Found, Heads, Limits, Neighbours, Reading, readings
from swnlp.resources import read_toml

# A reading that is less likely than this is not worth proposing.
LEAST = 0.1

# Values of features that are remembered, per group: in a hostile text there is no end of them.
_MOST_REMEMBERED = 5_000

_OPENING = ("“", "「", "‘", "『", '"', "《")
_MARKS = re.compile('[“”"「」‘’『』《》]')
# A title stands on a line of its own.
_LINE = "\n\u3000"
_NUMBER = re.compile(r"第[一二三四五六七八九十百零〇\d]{1,4}[届次]|首届|首期|20\d\d(?:年度?|[(中])")
_NUMBER_BEFORE = re.compile(r"(?:第[一二三四五六七八九十百零〇\d]{1,4}[届次]|首届|首期)$")
_GRAND = ("中国", "国际", "世界", "全国", "中华", "全省", "亚洲", "国家")
_ANY = Limits()
_NUMBERED_KINDS = ("congress", "meeting", "festival", "games", "contest", "fair")


# A value of a group of features -> what it is called in a table of weights.
Keys = Callable[[Any], Iterable[str]]


class Weights:
    """The weights of a logistic regression."""

    def __init__(self, table: Mapping[str, float]) -> None:
        self._table = dict(table)
        self._bias = self._table.pop("bias", 0.0)

    def score(self, keys: Iterable[str]) -> float:
        """Return how likely a reading with these features is a name, 0 to 1."""
        return self.likely(self.total(keys))

    def total(self, keys: Iterable[str]) -> float:
        """Return the sum of the weights of features."""
        get = self._table.get
        return sum(get(key, 0.0) for key in keys)

    def likely(self, total: float) -> float:
        """Return the score for a sum of weights, to six digits: sums differ in the last by their order."""
        return round(1 / (1 + exp(-self._bias - total)), 6)


class Totals(dict[Hashable, float]):
    """The sums of weights for the values of one group of features, computed once each."""

    def __init__(self, weights: Weights, keys: Keys) -> None:
        super().__init__()
        self._weights, self._keys = weights, keys

    def __missing__(self, value: Hashable) -> float:
        total = self._weights.total(self._keys(value))
        if len(self) < _MOST_REMEMBERED:
            self[value] = total
        return total


class Scores:
    """Scores readings by the values of their groups of features, from remembered sums."""

    def __init__(self, weights: Weights, groups: Sequence[Keys]) -> None:
        self._totals = tuple(Totals(weights, keys) for keys in groups)
        self._likely = weights.likely

    def of(self, values: Iterable[Hashable]) -> float:
        """Return how likely a reading is a name, 0 to 1; one value for each group."""
        return self._likely(sum(map(getitem, self._totals, values)))


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


# A text and readings of its head nouns -> those that are this family's.
Keep = Callable[[str, Iterable[Reading]], Iterable[Reading]]


def without_marks(text: str, candidate_readings: Iterable[Reading]) -> Iterator[Reading]:
    """Yield the readings that hold no quotes and no 《》: those belong to other families."""
    for reading in candidate_readings:
        if "q" not in reading.inside or not _MARKS.search(text, reading.start, reading.end):
            yield reading


class HeadRule:
    """Finds the names of one label by their head nouns, with the words of one resource and the weights of a model."""

    def __init__(
        self,
        resource: str,
        label: str,
        model: NameModel | None = None,
        *,
        heads: str = "heads",
        limits: Limits = _ANY,
        keep: Keep = without_marks,
    ) -> None:
        table = read_toml(resource)
        self.heads = Heads(table[heads], table["guards"]["words"].split())
        self.contexts = Contexts(table["contexts"])
        self.label = label
        self._scores = Scores(Weights((model or shipped_model()).weights(label)), _GROUPS)
        self._method = f"{resource.removeprefix('names_').removesuffix('.toml')}:head"
        self._limits = limits
        self._keep = keep

    def readings(
        self, text: str, found: Sequence[Found], edges: Edges, near: Neighbours
    ) -> Iterable[Reading]:
        """Return the readings of the head nouns that are for this rule to score."""
        return self._keep(text, readings(text, found, edges, near, self._limits))

    def candidates(
        self, text: str, candidate_readings: Iterable[Reading], edges: Edges, near: Neighbours
    ) -> Iterator[Candidate]:
        """Yield the readings that are likely enough, scored."""
        score_of, contexts, label = self._scores.of, self.contexts, self.label
        for reading in candidate_readings:
            score = score_of(_values(reading, text, edges, near, contexts))
            if score >= LEAST:
                yield Candidate(reading.start, reading.end, label, reading.kind, self._method, score)


def features(reading: Reading, text: str, edges: Edges, near: Neighbours, contexts: Contexts) -> list[str]:
    """Return what speaks for or against a reading, as keys of a weights table."""
    values = _values(reading, text, edges, near, contexts)
    return [key for keys, value in zip(_GROUPS, values, strict=True) for key in keys(value)]


def _values(
    reading: Reading, text: str, edges: Edges, near: Neighbours, contexts: Contexts
) -> tuple[Hashable, ...]:
    """Return the value of each group of features (_GROUPS) for a reading."""
    start, end, head, kind, edge, after, inside, modifier, after_item = reading
    kind_at = edges.kind_at
    mark = ""
    if edge == e.MARK:
        mark = "quoted" if text[start - 1] in _OPENING else "after_quote"
    line = (end == len(text) or text[end] in _LINE) and (start == 0 or text[start - 1] in _LINE)
    return (
        (kind, head),
        edge,
        modifier,
        "open" if text.startswith(_OPENING, end) else kind_at(end),
        kind_at(start),
        inside,
        contexts.before(text, after),
        after_item,
        mark,
        near.starts.get(start),
        near.ends.get(start) if edge != e.NAME else None,
        line,
        tuple(_numbers(text, start, end)) if kind in _NUMBERED_KINDS else (),
    )


def _of_edge(edge: str) -> list[str]:
    if edge[0] == e.OPENER:
        return ["edge:" + (edge[1:] or edge), "opener"]
    return ["edge:" + edge]


# The keys of each value in _values.
_GROUPS: tuple[Keys, ...] = (
    lambda noun: ("kind:" + noun[0], "head:" + noun[1]),
    _of_edge,
    lambda modifier: ("length:" + _length(modifier),),
    lambda following: ("next:" + following.strip(e.NONE),),
    lambda first: ("first:" + first.strip(e.NONE),),
    lambda inside: ["inside:" + each for each in sorted(set(inside))],
    lambda context: ("context:" + context,) if context else (),
    lambda after_item: ("after_item",) if after_item else (),
    lambda mark: (mark,) if mark else (),
    lambda label: ("starts:" + label,) if label else (),
    lambda label: ("after:" + label,) if label else (),
    lambda line: ("line",) if line else (),
    lambda numbers: numbers,
)


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
