"""cli.py: what a researcher types, and what comes back."""

import os
import re
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
from typer.testing import CliRunner

from swnlp.analysis import open_analysis
from swnlp.cli import app

CORPORA = Path(__file__).parent.parent / "corpora"
SAMPLE = CORPORA / "fujian-social-work-2023"
run = CliRunner().invoke


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    out = tmp_path_factory.mktemp("cli") / "out"
    return run(app, ["analyze", str(SAMPLE), "-o", str(out)], env={"COLUMNS": "160"}), out


def test_the_summary_says_what_was_read_found_and_where_it_is(result):
    (done, out), text = result, result[0].stdout
    assert done.exit_code == 0
    for wanted in (
        "读取 1 篇",
        "社会工作者",
        "五社联动 × 地区",
        "龙岩市",
        "平潭综合实验区",
        "未提及",
        "graph.gexf",
        str(out),
    ):
        assert wanted in text
    assert {p.name for p in out.iterdir()} >= {
        "graph.gexf", "graph.graphml", "nodes.csv", "edges.csv", "evidence.csv", "run.json", "tables",
    }  # fmt: skip


def test_show_prints_the_sentences_with_the_names_marked(result):
    shown = run(app, ["show", str(result[1]), "社会工作者", "五社联动"], env={"COLUMNS": "400"})
    assert shown.exit_code == 0
    assert "【五社联动】" in shown.stdout
    assert "【社会工作专业人才" in shown.stdout
    assert "fujian-social-work-2023-part3.txt" in shown.stdout


def test_show_of_an_unknown_name_offers_near_ones(result):
    shown = run(app, ["show", str(result[1]), "社会工作", "五社联动"])
    assert shown.exit_code == 2
    assert "社会工作者" in shown.stderr


def test_show_without_a_result_says_to_analyse_first(tmp_path):
    shown = run(app, ["show", str(tmp_path), "a", "b"])
    assert shown.exit_code == 2
    assert "swnlp analyze" in shown.stderr


def test_graph_writes_a_file_and_says_how_large_the_network_is(result, tmp_path):
    done = run(app, ["graph", str(result[1]), "-o", str(tmp_path / "三明.net")])
    assert done.exit_code == 0
    found = re.match(r"(\d+) 个节点，(\d+) 条边，模块度 [01]\.\d{3}，已写入 (.+?)   \d+ nodes", done.stdout)
    back = nx.read_pajek(tmp_path / "三明.net", encoding="utf-8-sig")
    assert (int(found[1]), int(found[2]), found[3]) == (len(back), back.size(), str(tmp_path / "三明.net"))
    assert done.stdout.count("\n") == 1


def test_graph_takes_a_view_a_place_a_test_and_an_ego(result, tmp_path):
    options = ["--view", "full", "--place", "南平", "--years", "2000-2100", "--min-count", "1"]
    options += ["--pair-weight", "fractional", "--ego", "社工", "--intervals"]
    done = run(app, ["graph", str(result[1]), *options, "-o", str(tmp_path / "g.gexf")])
    assert done.exit_code == 0, done.output
    graph = nx.read_gexf(tmp_path / "g.gexf")
    assert set(graph) == {"actor:social_worker", *graph.neighbors("actor:social_worker")}
    edge = next(iter(graph.edges(data=True)))[2]
    assert edge["weight"] == edge["fractional"] and edge["low"] <= edge["windows"] <= edge["high"]
    said = (tmp_path / "g.gexf").read_text(encoding="utf-8")
    assert "sections about place:350700; documents of 2000-2100; pair-weight fractional; ego actor:" in said
    assert "backbone 0.3" in backbone_of(result[1], tmp_path)


def backbone_of(out, folder):
    done = run(app, ["graph", str(out), "--view", "full", "--backbone", "0.3", "-o", str(folder / "b.gexf")])
    assert done.exit_code == 0
    return (folder / "b.gexf").read_text(encoding="utf-8")


