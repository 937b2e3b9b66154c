"""The methods paragraph: the numbers of this result, the parameters of this network, the works it cites."""

from pathlib import Path

import pytest
from docx import Document

import swnlp
from swnlp.paper import PaperChoice
from swnlp.paper.methods import references

SAMPLE = Path(__file__).parents[2] / "corpora/fujian-social-work-2023"


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    return swnlp.analyze(SAMPLE, tmp_path_factory.mktemp("sample") / "out")


def test_it_has_the_numbers_of_the_result_and_the_parameters_of_the_network(analysis, tmp_path):
    choice = PaperChoice(view="full", min_count=2, backbone=0.2, figure=False)
    analysis.paper(tmp_path, choice)
    text = (tmp_path / "methods.md").read_text(encoding="utf-8")
    graph = analysis.graph(view="full", min_count=2, backbone=0.2)

    for words in (
        f"{analysis.run['counts']['mentions']} 处提及",
        f"{graph.number_of_nodes()} 个节点、{graph.number_of_edges()} 条边",
        "全部实体之间",
        "不少于 2 次",
        "水平 0.2 的差异过滤",
        f"a network of {graph.number_of_nodes()} nodes",
        "disparity filter at 0.2",
    ):
        assert words in text
    assert "Serrano, M. Á." in text and "Robins, G." not in text


def test_the_word_file_says_the_same(analysis, tmp_path):
    analysis.paper(tmp_path, PaperChoice(figure=False))
    lines = [line for line in (tmp_path / "methods.md").read_text(encoding="utf-8").split("\n") if line]

    texts = [paragraph.text for paragraph in Document(tmp_path / "methods.docx").paragraphs]
    assert texts == [
        line.removeprefix("## ").replace(" / ", " ") if line[0] == "#" else line for line in lines
    ]


def test_every_work_that_is_cited_is_listed_and_no_other():
    found = references(
        "边的强度以标准化点互信息（Bouma, 2009）报告，凝聚子群用 Leiden 算法（Traag 等, 2019）"
    )

    assert [work.split(",")[0] for work in found] == ["Bouma", "Traag"]
