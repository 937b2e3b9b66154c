"""report/page.py in a real browser: it opens from a file, asks for nothing, can be used, and runs nothing of a report's."""

import hashlib
import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

import swnlp
from swnlp.cli import app
from swnlp.report import method
from swnlp.report.method import method_paragraphs
from swnlp.report.page import page, write_page
from swnlp.validation import Check, Score

BROWSER = Path(__file__).parents[1] / "browser"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# CI sets SWNLP_REQUIRE_BROWSER, so that there a missing browser is a failure and not a skip.
browser = pytest.mark.skipif(
    "SWNLP_REQUIRE_BROWSER" not in os.environ
    and not (CHROMIUM and shutil.which("node") and (BROWSER / "node_modules").is_dir()),
    reason="needs Chromium, Node.js and `npm ci --prefix tests/browser`",
)
HOSTILE = (
    "三明市<script>window.injected = 1</script>报告\n"
    "社区志愿者参与“<img src=x onerror=alert(1)>守望”行动。\n"
    "社会工作者实施“</script><script>window.injected=1</script>助老”项目，志愿者参与“𠮷祥邻里”项目。\n"
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    out = tmp_path_factory.mktemp("sample")
    return swnlp.analyze(Path(__file__).parents[2] / "corpora" / "fujian-social-work-2023", out / "out")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "三明.txt").write_text(HOSTILE, encoding="utf-8")
    return swnlp.analyze(folder, folder / "out")


def drive(analysis, folder):
    write_page(analysis, folder / "report.html")
    command = ["node", BROWSER / "drive.mjs", CHROMIUM, folder / "report.html", folder / "report.png"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@browser
def test_the_page_can_be_used(sample, tmp_path):
    seen = drive(sample, tmp_path)
    graph = sample.graph()

    assert seen["errors"] == []
    assert seen["requests"] == []
    assert "2,530 字" in seen["headline"]
    assert seen["whole"] == {"nodes": graph.number_of_nodes(), "edges": graph.number_of_edges()}
    assert "南平市" in seen["linkage"]
    # Few paragraphs: few topics, and a word on what they are worth.
    assert len(seen["topics"]) >= 2
    assert "阅读线索" in seen["topic_notes"]
    # A click on an edge shows its sentence with both names marked.
    assert " × " in seen["clicked"]["title"]
    assert len(seen["clicked"]["marks"]) >= 2
    assert seen["clicked"]["where"]
    assert " × " in seen["keyboard"]
    # Filters change the network, and give it back.
    assert 0 < seen["one_place"]["edges"] < seen["whole"]["edges"]
    assert seen["too_heavy"]["edges"] == 0
    assert seen["without_label"]["edges"] < seen["whole"]["edges"]
    assert seen["again"] == seen["whole"]
    assert re.match(r"\d+ 个", seen["found"])
    # The language switch.
    assert seen["english"] == {**seen["english"], "heading": True, "chinese": False, "lang": "en"}
    assert "reports" in seen["english"]["headline"]
    assert (tmp_path / "report.png").stat().st_size > 20_000


@browser
def test_a_hostile_report_runs_nothing(hostile, tmp_path):
    seen = drive(hostile, tmp_path)

    assert (seen["errors"], seen["requests"], seen["dialogs"], seen["injected"]) == ([], [], 0, False)
    assert "<script>window.injected=1</script>" in seen["page_text"]


def test_the_page_holds_data_that_cannot_end_its_block(hostile):
    html = page(hostile)
    block = html.split('<script type="application/json" id="data">')[1].split("</script>")[0]

    assert "<" not in block
    data = json.loads(block)
    assert any("<script>" in row[4] for edge in data["network"]["edges"] for row in edge[-1]["rows"])


def test_the_same_result_makes_the_same_page_and_a_small_one(sample, tmp_path):
    write_page(sample, tmp_path / "a.html")
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == page(swnlp.open_analysis(sample.folder))
    assert (tmp_path / "a.html").stat().st_size < 5_000_000


def test_topics_come_with_their_terms_sentences_and_shares_by_place(sample):
    topics = json.loads(page(sample).split('id="data">')[1].split("</script>")[0])["topics"]
    text = sample.documents["text"][0]
    assert sum(row[1] for row in topics["rows"]) == pytest.approx(1, abs=0.01)
    assert all(sentence in text for row in topics["rows"] for sentence, _ in row[6])
    assert len(topics["shares"]) == len(topics["places"]) >= 2


def test_too_little_text_has_no_topics_and_says_so(hostile):
    topics = json.loads(page(hostile).split('id="data">')[1].split("</script>")[0])["topics"]
    assert topics["rows"] == []
    assert "语料太小" in topics["notes"][0]


def test_the_method_paragraph_has_the_results_own_numbers(sample):
    paragraphs = json.loads(page(sample).split('id="data">')[1].split("</script>")[0])["method"]
    counts, graph = sample.run["counts"], sample.graph()
    for text in paragraphs.values():
        for number in (counts["documents"], counts["sentences"], counts["mentions"], graph.number_of_edges()):
            assert str(number) in text
        assert swnlp.__version__ in text


def test_the_method_paragraph_says_what_else_found_names(sample, monkeypatch):
    assert "lac" not in json.dumps(method_paragraphs(sample, sample.graph()), ensure_ascii=False)
    monkeypatch.setattr(sample, "settings", replace(sample.settings, ner="lac", model="我的/模型.json"))
    for text in method_paragraphs(sample, sample.graph()).values():
        assert "lac" in text
        assert "模型.json" in text


def test_the_method_paragraph_has_the_precision_of_a_sample_of_this_result(sample, monkeypatch):
    score = Score("合计", 900, 200, 188.0, 0.94, 0.9, 0.965)
    check = Check("mentions", (), score, (), 0, current=True)
    monkeypatch.setattr(method, "last_check", lambda folder: check)
    paragraphs = method_paragraphs(sample, sample.graph())
    assert "抽查提及 200 处，精确率 0.940（95% 置信区间 0.900–0.965" in paragraphs["zh"]
    assert "precision is 0.940 (95% CI 0.900–0.965" in paragraphs["en"]
    assert "1 report (" in paragraphs["en"]

    monkeypatch.setattr(method, "last_check", lambda folder: replace(check, current=False))
    assert "抽查" not in method_paragraphs(sample, sample.graph())["zh"]


def test_the_page_names_what_a_paper_takes(sample):
    for command in ("paper", "check", "codebook", "qdpx"):
        assert f"<code>swnlp {command} 结果" in page(sample)


def test_the_library_is_the_one_that_is_documented():
    assets = Path(swnlp.__file__).parent / "report" / "assets"
    digest = hashlib.sha256((assets / "echarts.min.js").read_bytes()).hexdigest()
    assert digest in (assets / "README.md").read_text(encoding="utf-8")


def test_the_command_writes_the_page_and_writes_it_again(sample, tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "三明.txt").write_text("社区志愿者参与“古榕议事”项目。", encoding="utf-8")
    out = tmp_path / "out"
    run = CliRunner()
    assert run.invoke(app, ["analyze", str(corpus), "-o", str(out), "-q"]).exit_code == 0
    first = (out / "report.html").read_bytes()
    (out / "report.html").unlink()
    assert run.invoke(app, ["report", str(out)]).exit_code == 0
    assert (out / "report.html").read_bytes() == first
