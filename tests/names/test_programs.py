"""names/programs.py: named undertakings without quotes."""

import pytest

from swnlp.lexicon import Lexicon, Scheme
from swnlp.names.candidates import Candidate
from swnlp.names.decide import decide
from swnlp.names.programs import proposer
from swnlp.view import simplified_view

PROPOSE = proposer(Lexicon(Scheme("none", "无", "none", ())))


def names(text: str, earlier: tuple[Candidate, ...] = ()) -> list[str]:
    """Return the outer names that this family alone would find."""
    found = decide(list(PROPOSE(simplified_view(text), earlier)))
    return [text[n.start : n.end] for n in found if n.outer]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("实施农村供水保障提升行动，", ["农村供水保障提升行动"]),
        ("实施新一轮河湖生态修复行动，", ["河湖生态修复行动"]),
        ("深入开展护老专项行动。", ["护老专项行动"]),
        ("实施稳岗扩容提质行动和困难职工帮扶计划，", ["稳岗扩容提质行动", "困难职工帮扶计划"]),
        ("做好第五次全国经济普查工作。", ["第五次全国经济普查"]),
        ("打好蓝天、碧水、净土保卫战，", ["蓝天、碧水、净土保卫战"]),
    ],
)
def test_a_name_goes_from_the_verb_to_its_head_noun(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "推进城市更新，加强项目建设。",
        "完善工作机制，强化行动自觉。",
        "建设一批重点工程，谋划重大项目。",
        "老人行动不便，工程师上门服务。",
        "推进改革开放和计划生育工作。",
    ],
)
def test_a_verb_with_an_ordinary_noun_is_no_name(text):
    assert names(text) == []


def test_items_of_a_list_share_the_head_noun_at_its_end():
    text = "实施设施农业提档、冷链物流补链和庭院经济壮大等三大行动，"

    assert names(text) == ["设施农业提档", "冷链物流补链", "庭院经济壮大"]


def test_and_so_on_before_a_head_noun_makes_no_name():
    assert names("开展巡访等行动。") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("深化苏陕协作和闽宁协作。", ["苏陕协作", "闽宁协作"]),
        ("加快数字福建建设，", ["数字福建建设"]),
        ("全面推行河湖长制、林长制。", ["河湖长制", "林长制"]),
        ("开展党史学习教育，", ["党史学习教育"]),
        ("扎实开展深入贯彻中央八项规定精神学习教育，", ["深入贯彻中央八项规定精神学习教育"]),
        ("学习运用千万工程经验，", ["千万工程"]),
    ],
)
def test_fixed_names_and_shapes_need_no_verb(text, expected):
    assert names(text) == expected


def test_a_title_takes_the_place_that_another_family_found():
    text = "加快平安鹭岛建设。"
    place = Candidate(4, 6, "PLACE", None, "test", 0.9)

    assert names(text, (place,)) == ["平安鹭岛建设"]
    assert names(text) == []


def test_every_candidate_says_what_kind_of_undertaking_it_is():
    candidates = list(PROPOSE("实施农村供水保障提升行动，推行河长制，深化苏陕协作。", []))

    assert {c.kind for c in candidates} == {"campaign", "mechanism", "reform"}
    assert {c.label for c in candidates} == {"PROGRAM"}


def test_what_is_counted_is_a_class():
    assert "930个社区慈善基金" not in names("全市设立930个社区慈善基金")
