"""Who issues with whom, and when a place first cites a policy; counted by hand on a few official documents."""

import networkx as nx
import pytest
from python_calamine import CalamineWorkbook

import swnlp
from swnlp.paper import PaperChoice, Part
from swnlp.paper.adoption import cites
from swnlp.paper.issuers import Issued, issued_documents, issuers_table, joint_issue, of_years
from swnlp.paper.values import Said

DOCUMENTS = [
    Issued(("省民政厅", "省财政厅"), 2019),
    Issued(("省财政厅", "省民政厅", "省委组织部"), 2022),
    Issued(("省民政厅",), 2022),
    Issued(("省教育厅",), None),
]


def test_the_matrix_has_joint_documents_and_on_its_diagonal_all():
    table = issuers_table(
        {Said("全部", "All"): DOCUMENTS, Said("近期", ""): of_years(DOCUMENTS, (2020, 2023))}
    )

    whole, recent = table.panels
    assert whole.rows == [
        ["1 省民政厅", 3, 2, 1, 0],
        ["2 省财政厅", 2, 2, 1, 0],
        ["3 省委组织部", 1, 1, 1, 0],
        ["4 省教育厅", 0, 0, 0, 1],
    ]
    assert [row[:2] for row in recent.rows] == [["1 省民政厅", 2], ["2 省委组织部", 1], ["3 省财政厅", 1]]
    assert whole.title.zh == "A 全部（4 篇）" and recent.title.zh == "B 近期（2 篇）"


def test_the_network_of_joint_issue_weighs_documents():
    graph = joint_issue(DOCUMENTS)

    assert graph.edges["org:省民政厅", "org:省财政厅"]["weight"] == 2
    assert nx.number_connected_components(graph) == 2
    assert graph.nodes["org:省教育厅"]["documents"] == 1


def test_documents_that_do_not_count_are_left_out_and_a_body_counts_once():
    rows = [
        {"doc_id": "b", "order": 0, "name": "民政部"},
        {"doc_id": "a", "order": 1, "name": "财政部"},
        {"doc_id": "a", "order": 0, "name": "民政部"},
        {"doc_id": "a", "order": 2, "name": "民政部"},
    ]

    assert issued_documents(rows, {"a": "2020-01-02"}) == [Issued(("民政部", "财政部"), 2020)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("根据《慈善法》，制定本办法。", True),
        ("依据民政部印发的《慈善法》有关规定开展工作。", True),
        ("根据《残疾人保障法》和《慈善法》，制定本办法。", True),
        ("全面贯彻落实《慈善法》。", True),
        ("根据《残疾人保障法》的要求，各地宣传《慈善法》。", False),
        ("开展《慈善法》知识竞赛。", False),
        ("按时学习《慈善法》。", False),
        ("《慈善法》贯彻落实情况良好。", False),
    ],
)
def test_a_policy_is_cited_where_the_text_goes_by_it(sentence, expected):
    assert cites(sentence, sentence.index("慈善法")) is expected


REPORTS = {
    "a.txt": "南平市社会工作报告\n发布时间：2020-03-01\n根据《慈善法》，社工参与服务。按照《慈善法》开展募捐。",
    "b.txt": "南平市社会工作简报\n发布时间：2019-05-06\n社会组织认真贯彻《慈善法》。",
    "c.txt": "龙岩市社会工作报告\n发布时间：2021-07-08\n志愿者宣传《慈善法》。依据《志愿服务条例》开展服务。",
}


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    folder = tmp_path_factory.mktemp("citing")
    (folder / "in").mkdir()
    for name, text in REPORTS.items():
        (folder / "in" / name).write_text(text, encoding="utf-8")
    return swnlp.analyze(folder / "in", folder / "out")


def test_the_first_date_of_each_place_and_policy_leads_to_its_sentence(analysis, tmp_path):
    analysis.paper(tmp_path, PaperChoice(figure=False))
    book = CalamineWorkbook.from_path(tmp_path / "table4_adoption.xlsx")

    rows = book.get_sheet_by_name("表4").to_python()[3:5]
    assert rows == [["志愿服务条例", "龙岩市", "2021-07-08", 1], ["慈善法", "南平市", "2019-05-06", 3]]
    evidence = book.get_sheet_by_name("原文出处").to_python()
    assert evidence[2][4].strip() == "社会组织认真贯彻《慈善法》。"


def test_a_corpus_without_issuers_has_no_matrix(analysis, tmp_path):
    files = {path.name for path in analysis.paper(tmp_path, PaperChoice(figure=False))}

    assert "table4_adoption.docx" in files
    assert not any(name.startswith(("table3", "joint_issue")) for name in files)


def test_official_documents_have_a_matrix_and_a_network_by_period(tmp_path):
    notice = (
        "福建省民政厅 福建省财政厅关于加强社会工作服务站建设的通知\n闽民〔2021〕5号\n各设区市民政局、财政局：\n"
        "现将有关事项通知如下。社会工作者参与服务。\n福建省民政厅\n福建省财政厅\n2021年6月1日\n"
    )
    (tmp_path / "a.txt").write_text(notice, encoding="utf-8")
    analysis = swnlp.analyze(tmp_path / "a.txt", tmp_path / "out")
    choice = PaperChoice(figure=False, parts=(Part.of_years("2021"), Part.of_years("2010")))
    files = {path.name: path for path in analysis.paper(tmp_path / "paper", choice)}

    graph = nx.read_gexf(files["joint_issue_2021-2021.gexf"])
    assert {data["label"] for _, data in graph.nodes(data=True)} == {"福建省民政厅", "福建省财政厅"}
    assert graph.number_of_edges() == 1
    assert nx.read_gexf(files["joint_issue_2010-2010.gexf"]).number_of_nodes() == 0
    assert len(CalamineWorkbook.from_path(files["table3_issuers.xlsx"]).sheet_names) == 3
