"""names/places: where places are in official prose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swnlp.lexicon import Lexicon, Scheme
from swnlp.names.decide import decide
from swnlp.names.places import proposer
from swnlp.view import simplified_view

PROPOSE = proposer(Lexicon(Scheme("none", "无", "none", ())))


def places(text: str) -> list[str]:
    """Return the outer places that this family alone would find, in the order of the text."""
    names = decide(list(PROPOSE(simplified_view(text), [])))
    return [text[name.start : name.end] for name in names if name.outer]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("福建省南平市、三明市和厦门市签署协议", ["福建省南平市", "三明市", "厦门市"]),
        ("支持绍兴、台州开展试点,湖州作了交流", ["绍兴", "台州", "湖州"]),
        ("恩施土家族苗族自治州和阿坝州", ["恩施土家族苗族自治州", "阿坝州"]),
        ("对口支援内蒙古、宁夏", ["内蒙古", "宁夏"]),
        ("与德国、新加坡及东南亚的机构交流", ["德国", "新加坡", "东南亚"]),
        ("融入长三角和粤港澳大湾区", ["长三角", "粤港澳大湾区"]),
        ("北京市民政局与首都北京的山东人", ["北京市", "北京", "山东"]),
    ],
)
def test_listed_places_are_found(text, expected):
    assert places(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "全省各地和我市各县区乡镇(街道)",
        "推动和平发展,用好自然资源,深化合作",
        "实现长治久安,建成出海口",
        "推进城乡社区治理,打造示范社区和重点村",
        "加强大中小城市和小城镇建设,深入农村、走进乡村",
        "推进国家级高新技术产业开发区和省级产业园区建设",
        "实施县域商业行动,两岸同胞一家亲",
        "走中国特色社会主义道路,推进中国式现代化",
        "统筹山水林田湖草沙系统治理,打破信息孤岛",
        "拓宽致富路,打通互联互通的堵点",
        "提升公平安全感",
        "扎根社区,走进社区,线上、线下两地",
        "选聘大学生村官,走访部分社区",
        "实施强村富村行动,产业兴村",
        "村民江师傅说,董事长马玉山介绍",
    ],
)
def test_words_that_look_like_places_are_none(text):
    assert places(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("吉林省四平市梨树县八里庙村", ["吉林省四平市梨树县八里庙村"]),
        ("召陵区天桥街道的做法", ["召陵区天桥街道"]),
        ("源汇区老街街道的做法", ["源汇区老街街道"]),
        ("启动仪式在德化举行", ["德化"]),
        ("三乡、小榄两镇开展试点", ["三乡", "小榄"]),
        ("湘潭经开区和平街道的做法", ["湘潭经开区和平街道"]),
    ],
)
def test_towns_and_villages_below_a_county_need_no_list(text, expected):
    assert places(text) == expected


def test_a_division_that_is_a_word_too_is_a_place_only_beside_places():
    assert places("大通、湟中、民和、互助四地") == ["大通", "湟中", "民和", "互助"]
    assert places("弘扬互助精神,深化和平友好合作") == []
    assert places("安徽无为、甘肃白银,") == ["安徽无为", "甘肃白银"]
    assert places("为辽宁振兴发展作贡献") == ["辽宁"]


def test_a_hidden_place_is_found_behind_a_false_one():
    # 临西 and 根河 are counties, too.
    assert places("再次亲临西藏视察") == ["西藏"]
    assert places("扎根河北创业") == ["河北"]


def test_the_last_character_of_a_full_name_may_begin_a_word():
    assert places("厦门市民踊跃报名") == ["厦门"]
    assert places("厦门市民政局印发通知") == ["厦门市"]
    assert places("建设乡镇社工站") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在凤冈县龙泉街道试点", ["凤冈县龙泉街道"]),
        ("青海省海东市互助土族自治县", ["青海省海东市互助土族自治县"]),
        ("走进秭归县茅坪镇银杏沱村", ["秭归县茅坪镇银杏沱村"]),
        ("江苏、浙江、广东广西", ["江苏", "浙江", "广东", "广西"]),
        ("湖北省襄樊市的做法", ["湖北省襄樊市"]),  # no longer in the list
        ("第八师石河子市和143团场", ["第八师石河子市", "143团场"]),
        ("地址:福州市鼓楼区中山路23号", ["福州市鼓楼区中山路23号"]),
        ("黄河的甘肃段", ["黄河", "甘肃"]),
    ],
)
def test_places_without_a_separator_are_one(text, expected):
    assert places(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("来自云溪村的志愿者走进梧桐巷社区", ["云溪村", "梧桐巷社区"]),
        ("龙斗村村民议事会", ["龙斗村"]),
        ("星河湾社区、117社区", ["星河湾社区"]),
        ("在翠亨新区、白洋工业园落户", ["翠亨新区", "白洋工业园"]),
        ("推动南宁—柳州—桂林经济走廊建设", ["南宁—柳州—桂林经济走廊"]),
        ("设立苏州工业园区和昆山高新区", ["苏州工业园区", "昆山高新区"]),
        ("中国(福建)自由贸易试验区厦门片区挂牌", ["中国(福建)自由贸易试验区厦门片区"]),
        ("治理沮漳河、滁河和饮马河流域", ["沮漳河", "滁河", "饮马河流域"]),
        ("保护长江上游和黄河甘肃段", ["长江上游", "黄河甘肃段"]),
        ("沪渝蓉高铁武宜段、石雄铁路和331国道", ["沪渝蓉高铁武宜段", "石雄铁路", "331国道"]),
        ("兰州中川国际机场三期、轨道交通1号线一期", ["兰州中川国际机场三期", "轨道交通1号线一期"]),
        ("江城大道拓宽,四环通车", ["江城大道", "四环"]),
        ("五峰后河国家级自然保护区", ["五峰后河国家级自然保护区"]),
        ("喀什古城、殷墟遗址公园", ["喀什古城", "殷墟遗址公园"]),
    ],
)
def test_unknown_places_are_known_by_their_shape(text, expected):
    assert places(text) == expected


def test_a_verb_or_a_second_sentence_is_no_part_of_a_shape():
    assert places("合宁高速增设互通一处") == ["合宁高速"]
    assert places("姚家港化工园和白洋工业园") == ["姚家港化工园", "白洋工业园"]
    assert places("福建省海峡两岸交流基地") == ["福建省"]
    assert places("台湾社工+村(居)委会") == ["台湾"]
    assert places("垦利经开区入选国家级零碳园区") == ["垦利经开区"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("向驻琼部队和驻宜单位致敬", ["琼", "宜"]),
        ("远在疆、藏一线", ["疆", "藏"]),
        ("川渝合作,鄂渝湘交界,湘赣边区域", ["川渝", "鄂渝湘", "湘赣边"]),
        ("陕北、湘西北和豫南山区", ["陕北", "湘西北", "豫南"]),
        ("涉及港澳台事务", ["港澳台"]),
        ("出台意见,进港货物,搭建平台", []),
    ],
)
def test_one_character_names_count_where_they_are_places(text, expected):
    assert places(text) == expected


def test_traditional_script_and_full_width_digits_are_seen_through_the_view():
    assert places("嘉興市南湖區新興街道，臺灣") == ["嘉興市南湖區新興街道", "臺灣"]
    assert places("重庆市北碚区碚峡路２９９号") == ["重庆市北碚区碚峡路２９９号"]


def test_every_candidate_says_its_rule_and_is_worth_more_than_a_coin_toss():
    candidates = list(PROPOSE("在邵武市龙斗村和川渝的黄柏河", []))

    assert [c[2:5] for c in candidates] == [
        ("PLACE", None, "places:full"),
        ("PLACE", None, "places:chain-below-settlement"),
        ("PLACE", None, "places:run"),
        ("PLACE", None, "places:alone-water"),
    ]
    assert all(0.5 < c.score < 1 for c in candidates)


@given(st.text(alphabet="邵武市龙村社区江山路街3号、,和—()的在新城段站 上海", max_size=60))
def test_candidates_lie_in_the_text_and_do_not_repeat(text):
    candidates = list(PROPOSE(text, []))

    assert all(0 <= c.start < c.end <= len(text) for c in candidates)
    assert len(candidates) == len(set(candidates))
    assert candidates == list(PROPOSE(text, []))


def test_hostile_text_takes_time_in_proportion_to_its_length():
    # Chains stop at a length, so that a page of nothing but names makes no candidate as long as the page.
    candidates = list(PROPOSE("甲乙村" * 2_000, []))

    assert max(c.end - c.start for c in candidates) <= 60
