"""coding/exchange.py and commands/qdpx.py: a result goes to another program and its codings come back."""

import csv
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

import swnlp
from swnlp.cli import app
from swnlp.coding import hand_out, units_of
from swnlp.coding.codings import Coding
from swnlp.coding.exchange import export_project, import_project, over_units
from swnlp.coding.qdpx import Imported
from swnlp.errors import ExchangeError

CORPORA = Path(__file__).parents[2] / "corpora" / "fujian-social-work-2023"
run = CliRunner().invoke


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    return swnlp.analyze(CORPORA, tmp_path_factory.mktemp("exchange") / "out")


def coded_by(analysis, folder, **states):
    paths, _ = hand_out(analysis, folder, coders=list(states), n=8)
    for path, state in zip(paths, states.values(), strict=True):
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[1]
        at = next(c.column for c in sheet[1] if c.value == "状态")
        for row in range(2, 10):
            sheet.cell(row, at, state)
        book.save(path)
    return paths


def test_every_mention_is_a_coding_of_its_entity(analysis, tmp_path):
    assert export_project(analysis, tmp_path / "p.qdpx") == len(analysis.mentions)
    found = import_project(analysis, tmp_path / "p.qdpx")
    names = analysis.entities.set_index("entity_id")["name"]
    assert {(c.start, c.end, c.code) for c in found.codings} == {
        (m.start, m.end, names[m.entity_id]) for m in analysis.mentions.itertuples()
    }
    assert found.troubles == ()


def test_coders_codes_go_out_and_come_back_with_their_agreement(analysis, tmp_path, monkeypatch):
    paths = coded_by(analysis, tmp_path / "编码", 甲="已做", 乙="计划")
    options = [x for path in paths for x in ("--codings", str(path))]
    done = run(app, ["qdpx", str(analysis.folder), "-o", str(tmp_path / "p.qdpx"), *options])
    assert done.exit_code == 0 and "16 处编码" in done.stdout, done.output
    read = run(
        app,
        ["qdpx", str(analysis.folder), "--read", str(tmp_path / "p.qdpx"), "-o", str(tmp_path / "back")],
        env={"COLUMNS": "160"},
    )
    assert read.exit_code == 0 and "读入 16 处编码" in read.stdout and "甲、乙" in read.stdout, read.output
    rows = list(csv.DictReader((tmp_path / "back" / "codings.csv").open(encoding="utf-8-sig")))
    text = analysis.documents["text"][0]
    assert {(r["coder"], r["code"]) for r in rows} == {("甲", "已做"), ("乙", "计划")}
    assert all(text[int(r["start"]) : int(r["end"])] == r["text"] for r in rows if r["text"][:1] not in "'")


def test_codings_of_another_result_are_refused(analysis, tmp_path):
    paths = coded_by(analysis, tmp_path / "编码", 甲="已做")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.txt").write_text("龙岩市推进联动。", encoding="utf-8")
    other = swnlp.analyze(tmp_path / "in", tmp_path / "other")
    with pytest.raises(ExchangeError, match="没有该文献"):
        export_project(other, tmp_path / "p.qdpx", paths)


def test_a_unit_has_a_code_that_covers_half_of_it_or_lies_in_it(analysis):
    first, second = units_of(analysis, "sentence")[3:5]
    whole = Coding("甲", "类", "整句", first.doc_id, first.start, first.end)
    inside = Coding("甲", "", "一词", first.doc_id, first.start + 2, first.start + 4)
    across = Coding("乙", "类", "整句", first.doc_id, first.start, second.start + 1)
    coded = over_units(Imported((whole, inside, across), ("甲", "乙"), ()), [first, second])
    here = (first.doc_id, first.start, first.end)
    there = (second.doc_id, second.start, second.end)
    assert coded.values[here, "类", "甲"] == ("整句",) == coded.values[here, "类", "乙"]
    assert coded.values[here, "编码", "甲"] == ("一词",) and coded.values[there, "类", "乙"] == ()
    assert coded.reliability()[0].agreement.percent == 1.0
