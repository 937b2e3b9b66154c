"""names/groups: the people that services are for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swnlp.lexicon import Lexicon, Scheme
from swnlp.names.decide import decide
from swnlp.names.groups import proposer
from swnlp.view import simplified_view

PROPOSE = proposer(Lexicon(Scheme("none", "无", "none", ())))


def groups(text: str) -> list[str]:
    """Return the groups that this family alone would find."""
    return [
        text[name.start : name.end] for name in decide(list(PROPOSE(simplified_view(text), []))) if name.outer
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("为老年人、残疾人和退役军人提供服务", ["老年人", "残疾人", "退役军人"]),
        ("关爱困境儿童和农村留守妇女", ["困境儿童", "农村留守妇女"]),
        ("走访特困人员、低保边缘家庭、刚性支出困难家庭", ["特困人员", "低保边缘家庭", "刚性支出困难家庭"]),
        ("服务外卖骑手等新就业群体", ["外卖骑手", "新就业群体"]),
        ("事实无人抚养儿童与流浪乞讨人员", ["事实无人抚养儿童", "流浪乞讨人员"]),
        ("聚焦“一老一小”", ["一老一小"]),
        ("社區裡的獨居長者", ["獨居長者"]),
        ("为苗族老人和少数民族儿童上课", ["苗族老人", "少数民族儿童"]),
    ],
)
def test_served_groups_are_found_with_what_says_which(text, expected):
    assert groups(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("失能、半失能老年人的照护", ["失能、半失能老年人"]),
        ("空巢、独居、失智等人员", ["空巢、独居、失智等人员"]),
        ("退役军人、脱贫劳动力、残障妇女", ["退役军人", "脱贫劳动力", "残障妇女"]),
    ],
)
def test_modifiers_share_a_head_but_groups_do_not_merge(text, expected):
    assert groups(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("农民工随迁子女入学", "农民工随迁子女"),
        ("慰问残疾人家庭", "残疾人家庭"),
        ("资助低保家庭学生", "低保家庭学生"),
        ("关爱渔民家属", "渔民家属"),
    ],
)
def test_kin_of_a_group_is_one_group(text, expected):
    assert groups(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("60岁以上老年人优先", "60岁以上老年人"),
        ("60岁以上老年人3480人", "老年人"),
        ("81岁的独居老人开了门", "独居老人"),
    ],
)
def test_an_age_is_inside_as_a_class_not_as_a_count(text, expected):
    assert groups(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "人民群众满意，居民和市民点赞",
        "促进高质量充分就业，做好重点群体帮扶",
        "城镇常住人口和从业人员",
        "工作人员入户，家庭和睦",
        "儿童主任上岗，老年人能力评估，残疾人之家开放",
        "大学生志愿者和儿童社工",
    ],
)
def test_people_at_large_and_parts_of_other_names_are_none(text):
    assert groups(text) == []


def test_people_at_large_are_proposed_but_never_chosen():
    assert {c.score < 0.5 for c in PROPOSE("服务群众和居民", [])} == {True}


def test_a_bare_head_counts_beside_a_group():
    assert groups("为残疾人、儿童服务") == ["残疾人", "儿童"]
    assert groups("儿童乐在其中") == []


@given(st.text(alphabet="失能留守困境老人儿童家庭群体子女、和等的岁以上60残疾人", max_size=80))
def test_spans_lie_in_the_text_and_have_no_mark_at_their_edge(text):
    for candidate in PROPOSE(text, []):
        assert 0 <= candidate.start < candidate.end <= len(text)
        assert text[candidate.start] not in "、的和" and text[candidate.end - 1] not in "、的和"


def test_a_chain_of_kin_ends():
    assert max(c.end - c.start for c in PROPOSE("农民工" + "子女" * 100, [])) <= 30