@pytest.mark.parametrize("option", [("--backbone", "0.9"), ("--ego", "社工")])
def test_a_network_is_the_same_whatever_the_order_of_sets(result, tmp_path, option):
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "swnlp", "graph", str(result[1]), "--view", "full", *option]
        command += ["-o", str(tmp_path / f"{seed}.gexf")]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
    assert (tmp_path / "1.gexf").read_bytes() == (tmp_path / "2.gexf").read_bytes()


def test_graph_says_that_a_corpus_is_too_small_for_a_test(result, tmp_path):
    done = run(app, ["graph", str(result[1]), "--alpha", "0.05", "-o", str(tmp_path / "g.json")])
    assert done.exit_code == 0
    assert "语料太小，无法检验" in done.stdout


def test_a_graph_of_nothing_says_what_to_try(result, tmp_path):
    done = run(app, ["graph", str(result[1]), "--min-count", "999", "-o", str(tmp_path / "g.csv")])
    assert done.exit_code == 0
    assert "0 个节点，0 条边，模块度 —" in done.stdout
    assert "--view full" in done.stdout


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (["-o", "g.pdf"], ".gexf"),
        (["-o", "g.net", "--years", "21"], "2019-2023"),
        (["-o", "g.net", "--place", "拉萨"], "没有关于"),
        (["-o", "g.net", "--ego", "拉萨大学"], "结果中没有"),
        (["-o", "none/g.net"], "无法写入"),
    ],
)
def test_a_graph_that_cannot_be_is_one_sentence(result, tmp_path, monkeypatch, options, wanted):
    monkeypatch.chdir(tmp_path)
    one_sentence(run(app, ["graph", str(result[1]), *options]), 2, wanted)
    assert list(tmp_path.iterdir()) == []


def one_sentence(result, code, *wanted):
    assert result.exit_code == code
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    for text in wanted:
        assert text in result.stderr


def test_an_empty_folder_is_nothing_to_analyse(tmp_path):
    (tmp_path / "corpus").mkdir()
    one_sentence(
        run(app, ["analyze", str(tmp_path / "corpus"), "-o", str(tmp_path / "out")]), 1, "没有可以分析的报告"
    )


def test_a_missing_path_is_a_wrong_call(tmp_path):
    one_sentence(run(app, ["analyze", str(tmp_path / "none"), "-o", str(tmp_path / "out")]), 2, "none")


