"""Keywords of documents, candidates for a lexicon that --lexicon takes back, checks of one, and merges."""

import csv

import pytest
from typer.testing import CliRunner

import swnlp
from swnlp.cli import app
from swnlp.content.suggest import guessed_label
from swnlp.lexicon import load_lexicon
from swnlp.lexicon.check import check_folder
from swnlp.schema import CANDIDATES, KEYWORDS

run = CliRunner().invoke

REPORTS = {
    "a.txt": (
        "社区服务报告\n各地推广邻里食堂助老模式。邻里食堂方便老人，老人喜欢邻里食堂。\n"
        "我们参观邻里食堂之后很高兴。社工机构参与服务，社会工作者走进村庄。\n"
    ),
    "b.txt": "学校教育报告\n学校开设课程，学生喜欢课程。学校组织阅读。\n",
}


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return swnlp.analyze(folder, folder.parent / "out")


@pytest.mark.parametrize("method", ["tfidf", "textrank"])
def test_keywords_of_each_document(analysis, method):
    found = analysis.keywords(3, method=method)
    assert list(found.columns) == KEYWORDS.names
    by_document = found.groupby("doc_id")["term"].agg(list)
    assert "食堂" in "".join(by_document["a.txt"])
    assert by_document["b.txt"][0] == "学校"
    assert found.groupby("doc_id")["score"].agg(lambda s: s.is_monotonic_decreasing).all()


def test_keywords_on_the_command_line(analysis, tmp_path):
    done = run(app, ["keywords", str(analysis.folder), "-n", "2", "-o", str(tmp_path / "关键词.csv")])
    assert done.exit_code == 0, done.output
    assert "学校" in done.stdout and (tmp_path / "关键词.csv").is_file()


def test_candidates_go_back_into_the_lexicon(analysis, tmp_path):
    out = tmp_path / "词典" / "候选词.csv"
    done = run(app, ["lexicon", "suggest", str(analysis.folder), "-o", str(out)])
    assert done.exit_code == 0, done.output
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["name"]: row for row in csv.DictReader(file)}
    assert list(next(iter(rows.values()))) == CANDIDATES.names
    row = rows["邻里食堂"]
    # The fourth stands in the name 邻里食堂助老模式.
    assert row["count"] == "3"
    assert row["examples"].count(" | ") == 2 and all("邻里食堂" in e for e in row["examples"].split(" | "))
    held = load_lexicon(out.parent)
    assert "邻里食堂" in {word.word for word in held.words} | {entry.surface for entry in held.user_entries}
    # Cut whole from then on, so no candidate any more.
    (tmp_path / "a.txt").write_text(REPORTS["a.txt"], encoding="utf-8")
    again = swnlp.analyze(tmp_path / "a.txt", lexicon=out.parent)
    assert "邻里食堂" in set(again.terms["term"])


def test_labels_are_guessed_by_the_head_noun():
    assert guessed_label("邻里互助行动") == "PROGRAM"
    assert guessed_label("社区治理暂行办法") == "POLICY"
    assert guessed_label("红枫基金会") == "ORG"
    assert guessed_label("困境老年人") == "GROUP"
    assert guessed_label("高质量发展") is None


def findings(folder, **texts):
    for name, text in texts.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return {(f.problem, f.entry) for f in check_folder(folder, scheme="five_societies")}


def test_repeated_and_contradictory_entries(tmp_path):
    table = "name,label,kind,alias_of\n甲项目,PROGRAM,,\n甲项目,PROGRAM,,\n甲项目,WORK,,\n"
    assert findings(tmp_path, a_csv=table, w_txt="丁词\n丁词\n") == {
        ("duplicate", "甲项目"),
        ("conflict", "甲项目"),
        ("duplicate", "丁词"),
    }


def test_circles_chains_and_unknown_kinds(tmp_path):
    table = (
        "name,label,kind,alias_of\n甲,PROGRAM,,乙\n乙,PROGRAM,,甲\n"
        "一,PROGRAM,,二\n二,PROGRAM,,三\n帮手,ACTOR,helper,\n义工,ACTOR,volunteer,\n"
    )
    found = findings(tmp_path, a_csv=table)
    assert {f for f in found if f[0] != "error"} == {
        ("circle", "甲"),
        ("chain", "一"),
        ("unknown kind", "帮手"),
    }


def test_a_line_that_cannot_be_read_does_not_hide_the_rest(tmp_path):
    found = findings(tmp_path, a_csv="name,label\n甲,NONSENSE\n", b_csv="name,label\n乙,WORK\n乙,WORK\n")
    assert {problem for problem, _ in found} == {"error", "duplicate"}


def test_entries_that_never_match_on_the_command_line(analysis, tmp_path):
    (tmp_path / "a.csv").write_text("name,label\n邻里食堂,PROGRAM\n云端食堂,PROGRAM\n", encoding="utf-8")
    args = ["lexicon", "check", str(tmp_path)]
    assert run(app, args).exit_code == 0
    done = run(app, [*args, "--in", str(analysis.folder)])
    assert done.exit_code == 1
    assert "a.csv:3" in done.stdout and "云端食堂" in done.stdout and "邻里食堂" not in done.stdout
    assert run(app, ["lexicon", "check", str(tmp_path / "nothing")]).exit_code == 2


def test_merges_in_names(analysis, tmp_path):
    found = analysis.merges()
    assert not (found["surface"] == found["entity"]).any()
    row = found.set_index("surface").loc["社工机构"]
    assert (row["entity"], row["label"], row["mentions"]) == ("社会组织", "ACTOR", 1)
    assert len(analysis.merges(every=True)) == len(analysis.links)
    shown = run(app, ["lexicon", "merges", str(analysis.folder)], env={"COLUMNS": "160"})
    assert "社工机构" in shown.stdout and "社会组织" in shown.stdout
    run(app, ["lexicon", "merges", str(analysis.folder), "-o", str(tmp_path / "m.csv")])
    assert "社工机构" in (tmp_path / "m.csv").read_text(encoding="utf-8-sig")
