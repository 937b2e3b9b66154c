"""export/rows_xml.py and xlsx.py: a spreadsheet of many rows holds what XlsxWriter would have written cell by cell."""

from decimal import Decimal
from zipfile import ZipFile

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from swnlp.export import safe_cell, write_table_xlsx
from swnlp.export import xlsx as xlsx_module

TABLE = pa.table(
    {
        "指标": [
            "持证社工",
            "=1+1",
            "<r>x</r>",
            " 前后有空格 ",
            'a & b < c > d "e"',
            "两行\n第二行",
            None,
            "",
        ],
        "回车": ["甲\r乙", "_x000D_", "\t头", "_x00zz_", "x000D", "\ufeff=1", "_", None],
        "数": pa.array([1, -2, None, 3, 2**40, 0, 7, 8]),
        "值": pa.array([Decimal("1.50"), Decimal("3"), None, Decimal("-0.25"), *[Decimal(1)] * 4]),
        "比": [0.1, 1e-7, float("nan"), None, -1.5, 1e20, 2.0, 3.0],
        "位置": [["10-12", "30-32"], [], None, ["=1"], ["a"], ["b"], ["c"], ["d"]],
        "真": [True, False, None, True, True, True, True, True],
        "空": pa.nulls(8),
    }
)


def sheet_xml(path):
    """Return the XML behind the extent of the sheet, in which XlsxWriter counts no rows of empty cells."""
    return ZipFile(path).read("xl/worksheets/sheet1.xml").decode().partition("<sheetViews>")[2]


def cell_by_cell(table, path):
    """Write the table through XlsxWriter's own functions."""
    with Workbook(
        path,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    ) as book:
        page = book.add_worksheet("表")
        page.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for column, name in enumerate(table.column_names):
            page.set_column(column, column, max(10, len(name) + 2))
            page.write_string(0, column, name, bold)
        for at, row in enumerate(table.to_pylist(), 1):
            for column, value in enumerate(map(safe_cell, row.values())):
                if isinstance(value, str) and value:
                    page.write_string(at, column, value)
                elif value != "":
                    page.write_number(at, column, value)
    return path


def without_markup(table):
    """Leave out what XlsxWriter takes for markup of its own and writes raw."""
    return table.filter(pa.array([text != "<r>x</r>" for text in table["指标"].to_pylist()]))


def test_the_sheet_is_byte_for_byte_the_one_that_xlsxwriter_writes_cell_by_cell(tmp_path):
    table = without_markup(TABLE)

    write_table_xlsx(table, tmp_path / "a.xlsx", sheet="表")

    assert sheet_xml(tmp_path / "a.xlsx") == sheet_xml(cell_by_cell(table, tmp_path / "b.xlsx"))


def test_text_that_looks_like_markup_of_a_cell_stays_text(tmp_path):
    write_table_xlsx(TABLE, tmp_path / "a.xlsx", sheet="表")

    assert "&lt;r&gt;x&lt;/r&gt;" in sheet_xml(tmp_path / "a.xlsx")
    rows = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_name("表").to_python()
    assert [row[0] for row in rows[1:]] == [
        "持证社工", "'=1+1", "<r>x</r>", " 前后有空格 ", 'a & b < c > d "e"', "两行\n第二行", "", "",
    ]  # fmt: skip
    assert [row[2] for row in rows[1:4]] == [1, -2, ""]
    assert [row[3] for row in rows[1:5]] == [1.5, 3, "", -0.25]


@given(st.lists(st.text(st.characters(categories=["L", "N", "P", "S", "Zs", "Cc"]), max_size=20), max_size=5))
def test_any_text_is_written_as_xlsxwriter_writes_it(tmp_path_factory, texts):
    folder = tmp_path_factory.mktemp("any")
    kept = [text for text in texts if not text.startswith("<r>")]
    table = pa.table({"文": pa.array(kept, pa.string()), "n": [1] * len(kept)})

    write_table_xlsx(table, folder / "a.xlsx", sheet="表")

    assert sheet_xml(folder / "a.xlsx") == sheet_xml(cell_by_cell(table, folder / "b.xlsx"))


@pytest.mark.parametrize("rows", [0, 3, 4, 7])
def test_rows_beyond_what_a_sheet_holds_go_to_the_next(tmp_path, monkeypatch, rows):
    monkeypatch.setattr(xlsx_module, "MOST_ROWS", 4)

    write_table_xlsx(pa.table({"n": list(range(rows))}), tmp_path / "a.xlsx", sheet="表")

    book = CalamineWorkbook.from_path(tmp_path / "a.xlsx")
    found = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    assert [row[0] for sheet in found for row in sheet[1:]] == list(range(rows))
    assert all(sheet[0] == ["n"] and len(sheet) <= 4 for sheet in found)
    assert book.sheet_names == ["表", "表 2", "表 3"][: max(1, -(-rows // 3))]
