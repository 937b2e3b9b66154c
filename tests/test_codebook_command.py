"""commands/codebook.py: from the sheets to the table of agreement."""

from pathlib import Path

import openpyxl
from typer.testing import CliRunner

from swnlp.cli import app

CORPORA = Path(__file__).parent.parent / "corpora" / "fujian-social-work-2023"
run = CliRunner().invoke


def test_sheets_are_handed_out_and_collected(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(app, ["analyze", str(CORPORA), "-o", "out", "-q"]).exit_code == 0
    done = run(app, ["codebook", "out", "-n", "10", "--coders", "甲，乙"])
    assert done.exit_code == 0 and "10 个单元" in done.stdout, done.output
    paths = [tmp_path / "编码" / f"编码-{name}.xlsx" for name in "甲乙"]
    for path in paths:
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[1]
        at = next(c.column for c in sheet[1] if c.value == "状态")
        for row in range(2, 12):
            sheet.cell(row, at, "计划" if row == 2 and "甲" in path.name else "已做")
        book.save(path)
    read = run(
        app, ["codebook", "out", *(x for p in paths for x in ("--read", str(p)))], env={"COLUMNS": "160"}
    )
    assert read.exit_code == 0, read.output
    for wanted in ("信度 reliability（甲、乙）", "0.900", "1 处分歧未裁定", "分歧.xlsx"):
        assert wanted in read.stdout
    again = run(app, ["codebook", "out", "--coders", "甲"])
    assert again.exit_code == 2 and "已存在" in again.stderr
