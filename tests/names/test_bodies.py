"""names/bodies: specific bodies, in full and in short."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swnlp.lexicon import Lexicon, Scheme
from swnlp.names.bodies import proposer
from swnlp.names.bodies.institutions import Institutions
from swnlp.names.bodies.organs import Places
from swnlp.names.candidates import Candidate
from swnlp.names.decide import decide
from swnlp.view import simplified_view

PROPOSE = proposer(Lexicon(Scheme("none", "无", "none", ())))


def bodies(text: str, *places: str) -> list[str]:
    """Return the bodies that this family alone would find, given the places of the text."""
    view = simplified_view(text)
    earlier = [
        Candidate(at, at + len(place), "PLACE", None, "places:full", 0.95)
        for place in places
        for at in range(len(view))
        if view.startswith(place, at)
    ]
    return [text[name.start : name.end] for name in decide(list(PROPOSE(view, earlier))) if name.outer]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("省委、省政府高度重视", ["省委", "省政府"]),
        ("市民政局会同市委组织部、团市委", ["市民政局", "市委组织部", "团市委"]),
        ("县人大常委会、县政协和县总工会", ["县人大常委会", "县政协", "县总工会"]),
        ("党中央、国务院部署，民政部印发", ["党中央", "国务院", "民政部"]),
        ("街道党工委与镇卫生院", ["街道党工委", "镇卫生院"]),
        ("工会、共青团、妇联等群团", ["工会", "共青团", "妇联"]),
        ("省民政廳印發，由市婦聯執行", ["省民政廳", "市婦聯"]),
        ("会同优化办、市委办、招商局、城建局等单位", ["优化办", "市委办", "招商局", "城建局"]),
        ("桌子摆在路中央、正中央", []),
        ("享受国务院政府特殊津贴", ["国务院"]),
    ],
)
def test_organs_take_their_level(text, expected):
    assert bodies(text) == expected


@pytest.mark.parametrize(
    ("text", "places", "expected"),
    [
        ("福建省民政厅发文", ["福建省"], ["福建省民政厅"]),
        ("江苏省委社会工作部", ["江苏"], ["江苏省委社会工作部"]),
        ("中共福州市委组织部", ["福州市"], ["中共福州市委组织部"]),
        ("共青团厦门市委发起", ["厦门市"], ["共青团厦门市委"]),
    ],
)
def test_a_place_that_begins_the_name_belongs_to_it(text, places, expected):
    assert bodies(text, *places) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("省民政厅慈善事业促进处", "省民政厅慈善事业促进处"),
        ("国务院扶贫办社会扶贫司", "国务院扶贫办社会扶贫司"),
        ("市委办公室", "市委办公室"),
        ("市政协社会和法制委员会", "市政协社会和法制委员会"),
        ("国务院交通运输主管部门", "国务院交通运输主管部门"),
    ],
)
def test_departments_go_on_from_their_body(text, expected):
    assert bodies(f"由{text}负责") == [expected]


@pytest.mark.parametrize(
    ("text", "places", "expected"),
    [
        ("委托厦门市湖里区晨光社会工作服务中心承接", ["厦门市湖里区"], ["厦门市湖里区晨光社会工作服务中心"]),
        ("与漳州职业技术学院签约", ["漳州"], ["漳州职业技术学院"]),
        ("引导市餐饮与住宿行业协会捐款", [], ["市餐饮与住宿行业协会"]),
        ("泉州市慈善总会和晋江市人民医院", ["泉州市", "晋江市"], ["泉州市慈善总会", "晋江市人民医院"]),
        ("依托闽西大学社会学院开展实训", ["闽西"], ["闽西大学社会学院"]),
        ("县人民医院、县文化馆", [], ["县人民医院", "县文化馆"]),
    ],
)
def test_institutions_go_back_to_their_place_or_level(text, places, expected):
    assert bodies(text, *places) == expected


def test_a_named_team_is_a_body_with_its_quotes():
    assert bodies("组建“海蛎姐”志愿服务联盟和「老船长」调解隊") == [
        "“海蛎姐”志愿服务联盟",
        "「老船长」调解隊",
    ]


def test_a_council_goes_back_over_a_quoted_name():
    assert bodies("成立市“五社联动”工作领导小组，下设办公室") == ["市“五社联动”工作领导小组"]


def test_a_short_form_counts_after_its_definition():
    text = "中心城区内，厦门市晨光社会工作服务中心（以下简称“中心”）成立。中心招募督导，养老中心不算。"
    assert bodies(text, "厦门市") == ["厦门市晨光社会工作服务中心", "中心", "中心"]


def test_companies_in_a_list_of_companies():
    assert bodies("海湾锂电、鹭岛光电等12家企业投产") == ["海湾锂电", "鹭岛光电"]


class NotAsAWhole(dict):
    """A table in which single keys may be looked up, and nothing else."""

    def __iter__(self):
        raise AssertionError("goes through all places of a text for one body")

    keys = values = items = __iter__


def test_a_body_looks_at_what_stands_close_to_it():
    view, towns = "思明区人民医院与鹭岛市图书馆、思明区康养服务中心", ((0, 3), (8, 11), (15, 18))
    places = Places([Candidate(*town, "PLACE", None, "places:full", 0.95) for town in towns])
    places.start_of = NotAsAWhole(places.start_of)
    found = Institutions().find(view, places, [])
    assert [view[body.start : body.end] for body in found] == view.replace("与", "、").split("、")


@pytest.mark.parametrize(
    "text",
    [
        "企业、高校、事业单位和社会服务机构",
        "建设村级综合服务中心20个，新建养老服务中心",
        "乡镇敬老院和区域性养老服务中心",
        "各级教育部门、公安部门",
        "深化公立医院改革，办好普惠性幼儿园",
        "培育50家绿色工厂",
        "他考上大学，学会了用手机",
        "制定管理办法，部署落实",
    ],
)
def test_classes_and_ordinary_words_are_no_bodies(text):
    assert bodies(text) == []


def test_organs_of_many_places_are_proposed_but_never_chosen():
    proposed = list(PROPOSE("各县民政局", []))
    assert proposed and all(c.score < 0.5 for c in proposed)


@given(
    st.text(
        alphabet="省市县民政局委办公室人大和、与“”社会工作服务中心协会有限公司厦门（以下简称）", max_size=80
    )
)
def test_spans_lie_in_the_text_and_scores_are_shares(text):
    view = simplified_view(text)
    place = [Candidate(0, 2, "PLACE", None, "places:short", 0.9)] if len(view) > 2 else []
    for candidate in PROPOSE(view, place):
        assert 0 <= candidate.start < candidate.end <= len(text)
        assert 0 <= candidate.score <= 1


@pytest.mark.parametrize("unit", ["大学学院", "市委", "市民政局养老服务科"])
def test_a_chain_of_bodies_ends(unit):
    assert max(c.end - c.start for c in PROPOSE(unit * 100, [])) <= 40


@pytest.mark.parametrize("text", ["老人在时间银行开户", "试办“时间银行”", "村里的道德银行", "推行积分银行"])
def test_a_bank_of_good_deeds_is_no_body(text):
    assert bodies(text) == []


def test_a_bank_is_a_body_still():
    assert bodies("与苏州银行签约", "苏州") == ["苏州银行"]
