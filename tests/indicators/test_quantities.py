"""Numbers and units: exact values in base units, and what is no amount."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swnlp.indicators.numerals import arabic, chinese
from swnlp.indicators.quantities import Quantity, tokens


def only(text):
    found = [t for t in tokens(text, 0, len(text)) if isinstance(t, Quantity)]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1830人", "1830", "人"),
        ("近2000万元", "20000000", "元"),
        ("1.9万人次", "19000", "人次"),
        ("1,100万", "11000000", ""),
        ("1,260公里", "1260", "公里"),
        ("8000万千瓦", "80000000", "千瓦"),
        ("2.3亿千瓦时", "230000000", "千瓦时"),
        ("1.28万亿元", "1280000000000", "元"),
        ("120余万名", "1200000", "名"),
        ("万分之16.26", "16.26", "‱"),
        ("千分之2.1", "2.1", "‰"),
        ("百分之九十八点五", "98.5", "%"),
        ("51%", "51", "%"),
        ("12.5个百分点", "12.5", "百分点"),
        ("四分之三", "75", "%"),
        ("三分之一", "33.3333333333", "%"),
        ("近两成", "20", "%"),
        ("三成五", "35", "%"),
        ("一百二十个", "120", "个"),
        ("两千三百万元", "23000000", "元"),
        ("十余个", "10", "个"),
        ("突破千亿元", "100000000000", "元"),
        ("26微克/立方米", "26", "微克/立方米"),
        ("60元/平方米", "60", "元/平方米"),
        ("增长-2.3%", "-2.3", "%"),
    ],
)
def test_values_are_exact_and_in_base_units(text, value, unit):
    found = only(text)
    assert (found.value, found.unit) == (Decimal(value), unit)


def test_amounts_in_two_units_are_not_added_up(read):
    (row,) = read("车程缩短1小时10分")
    assert (row.text, row.value) == ("1小时10分", None)


def test_ages_and_attributes_of_what_is_counted_are_no_rows(read):
    texts = [
        "69岁的老人笑了",
        "带队的小封只有12岁",
        "引进12个50亿元以上项目",
        "增速连续9个季度领先",
        "他们拧在一起",
    ]
    assert [row.text for text in texts for row in read(text)] == ["12个"]


def test_subjects_of_both_sides(read):
    texts = {
        "社工在41个安置点设立小站": "安置点",
        "邵武、建阳等8支志愿服务队伍常年活跃": "志愿服务队伍",
        "召开项目推进会11场": "项目推进会",
        "每个街道建成1处守护站": "守护站",
        "全市共有社会组织58家": "社会组织",
        "「老鍋爐」調解隊等8支志願服務隊伍": "志愿服务队伍",
    }
    assert {text: read(text)[0].subject.removeprefix("召开") for text in texts} == texts


def test_what_is_left_is_of_what_has_the_same_measure(read):
    rows = read("发现隐患463处，整改率99.1%，剩余4处")
    assert [row.subject for row in rows] == ["发现隐患", "整改率", "发现隐患"]


def test_a_list_is_distributed_over_a_series(read):
    rows = read("对取得助理、中级、高级证书的分别一次性奖励1200元、2600元、6000元")
    assert [(row.qualifier, int(row.value)) for row in rows] == [
        ("助理", 1200),
        ("中级", 2600),
        ("高级", 6000),
    ]
    assert {row.subject for row in rows} == {"一次性奖励"}


def test_ranges_have_two_ends(read):
    texts = [
        "奖励5-6万元",
        "奖励80元至200元",
        "社工三至五名",
        "增速5%—5.5%",
        "罚款1万元以上5万元以下",
        "差值-0.1至0.2个百分点",
    ]
    found = [(row.value, row.value_max) for text in texts for row in read(text)]
    wanted = [
        (50000, 60000),
        (80, 200),
        (3, 5),
        (5, Decimal("5.5")),
        (10000, 50000),
        (Decimal("-0.1"), Decimal("0.2")),
    ]
    assert found == wanted


@pytest.mark.parametrize(
    "text", ["数十名", "几十家", "三四百名", "十几个", "1,23万元", "1万2000人", "9.1∶42.3∶48.6"]
)
def test_what_is_not_understood_has_no_value(text):
    found = [t for t in tokens(text, 0, len(text)) if isinstance(t, Quantity) and not t.bare]
    assert [t.value for t in found] == [None]
    assert text[found[0].start : found[0].end] == text


@pytest.mark.parametrize(
    "text",
    [
        "2023年5月20日", "二〇二三年", "2019—2021年", "3月", "9:30", "民发〔2021〕15号", "0755-83261234", "13800138000",
        "第25条", "第三批", "二十大", "十四五", "G60高速", "PM2.5", "5G", "三级", "一支队伍", "统一", "12345热线", "903室",
    ],
)  # fmt: skip
def test_dates_numbers_of_documents_and_codes_are_no_quantities(text):
    assert not [t for t in tokens(text, 0, len(text)) if isinstance(t, Quantity)]


@given(st.integers(1, 10**9))
def test_chinese_numerals_are_read_as_cn2an_writes_them(number):
    from cn2an import an2cn

    assert chinese(an2cn(number)) == number


@given(st.text(alphabet="零〇一二两三四五六七八九十百千万亿点", max_size=24))
def test_chinese_numerals_are_a_number_or_nothing(numeral):
    value = chinese(numeral)
    assert value is None or value >= 0


@given(st.integers(0, 10**12), st.sampled_from(["", "万", "亿", "千万", "万亿"]))
def test_separators_and_multipliers_are_exact(number, signs):
    assert arabic(f"{number:,}", signs) == arabic(str(number), signs)


def test_digits_side_by_side_are_refused():
    assert [chinese(n) for n in ("三四", "三四百", "百", "一百百", "二〇二三", "十五六")] == [None] * 6
