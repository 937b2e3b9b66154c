"""network.py: the network of a place, of years, of a name, weighed and tested; on real sentences."""

import pytest

import swnlp
from swnlp.errors import AnalysisError

REPORTS = {
    "三明市2021.txt": (
        "三明市社会工作发展报告\n发布时间：2021-05-06\n三明市社区组织志愿者实施“暖心三明”行动。\n"
        "社会工作者参与“暖心三明”行动。\n下一步，志愿者将参与“古榕议事”项目。"
    ),
    "南平市2022.txt": (
        "南平市社会工作发展报告\n发布时间：2022-03-01\n"
        "南平市社会组织承接“古榕议事”项目，志愿者参与“古榕议事”项目。\n社区推广“古榕议事”项目。"
    ),
}


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return swnlp.analyze(folder, folder / "out")


def pairs(graph):
    name = graph.nodes(data="label")
    return {frozenset((name[a], name[b])) for a, b in graph.edges}


def test_the_whole_network(analysis):
    graph = analysis.graph()
    assert {data["entity_label"] for _, data in graph.nodes(data=True)} <= {"ACTOR", "PROGRAM", "POLICY"}
    edge = graph.edges["actor:volunteer", "program:古榕议事"]
    assert (edge["weight"], edge["planned"]) == (2, 1)
    assert set(dict(graph.nodes(data="cluster")).values()) >= {"C1"}


def test_the_network_of_a_place_is_counted_in_its_sections_only(analysis):
    graph = analysis.graph(place="南平市")
    assert graph.edges["actor:volunteer", "program:古榕议事"]["weight"] == 1
    assert "program:暖心三明" not in graph
    assert graph.nodes["actor:volunteer"]["mentions"] == 1
    # What lies in a province counts for it.
    assert pairs(analysis.graph(place="福建省")) == pairs(analysis.graph())


def test_the_network_of_a_year(analysis):
    assert pairs(analysis.graph(years=2022)) == pairs(analysis.graph(place="南平"))
    assert pairs(analysis.graph(years=(2021, 2022))) == pairs(analysis.graph())
    assert analysis.graph(years=1999).number_of_nodes() == 0


def test_an_ego_has_its_neighbours_and_the_edges_among_them(analysis):
    graph = analysis.graph(view="full", ego="暖心三明")
    assert "program:古榕议事" not in graph.neighbors("program:暖心三明")
    assert set(graph) == {"program:暖心三明", *graph.neighbors("program:暖心三明")}


def test_initiatives_are_joined_by_the_actors_they_share(analysis):
    (edge,) = analysis.graph(view="initiative-initiative").edges(data=True)
    assert set(edge[:2]) == {"program:暖心三明", "program:古榕议事"}
    assert edge[2]["shared"] == edge[2]["weight"] == len(edge[2]["shared_names"])
    assert "社区志愿者" in edge[2]["shared_names"]


def test_fractional_weights_and_intervals(analysis):
    edge = analysis.graph(pair_weight="fractional", intervals=True).edges[
        "actor:volunteer", "program:古榕议事"
    ]
    assert edge["weight"] == edge["fractional"] < edge["windows"]
    assert edge["low"] <= edge["windows"] <= edge["high"]


def test_a_test_on_a_small_corpus_says_so(analysis):
    graph = analysis.graph(alpha=0.05)
    assert pairs(graph) == pairs(analysis.graph())
    assert "语料太小" in graph.graph["note"]


def test_indices_come_as_tables(analysis):
    frame = analysis.centralities()
    assert frame.index.is_unique
    assert frame["degree_rank"].min() == 1
    whole = analysis.network_metrics()
    assert whole["nodes"] == len(frame)
    assert whole["modularity"] == pytest.approx(whole["modularity"])


def test_a_place_without_a_section_is_named_with_those_that_have(analysis):
    with pytest.raises(AnalysisError, match="三明市"):
        analysis.graph(place="拉萨市")


def test_an_ego_without_an_edge_is_named(analysis):
    with pytest.raises(AnalysisError, match="不在这个网络中"):
        analysis.graph(place="南平市", ego="暖心三明")
