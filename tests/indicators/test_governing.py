"""Which place and which year a number is of, and how that was decided."""

import pytest

from swnlp.indicators import PlaceName

NANPING, SHAOWU, YANPING, FUJIAN = "place:350700", "place:350781", "place:350702", "place:350000"


def names(text, **places):
    found = [(text.index(name), name, place) for name, place in places.items()]
    return [PlaceName(at, at + len(name), place) for at, name, place in sorted(found)]


def test_the_clause_comes_before_the_section(read):
    text = "邵武市建成社工站20个"
    (row,) = read(text, place=NANPING, names=names(text, 邵武市=SHAOWU))
    assert (row.place_id, row.place_by, row.subject) == (SHAOWU, "clause", "社工站")


def test_the_place_that_opens_a_sentence_governs_its_clauses(read):
    text = "邵武市深化改革，建成社工站20个"
    (row,) = read(text, place=NANPING, names=names(text, 邵武市=SHAOWU))
    assert (row.place_id, row.place_by) == (SHAOWU, "sentence")


def test_the_section_comes_last(read):
    (row,) = read("建成社工站20个", place=NANPING)
    assert (row.place_id, row.place_by) == (NANPING, "section")


def test_lists_of_places_are_distributed(read):
    text = "邵武市、延平区持证社工分别达到120人、89人"
    rows = read(text, place=NANPING, names=names(text, 邵武市=SHAOWU, 延平区=YANPING))
    assert [(r.place_id, r.value, r.subject) for r in rows] == [
        (SHAOWU, 120, "持证社工"),
        (YANPING, 89, "持证社工"),
    ]


def test_the_province_and_the_country_are_not_the_city(read):
    rows = read("全国持证社工达116万人\n全省共有持证社工5.2万人\n全市共有持证社工1830人", place=NANPING)
    assert [r.place_id for r in rows] == ["place:中国", FUJIAN, NANPING]


def test_a_comparison_is_not_its_place(read):
    text = "人均社工数比延平区高出3名"
    (row,) = read(text, place=NANPING, names=names(text, 延平区=YANPING))
    assert row.place_id == NANPING


@pytest.mark.parametrize(
    ("text", "year", "by", "period"),
    [
        ("2023年建成社工站20个", 2023, "clause", "2023年"),
        ("2023年，深化改革，建成社工站20个", 2023, "sentence", "2023年"),
        ("去年建成社工站20个", 2024, "clause", "去年"),
        ("建成社工站20个", 2025, "document", ""),
        ("2021—2025年，新建社工站20个", None, "sentence", "2021—2025年"),
        ("“十四五”时期新建社工站20个", None, "clause", "“十四五”时期"),
        ("到2027年，社工站达到20个", 2027, "sentence", "2027年"),
        ("社工站比2020年增加20个", 2025, "document", ""),
    ],
)
def test_years_and_periods(read, text, year, by, period):
    (row,) = read(text)
    assert (row.year, row.year_by, row.period) == (year, by, period)


def test_the_heading_of_a_section_says_the_year(read):
    (row,) = read("建成社工站20个", title="一、2024年工作回顾")
    assert (row.year, row.year_by) == (2024, "section")


def test_two_years_of_a_change(read):
    rows = read("社工站由2019年的12个增加到2023年的20个")
    assert [(r.year, int(r.value), r.change) for r in rows] == [
        (2019, 12, "level"),
        (2023, 20, "increase_to"),
    ]
