"""export/gexf.py, dynamic: spells and yearly weights by the rules of GEXF 1.3 and of Gephi's importer."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import networkx as nx
import pytest
from lxml import etree

import swnlp
from swnlp.export import write_gexf, write_gexf_years

HERE = Path(__file__).parent.parent
GEXF = "{http://gexf.net/1.3}"
needs_node = pytest.mark.skipif(
    "SWNLP_REQUIRE_NODE" not in os.environ
    and (shutil.which("node") is None or not (HERE / "gephi/node_modules").is_dir()),
    reason="Node.js or its packages are missing: npm ci --prefix tests/gephi",
)
REPORTS = {
    "三明2019.txt": ("2019-05-06", "社会工作者参与“暖心三明”行动。志愿者参与“暖心三明”行动。"),
    "三明2020.txt": ("2020-03-01", "社会工作者参与“暖心三明”行动。社会工作者推广“暖心三明”行动。"),
    "三明2022.txt": ("2022-03-01", "社会工作者参与“暖心三明”行动。"),
    "三明.txt": (None, "社会工作者、社会组织参与“古榕议事”项目。社会工作者参与“暖心三明”行动。"),
}


def written(folder, reports):
    (folder / "reports").mkdir()
    for name, (day, text) in reports.items():
        head = f"发布时间：{day}\n" if day else ""
        (folder / "reports" / name).write_text(f"三明市社会工作报告\n{head}{text}", encoding="utf-8")
    swnlp.analyze(folder / "reports", folder / "out")
    return folder / "out" / "graph_years.gexf"


@pytest.fixture(scope="module")
def dynamic(tmp_path_factory):
    return written(tmp_path_factory.mktemp("years"), REPORTS)


def rows(path, name):
    return etree.parse(path).getroot().iter(GEXF + name)


def spells(row):
    return [(s.get("start"), s.get("end")) for s in row.iterfind(f"{GEXF}spells/{GEXF}spell")]


def weights(row):
    found = row.iterfind(f"{GEXF}attvalues/{GEXF}attvalue[@for='weight']")
    return [(v.get("start"), v.get("end"), v.get("value")) for v in found]


def test_an_edge_is_there_in_its_years_and_has_a_weight_in_each(dynamic):
    edge = next(e for e in rows(dynamic, "edge") if e.get("source") == "actor:social_worker")

    assert edge.get("target") == "program:暖心三明"
    assert spells(edge) == [("2019-01-01", "2020-12-31"), ("2022-01-01", "2022-12-31")]
    assert weights(edge) == [
        ("2019-01-01", "2019-12-31", "1.0"),
        ("2020-01-01", "2020-12-31", "2.0"),
        ("2022-01-01", "2022-12-31", "1.0"),
    ]
    # All years together, and what has no date.
    static = {v.get("for"): v.get("value") for v in edge.iter(GEXF + "attvalue") if v.get("start") is None}
    assert (edge.get("weight"), static["windows"]) == ("5", "5")


def test_a_node_is_there_in_the_years_that_mention_it(dynamic):
    found = {node.get("id"): spells(node) for node in rows(dynamic, "node")}

    assert found["actor:volunteer"] == [("2019-01-01", "2019-12-31")]
    assert found["actor:social_worker"] == [("2019-01-01", "2020-12-31"), ("2022-01-01", "2022-12-31")]
    assert "program:古榕议事" not in found  # no dated document has it


def test_the_file_has_one_kind_of_time_and_the_rules_of_the_static_one(dynamic):
    root = etree.parse(dynamic).getroot()
    graph = root[1]

    assert dict(graph.attrib) == {
        "defaultedgetype": "undirected", "mode": "dynamic", "timeformat": "date",
        "timerepresentation": "interval", "start": "2019-01-01", "end": "2022-12-31", "idtype": "string",
    }  # fmt: skip
    blocks = [
        (b.get("class"), b.get("mode"), [a.get("id") for a in b]) for b in graph.iterfind(GEXF + "attributes")
    ]
    assert [block[:2] for block in blocks] == [("node", "static"), ("edge", "dynamic"), ("edge", "static")]
    assert blocks[1][2] == ["weight"]
    for _, mode, ids in blocks:
        names = [name.casefold() for name in ids]
        assert len(set(names)) == len(names)
        assert mode == "dynamic" or not {
            "weight",
            "label",
            "size",
            "x",
            "y",
            "z",
            "color",
            "type",
            "by_year",
        } & set(names)
    times = {row.get(key) for row in root.iter() for key in ("start", "end") if row.get(key) is not None}
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", time) for time in times)
    model = {name for *_, ids in blocks for name in ids}
    assert {value.get("for") for value in root.iter(GEXF + "attvalue")} <= model
    nodes = {node.get("id") for node in rows(dynamic, "node")}
    assert all({edge.get("source"), edge.get("target")} <= nodes for edge in rows(dynamic, "edge"))


def test_the_edges_of_a_year_add_up_to_what_the_network_of_that_year_counts(dynamic):
    analysis = swnlp.open_analysis(dynamic.parent)
    for year in (2019, 2020, 2022):
        edges = analysis.graph(years=year).edges(data="weight")
        counted = {frozenset((a, b)): float(weight) for a, b, weight in edges}
        in_file = {
            frozenset((edge.get("source"), edge.get("target"))): float(value)
            for edge in rows(dynamic, "edge")
            for start, _, value in weights(edge)
            if start == f"{year}-01-01"
        }
        assert in_file == counted


def test_networkx_reads_it_with_its_spells(dynamic):
    graph = nx.read_gexf(dynamic)

    assert graph.graph["mode"] == "dynamic"
    assert graph.nodes["actor:volunteer"]["label"] == "社区志愿者"
    assert graph.nodes["actor:volunteer"]["spells"] == [("2019-01-01", "2019-12-31")]
    assert graph.size() == sum(1 for _ in rows(dynamic, "edge"))


@pytest.mark.node
@needs_node
def test_gephi_lites_parser_reads_the_static_totals(dynamic):
    done = subprocess.run(
        ["node", str(HERE / "gephi/read_graph.mjs"), "--lite", str(dynamic)],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    graph = json.loads(done.stdout)
    nodes = {node["id"]: node["attributes"] for node in graph["nodes"]}
    assert nodes["actor:volunteer"]["label"] == "社区志愿者"
    assert {edge["attributes"]["windows"] for edge in graph["edges"]} == {1, 5}


def test_documents_of_one_year_have_no_such_file_and_an_old_one_goes(tmp_path):
    path = written(tmp_path, REPORTS)
    assert path.exists()
    run = json.loads((path.parent / "run.json").read_text(encoding="utf-8"))
    assert path.name in run["files"]

    for name in ("三明2020.txt", "三明2022.txt"):
        (tmp_path / "reports" / name).unlink()
    swnlp.analyze(tmp_path / "reports", tmp_path / "out")

    assert not path.exists()


def test_a_year_before_1000_has_four_digits_and_nothing_at_all_is_a_file(tmp_path):
    write_gexf_years(nx.Graph(), tmp_path / "empty.gexf")
    assert nx.read_gexf(tmp_path / "empty.gexf").order() == 0

    graph = nx.Graph()
    graph.add_node("a<&\x00", by_year={987: 2}, label="甲\x1b😀")
    write_gexf_years(graph, tmp_path / "one.gexf")
    (node,) = rows(tmp_path / "one.gexf", "node")
    assert (node.get("id"), node.get("label"), spells(node)) == (
        "a<&",
        "甲😀",
        [("0987-01-01", "0987-12-31")],
    )


def test_the_static_file_of_a_graph_with_years_has_no_time(tmp_path):
    graph = nx.Graph()
    graph.add_node("a", by_year={2019: 2})
    graph.add_node("b", by_year={2020: 1})
    graph.add_edge("a", "b", weight=1, by_year={2020: 1})

    write_gexf(graph, tmp_path / "a.gexf")

    text = (tmp_path / "a.gexf").read_text(encoding="utf-8")
    assert "spell" not in text and "2020" not in text and 'mode="static"' in text
