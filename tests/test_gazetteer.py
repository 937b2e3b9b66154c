"""gazetteer.py: codes, names and what lies in what."""

import pytest

from swnlp.gazetteer import Division, load_gazetteer

PLACES = load_gazetteer()


def test_a_division_has_a_code_a_level_and_a_parent():
    assert PLACES.divisions["350781"] == Division("350781", "邵武市", "county", "350700")
    assert PLACES.divisions["350700"] == Division("350700", "南平市", "city", "350000")
    assert PLACES.divisions["350000"] == Division("350000", "福建省", "province", None)
    assert PLACES.path("350781") == "福建省/南平市/邵武市"


def test_every_parent_is_a_division_one_level_up_or_more():
    rank = {"province": 0, "city": 1, "county": 2, "town": 3}
    for division in PLACES.divisions.values():
        if division.parent is None:
            assert division.level == "province"
        else:
            assert rank[PLACES.level(division.parent)] < rank[division.level]


def test_all_34_provinces_are_there_and_nothing_is_named_by_a_placeholder():
    assert sum(d.level == "province" for d in PLACES.divisions.values()) == 34
    for name in ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"):
        assert name not in PLACES.surfaces


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("仙桃市", "湖北省/仙桃市"),  # no city between
        ("济源市", "河南省/济源市"),
        ("石河子市", "新疆维吾尔自治区/石河子市"),
        ("浦东新区", "上海市/浦东新区"),
        ("彭水苗族土家族自治县", "重庆市/彭水苗族土家族自治县"),
        ("石碣镇", "广东省/东莞市/石碣镇"),  # a city without counties
        ("嘉峪关市", "甘肃省/嘉峪关市"),
        ("湾仔区", "香港特别行政区/香港岛/湾仔区"),
        ("高雄市", "台湾省/高雄市"),
    ],
)
def test_placeholders_are_skipped_in_the_hierarchy(name, path):
    (code,) = PLACES.surfaces[name]

    assert PLACES.path(code) == path


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("福建", "福建省"),
        ("南平", "南平市"),
        ("平潭", "平潭县"),
        ("内蒙古", "内蒙古自治区"),
        ("广西", "广西壮族自治区"),
        ("香港", "香港特别行政区"),
        ("恩施州", "恩施土家族苗族自治州"),
        ("黔东南", "黔东南苗族侗族自治州"),
        ("融水", "融水苗族自治县"),  # not 融 of the people 水
        ("长白", "长白朝鲜族自治县"),
        ("积石山", "积石山保安族东乡族撒拉族自治县"),
        ("鄂温克旗", "鄂温克族自治旗"),
        ("锡林郭勒", "锡林郭勒盟"),
        ("大兴安岭", "大兴安岭地区"),
        ("徐州经开区", "徐州经济技术开发区"),
        ("143团", "兵团一四三团"),
    ],
)
def test_short_forms_name_the_division(short, full):
    assert PLACES.divisions[PLACES.resolve(short).code].name == full


@pytest.mark.parametrize("surface", ["城", "东", "市中", "城关", "礼", "阿拉善左"])
def test_what_points_within_any_town_is_no_short_form(surface):
    assert surface not in PLACES.surfaces


def test_a_functional_area_that_covers_a_county_is_that_county():
    assert PLACES.resolve("平潭综合实验区").code == "350128"


def test_one_character_names_are_kept_apart():
    assert PLACES.abbreviations["闽"] == "350000"
    assert "闽" not in PLACES.surfaces
    assert PLACES.resolve("琼")[:3] == ("460000", (), "abbreviation")


@pytest.mark.parametrize(
    ("surface", "within", "path", "rule"),
    [
        ("邵武", None, "福建省/南平市/邵武市", "unique"),
        ("吉林", None, "吉林省", "rank"),
        ("吉林", "220200", "吉林省/吉林市", "around"),  # its own report calls the city so
        ("吉林", "220100", "吉林省", "around"),  # another city's report means the province
        ("海南", None, "海南省", "rank"),
        ("海南", "630000", "青海省/海南藏族自治州", "within"),
        ("朝阳", "110000", "北京市/朝阳区", "within"),
        ("朝阳", "110108", "北京市/朝阳区", "near"),
        ("鼓楼区", "350100", "福建省/福州市/鼓楼区", "within"),
        ("福建省南平市邵武市", None, "福建省/南平市/邵武市", "chain"),
        ("四川广安", None, "四川省/广安市", "rank"),  # not its district of the same name
        ("徐州鼓楼区", None, "江苏省/徐州市/鼓楼区", "chain"),
        ("凤冈县龙泉街道", "350000", "贵州省/遵义市/凤冈县/龙泉街道", "chain"),
    ],
)
def test_a_surface_is_resolved_by_a_named_rule(surface, within, path, rule):
    resolution = PLACES.resolve(surface, within)

    assert (PLACES.path(resolution.code), resolution.rule) == (path, rule)
    assert resolution.code not in resolution.candidates


def test_what_cannot_be_decided_is_left_ambiguous_with_all_candidates():
    resolution = PLACES.resolve("鼓楼区")

    assert (resolution.code, resolution.rule) == (None, "ambiguous")
    assert [PLACES.path(code) for code in resolution.candidates] == [
        "江苏省/南京市/鼓楼区",
        "江苏省/徐州市/鼓楼区",
        "福建省/福州市/鼓楼区",
        "河南省/开封市/鼓楼区",
    ]


def test_of_several_in_one_province_only_those_are_candidates():
    resolution = PLACES.resolve("鼓楼区", "320000")

    assert (resolution.code, resolution.candidates) == (None, ("320106", "320302"))


@pytest.mark.parametrize(
    ("surface", "parent"),
    [("邵武市龙斗村", "350781"), ("福州市鼓楼区中山路23号", "350102"), ("平潭综合实验区金井片区", "350128")],
)
def test_a_chain_whose_end_is_in_no_list_keeps_the_deepest_known_division(surface, parent):
    resolution = PLACES.resolve(surface)

    assert (resolution.code, resolution.rule, resolution.parent) == (None, "below", parent)


@pytest.mark.parametrize("surface", ["", "龙斗村", "全省", "村" * 10_000])
def test_what_is_no_place_is_unknown(surface):
    assert PLACES.resolve(surface)[:3] == (None, (), "unknown")


def test_a_code_that_is_unknown_is_no_context():
    assert PLACES.resolve("吉林", "999999").code == "220000"


def test_ancestors_and_what_they_have_in_common():
    assert PLACES.ancestors("350781") == ("350700", "350000")
    assert PLACES.is_within("350781", "350000") and PLACES.is_within("350781", "350781")
    assert not PLACES.is_within("350000", "350781")
    assert PLACES.common_ancestor(["350781", "350702"]) == "350700"
    assert PLACES.common_ancestor(["350781", "350128"]) == "350000"
    assert PLACES.common_ancestor(["350781"]) == "350781"
    assert PLACES.common_ancestor(["350781", "350700"]) == "350700"
    assert PLACES.common_ancestor(["350781", "440100"]) is None
    assert PLACES.common_ancestor([]) is None
