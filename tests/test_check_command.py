"""commands/check.py: a sample is drawn and read back by the command."""

from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from swnlp.cli import app

CORPORA = Path(__file__).parent.parent / "corpora" / "fujian-social-work-2023"
run = CliRunner().invoke


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("check") / "out"
    assert run(app, ["analyze", str(CORPORA), "-o", str(folder), "-q"]).exit_code == 0
    return folder


def test_a_check_from_the_draw_to_the_corrected_run(out, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    drawn = run(app, ["check", str(out), "-n", "30"])
    assert drawn.exit_code == 0 and "抽取 30 处" in drawn.stdout
    path = tmp_path / "抽查-mentions.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[1]
    for row in range(2, 32):
        sheet.cell(row, 8, "对" if row > 3 else "错")
    sheet.cell(4, 8, "也许")
    book.save(path)

    read = run(app, ["check", str(out), "--read", str(path)], env={"COLUMNS": "160"})
    assert read.exit_code == 0, read.output
    for wanted in (
        "30 行中判断了 29 行",
        "精确率 precision",
        "95% 区间",
        "合计",
        "第 4 行 H（",
        "更正 2 条（drop 2）",
    ):
        assert wanted in read.stdout

    before = run(app, ["show", str(out), "社会工作者", "五社联动"])
    again = run(app, ["analyze", str(CORPORA), "-o", str(out), "--corrections", str(out / "corrections.csv")])
    assert again.exit_code == 0 and before.exit_code == 0
    stale = run(app, ["check", str(out), "--read", str(path)], env={"COLUMNS": "160"})
    assert "抽样之后结果已重新生成" in stale.stdout


def test_a_sheet_that_is_none_is_one_sentence(out, tmp_path):
    (tmp_path / "a.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    read = run(app, ["check", str(out), "--read", str(tmp_path / "a.csv")])
    assert read.exit_code == 2 and "没有找到可读的表" in read.stderr and "Traceback" not in read.output
