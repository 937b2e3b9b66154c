"""Places written with the one-character names of provinces: 驻琼, 川渝, 湘西北."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from swnlp.names.fixed import occurrences
from swnlp.names.places.listed import Place, stands_alone
from swnlp.resources import read_toml

_CHARS = read_toml("geography.toml")["words"]["characters"]
_PLAIN_CHARS = _CHARS.replace("台", "").replace("港", "")
_LETTER = re.compile(f"[{_CHARS}]")
# Verbs whose object is a province. 台 is a platform and 港 a port first, so they need more around them.
_OBJECT = re.compile(
    rf"(?:(?<=[驻在入来赴援涉出离返留治抵兴稳建])|(?<=对口支援)|(?<=进)(?<![前后改促推演先引]进))[{_PLAIN_CHARS}]|"
    r"(?<=[涉对])台(?![账标湾前])|(?<=[赴在涉驻援])港(?![口区航内中])"
)
# What these verbs govern in an address of thanks may be a city's character as well: 驻宜单位.
_ADDRESSED = re.compile(r"(?<=驻)[\u4e00-\u9fff](?=单位|人民解放军|部队|解放军|武警)")
_STATIONED = "驻"
_NO_PLACE = frozenset("地村场点市区县省军各本我外内")
_LISTED = re.compile(rf"(?<=[、,])[{_CHARS}](?=[、等一])")
_OWNER = re.compile(rf"[{_CHARS}](?=[企商籍资货])")
_RUN = re.compile(
    rf"[{_CHARS}]{{2,5}}(?:边(?![境防界疆])|线(?![上下路条索])(?:[\u4e00-\u9fff]{{2}}段)?)?(?![{_CHARS}])"
)
_POINT = re.compile(rf"[{_CHARS}](?:[东西南北]{{1,2}}|中)(?:地区)?(?:边(?![境防界疆]))?")
# Ordinary words and names that are spelt like these.
_WORDS = {
    "京东",
    "辽东",
    "港中",
    "台中",
    "港台",
    "津港",
    "吉台",
    "青藏",
    "新疆",
    "宁静",
    "京港台",
    "冀中",
    "苏中",
    "台北",
    "台南",
    "台东",
    "甘青",
}


def find_letters(text: str, listed: Sequence[Place]) -> Iterator[Place]:
    """Yield places written with the provinces' characters; none inside a listed place."""
    taken = {at for place in listed if place.score > 0.5 for at in range(place.start, place.end)}
    for pattern, rule in ((_POINT, "point"), (_RUN, "run")):
        for match in pattern.finditer(text):
            start, end = match.span()
            if (
                taken.isdisjoint((start, end - 1))
                and match.group() not in _WORDS
                and stands_alone(text, start, end)
            ):
                taken.update(range(start, end))
                yield Place(start, end, rule, 0.85)
    yield from _single(text, taken)


def _single(text: str, taken: set[int]) -> Iterator[Place]:
    letters = [match.start() for match in _LETTER.finditer(text)]
    stationed = [end for _, end in occurrences(text, _STATIONED)]
    for pattern, places in (
        (_OBJECT, letters),
        (_ADDRESSED, stationed),
        (_OWNER, letters),
        (_LISTED, letters),
    ):
        for start in places:
            if start in taken or not pattern.match(text, start) or text[start] in _NO_PLACE:
                continue
            if pattern is _LISTED and (start - 2) not in taken:
                continue
            if pattern is _OWNER and text[start - 1 : start].isalnum():
                continue
            if pattern is _ADDRESSED or _ends_a_word(text, start):
                taken.add(start)
                yield Place(start, start + 1, "character", 0.8)


def _ends_a_word(text: str, at: int) -> bool:
    # 援藏 and 依法治 are words to the segmenter, so only the right edge is asked for, and the left of the pair.
    return stands_alone(text, at, at + 1) or stands_alone(text, at - 1, at + 1) or text[at] in "疆藏"
