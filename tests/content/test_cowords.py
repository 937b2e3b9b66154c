"""content/cowords.py: a co-word analysis from report files to matrices in Excel and UCINET; counted by hand."""

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

import swnlp
from swnlp.cli import app
from swnlp.errors import AnalysisError
from swnlp.lexicon import load_word_lists

run = CliRunner().invoke

REPORT = """社会工作发展报告
志愿者走进社区，志愿者关爱儿童。
志愿者走进社区。
老人喜欢社区。
老年人和儿童喜欢合唱。
"""


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "报告.txt").write_text(REPORT, encoding="utf-8")
    return swnlp.analyze(folder / "报告.txt", folder / "out")


@pytest.fixture
def lists(tmp_path):
    folder = tmp_path / "词典"
    folder.mkdir()
    (folder / "同义词.txt").write_text("老年人 老人\n", encoding="utf-8")
    (folder / "停用词.txt").write_text("喜欢 走进 关爱 社会工作 报告 合唱\n", encoding="utf-8")
    return folder


def test_counts_by_hand(analysis, lists):
    found = analysis.cowords(10, words=load_word_lists(lists))
    table = found.frequencies.set_index("term")
    assert table["count"].to_dict() == {"志愿者": 3, "社区": 3, "儿童": 2, "老年人": 2}
    assert table["units"].to_dict() == {"志愿者": 2, "社区": 3, "儿童": 2, "老年人": 2}
    assert set(table["documents"]) == {1}
    assert found.cowords.loc["志愿者"].to_dict() == {"志愿者": 2, "社区": 2, "儿童": 1, "老年人": 0}
    assert found.cowords.loc["社区", "老年人"] == 1
    assert found.ochiai.loc["志愿者", "社区"] == pytest.approx(2 / 6**0.5)
    assert (found.dissimilarity == 1 - found.ochiai).all().all()
    assert any("只能作为阅读线索" in note for note in found.notes)


def test_a_keep_list_alone_and_documents_as_units(analysis, tmp_path):
    (tmp_path / "keep.txt").write_text("社区 儿童", encoding="utf-8")
    words = load_word_lists(keep=tmp_path / "keep.txt", only=True)
    found = analysis.cowords(words=words, unit="document")
    assert found.cowords.to_dict() == {"社区": {"社区": 1, "儿童": 1}, "儿童": {"社区": 1, "儿童": 1}}


def test_entities_by_sentence_and_label(analysis):
    found = analysis.cowords(of="entities", unit="sentence", labels=["ACTOR", "GROUP"])
    assert found.cowords.loc["社区志愿者"].to_dict() == {"社区志愿者": 2, "社区": 1, "老年人": 0, "儿童": 0}
    mentioned = analysis.mentions[analysis.mentions["label"].isin(["ACTOR", "GROUP"])]
    assert found.frequencies["count"].sum() == mentioned["outer"].sum()


def test_what_cannot_be_asked(analysis):
    for wrong in ({"unit": "sentence"}, {"n": 1}, {"clusters": 99}):
        with pytest.raises(AnalysisError):
            analysis.cowords(**wrong)


def test_all_files_are_written_twice_with_the_same_bytes(analysis, lists, tmp_path):
    out = tmp_path / "共词"
    args = ["cowords", str(analysis.folder), "-n", "4", "--lexicon", str(lists), "-o", str(out)]
    done = run(app, args, env={"COLUMNS": "120"})
    assert done.exit_code == 0, done.output
    assert "战略坐标" in done.stdout and "志愿者" in done.stdout
    first = {path.name: path.read_bytes() for path in out.iterdir()}
    assert set(first) == {
        "cowords.xlsx", "cowords.dl", "ochiai.dl", "dissimilarity.dl", "frequencies.csv", "linkage.csv",
        "clusters.csv", "strategic.csv", "dendrogram.txt", "dendrogram.svg",
    }  # fmt: skip
    run(app, args)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == first

    dl = (out / "cowords.dl").read_text(encoding="gb18030").splitlines()
    assert dl[0] == "dl n=4 format=fullmatrix"
    assert dl[2] == "志愿者,社区,儿童,老年人"
    assert dl[4] == "2 2 1 0"
    book = CalamineWorkbook.from_path(str(out / "cowords.xlsx"))
    assert book.sheet_names == [
        "词频", "共词矩阵", "Ochiai 相似矩阵", "相异矩阵", "凝聚过程", "类团", "战略坐标",
    ]  # fmt: skip
    assert book.get_sheet_by_name("共词矩阵").to_python()[1] == ["志愿者", 2, 2, 1, 0]
    assert list(pd.read_csv(out / "frequencies.csv")["term"]) == ["志愿者", "社区", "儿童", "老年人"]


def test_the_same_terms_as_counted_together_by_pandas(analysis):
    found = analysis.cowords(20)
    held = analysis.terms[analysis.terms["term"].isin(found.cowords.index)]
    presence = (
        held.pivot_table("count", ["doc_id", "paragraph_id"], "term", fill_value=0).astype(bool).astype(int)
    )
    presence = presence[list(found.cowords.index)]
    assert (presence.T.dot(presence).to_numpy() == found.cowords.to_numpy()).all()
