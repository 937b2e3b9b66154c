"""report/terminal.py and network.py: what the screen says of a graph and of two names is true."""

from io import StringIO

import pytest
from rich.console import Console

import swnlp
from swnlp.errors import AnalysisError
from swnlp.report.network import why_empty
from swnlp.report.sentences import show_evidence
from swnlp.report.terminal import summary
from swnlp.settings import Settings

APART = (
    "三明市社会工作发展报告\n\n三明市实施“暖心三明”行动。社会工作者驻站服务。\n\n"
    "社会工作者走村入户。志愿者参与其中，志愿者也开展“暖心三明”行动。"
)


def analysis_of(folder, text, **settings):
    (folder / "三明市.txt").write_text(text, encoding="utf-8")
    return swnlp.analyze(folder / "三明市.txt", folder / "out", settings=Settings(**settings))


def printed(what):
    console = Console(file=StringIO(), width=200)
    if callable(what):
        what(console)
    else:
        console.print(what)
    return console.file.getvalue()


def shown(analysis, a, b):
    return printed(lambda console: show_evidence(analysis, a, b, console))


def test_the_summary_says_how_large_the_graph_is(tmp_path):
    analysis = analysis_of(tmp_path, APART)
    graph = analysis.graph()

    assert analysis.run["graph"] == {"nodes": graph.order(), "edges": graph.size()}
    assert f"网络（actor-initiative）：{graph.order()} 个节点，{graph.size()} 条边" in printed(
        summary(analysis)
    )


@pytest.mark.parametrize(
    ("text", "settings", "wanted"),
    [
        ("社会工作者驻站。\n志愿者走访。", {}, ("没有任何两个名称在同一句中出现", "--window paragraph")),
        ("社会工作者驻站。\n志愿者走访。", {"window": "paragraph"}, ("同一段中", "--window section")),
        ("社会工作者驻站。", {"window": "section"}, ("加入更多报告",)),
        ("社会工作者与志愿者走访。", {}, ("共有 1 对同句共现", "--view full", "--window paragraph")),
        ("社会工作者与志愿者走访。", {"view": "full", "min_count": 2}, ("至少 2 次", "降低 --min-count")),
    ],
)
def test_an_empty_graph_says_why_and_what_to_do(tmp_path, text, settings, wanted):
    said = printed(summary(analysis_of(tmp_path, text, **settings)))

    assert "0 个节点，0 条边" in said
    for words in wanted:
        assert words in said


def test_a_way_that_was_taken_is_not_advised(tmp_path):
    analysis = analysis_of(tmp_path, "社会工作者与志愿者走访。")

    assert "--view full" not in why_empty(analysis, "full", narrowed=True)
    assert "放宽筛选" in why_empty(analysis, "full", narrowed=True)


def test_show_says_that_a_name_is_the_same_as_its_alias(tmp_path):
    said = shown(analysis_of(tmp_path, APART), "社工", "社会工作者")

    assert "社工 与 社会工作者 是同一实体：社会工作者（频次 2，2 句，1 篇）" in said
    assert "同一个实体：社会工作者" in shown(
        swnlp.open_analysis(tmp_path / "out"), "社会工作者", "社会工作者"
    )


def test_show_counts_the_windows_of_the_run(tmp_path):
    said = shown(analysis_of(tmp_path, APART, window="paragraph"), "社会工作者", "暖心三明")

    assert said.startswith("社会工作者 × 暖心三明：2 段（名称所在 4 句） 2 paragraphs, 4 sentences in them\n")


def test_names_that_never_meet_are_not_said_to(tmp_path):
    said = shown(analysis_of(tmp_path, APART), "社会工作者", "暖心三明")

    assert "社会工作者 与 暖心三明 没有在同一句中分别出现" in said


def test_an_alias_of_the_scheme_that_no_text_has_is_understood(tmp_path):
    analysis = analysis_of(tmp_path, APART)

    assert analysis.find("社会工作专业人才") == analysis.find("social worker") == "actor:social_worker"
    assert analysis.find("義工") == analysis.find("志愿者")
    with pytest.raises(AnalysisError, match="未提及社会组织"):
        analysis.find("社工机构")


def test_an_alias_of_the_lexicon_that_no_text_has_is_understood(tmp_path):
    (tmp_path / "词典").mkdir()
    (tmp_path / "词典" / "a.csv").write_text("名称,标签,归并为\n暖三明,项目,暖心三明\n", encoding="utf-8")
    (tmp_path / "三明市.txt").write_text(APART, encoding="utf-8")
    analysis = swnlp.analyze(tmp_path / "三明市.txt", tmp_path / "out", lexicon=tmp_path / "词典")

    assert analysis.find("“暖三明”") == "program:暖心三明"
