"""Table 2: indices of networks, one column a part of the corpus, counted by hand on a few sentences."""

import pytest
from docx import Document

import swnlp
from swnlp.errors import AnalysisError, SettingsError
from swnlp.paper import PaperChoice, Part
from swnlp.paper.indices import indices_table, network_notes, thinned
from swnlp.paper.values import shown
from swnlp.settings import Settings

REPORTS = {
    "三明市2020.txt": "三明市社会工作报告\n发布时间：2020-05-01\n社工参与“暖心三明”行动。志愿者参与“暖心三明”行动。",
    "南平市2022.txt": (
        "南平市社会工作报告\n发布时间：2022-05-01\n社工承接“福蕾”项目。社会组织承接“福蕾”项目。社会组织推广“古榕议事”项目。"
    ),
}


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    folder = tmp_path_factory.mktemp("parts")
    (folder / "reports").mkdir()
    for name, text in REPORTS.items():
        (folder / "reports" / name).write_text(text, encoding="utf-8")
    return swnlp.analyze(folder / "reports", folder / "out")


def table(analysis, *parts, view=None):
    choice = PaperChoice(parts=parts, view=view)
    graphs = {
        part.name: analysis.graph(place=part.place, years=part.years, **choice.network()) for part in parts
    }
    view = view or "actor-initiative"
    return indices_table(analysis.graph(**choice.network()), graphs, [], view=view, top=3)


def printed(panel):
    return [
        [shown(cell, column) for cell, column in zip(row, panel.columns, strict=True)] for row in panel.rows
    ]


def test_each_part_has_a_column_of_its_own(analysis):
    parts = Part(name="起步期", years=(2019, 2020)), Part(name="南平", place="南平市")
    whole, _ = table(analysis, *parts).panels

    assert [column.head.zh for column in whole.columns] == ["指标", "全部", "起步期", "南平"]
    rows = {row[0].split(" ")[0]: row[1:] for row in printed(whole)}
    assert rows["节点数"] == ["6", "3", "4"]
    assert rows["边数"] == ["5", "2", "3"]
    # 3 actors and 3 initiatives; 2 and 1; 2 and 2.
    assert rows["密度"] == ["0.556", "1.000", "0.750"]
    # 志愿者-暖心-社工-福蕾-社会组织-古榕 is a line of six: 35 steps between 15 pairs.
    assert rows["平均路径长度"] == ["2.333", "1.333", "1.667"]


def test_a_network_of_actors_has_triangles_and_a_one_mode_density(analysis):
    whole, _ = table(analysis, view="full").panels
    graph = analysis.graph(view="full")
    rows = {row[0].split(" ")[0]: row[1] for row in printed(whole)}

    n = graph.number_of_nodes()
    assert rows["密度"] == f"{2 * graph.number_of_edges() / (n * (n - 1)):.3f}"


def test_the_most_central_nodes_stand_first_with_their_ranks(analysis):
    _, central = table(analysis).panels
    rows = printed(central)

    assert len(rows) == 3
    # The inner nodes of the line have two neighbours of five.
    assert [row[2:4] for row in rows] == [["0.400", "1"]] * 3
    assert [column.head.en for column in central.columns][:2] == ["Node", "Kind"]


def test_a_period_without_reports_is_empty_and_not_an_error(analysis):
    whole, _ = table(analysis, Part(name="早年", years=(1999, 2000))).panels

    rows = {row[0].split(" ")[0]: row[2] for row in printed(whole)}
    assert rows["节点数"] == "0"
    assert rows["密度"] == rows["平均路径长度"] == rows["模块度"] == "—"


def test_an_unknown_place_is_named(analysis, tmp_path):
    with pytest.raises(AnalysisError, match="厦门市"):
        analysis.paper(tmp_path, PaperChoice(parts=(Part.of_place("厦门市"),)))


def test_the_notes_say_mode_weight_threshold_and_tests():
    notes = network_notes(
        Settings(view="actor-actor", min_count=3, window="paragraph", pair_weight="fractional"),
        limits=thinned(0.05, None),
    )
    text = "".join(note.zh for note in notes)
    for words in (
        "一模网络",
        "主体之间的同段共现",
        "1/(k−1)",
        "不少于 3 次",
        "校正 p 值不大于 0.05",
        "传递性",
    ):
        assert words in text
    assert "二模网络" in network_notes(Settings(), limits=thinned(None, None))[0].zh


def test_both_panels_stand_in_the_word_file(analysis, tmp_path):
    analysis.paper(tmp_path, PaperChoice(parts=(Part.of_years("2020"),), top=2))

    file = Document(tmp_path / "table2_network.docx")
    assert [len(table.rows) for table in file.tables] == [1 + 10, 2 + 2]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("2020", Part(name="2020", years=(2020, 2020))),
        ("2019-2021", Part(name="2019–2021", years=(2019, 2021))),
        ("起步期 = 2019至2021", Part(name="起步期", years=(2019, 2021))),
    ],
)
def test_periods_are_written_in_three_ways(text, part):
    assert Part.of_years(text) == part


@pytest.mark.parametrize("text", ["", "二〇二〇", "2021-2019", "早期="])
def test_a_period_that_is_none_is_refused(text):
    with pytest.raises(SettingsError, match="时期"):
        Part.of_years(text)


def test_two_columns_of_one_name_are_refused():
    with pytest.raises(SettingsError, match="重复"):
        PaperChoice(parts=(Part.of_years("2020"), Part.of_years("2020=2021")))
