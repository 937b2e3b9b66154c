"""Reads a person's name at a given place: how many characters it has, and how sure that is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import rjieba

from swnlp.resources import read_toml

# What may follow a name that is surely complete.
CLOSING = frozenset("、,。;:!?()()”“\"'》》\n\t \u3000")
# What follows the name of a place, a line, a body or a mountain, and no person's.
_NO_PERSON = re.compile(
    r"街道|社区|村|镇|乡|县|市|区|路|街|巷|桥|站|港|湖|河|江|山|岭|寺|庙|高铁|高速|铁路|公路|水库|灌区|口岸|机场|大道|博物馆|公园|集团|公司|大学|医院|中学|小学|学院|[站遗·]"
)
# No transliterated name without a dot is longer, in characters.
_LONGEST_FOREIGN = 7


class Read(NamedTuple):
    """A name: where it ends, and whether its first character is as often an ordinary word."""

    end: int
    doubtful: bool


class NameReader:
    """Han names by surname and given name; names of other peoples by their parts or syllables."""

    def __init__(self) -> None:
        words = read_toml("people.toml")
        self._surnames = frozenset(words["surnames"]) - {"\n"}
        self._compound = frozenset(words["compound"].split())
        self._doubtful = frozenset(words["doubtful"]) - {"\n"}
        self._given = frozenset(words["given"]) - {"\n"}
        self._honorifics = frozenset(words["honorifics"].split())
        self._followers = frozenset(words["followers"])
        syllable = f"[{''.join(sorted(set(words['syllables'])))}]"
        self.dotted = re.compile(rf"{syllable}{{2,8}}(?:[·•・‧]{syllable}{{2,9}}){{1,3}}")
        parts = "|".join(sorted(set(words["parts"].split()), key=lambda part: (-len(part), part)))
        self._parts = re.compile(rf"(?:{parts}){{1,3}}[玛吉措姆加杰太]?")
        sure = "".join(sorted(self._surnames - self._doubtful))
        given = "".join(sorted(self._given))
        # A surname and two given characters (group 1) where a clause or an item begins; 镇, 山 and the like end places.
        self.openings = re.compile(
            rf"(?:[。!?,;:”、\n的]|\A)([{sure}][{given}]{{2}})(?<![镇山村县江河湖港年])"
        )
        # A name with the years of a life: 林秀兰(1931年—2008年).
        self.dated = re.compile(
            rf"(?:[。!?,;:”、\n]|\A)([{sure}][\u4e00-\u9fff]{{1,2}})(?=\((?:1[789]|20)\d\d)"
        )
        # A transliterated name without a dot: 马克龙, 特朗普.
        self._foreign = frozenset({*words["syllables"], *words["translit"]} - set("于与日张"))
        self.foreign = re.compile(rf"[{''.join(sorted(self._foreign))}]{{2,{_LONGEST_FOREIGN}}}")
        self._latin = re.compile(r"[A-Z][a-z]{1,14}(?: [A-Z][a-z]{1,14}){1,2}")

    def read(self, view: str, at: int, *, sure: bool = False) -> Read | None:
        """Return the name that begins at `at`, or None; `sure` if the context allows an ordinary word (时光)."""
        if found := self.dotted.match(view, at):
            return Read(self.trimmed(view, found.end()), False)
        if found := self._parts.match(view, at) or self._latin.match(view, at):
            return Read(found.end(), False)
        surname = self._surname(view, at)
        if not surname:
            return None
        doubtful = surname == 1 and view[at] in self._doubtful
        given = at + surname
        if not _is_han(view[given : given + 1]) or view[given] in "的了是在与和于、":
            return None
        end = given + (2 if self._takes_two(view, given) else 1)
        if not self._plausible(view, at, end, doubtful, sure):
            return None
        return Read(end, doubtful)

    def trimmed(self, view: str, end: int) -> int:
        """Return the end of a transliterated name, without a last syllable that begins a word (艾山|利用)."""
        return end - 1 if end < len(view) and _is_word(view[end - 1 : end + 1]) else end

    def looks_like_one(self, view: str, start: int, end: int) -> bool:
        """Whether the segmenter, too, would read a stretch as one name."""
        return rjieba.tag(view[start : end + 6])[0] == (view[start:end], "nr")

    def stands_out(self, view: str, start: int, end: int) -> bool:
        """Whether a typical name ends where a word can, and is neither begun by a common word nor part of a longer name."""
        name = view[start:end]
        if (
            name[0] not in self._surnames
            or not self.is_typical(name)
            or name[-1] in "和越中"
            or rjieba.has_word(name[:2])
            or rjieba.has_word(name)
        ):
            return False
        if _NO_PERSON.match(view, end):
            return False
        at = start
        for word in rjieba.cut(view[start : end + 4], False):
            at += len(word)
            if at >= end:
                return at == end
        return True

    def foreign_before(self, view: str, end: int) -> int:
        """Return where the transliterated name that ends at `end` begins; `end` if there is none."""
        start = end
        while start > max(0, end - _LONGEST_FOREIGN) and view[start - 1] in self._foreign:
            start -= 1
        return start

    def is_sure(self, view: str, start: int, end: int) -> bool:
        """Whether a stretch is a surname that is little else and characters that given names have."""
        return view[start] in self._surnames - self._doubtful and self._given.issuperset(
            view[start + 1 : end]
        )

    def is_typical(self, name: str) -> bool:
        """Whether a name is a sure surname and two given characters that make no word."""
        return (
            len(name) == 3
            and name[0] not in self._doubtful
            and self._given.issuperset(name[1:])
            and not _is_word(name[1:])
            and not _is_word(name[:2])
        )

    def exact(self, view: str, start: int, end: int, *, sure: bool = False) -> bool:
        """Whether a stretch could be a Han name as a whole; `sure` if the context allows nothing else."""
        surname = self._surname(view, start)
        if not surname or not 1 <= end - start - surname <= 2 or not all(map(_is_han, view[start:end])):
            return False
        inner = view[start + surname : end]
        if not sure and view[start] in self._doubtful and not self._given.issuperset(inner):
            return False
        clipped = inner[-1] in self._followers and inner[-1] not in self._given
        return sure or not (clipped or _is_word(view[start:end]))

    def parts(self, view: str, start: int, end: int) -> bool:
        """Whether a stretch is made of the parts of Tibetan or Mongolian names."""
        return self._parts.fullmatch(view, start, end) is not None

    def _surname(self, view: str, at: int) -> int:
        if view[at : at + 2] in self._compound:
            return 2
        return 1 if view[at : at + 1] in self._surnames else 0

    def _takes_two(self, view: str, given: int) -> bool:
        """Decide between one and two given characters by what the second would be the beginning of."""
        third, fourth, fifth = (
            view[given + 1 : given + 2],
            view[given + 2 : given + 3],
            view[given + 3 : given + 4],
        )
        if not _is_han(third):
            return False
        if not _is_han(fourth):
            return third in self._given or third not in self._followers
        begins_word = _is_word(third + fourth) and not _is_word(fourth + fifth)
        if fourth == "家" and fifth in "的里,。、住门院":
            begins_word = False
        if third in self._followers:
            return third in self._given and (fourth in CLOSING or fourth in "说表介")
        if third in self._given:
            return not begins_word or fourth in self._followers
        return not _is_word(third + fourth)

    def _plausible(self, view: str, at: int, end: int, doubtful: bool, sure: bool) -> bool:
        """Refuse ordinary words: 社工|全力, 志愿者|成立|服务队, unless a mark closes them."""
        closed = end == len(view) or view[end] in CLOSING
        name = view[at:end]
        if name[1:] in self._honorifics:
            return False
        if len(name) == 2:
            return (closed and sure) or (not _is_word(name) and (not doubtful or name[1] in self._given))
        if _is_word(name[:2]) and (doubtful or _is_word(name)) and not closed:
            return False
        if doubtful:
            return all(c in self._given for c in name[1:]) and not (_is_word(name[1:]) and not closed)
        return name[1] in self._given or name[2] in self._given


@lru_cache(maxsize=20_000)
def _is_word(characters: str) -> bool:
    """Whether the dictionary of the segmenter has it as one word that is no name."""
    tagged = rjieba.tag(characters, False) if characters else []
    return len(tagged) == 1 and not tagged[0][1].startswith("nr")


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
