"""names/events.py: congresses, meetings, festivals, games."""

import pytest

from swnlp.lexicon import Lexicon, Scheme
from swnlp.names.candidates import Candidate
from swnlp.names.decide import decide
from swnlp.names.events import proposer
from swnlp.view import simplified_view

PROPOSE = proposer(Lexicon(Scheme("none", "无", "none", ())))


def names(text: str, earlier: tuple[Candidate, ...] = ()) -> list[str]:
    """Return the outer names that this family alone would find."""
    found = decide(list(PROPOSE(simplified_view(text), earlier)))
    return [text[n.start : n.end] for n in found if n.outer]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("党的十八大以来，", ["党的十八大"]),
        ("深入贯彻党的二十大和二十届历次全会精神，", ["党的二十大", "二十届历次全会"]),
        ("贯彻党的二十届三中全会精神，", ["党的二十届三中全会"]),
        ("按照省委十一届七次、八次全会部署，", ["省委十一届七次、八次全会"]),
        ("第十四届全国人民代表大会第四次会议审议", ["第十四届全国人民代表大会第四次会议"]),
        ("市十六届人大五次会议批准", ["市十六届人大五次会议"]),
        ("贯彻第三次中央新疆工作座谈会精神", ["第三次中央新疆工作座谈会"]),
        ("落实中央社会工作会议精神，", ["中央社会工作会议"]),
    ],
)
def test_congresses_and_meetings_have_a_fixed_form(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("重阳节当天走访老人，", ["重阳节"]),
        ("国际社工日期间开展宣传。", ["国际社工日"]),
        ("办好第六届鹭岛邻里节，", ["第六届鹭岛邻里节"]),
        ("成功举办第三届全国城市生活垃圾分类论坛。", ["第三届全国城市生活垃圾分类论坛"]),
        ("备战第十五届全国运动会。", ["第十五届全国运动会"]),
    ],
)
def test_festivals_forums_and_games_are_found(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    "text", ["召开会议研究部署。", "居民代表大会讨论通过。", "运动会场馆免费开放。", "基金会理事会"]
)
def test_meetings_without_a_name_are_none(text):
    assert names(text) == []


def test_the_place_whose_congress_meets_belongs_to_the_name():
    text = "鹭岛市第十六届人大五次会议批准"
    place = Candidate(0, 3, "PLACE", None, "test", 0.95)

    assert names(text, (place,)) == ["鹭岛市第十六届人大五次会议"]
