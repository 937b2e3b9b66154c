"""concordance.py, Analysis.kwic and `swnlp kwic`: every place, its exact characters, and what is around it."""

import pandas as pd
import pytest
from typer.testing import CliRunner

import swnlp
from swnlp.cli import app
from swnlp.concordance import find_words, lines

TEXT = (
    "三明市社会工作报告\n社会工作者走访。\n持证社工参与“暖心三明”行动，\n志願服務有序。\n"
    "=志愿服务，SWNLP与swnlp。"
)
run = CliRunner().invoke


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kwic")
    (folder / "三明市.txt").write_text(TEXT, encoding="utf-8")
    return swnlp.analyze(folder / "三明市.txt", folder / "out")


def test_words_are_found_in_either_script_and_case_and_not_in_what_is_dropped():
    assert [TEXT[a:b] for a, b in find_words(TEXT, ["志愿服务"])] == ["志願服務", "志愿服务"]
    assert [TEXT[a:b] for a, b in find_words(TEXT, ["ｓｗｎｌｐ"])] == ["SWNLP", "swnlp"]
    assert list(find_words("社工社工", ["社工"], [(0, 1)])) == [(2, 4)]
    assert list(find_words("社工站", ["社工", "社工站", " "])) == [(0, 3)]
    assert list(find_words("a.b", [""])) == [] and list(find_words("axb", ["a.b"])) == []


def test_a_line_has_exact_characters_and_no_line_break():
    (line,) = lines("甲\n乙社工丙\r丁", [(3, 5)], 3)

    assert line == (3, 5, "甲 乙", "社工", "丙 丁")
    assert next(lines("社工", [(0, 2)], 0)) == (0, 2, "", "社工", "")


def test_an_entity_is_found_whatever_it_is_called(analysis):
    found = analysis.kwic("社工", width=4)

    assert list(found.columns) == ["document", "section", "left", "node", "right", "start", "end"]
    assert found["node"].tolist() == ["社会工作者", "持证社工"]
    for row in found.itertuples():
        assert TEXT[row.start : row.end] == row.node
        assert TEXT[row.end : row.end + 4].replace("\n", " ") == row.right
        assert TEXT[max(row.start - 4, 0) : row.start].replace("\n", " ") == row.left
    assert len(found) == len(analysis.mentions.query("entity_id == 'actor:social_worker'"))


def test_anything_else_is_words_and_a_list_always_is(analysis):
    assert analysis.kwic("走访")["left"].tolist() == ["三明市社会工作报告 社会工作者"]
    assert analysis.kwic(["社会工作者", "有序"])["node"].tolist() == ["社会工作者", "有序"]
    nothing = analysis.kwic("没有的词")
    assert len(nothing) == 0 and nothing.columns[0] == "document"


def test_the_sections_heading_is_there(tmp_path):
    text = "福建省社会工作发展报告\n\n南平市\n南平市建成社工站。\n\n龙岩市\n龙岩市开展走访。"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    analysis = swnlp.analyze(tmp_path / "a.txt", tmp_path / "out")

    sections = analysis.sections
    for row in analysis.kwic(["建成", "走访"]).itertuples():
        held = sections[(sections["start"] <= row.start) & (row.end <= sections["end"])]
        assert held["title"].tolist() == [row.section]


def test_the_command_lines_words_up_and_writes_all_as_csv(analysis, tmp_path):
    done = run(app, ["kwic", str(analysis.folder), "志愿服务", "--width", "5", "-o", str(tmp_path / "a.csv")])

    assert done.exit_code == 0, done.output
    assert "志愿服务：2 处，1 篇" in done.stdout
    assert "【志願服務】有序" in done.stdout
    table = pd.read_csv(tmp_path / "a.csv")
    assert table["node"].tolist() == ["志願服務", "志愿服务"]
    # A cell that begins with = is no formula.
    assert not table["left"].str.startswith("=").any()
    more = run(app, ["kwic", str(analysis.folder), "志愿服务", "--top", "1"])
    assert "另有 1 处" in more.stdout
