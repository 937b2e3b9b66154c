"""forms/: what is written with lists and marks, and read back whatever people did to it."""

import openpyxl
import pytest

from swnlp.errors import FormError
from swnlp.export.workbook import workbook
from swnlp.forms import Cells, Column, Form, read_forms, write_form

FORM = Form(
    "表 form",
    (
        Column("number", "序号", "no", needed=True),
        Column("sentence", "原文", "sentence", marked=True),
        Column("verdict", "判断", "verdict", "asked", choices=("对", "错"), needed=True),
        Column("note", "备注", "note", "asked", choices=tuple(f"选项{i}，很长的一项" for i in range(60))),
    ),
)


@pytest.fixture
def path(tmp_path):
    with workbook(tmp_path / "form.xlsx") as book:
        write_form(
            book,
            FORM,
            [
                Cells({"number": 1, "sentence": "=龙岩市推进联动", "verdict": "对"}, [(1, 4)]),
                Cells({"number": 2, "sentence": "全"}, [(0, 1)]),
            ],
        )
    return tmp_path / "form.xlsx"


def test_what_was_written_is_read(path):
    form = read_forms(path, [FORM])["表 form"]
    assert [dict(row.cells) for row in form.rows] == [
        {"number": "1", "sentence": "=龙岩市推进联动", "verdict": "对", "note": ""},
        {"number": "2", "sentence": "全", "verdict": "", "note": ""},
    ]
    assert [row.number for row in form.rows] == [2, 3] and form.troubles == ()


def test_text_is_no_formula_and_a_long_list_stands_in_a_hidden_sheet(path):
    book = openpyxl.load_workbook(path)
    assert book.worksheets[0]["B2"].data_type == "s"
    rules = book.worksheets[0].data_validations.dataValidation
    assert {rule.formula1 for rule in rules} == {'"对,错"', "'选项 lists'!$A$1:$BH$1"}
    assert (
        book["选项 lists"].sheet_state == "hidden" and book["选项 lists"]["BH1"].value == "选项59，很长的一项"
    )


def test_a_heading_may_be_lower_in_one_language_and_in_any_order(path, tmp_path):
    (tmp_path / "a.csv").write_text("抽查表\n\n备注,VERDICT,no\n好,对,7\n", encoding="utf-8")
    form = read_forms(tmp_path / "a.csv", [FORM])["表 form"]
    assert form.rows[0].number == 4 and form.rows[0].cells == {"number": "7", "verdict": "对", "note": "好"}
    assert form.places["verdict"] == "B（VERDICT）"


def test_a_quote_that_kept_a_spreadsheet_from_running_a_cell_is_taken_off(tmp_path):
    (tmp_path / "a.csv").write_text("序号,判断,备注\n1,对,'=1+1\n2,错,'好'\n", encoding="utf-8")
    notes = [row.cells["note"] for row in read_forms(tmp_path / "a.csv", [FORM])["表 form"].rows]
    assert notes == ["=1+1", "'好'"]


def test_two_sheets_of_one_form_are_an_error(path):
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book.worksheets[0])
    book.save(path)
    with pytest.raises(FormError, match="同一种表"):
        read_forms(path, [FORM])


def test_a_row_that_is_shorter_than_the_heading_is_empty_at_its_end(tmp_path):
    (tmp_path / "a.csv").write_text("序号,判断,备注\n1\n,,\n2,错\n", encoding="utf-8")
    rows = read_forms(tmp_path / "a.csv", [FORM])["表 form"].rows
    assert [(row.number, row.cells["verdict"]) for row in rows] == [(2, ""), (4, "错")]


def test_merged_cells_beside_the_form_do_not_matter(path):
    book = openpyxl.load_workbook(path)
    book.worksheets[0].merge_cells("F2:F3")
    book.save(path)
    assert read_forms(path, [FORM])["表 form"].troubles == ()
