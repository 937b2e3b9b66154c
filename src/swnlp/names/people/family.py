"""People's names (PERSON), where a role, a label, a verb of speech or another name says that one stands there."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import rjieba
from ahocorasick_rs import AhoCorasick

from swnlp.lexicon import Lexicon
from swnlp.names.candidates import Candidate, Proposer
from swnlp.names.people.reading import CLOSING, NameReader
from swnlp.names.search import word_search
from swnlp.resources import read_toml

# Precision of each rule on the training annotation.
SCORES = {
    "leader": 0.97,
    "doctrine": 0.4,
    "label": 0.95,
    "title": 0.9,
    "class": 0.85,
    "honorific": 0.9,
    "list": 0.9,
    "giver": 0.8,
    "speech": 0.9,
    "dotted": 0.9,
    "marked": 0.85,
    "opening": 0.7,
    "typical": 0.8,
    "act": 0.8,
    "signed": 0.9,
    "foreign": 0.9,
    "again": 0.85,
    "familiar": 0.75,
}
_KINDS = (
    "titles", "classes", "labels", "givers", "speech", "acts", "honorifics", "leaders", "foreign", "abroad", "guards",
)  # fmt: skip

_DOCTRINE = re.compile(r"新时代|理论|[\u4e00-\u9fff]{0,4}思想")
_BRACKET = re.compile(r"\([^()\n]{1,30}\)")
_HONORIFIC = re.compile(r"先生|女士|同志|老师|教授")
_JOINT = re.compile(r"[、和与及,]|[ \u3000]{1,2}(?=[\u4e00-\u9fff]{2,4}[ \u3000,、。;\n)])")
# 社工|占一成: a share, though 占 is a surname.
_SHARE = re.compile(r"占[一二三四五六七八九十两半]")
_MOST_IN_LIST = 30
# Rules that have no role or label to go by.
_GUESSED = frozenset({"opening", "typical", "act", "speech"})
# After 村民 and the like: 村民林忠良|家.
_GOES_ON = re.compile(r"[说笑]|家[的里,。]|告诉|表示|介绍|坦言|感慨")
_COUNTED_LIST = re.compile(
    r"((?:[\u4e00-\u9fff]{2,3}、){1,10}[\u4e00-\u9fff]{2,3})[两二三四五六七八九十\d]{1,2}(?:位|名|人)"
)
# 市长 尚文轩, and at the head of a line 尚文轩 某某大学教授.
_SET_OFF = re.compile(r"[ \u3000]{1,2}([\u4e00-\u9fff]{2,4})(?=[\s,、。;:)]|$)")
_HEADLINE = re.compile(
    r"(?:^|\n)[ \u3000]*([\u4e00-\u9fff]{2,4})[ \u3000]{1,2}([^\n。,;:、]{2,40})(?=[\n。,;、]|$)"
)
# Places that are proposed only for completeness hide no name.
_SURE_PLACE = 0.5


def proposer(lexicon: Lexicon) -> Proposer:
    """Compile the resource into a proposer of PERSON candidates."""
    reader = NameReader()

    def propose(view: str, earlier: Sequence[Candidate]) -> Iterator[Candidate]:
        people = _People(view, reader, earlier)
        people.read_cues()
        people.read_openings()
        people.read_dotted()
        people.read_counted_lists()
        people.read_again()
        people.drop_inside()
        for (start, end), rule in sorted(people.found.items()):
            yield Candidate(start, end, "PERSON", None, f"people:{rule}", SCORES[rule])

    return propose


@cache
def _cues() -> tuple[AhoCorasick, list[frozenset[str]]]:
    """Return the automaton of the words beside names, and what each of them is."""
    words = read_toml("people.toml")
    kinds: dict[str, set[str]] = {}
    for kind in _KINDS:
        for word in words[kind].split():
            kinds.setdefault(word, set()).add(kind)
    surfaces = sorted(kinds)
    automaton = word_search(surfaces)
    return automaton, [frozenset(kinds[surface]) for surface in surfaces]


@cache
def _roles() -> tuple[str, ...]:
    return (*read_toml("people.toml")["titles"].split(), "家")


def _role_at_end(text: str) -> bool:
    return text.rstrip().endswith(_roles())


class _People:
    """The names of one text so far: `found` has the rule that found each, by (start, end)."""

    def __init__(self, view: str, reader: NameReader, earlier: Iterable[Candidate] = ()) -> None:
        self.view = view
        self.reader = reader
        self.found: dict[tuple[int, int], str] = {}
        self._title_ends: set[int] = set()
        sure = [c for c in earlier if c.label == "PLACE" and c.score > _SURE_PLACE and c.end - c.start > 1]
        self._places = sorted((c.start, c.end) for c in sure)
        self._place_ends = {c.end for c in sure}
        # Where the name of a country or of a foreign city ends.
        self._abroad = {c.end for c in sure if c.method.endswith(":fixed")}

    def read_cues(self) -> None:
        """Read the names beside roles, labels and verbs of speech."""
        automaton, kinds = _cues()
        for i, start, end in automaton.find_matches_as_indexes(self.view):
            kind = kinds[i]
            self._read_after(kind, start, end)
            if "foreign" in kind:
                self._read_foreign(start, end, abroad="abroad" in kind)
            if "speech" in kind or "honorifics" in kind:
                self._read_before(start, "speech" if "speech" in kind else "honorific")
            elif "acts" in kind:
                self._read_before(start, "act")

    def _read_after(self, kind: frozenset[str], start: int, end: int) -> None:
        if "leaders" in kind:
            self.found[start, end] = "doctrine" if _DOCTRINE.match(self.view, end) else "leader"
        if "titles" in kind:
            self._title_ends.add(end)
            self._read_list(end, "class" if "classes" in kind else "title")
            self._read_signed(end)
        elif "givers" in kind:
            self._read_list(end, "giver")
        if "labels" in kind and self.view[end : end + 1] in (":", " ", "\u3000"):
            self._read_list(end + 1, "label")

    def _read_list(self, at: int, rule: str) -> None:
        """Read a name at `at`, and those that follow it in a list."""
        if _SHARE.match(self.view, at):
            return
        name = self.reader.read(self.view, at, sure=rule == "label") if at < len(self.view) else None
        if not name or (rule == "giver" and name.doubtful):
            return
        if rule == "class" and not (
            self.reader.is_typical(self.view[at : name.end])
            or self.reader.looks_like_one(self.view, at, name.end)
            or (self.reader.is_sure(self.view, at, name.end) and _GOES_ON.match(self.view, name.end))
        ):
            return
        self.found.setdefault((at, name.end), rule)
        self._read_on(name.end, sure=rule == "label")

    def _read_signed(self, end: int) -> None:
        """Read a name that is set off from a role by space: 市长 尚文轩."""
        if found := _SET_OFF.match(self.view, end):
            start, last = found.span(1)
            last -= self.view[last - 1] == "摄"
            if self.reader.exact(self.view, start, last, sure=True):
                self.found.setdefault((start, last), "signed")

    def _read_on(self, end: int, *, sure: bool = False) -> None:
        """Read the names that follow one in a list: 王芳、李强(县民政局)、张敏."""
        for _ in range(_MOST_IN_LIST):
            for pattern in (_HONORIFIC, _BRACKET):
                if aside := pattern.match(self.view, end):
                    end = aside.end()
            joint = _JOINT.match(self.view, end)
            name = self.reader.read(self.view, joint.end(), sure=sure) if joint else None
            if not joint or not name:
                return
            self.found.setdefault((joint.end(), name.end), "list")
            end = name.end

    def _read_foreign(self, start: int, end: int, *, abroad: bool) -> None:
        """Read a transliterated name after the role of a foreign leader (法国总统马克龙) or before it (菲利普总理)."""
        lands = {start, start - 1} if self.view[start - 1 : start] in "市州" else {start}
        if (abroad or lands & self._abroad) and (found := self.reader.foreign.match(self.view, end)):
            last = self.reader.trimmed(self.view, found.end())
            if last - end > 2:
                self.found[end, last] = "foreign"
                self._read_on(last)
        before = self.reader.foreign_before(self.view, start)
        if start - before > 2 and start not in self._place_ends:
            self.found.setdefault((before, start), "foreign")

    def _read_before(self, end: int, rule: str) -> None:
        """Read the name that ends at `end`, if it begins where a clause does or after a title."""
        for length in (3, 2, 4):
            start = end - length
            if rule == "act" and not (
                length == 3 or (length == 2 and self.reader.is_sure(self.view, start, end))
            ):
                continue
            if start < 0 or not (start == 0 or self.view[start - 1] in CLOSING or start in self._title_ends):
                continue
            # Under a photograph nothing but a name stands before 摄, even if it is a word (马上 摄).
            sure = self.view[end] == "摄"
            if self.reader.exact(self.view, start, end, sure=sure) or self.reader.parts(
                self.view, start, end
            ):
                self.found.setdefault((start, end), rule)
                self._read_on(end)
                return

    def read_openings(self) -> None:
        """Find whole names where a clause begins, by their characters and the segmenter's own guess."""
        for match in self.reader.openings.finditer(self.view):
            start, end = match.span(1)
            before = self.view[start - 1 : start]
            if before not in "、的" and self.view[end : end + 1] in (":", "("):
                self.found.setdefault((start, end), "marked")
            elif before not in "、的" and self.reader.looks_like_one(self.view, start, end):
                self.found.setdefault((start, end), "opening")
            elif self._may_be_item(start, end) and self.reader.stands_out(self.view, start, end):
                self.found.setdefault((start, end), "typical")
        for match in self.reader.dated.finditer(self.view):
            self.found.setdefault(match.span(1), "marked")
        for match in _HEADLINE.finditer(self.view):
            start, end = match.span(1)
            if self.reader.exact(self.view, start, end, sure=True) and _role_at_end(match[2]):
                self.found.setdefault((start, end), "signed")

    def _may_be_item(self, start: int, end: int) -> bool:
        """Whether what follows 的 ends there too, and what follows 、 has another name in its list."""
        view = self.view
        before, after = view[start - 1 : start], view[end : end + 1]
        if before == "的":
            return after in CLOSING
        return before != "、" or (after == "、" and self.reader.is_typical(view[end + 1 : end + 4]))

    def read_dotted(self) -> None:
        """Find transliterated names by the dot in them: 阿依古丽·买买提."""
        if "·" in self.view:
            for match in self.reader.dotted.finditer(self.view):
                self.found[match.start(), self.reader.trimmed(self.view, match.end())] = "dotted"

    def read_counted_lists(self) -> None:
        """Find the names before a count of people: 申敏、赵雅|三位教师."""
        for match in _COUNTED_LIST.finditer(self.view):
            items, spans, at = match[1].split("、"), [], match.end(1)
            for item in reversed(items):
                spans.append((at - len(item), at))
                at -= len(item) + 1
            first, end = spans[-1]
            # What stands before a short first name may have come with it: 的|王聪.
            if end - first == 3 and not self.reader.is_sure(self.view, first, end):
                spans[-1] = (first + 1, end)
            if all(self.reader.is_sure(self.view, *span) for span in spans):
                for span in spans:
                    self.found.setdefault(span, "list")

    def read_again(self) -> None:
        """Find the same names elsewhere, and 老 or 小 with a surname that is among them."""
        names = {self.view[start:end] for (start, end), rule in self.found.items() if rule != "doctrine"}
        again = {name for name in names if len(name) > 2 or not rjieba.has_word(name)}
        again |= {part for name in names if "·" in name for part in name.split("·") if len(part) > 1}
        familiar = {prefix + name[0] for name in names if 2 <= len(name) <= 3 for prefix in "老小"}
        rules = {name: "familiar" for name in sorted(familiar) if not rjieba.has_word(name)}
        rules |= dict.fromkeys(sorted(again), "again")
        if not rules:
            return
        surfaces = list(rules)
        starts = {start for start, _ in self.found}
        automaton = word_search(surfaces)
        for i, start, end in automaton.find_matches_as_indexes(self.view):
            if start not in starts:
                self.found.setdefault((start, end), rules[surfaces[i]])

    def drop_inside(self) -> None:
        """Drop what begins inside a place (上海市长|宁区 has no mayor), or as one where no role says that it is a name."""
        starts = [start for start, _ in self._places]
        for (start, end), rule in list(self.found.items()):
            last = bisect_right(starts, start) if rule in _GUESSED else bisect_left(starts, start)
            if last and start < self._places[last - 1][1] and rule != "leader":
                del self.found[start, end]
