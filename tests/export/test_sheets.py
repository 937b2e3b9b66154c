"""export/sheets.py and export/dl.py: workbooks without formulas, matrices with labels that UCINET reads."""

import numpy as np
from python_calamine import CalamineWorkbook

from swnlp.export.dl import write_dl
from swnlp.export.sheets import Sheet, write_sheets


def test_text_is_no_formula_and_missing_values_are_empty(tmp_path):
    rows = [["=1+1", 2, 0.5, None], ["https://例", -1, float("nan"), True]]
    write_sheets({"表": Sheet(["词", "n", "x", "y"], rows)}, tmp_path / "a.xlsx")
    sheet = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_name("表").to_python()
    assert sheet == [["词", "n", "x", "y"], ["=1+1", 2, 0.5, ""], ["https://例", -1, "", True]]


def test_text_that_looks_like_markup_of_a_cell_stays_text(tmp_path):
    write_sheets({"表": Sheet(["<r>词</r>"], [["<r><t>甲</t></r>"], ["<r>"]])}, tmp_path / "a.xlsx")
    sheet = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_name("表").to_python()
    assert sheet == [["'<r>词</r>"], ["'<r><t>甲</t></r>"], ["'<r>"]]


def test_labels_of_a_matrix_have_no_separators_and_are_distinct(tmp_path):
    write_dl(np.array([[1.0, 0.25], [0.25, 1.0]]), ["a b", "a,b"], tmp_path / "m.dl")
    assert (tmp_path / "m.dl").read_bytes() == (
        b"dl n=2 format=fullmatrix\r\nlabels:\r\na_b,a_b_2\r\ndata:\r\n1.000000 0.250000\r\n0.250000 1.000000\r\n"
    )
