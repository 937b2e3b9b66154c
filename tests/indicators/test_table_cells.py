"""Rows of tables: names of rows and columns, units in headers and captions."""

from decimal import Decimal

from swnlp.records import Cell


def table(*rows, caption="", start=0):
    """Lay a table out as text below its caption; return both text and cells."""
    text, cells = caption + "\n", []
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            cells.append(Cell(0, i, j, rows[0][j], value, len(text), len(text) + len(value)))
            text += value + "\t"
        text += "\n"
    return text, tuple(cells)


def short(rows):
    return [(r.place_id, r.year, r.subject, r.qualifier, r.value, r.unit) for r in rows]


def test_places_in_rows_and_units_in_headers(read):
    text, cells = table(
        ("地区", "持证社工（人）", "经费(万元)"),
        ("南平市", "1,830", "200.5"),
        ("邵武市", "438", "-"),
        caption="各地情况",
    )
    assert short(read(text, place="place:350000", cells=cells)) == [
        ("place:350700", 2025, "持证社工", "", Decimal(1830), "人"),
        ("place:350700", 2025, "经费", "", Decimal(2005000), "元"),
        ("place:350781", 2025, "持证社工", "", Decimal(438), "人"),
    ]


def test_subjects_in_rows_years_in_headers_and_a_unit_in_the_caption(read):
    text, cells = table(
        ("指标", "2022年", "2023年"), ("服务经费", "12", "15"), caption="表1 投入情况 单位：万元"
    )
    assert short(read(text, cells=cells)) == [
        (None, 2022, "服务经费", "", Decimal(120000), "元"),
        (None, 2023, "服务经费", "", Decimal(150000), "元"),
    ]


def test_serial_numbers_and_telephones_are_left_out(read):
    text, cells = table(("序号", "站点", "社工（名）", "电话"), ("1", "龙斗村社工站", "3", "5551234"))
    assert short(read(text, cells=cells)) == [(None, 2025, "龙斗村社工站", "社工", Decimal(3), "名")]


def test_what_is_no_number_has_no_value_and_a_number_in_a_cell_counts_once(read):
    text, cells = table(("项目", "数量"), ("社工站", "12个"), ("培训", "3期/120人次"))
    found = [(r.subject, r.value, r.unit) for r in read(text, cells=cells)]
    assert found[0] == ("社工站", Decimal(12), "个")
    assert all(value is None or unit for _, value, unit in found)


def test_a_column_of_years_gives_each_row_its_year(read):
    text, cells = table(
        ("地区", "年份", "持证社工（人）"), ("南平市", "2022", "1650"), ("南平市", "2023年", "1830")
    )
    assert short(read(text, cells=cells)) == [
        ("place:350700", 2022, "持证社工", "", Decimal(1650), "人"),
        ("place:350700", 2023, "持证社工", "", Decimal(1830), "人"),
    ]