def test_an_output_that_cannot_be_written_is_a_wrong_call(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    one_sentence(run(app, ["analyze", str(SAMPLE), "-o", str(tmp_path / "file" / "out")]), 2, "无法写入")


def test_only_broken_files_are_nothing_to_analyse_and_each_is_named(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    one_sentence(run(app, ["analyze", str(tmp_path), "-o", str(tmp_path / "out")]), 1, "empty.txt")


def test_broken_files_beside_good_ones_are_in_the_summary(tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "empty.txt").write_bytes(b"")
    (tmp_path / "corpus" / "good.txt").write_text("遵义市的社工参与“五社联动”机制。", encoding="utf-8")
    done = run(
        app, ["analyze", str(tmp_path / "corpus"), "-o", str(tmp_path / "out")], env={"COLUMNS": "160"}
    )
    assert done.exit_code == 0
    assert "读取 1 篇" in done.stdout
    assert "empty.txt" in done.stdout


def test_a_wrong_line_of_the_lexicon_is_named(tmp_path):
    (tmp_path / "a.csv").write_text("name,label\n红枫,PROJECT\n", encoding="utf-8")
    done = run(app, ["analyze", str(SAMPLE), "-o", str(tmp_path / "out"), "--lexicon", str(tmp_path)])
    one_sentence(done, 2, "a.csv:2")


def test_an_option_that_does_not_exist_is_a_wrong_call():
    assert run(app, ["analyze", str(SAMPLE), "--windwo", "section"]).exit_code == 2
    assert run(app, ["analyze", str(SAMPLE), "--window", "page"]).exit_code == 2


def test_ctrl_c_says_how_to_go_on(tmp_path, monkeypatch):
    def stop(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("swnlp.workflow.analyze", stop)
    one_sentence(
        run(app, ["analyze", str(SAMPLE), "-o", str(tmp_path / "out")]), 130, "再次运行同一命令即可继续"
    )


def test_a_page_that_fails_leaves_the_result_and_is_counted(tmp_path, monkeypatch):
    def broken(*args):
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("swnlp.report.page.page_data", broken)
    done = run(app, ["analyze", str(CORPORA), "-o", str(tmp_path / "out")], env={"COLUMNS": "160"})

    assert done.exit_code == 3
    assert "1 个问题" in done.stdout and "report.html" in done.stdout and "oops" in done.stdout
    assert done.stderr.strip() == f"没有写出 not written: {tmp_path / 'out' / 'report.html'}"
    assert (tmp_path / "out" / "run.json").exists() and not (tmp_path / "out" / "report.html").exists()


def test_an_export_that_fails_is_counted_and_has_an_exit_code_of_its_own(tmp_path, monkeypatch):
    def broken(*args, **kwargs):
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("swnlp.result_files.read_figures", broken)
    done = run(app, ["analyze", str(CORPORA), "-o", str(tmp_path / "out")], env={"COLUMNS": "160"})

    assert done.exit_code == 3
    assert "1 个问题" in done.stdout
    assert done.stderr.strip() == f"没有写出 not written: {tmp_path / 'out' / 'indicators.csv'}"
    assert (tmp_path / "out" / "report.html").exists()


def test_help_and_version_need_none_of_the_heavy_libraries():
    script = (
        "import sys; from typer.testing import CliRunner; from swnlp.cli import app;"
        "print(CliRunner().invoke(app, ['analyze', '--help']).exit_code, CliRunner().invoke(app, ['--version']).stdout);"
        "print(sorted({'spacy', 'pandas', 'duckdb', 'networkx', 'pyarrow', 'jieba'} & set(sys.modules)))"
    )
    printed = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout
    assert printed.split("\n")[0].startswith("0 swnlp ")
    assert "[]" in printed


def test_the_public_names_are_what_they_say():
    script = (
        "import swnlp, sys; assert not {'spacy', 'pandas'} & set(sys.modules);"
        "from swnlp.workflow import analyze; assert swnlp.analyze is analyze;"
        "assert all(getattr(swnlp, name) for name in swnlp.__all__)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_chinese_is_written_where_the_system_has_none(result):
    command = [sys.executable, "-m", "swnlp", "show", str(result[1]), "社会工作者", "五社联动"]
    done = subprocess.run(
        command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "cp1252"}, check=True
    )
    assert "【五社联动】" in done.stdout.decode("utf-8")


def test_each_corpus_gets_a_result_and_the_screen_says_where(tmp_path):
    folder, out = tmp_path / "语料", tmp_path / "out"
    for name, text in (("甲", "南平市社工站开展“五社联动”。"), ("乙", "龙岩市志愿者参与“五社联动”。")):
        (folder / name).mkdir(parents=True)
        (folder / name / "corpus.toml").write_text('documents = ["*.txt"]\n', encoding="utf-8")
        (folder / name / "report.txt").write_text(text, encoding="utf-8")
    (folder / "散件.txt").write_text("宁德市社工。", encoding="utf-8")

    done = run(app, ["analyze", str(folder), "--per-corpus", "-o", str(out)], env={"COLUMNS": "160"})

    assert done.exit_code == 0
    assert "2 个语料，各得一个结果" in done.stdout
    assert "有 1 个文件不在任何带 corpus.toml 的文件夹里" in done.stderr
    for name in ("甲", "乙"):
        assert f"语料 corpus: {name}" in done.stdout
        assert str(out / name) in done.stdout
        assert set(open_analysis(out / name).documents["corpus"]) == {name}
    again = run(app, ["analyze", str(folder), "--per-corpus", "-o", str(out / "甲")])
    one_sentence(again, 2, "已是一个结果")


def test_corpora_that_are_counted_together_are_named(tmp_path):
    done = run(app, ["analyze", str(CORPORA), "-o", str(tmp_path / "out")], env={"COLUMNS": "200"})

    assert "其中有 2 个语料：eight-cities-2021-2023、fujian-social-work-2023" in done.stdout
    assert "--per-corpus" in done.stdout
