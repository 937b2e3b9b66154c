"""names/actors: the five societies where a text speaks of them as actors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swnlp.lexicon import Lexicon, Scheme, SchemeActor, load_lexicon
from swnlp.names.actors import proposer
from swnlp.names.candidates import Candidate
from swnlp.names.decide import decide
from swnlp.view import simplified_view

FIVE = load_lexicon()
PROPOSE = proposer(FIVE)


def actors(text: str, propose=PROPOSE, earlier=()) -> list[tuple[str, str]]:
    """Return the actors that this family alone would find, with their society."""
    names = decide(list(propose(simplified_view(text), list(earlier))))
    return [(text[name.start : name.end], name.kind) for name in names if name.outer]


def test_the_five_societies_stand_in_one_sentence():
    assert actors("推动社区、社会组织、社会工作者、社区志愿者、社会慈善资源联动") == [
        ("社区", "community"),
        ("社会组织", "social_org"),
        ("社会工作者", "social_worker"),
        ("社区志愿者", "volunteer"),
        ("社会慈善资源", "charity"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全县持证社工达到320人", "持证社工"),
        ("引进台籍社工2名", "台籍社工"),
        ("每站配备3名驻站社工", "驻站社工"),
        ("现有助理社会工作师41名", "助理社会工作师"),
        ("加强社会工作专业人才队伍建设", "社会工作专业人才队伍"),
        ("扶持一批枢纽型社会组织", "枢纽型社会组织"),
        ("发展公益慈善类社会组织", "公益慈善类社会组织"),
        ("放假后，暑期大学生志愿者来到乡镇", "暑期大学生志愿者"),
        ("“银发”志愿者每天巡河", "“银发”志愿者"),
        ("其中5名轮岗社工负责夜间值守", "轮岗社工"),
    ],
)
def test_modifiers_of_kind_and_degree_are_inside(text, expected):
    assert actors(text)[0][0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "大力发展社会工作，普及社会工作理念",
        "全市建成社工站84个，社会工作服务站全覆盖",
        "报考社工证的干部越来越多",
        "完善社区治理、社区服务和社区矫正",
        "打造完整社区，改造社区食堂",
        "开展志愿服务活动，倡导志愿服务",
        "社区居民乘坐公交",
        "网络社区和开源社区",
    ],
)
def test_fields_facilities_and_activities_are_no_actors(text):
    assert actors(text) == []


def test_a_facility_is_proposed_but_never_chosen():
    proposed = list(PROPOSE("建成社工站", []))
    assert [(c.start, c.end, c.kind) for c in proposed] == [(2, 5, "social_worker")]
    assert proposed[0].score < 0.5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("由社区牵头组织议事", ["社区"]),
        ("让社区、物业和业主坐到一起", ["社区"]),
        ("以社区为平台", ["社区"]),
        ("各社区张贴了通知", []),
        ("她住在一个老社区旁边", []),
    ],
)
def test_a_bare_community_counts_where_it_acts(text, expected):
    assert [surface for surface, _ in actors(text)] == expected


@pytest.mark.parametrize(
    "text", ["村（居）委会", "村(居)委会", "村“两委”", '村"两委"', "村两委", "社區居委會", "村民委员会"]
)
def test_committees_are_found_in_every_spelling(text):
    assert actors(f"请{text}协助") == [(text, "community")]


def test_verbs_before_a_form_stay_outside():
    assert actors("支持调解类社会组织，培育社区社会组织") == [
        ("调解类社会组织", "social_org"),
        ("社区社会组织", "social_org"),
    ]


def test_a_place_before_a_form_stays_outside():
    place = Candidate(0, 5, "PLACE", None, "places:full", 0.95)
    assert actors("红星街道类社工入户", earlier=[place])[0][0] == "社工"


def test_a_quoted_team_is_left_to_the_bodies():
    assert actors("成立“小蓝帽”志愿服务队") == [("志愿服务队", "volunteer")]


def test_the_kinds_are_those_of_the_scheme():
    row = SchemeActor(
        "school", "学校", "school", ("学校",), modifiers=("中心",), not_before=("食堂",), not_after=("驾驶",)
    )
    propose = proposer(Lexicon(Scheme("mine", "校社联动", "school linkage", (row,))))
    text = "中心学校办起学校食堂，驾驶学校没有"
    assert actors(text, propose) == [("中心学校", "school")]


def test_a_scheme_without_rows_finds_nothing():
    assert actors("社工和志愿者", proposer(Lexicon(Scheme("none", "无", "none", ())))) == []


def test_three_societies_know_no_volunteers():
    found = actors("社区、社会组织、社工和志愿者", proposer(load_lexicon(scheme="three_societies")))
    assert [kind for _, kind in found] == ["community", "social_org", "social_worker"]


@given(st.text(alphabet="社区工者会组织持证驻站志愿慈善资源、，（）“”名3类型级", max_size=60))
def test_spans_lie_in_the_text_and_name_a_row(text):
    kinds = {actor.kind for actor in FIVE.scheme.actors}
    for candidate in PROPOSE(simplified_view(text), []):
        assert 0 <= candidate.start < candidate.end <= len(text)
        assert candidate.kind in kinds
