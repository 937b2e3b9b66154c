"""Other names that a document gives to things within it: 《…规划》(以下简称《规划》), 《…意见》(粤民字〔2012〕187号).

And those that it gives without saying so: a “福蕾”项目 beside the 福蕾行动计划.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from swnlp.records import Name
from swnlp.view import simplified_view

# Where the name ends: its closing mark, then perhaps a year or a number in brackets.
_AFTER = r"[》〉”\"」』]?(?:\s?\([^()\n]{1,30}\)){0,2}\s?"
_QUOTED = r"[“\"《「『〈]?([^“”\"《》「」『』〈〉,。;:()\n]{2,16})[”\"》」』〉]?"
_SHORT = re.compile(
    rf"{_AFTER}\((?:[^()\n]{{0,12}}[,;])?(?:以下|下文|下)?(?:统称|简称|下称)(?:为|作)?:?{_QUOTED}(?:(?:或|、){_QUOTED})?\)"
)
_NUMBER = re.compile(
    r"[》〉”\"]?\s?\(([一-鿿]{1,12}[〔\[(]\s?(?:19|20)\d\d\s?[〕\])]\s?(?:第\s?)?\d{1,5}\s?号)\)"
)
# A quoted name with one of these after it is the name: “五社联动”机制 is 五社联动.
_HEADS = "(?:工作)?(?:机制|制度|模式|品牌|牌|行动|计划|行动计划|工程|项目|服务项目|活动|工作法|平台)"
_CORE = re.compile(rf"[“”\"「『]([^“”\"「」『』]{{2,30}})[”“\"」』]的?{_HEADS}")
_WHOLE = re.compile(rf"([^“”\"「」『』]{{2,30}}?){_HEADS}")
_MARKS = str.maketrans("", "", "“”‘’\"'「」『』《》〈〉 \t\u3000")
_DEFINABLE = frozenset({"POLICY", "PROGRAM", "ORG", "WORK", "EVENT", "PLACE"})
# A sentence without any of these defines nothing.
CUES = ("简称", "统称", "下称", "号)", "号）")


class Defined(NamedTuple):
    """What a short form stands for: the surface and the kind of the full name, and the rule."""

    text: str
    kind: str | None
    rule: str


# (label, short form without marks, in the simplified view) -> what it stands for.
Definitions = Mapping[tuple[str, str], Defined]


def key_of(label: str, surface: str) -> tuple[str, str]:
    """Return how a surface is looked up in Definitions."""
    return label, simplified_view(surface).translate(_MARKS)


def definitions(text: str, names: Iterable[Name]) -> dict[tuple[str, str], Defined]:
    """Return the short forms and document numbers that directly follow the outer names of a text.

    Of two definitions of one form the first counts.
    """
    view = simplified_view(text)
    found: dict[tuple[str, str], Defined] = {}
    for name in names:
        full = text[name.start : name.end]
        for form, rule in _forms(view, name):
            key = key_of(name.label, form)
            if key != key_of(name.label, full):
                found.setdefault(key, Defined(full, name.kind, rule))
    return found


def _forms(view: str, name: Name) -> Iterator[tuple[str, str]]:
    if not name.outer or name.label not in _DEFINABLE:
        return
    if short := _SHORT.match(view, name.end):
        yield from ((form, "short form") for form in short.groups() if form)
    if name.label == "POLICY" and (number := _NUMBER.match(view, name.end)):
        yield number.group(1), "document number"


def quoted_core(view: str) -> str | None:
    """Return the quoted part of a name that is quoted but for its head noun, None of any other."""
    core = _CORE.fullmatch(view)
    return core.group(1) if core else None


def whole_names(programs: Iterable[tuple[str, str | None]]) -> dict[tuple[str, str], Defined]:
    """Return what names with a quoted core stand for, where one without quotes has that core and a head noun.

    Args:
        programs: Surface and kind of the undertakings of one document.
    """
    wholes: dict[str, tuple[str, str | None]] = {}
    quoted: dict[str, str] = {}
    for surface, kind in programs:
        view = simplified_view(surface)
        if core := quoted_core(view):
            quoted[surface] = core
        elif (whole := _WHOLE.fullmatch(view)) and len(view) > len(wholes.get(whole.group(1), ("", None))[0]):
            wholes[whole.group(1)] = (surface, kind)
    return {
        key_of("PROGRAM", surface): Defined(*wholes[core], "quoted core")
        for surface, core in quoted.items()
        if core in wholes
    }
