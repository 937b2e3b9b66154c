"""commands/choose.py: command line before settings file before defaults; which file it was is told."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from swnlp.cli import app

CORPORA = Path(__file__).parent.parent.parent / "corpora"
run = CliRunner().invoke


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "报告"
    folder.mkdir()
    shutil.copy(next(CORPORA.glob("fujian*/*.txt")), folder)
    settings = 'window = "paragraph"\nmin_count = 2\nlexicon = "../词典"\nmeta = "文献.csv"\n'
    (folder / "swnlp.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "词典").mkdir()
    (tmp_path / "词典" / "名称.csv").write_text("名称,标签\n工作专业,项目\n", encoding="utf-8")
    (folder / "文献.csv").write_text("path,课题\nfujian-social-work-2023-part3.txt,甲\n", encoding="utf-8")
    return folder


def run_json(out):
    return json.loads((out / "run.json").read_text(encoding="utf-8"))


def test_the_command_line_comes_before_the_file_and_the_file_before_defaults(corpus, tmp_path):
    done = run(
        app, ["analyze", str(corpus), "-o", str(tmp_path / "out"), "--min-count", "1"], env={"COLUMNS": "300"}
    )
    assert done.exit_code == 0, done.output
    made = run_json(tmp_path / "out")
    assert (made["settings"]["window"], made["settings"]["min_count"]) == ("paragraph", 1)
    assert made["settings"]["view"] == "actor-initiative"
    assert [source["file"] for source in made["lexicon"]] == ["名称.csv"]
    assert made["settings_file"]["file"] == str(corpus / "swnlp.toml")
    assert len(made["settings_file"]["sha256"]) == 64
    assert f"来自 {corpus / 'swnlp.toml'}" in done.stdout


def test_without_a_file_run_json_says_so(corpus, tmp_path):
    (corpus / "swnlp.toml").unlink()
    run(app, ["analyze", str(corpus), "-o", str(tmp_path / "out"), "-q"])
    assert run_json(tmp_path / "out")["settings_file"] is None


def test_a_choice_of_the_file_can_be_taken_back(corpus, tmp_path):
    (corpus / "swnlp.toml").write_text("keep_duplicates = true\n", encoding="utf-8")
    for option, wanted in ((), True), (("--no-keep-duplicates",), False):
        run(app, ["analyze", str(corpus), "-o", str(tmp_path / "out"), "-q", *option])
        assert run_json(tmp_path / "out")["settings"]["keep_duplicates"] is wanted


def test_read_and_tag_take_the_file_too_and_say_so(corpus, tmp_path):
    read = run(app, ["read", str(corpus)])
    assert "课题=甲" in read.stdout
    assert f"设置文件 settings: {corpus / 'swnlp.toml'}" in read.stderr
    tagged = run(app, ["tag", str(corpus), "--format", "jsonl"])
    assert '"PROGRAM"' in tagged.stdout
    assert any(
        "工作专业" in row["text"][e["start"] : e["end"]]
        for row in map(json.loads, tagged.stdout.splitlines())
        for e in row["entities"]
        if e["label"] == "PROGRAM"
    )
    assert "swnlp.toml" in tagged.stderr
    assert run(app, ["tag", str(corpus), "--format", "jsonl", "--quiet"]).stderr == ""


def test_tag_takes_the_column_of_a_table(tmp_path):
    table = tmp_path / "新闻.csv"
    table.write_text("编号,稿件\n1,遵义市民政局实施“遵才归雁”计划。\n", encoding="utf-8")
    done = run(app, ["tag", str(table), "--format", "jsonl", "--text-column", "稿件"])
    assert done.exit_code == 0, done.output
    assert "遵义市民政局" in json.loads(done.stdout)["text"]


def test_a_wrong_line_of_the_file_stops_every_command_that_reads_it(corpus, tmp_path):
    (corpus / "swnlp.toml").write_text('\nwindwo = "section"\n', encoding="utf-8")
    for command in (
        ["analyze", str(corpus), "-o", str(tmp_path / "out")],
        ["read", str(corpus)],
        ["tag", str(corpus), "--format", "html"],
    ):
        done = run(app, command)
        assert (done.exit_code, done.stdout) == (2, "")
        assert "swnlp.toml:2" in done.stderr and "'window'" in done.stderr
