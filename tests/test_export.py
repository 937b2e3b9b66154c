"""export/: graphs and tables to files, read back by those who will read them."""

import csv
import json
import math
import os
import re
import shutil
import string
import subprocess
import tempfile
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from swnlp.errors import OutputError
from swnlp.export import (
    COLOURS,
    safe_cell,
    write_edges_csv,
    write_gexf,
    write_graphml,
    write_nodes_csv,
    write_table_csv,
)

HERE = Path(__file__).parent
GEXF, VIZ = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"
WRITERS = {
    "graph.gexf": write_gexf,
    "graph.graphml": write_graphml,
    "nodes.csv": write_nodes_csv,
    "edges.csv": write_edges_csv,
}
NASTY = "“邻里\r\n守望”\t<b>&amp;'\"😀\x00\x1b\ud83d\ufffe行动"
NASTY_CLEAN = "“邻里\r\n守望”\t<b>&amp;'\"😀行动"

# CI sets SWNLP_REQUIRE_NODE, so that there a missing Node is a failure and not a skip.
needs_node = pytest.mark.skipif(
    "SWNLP_REQUIRE_NODE" not in os.environ
    and (shutil.which("node") is None or not (HERE / "gephi/node_modules").is_dir()),
    reason="Node.js or its packages are missing: npm ci --prefix tests/gephi",
)


def small_graph():
    """A worker and two projects, one of them with a name that wants to be a formula."""
    graph = nx.Graph(
        title="五社共现网络",
        creator="swnlp",
        description="ACTOR–initiative",
        keywords=("五社联动", "social work"),
        date="2024-05-06T08:00:00",
    )
    graph.add_node(
        "program:守望计划",
        label="守望计划",
        entity_label="PROGRAM",
        kind="计划",
        mentions=4,
        sentences=3,
        documents=2,
        place="三明市",
        aliases=("守望计划", "“守望”计划"),
        x=-120.5,
        y=40.0,
    )
    graph.add_node(
        "actor:volunteer",
        label="社区志愿者",
        entity_label="ACTOR",
        kind="volunteer",
        mentions=16,
        sentences=9,
        documents=2,
        place=None,
        aliases=("志愿者",),
        x=0.0,
        y=0.0,
    )
    graph.add_node(
        "work:=1+1",
        label="=1+1",
        entity_label="WORK",
        kind=None,
        mentions=1,
        sentences=1,
        documents=1,
        place=None,
        aliases=(),
        x=80.0,
        y=-7.25,
    )
    graph.add_edge(
        "program:守望计划",
        "actor:volunteer",
        weight=3,
        windows=3,
        sentences=3,
        sections=2,
        documents=2,
        first_date="2022-01-05",
        last_date="2023-11-30",
        npmi=0.5,
        jaccard=0.25,
    )
    graph.add_edge(
        "work:=1+1",
        "actor:volunteer",
        weight=1,
        windows=1,
        sentences=1,
        sections=1,
        documents=1,
        first_date=None,
        last_date=None,
        npmi=-0.125,
        jaccard=math.nan,
    )
    return graph


def written(write, graph, tmp_path, name):
    write(graph, tmp_path / name)
    return tmp_path / name


def read_csv_rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def check_gexf_rules(path):
    """What the schema and Gephi's readers want of a file; the readers are silent about most of it."""
    text = path.read_bytes().decode("utf-8")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#x?0*(?:0|8|11|12);", text)
    root = etree.fromstring(text.encode())
    assert root.tag == GEXF + "gexf" and dict(root.attrib) == {"version": "1.3"}
    assert root.nsmap == {None: GEXF[1:-1], "viz": VIZ[1:-1]}
    graph = root[1]
    assert dict(graph.attrib) == {"defaultedgetype": "undirected", "mode": "static", "idtype": "string"}
    model = {}
    for block in graph.iterfind(GEXF + "attributes"):
        of = block.get("class")
        assert of not in model
        assert all(a.get("id") == a.get("title") for a in block)
        model[of] = {a.get("id"): a.get("type") for a in block}
        names = [name.casefold() for name in model[of]]
        assert len(set(names)) == len(names)
        assert not {"color", "size", "x", "y", "z", "label", "weight", "type", "id"} & set(names)
    nodes, edges = graph.find(GEXF + "nodes"), graph.find(GEXF + "edges")
    check_rows(nodes, model.get("node", {}))
    check_rows(edges, model.get("edge", {}))
    for node in nodes:
        look = {etree.QName(e).localname: dict(e.attrib) for e in node if e.tag.startswith(VIZ)}
        assert set(look["color"]) == {"r", "g", "b"}
        assert all(0 <= int(value) <= 255 for value in look["color"].values())
        assert set(look["position"]) == {"x", "y", "z"}
        assert all(math.isfinite(float(value)) for value in look["position"].values())
        assert float(look["size"]["value"]) > 0
    ids = {node.get("id") for node in nodes}
    pairs = {frozenset((edge.get("source"), edge.get("target"))) for edge in edges}
    assert len(pairs) == len(edges) and all(pair <= ids for pair in pairs)
    assert all(float(edge.get("weight")) > 0 and edge.get("type") is None for edge in edges)


def check_rows(rows, model):
    valid = {
        "boolean": {"true", "false"}.__contains__,
        "integer": lambda value: -(2**31) <= int(value) < 2**31,
        "long": lambda value: -(2**63) <= int(value) < 2**63,
        "double": lambda value: math.isfinite(float(value)),
        "string": bool,
    }
    assert len({row.get("id") for row in rows}) == len(rows)
    for row in rows:
        for value in row.iterfind(f"{GEXF}attvalues/{GEXF}attvalue"):
            assert valid[model[value.get("for")]](value.get("value"))


# --- GEXF


def test_a_small_graph_gives_exactly_this_gexf(tmp_path):
    path = written(write_gexf, small_graph(), tmp_path, "graph.gexf")

    assert path.read_text(encoding="utf-8") == (HERE / "golden/small.gexf").read_text(encoding="utf-8")
    check_gexf_rules(path)


def test_networkx_reads_the_gexf_back(tmp_path):
    graph = nx.read_gexf(written(write_gexf, small_graph(), tmp_path, "graph.gexf"))

    worker = graph.nodes["actor:volunteer"]
    assert set(graph) == {"actor:volunteer", "program:守望计划", "work:=1+1"}
    assert graph.nodes["program:守望计划"]["aliases"] == "守望计划 | “守望”计划"
    assert worker["label"] == "社区志愿者"
    assert worker["viz"] == {
        "color": {"r": 213, "g": 94, "b": 0, "a": 1.0},
        "size": 30.0,
        "position": {"x": 0.0, "y": 0.0, "z": 0.0},
    }
    assert "place" not in worker
    assert graph.edges["actor:volunteer", "work:=1+1"] == {
        "id": "e1",
        "weight": 1.0,
        "windows": 1,
        "sentences": 1,
        "sections": 1,
        "documents": 1,
        "npmi": -0.125,
    }


def test_the_largest_node_is_the_one_with_most_mentions_and_area_goes_with_mentions(tmp_path):
    graph = nx.read_gexf(written(write_gexf, small_graph(), tmp_path, "graph.gexf"))

    sizes = {node: graph.nodes[node]["viz"]["size"] for node in graph}
    assert sizes == {"actor:volunteer": 30.0, "program:守望计划": 15.0, "work:=1+1": 7.5}


def test_the_nine_labels_and_codes_have_a_colour_each():
    assert set(COLOURS) == set("PLACE ORG PERSON POLICY PROGRAM ACTOR GROUP EVENT WORK CODE".split())
    assert len(set(COLOURS.values())) == 10


@pytest.mark.parametrize(
    ("values", "kind", "read"),
    [
        ([1, 2**31 - 1], "integer", [1, 2**31 - 1]),
        ([1, 2**31], "long", [1, 2**31]),
        ([1, 0.5], "double", [1.0, 0.5]),
        ([1, math.inf], "integer", [1, None]),
        ([True, False], "boolean", [True, False]),
        ([True, 2], "string", ["true", "2"]),
        ([0.5, "无"], "string", ["0.5", "无"]),
        ([2**63, 1], "string", [str(2**63), "1"]),
        ([None, "五社"], "string", [None, "五社"]),
        ([["甲", None, "乙"], ()], "string", ["甲 | 乙", None]),
        ([np.int64(3), np.float64("nan")], "integer", [3, None]),
        ([np.bool_(True), None], "boolean", [True, None]),
        ([Decimal(7), Decimal("NaN")], "integer", [7, None]),
        ([pd.NA, pd.Timestamp("2024-05-06")], "string", [None, "2024-05-06 00:00:00"]),
        (["", "\x00"], None, [None, None]),
    ],
)
def test_a_type_is_decided_over_the_whole_column_and_missing_values_are_left_out(
    tmp_path, values, kind, read
):
    graph = nx.Graph()
    for i, value in enumerate(values):
        graph.add_node(f"n{i}", measure=value)

    path = written(write_gexf, graph, tmp_path, "graph.gexf")

    back = nx.read_gexf(path)
    declared = etree.parse(path).findall(f".//{GEXF}attribute")
    assert [attribute.get("type") for attribute in declared] == ([kind] if kind else [])
    assert [back.nodes[node].get("measure") for node in sorted(back)] == read
    check_gexf_rules(path)


def test_names_that_readers_keep_for_themselves_are_prefixed_and_equal_names_numbered(tmp_path):
    graph = nx.Graph()
    graph.add_node("a", label="甲", type="机构", Size=3, color="red", Kind="x", kind="y", x=1, y=2)
    graph.add_edge("a", "b", type="合作", label="同句", weight=2)

    path = written(write_gexf, graph, tmp_path, "graph.gexf")

    back = nx.read_gexf(path)
    node = {key: value for key, value in back.nodes["a"].items() if key != "viz"}
    assert node == {
        "label": "甲",
        "node_type": "机构",
        "node_Size": 3,
        "node_color": "red",
        "kind": "y",
        "Kind_2": "x",
    }
    assert back.edges["a", "b"] == {"id": "e0", "weight": 2.0, "edge_type": "合作", "edge_label": "同句"}
    check_gexf_rules(path)


def test_what_xml_forbids_is_removed_and_everything_else_survives(tmp_path):
    graph = nx.Graph(title=NASTY, description="a\x08b")
    graph.add_edge(f"program:{NASTY}", "actor:volunteer", weight=1, note=NASTY)
    graph.nodes[f"program:{NASTY}"].update(label=NASTY, aliases=(NASTY,))

    for name, write, read in (
        ("graph.gexf", write_gexf, nx.read_gexf),
        ("graph.graphml", write_graphml, nx.read_graphml),
    ):
        back = read(written(write, graph, tmp_path, name))
        node = f"program:{NASTY_CLEAN}"
        assert set(back) == {node, "actor:volunteer"}
        assert back.nodes[node]["label"] == back.nodes[node]["aliases"] == NASTY_CLEAN
        assert back.edges[node, "actor:volunteer"]["note"] == NASTY_CLEAN
    check_gexf_rules(tmp_path / "graph.gexf")


def test_ids_that_cleaning_makes_equal_stay_two_nodes(tmp_path):
    graph = nx.Graph([("甲\x00", "甲"), ("\x00", "甲")])

    for name, write in WRITERS.items():
        write(graph, tmp_path / name)

    edges = [row[:2] for row in read_csv_rows(tmp_path / "edges.csv")[1:]]
    assert edges == [["node", "甲"], ["甲", "甲_2"]]
    assert sorted(nx.read_gexf(tmp_path / "graph.gexf")) == ["node", "甲", "甲_2"]
    assert sorted(nx.read_graphml(tmp_path / "graph.graphml")) == ["node", "甲", "甲_2"]
    check_gexf_rules(tmp_path / "graph.gexf")


def test_nodes_without_a_place_stand_apart_on_a_circle(tmp_path):
    graph = nx.Graph()
    graph.add_nodes_from([f"n{i}" for i in range(40)], mentions=5)
    graph.add_node("n40", x=1.0, y=math.nan, mentions=5)

    back = nx.read_gexf(written(write_gexf, graph, tmp_path, "graph.gexf"))

    looks = [back.nodes[node]["viz"] for node in back]
    points = [(look["position"]["x"], look["position"]["y"]) for look in looks]
    assert min(math.dist(a, b) for a, b in combinations(points, 2)) > 2 * max(look["size"] for look in looks)


def test_a_graph_of_nothing_is_still_a_file(tmp_path):
    for name, write in WRITERS.items():
        write(nx.Graph(), tmp_path / name)

    assert nx.read_gexf(tmp_path / "graph.gexf").order() == 0
    assert nx.read_graphml(tmp_path / "graph.graphml").order() == 0
    assert read_csv_rows(tmp_path / "nodes.csv") == [["Id", "Label"]]
    assert read_csv_rows(tmp_path / "edges.csv") == [["Source", "Target", "Type", "Weight"]]
    check_gexf_rules(tmp_path / "graph.gexf")


@pytest.mark.parametrize(
    ("day", "written_day"), [("2024-05-06T08:00:00", "2024-05-06"), ("2024", None), (None, None)]
)
def test_the_date_is_that_of_the_run_or_none(tmp_path, day, written_day):
    path = written(write_gexf, nx.Graph(date=day), tmp_path, "graph.gexf")

    assert etree.parse(path).getroot()[0].get("lastmodifieddate") == written_day


@pytest.mark.parametrize("weight", [0, -1, None, math.nan, "3", True])
def test_an_edge_that_gephi_would_drop_is_refused_and_the_old_file_stays(tmp_path, weight):
    path = written(write_gexf, small_graph(), tmp_path, "graph.gexf")
    before = path.read_bytes()
    graph = nx.Graph()
    graph.add_edge("a", "b", weight=weight)

    with pytest.raises(ValueError, match="a - b: weight must be above 0"):
        write_gexf(graph, path)

    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("kind", [nx.DiGraph, nx.MultiGraph])
@pytest.mark.parametrize("name", WRITERS)
def test_only_undirected_graphs_with_one_edge_a_pair_are_written(tmp_path, kind, name):
    with pytest.raises(ValueError, match="undirected graph with one edge a pair"):
        WRITERS[name](kind([("a", "b")]), tmp_path / name)


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path, name):
    (tmp_path / "file").write_text("")

    for folder in ("missing", "file"):
        with pytest.raises(OutputError, match="无法写入"):
            WRITERS[name](small_graph(), tmp_path / folder / name)


class SeenOnce:
    """A value that lets its column's type be decided and then breaks the writing."""

    def __init__(self):
        self.seen = 0

    def __str__(self):
        self.seen += 1
        if self.seen > 1:
            raise RuntimeError("gone")
        return "值"


@pytest.mark.parametrize("name", WRITERS)
def test_a_write_that_breaks_off_leaves_the_old_file_and_no_other(tmp_path, name):
    path = written(WRITERS[name], small_graph(), tmp_path, name)
    before = path.read_bytes()
    graph = small_graph()
    graph.nodes["work:=1+1"]["extra"] = SeenOnce()
    graph.edges["work:=1+1", "actor:volunteer"]["extra"] = SeenOnce()

    with pytest.raises(RuntimeError, match="gone"):
        WRITERS[name](graph, path)

    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_who_reads_the_old_file_meanwhile_reads_it_to_its_end(tmp_path):
    path = written(write_gexf, small_graph(), tmp_path, "graph.gexf")
    before = path.read_bytes()

    with path.open("rb") as old:
        write_gexf(nx.Graph(), path)
        assert old.read() == before
    assert path.read_bytes() != before


@pytest.mark.parametrize("name", WRITERS)
def test_the_bytes_do_not_depend_on_the_order_in_which_the_graph_was_built(tmp_path, name):
    graph, turned = small_graph(), nx.Graph()
    turned.graph.update(reversed(graph.graph.items()))
    for node, data in reversed(list(graph.nodes(data=True))):
        turned.add_node(node, **dict(reversed(data.items())))
    for a, b, data in reversed(list(graph.edges(data=True))):
        turned.add_edge(b, a, **dict(reversed(data.items())))

    assert (
        written(WRITERS[name], graph, tmp_path, name).read_bytes()
        == written(WRITERS[name], turned, tmp_path, name).read_bytes()
    )


# --- GraphML


def test_networkx_reads_the_graphml_back(tmp_path):
    graph = nx.read_graphml(written(write_graphml, small_graph(), tmp_path, "graph.graphml"))

    assert graph.nodes["program:守望计划"] == {
        "label": "守望计划",
        "x": -120.5,
        "y": 40.0,
        "size": 15.0,
        "r": 0,
        "g": 114,
        "b": 178,
        "entity_label": "PROGRAM",
        "kind": "计划",
        "place": "三明市",
        "aliases": "守望计划 | “守望”计划",
        "mentions": 4,
        "sentences": 3,
        "documents": 2,
    }
    assert graph.edges["work:=1+1", "actor:volunteer"] == {
        "id": "e1",
        "weight": 1,
        "windows": 1,
        "sentences": 1,
        "sections": 1,
        "documents": 1,
        "npmi": -0.125,
    }
    assert not graph.is_directed() and not graph.is_multigraph()


def test_graphml_keys_have_ids_of_their_own_that_are_no_ones_reserved_ids(tmp_path):
    path = written(write_graphml, small_graph(), tmp_path, "graph.graphml")

    ids = [key.get("id") for key in etree.parse(path).findall("{*}key")]
    assert {"node.sentences", "edge.sentences"} <= set(ids)
    assert len(set(ids)) == len(ids)
    assert not any(re.fullmatch(r"d\d+", key) for key in ids)


# --- what Gephi Lite reads with


def read_with_graphology(path):
    result = subprocess.run(
        ["node", str(HERE / "gephi/read_graph.mjs"), str(path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert result.returncode == 0, result.stderr
    graph = json.loads(result.stdout)
    nodes = {node["id"]: node["attributes"] for node in graph["nodes"]}
    edges = {(edge["source"], edge["target"]): edge["attributes"] for edge in graph["edges"]}
    assert graph["type"] == "undirected" and not graph["multi"]
    return graph["attributes"], nodes, edges


@pytest.mark.node
@needs_node
def test_gephi_lites_parser_reads_the_gexf(tmp_path):
    meta, nodes, edges = read_with_graphology(written(write_gexf, small_graph(), tmp_path, "graph.gexf"))

    assert meta == {
        "creator": "swnlp",
        "keywords": "五社联动, social work",
        "description": "五社共现网络 — ACTOR–initiative",
        "lastModifiedDate": "2024-05-06",
    }
    assert nodes["program:守望计划"] == {
        "label": "守望计划",
        "entity_label": "PROGRAM",
        "kind": "计划",
        "place": "三明市",
        "aliases": "守望计划 | “守望”计划",
        "mentions": 4,
        "sentences": 3,
        "documents": 2,
        "color": "rgb(0,114,178)",
        "size": 15,
        "x": -120.5,
        "y": 40,
        "z": 0,
    }
    assert edges["actor:volunteer", "program:守望计划"] == {
        "weight": 3,
        "windows": 3,
        "sentences": 3,
        "sections": 2,
        "documents": 2,
        "first_date": "2022-01-05",
        "last_date": "2023-11-30",
        "npmi": 0.5,
        "jaccard": 0.25,
    }
    assert len(nodes) == 3 and len(edges) == 2


@pytest.mark.node
@needs_node
def test_gephi_lites_parser_reads_the_graphml(tmp_path):
    _, nodes, edges = read_with_graphology(written(write_graphml, small_graph(), tmp_path, "graph.graphml"))

    assert nodes["actor:volunteer"] == {
        "label": "社区志愿者",
        "x": 0,
        "y": 0,
        "size": 30,
        "color": "#d55e00",
        "entity_label": "ACTOR",
        "kind": "volunteer",
        "aliases": "志愿者",
        "mentions": 16,
        "sentences": 9,
        "documents": 2,
    }
    assert edges["actor:volunteer", "work:=1+1"]["npmi"] == -0.125
    assert len(nodes) == 3 and len(edges) == 2


@pytest.mark.node
@needs_node
@pytest.mark.parametrize("name", ["graph.gexf", "graph.graphml"])
def test_gephi_lites_parser_reads_nasty_names(tmp_path, name):
    graph = nx.Graph()
    graph.add_edge(f"program:{NASTY}", "actor:volunteer", weight=2, note=NASTY)
    graph.nodes[f"program:{NASTY}"]["label"] = NASTY

    _, nodes, edges = read_with_graphology(written(WRITERS[name], graph, tmp_path, name))

    assert nodes[f"program:{NASTY_CLEAN}"]["label"] == NASTY_CLEAN
    assert edges["actor:volunteer", f"program:{NASTY_CLEAN}"] == {"weight": 2, "note": NASTY_CLEAN}


# --- CSV


def test_nodes_are_gephis_nodes_table(tmp_path):
    path = written(write_nodes_csv, small_graph(), tmp_path, "nodes.csv")

    assert path.read_bytes().startswith(b"\xef\xbb\xbfId,Label,Timeset,entity_label,")
    assert read_csv_rows(path) == [
        [
            "Id",
            "Label",
            "Timeset",
            "entity_label",
            "kind",
            "place",
            "aliases",
            "mentions",
            "sentences",
            "documents",
        ],
        [
            "program:守望计划",
            "守望计划",
            "<[2022-01-01, 2023-12-31]>",
            "PROGRAM",
            "计划",
            "三明市",
            "守望计划 | “守望”计划",
            "4",
            "3",
            "2",
        ],
        [
            "actor:volunteer",
            "社区志愿者",
            "<[2022-01-01, 2023-12-31]>",
            "ACTOR",
            "volunteer",
            "",
            "志愿者",
            "16",
            "9",
            "2",
        ],
        ["work:=1+1", "'=1+1", "", "WORK", "", "", "", "1", "1", "1"],
    ]


def test_edges_are_gephis_edges_table(tmp_path):
    path = written(write_edges_csv, small_graph(), tmp_path, "edges.csv")

    header = "Source,Target,Type,Weight,Timeset,windows,sentences,sections,documents,first_date,last_date,npmi,jaccard"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf" + header.encode())
    rows = [[cell.replace("01-01, ", "01-01; ") for cell in row] for row in read_csv_rows(path)]
    first = "actor:volunteer,program:守望计划,Undirected,3,<[2022-01-01; 2023-12-31]>,3,3,2,2,2022-01-05,2023-11-30"
    assert rows[1:] == [
        [*first.split(","), "0.5", "0.25"],
        "actor:volunteer,work:=1+1,Undirected,1,,1,1,1,1,,,-0.125,".split(","),
    ]


def test_pandas_reads_numbers_as_numbers(tmp_path):
    nodes = pd.read_csv(written(write_nodes_csv, small_graph(), tmp_path, "nodes.csv"))
    edges = pd.read_csv(written(write_edges_csv, small_graph(), tmp_path, "edges.csv"))

    assert list(nodes.columns[:2]) == ["Id", "Label"]
    assert nodes["mentions"].tolist() == [4, 16, 1]
    assert edges["npmi"].tolist() == [0.5, -0.125]
    assert edges["Weight"].tolist() == [3, 1]
    assert set(edges["Source"]) | set(edges["Target"]) == set(nodes["Id"])


def test_the_first_rows_fill_every_column_so_that_gephi_guesses_types_from_numbers(tmp_path):
    graph = nx.Graph()
    graph.add_nodes_from([f"a{i:02}" for i in range(60)], label="甲")
    graph.nodes["a30"].update(share=0.5, mentions=3)
    graph.nodes["a50"]["year"] = 2023

    rows = read_csv_rows(written(write_nodes_csv, graph, tmp_path, "nodes.csv"))

    assert rows[:4] == [
        ["Id", "Label", "mentions", "share", "year"],
        ["a30", "甲", "3", "0.5", ""],
        ["a50", "甲", "", "", "2023"],
        ["a00", "甲", "", "", ""],
    ]
    assert sorted(row[0] for row in rows[1:]) == sorted(graph)


def test_a_node_column_is_never_called_source_or_target(tmp_path):
    graph = nx.Graph()
    graph.add_node("a", source="年报.html", Target="b", type="t")

    header = read_csv_rows(written(write_nodes_csv, graph, tmp_path, "nodes.csv"))[0]

    assert header == ["Id", "Label", "node_Target", "node_source", "node_type"]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+86 591", "'+86 591"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (" \u3000=1", "' \u3000=1"),
        ("\ufeff=1", "'\ufeff=1"),
        ("\x00=1", "'=1"),
        ("＝HYPERLINK(1)", "'＝HYPERLINK(1)"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠a", "'＠a"),
        ("\t文", "'\t文"),
        ("\r文", "'\r文"),
        ("\n文", "'\n文"),
        (("=1", "2"), "'=1 | 2"),
        ("社工+志愿者", "社工+志愿者"),
        ("——新时代", "——新时代"),
        ("2023-04-03", "2023-04-03"),
        (-0.25, -0.25),
        (np.float64(-0.25), -0.25),
        (-3, -3),
        (math.nan, ""),
        (-math.inf, ""),
        (None, ""),
        (True, "true"),
        (np.bool_(False), "false"),
        (["甲", "乙"], "甲 | 乙"),
        ([], ""),
        ("\ud800", ""),
    ],
)
def test_a_safe_cell_is_no_formula_and_a_number_stays_one(value, cell):
    assert safe_cell(value) == cell
    assert type(safe_cell(value)) is type(cell)


def test_ids_that_would_be_formulas_still_join(tmp_path):
    graph = nx.Graph([("=a", "'=a"), ("@b", "=a")])

    ids = [row[0] for row in read_csv_rows(written(write_nodes_csv, graph, tmp_path, "nodes.csv"))[1:]]
    ends = [row[:2] for row in read_csv_rows(written(write_edges_csv, graph, tmp_path, "edges.csv"))[1:]]

    assert ids == ["'=a", "'=a_2", "'@b"]
    assert ends == [["'=a", "'=a_2"], ["'=a_2", "'@b"]]


def test_a_backslash_does_not_escape_the_quote_that_ends_its_cell_in_gephi(tmp_path):
    graph = nx.Graph()
    graph.add_node("路径\\", label='C:\\"数据"\\')

    rows = read_csv_rows(written(write_nodes_csv, graph, tmp_path, "nodes.csv"))

    assert rows[1] == ["路径\\ ", 'C:\\ "数据"\\ ']


def test_evidence_keeps_its_line_breaks_lists_and_numbers(tmp_path):
    text = '社工"一对一"走访，\n=SUM(A1)\r\n志愿者；随访'
    table = pa.table(
        {
            "source": ["actor:social_worker", "=x"],
            "doc_id": ["a.txt", None],
            "end": [40, 5],
            "text": [text, "=1;=2"],
            "source_spans": [["10-12", "30-32"], []],
        }
    )

    write_table_csv(table, tmp_path / "evidence.csv")

    assert (tmp_path / "evidence.csv").read_bytes().startswith(b"\xef\xbb\xbfsource,doc_id,end,")
    assert read_csv_rows(tmp_path / "evidence.csv") == [
        ["source", "doc_id", "end", "text", "source_spans"],
        ["actor:social_worker", "a.txt", "40", text, "10-12 | 30-32"],
        ["'=x", "", "5", "'=1;=2", ""],
    ]
    assert pd.read_csv(tmp_path / "evidence.csv")["end"].tolist() == [40, 5]
    # In quotes, a spreadsheet that cuts at semicolons cuts no formula out of a sentence.
    assert '"\'=1;=2"' in (tmp_path / "evidence.csv").read_text(encoding="utf-8-sig")


def test_a_table_of_many_batches_is_written_in_order(tmp_path):
    table = pa.table({"n": list(range(25_000)), "=share": [-0.5] * 25_000, "done": [True, None] * 12_500})

    write_table_csv(table, tmp_path / "table.csv")

    rows = read_csv_rows(tmp_path / "table.csv")
    assert rows[0] == ["n", "'=share", "done"]
    assert [int(row[0]) for row in rows[1:]] == list(range(25_000))
    assert rows[1][1:] == ["-0.5", "true"] and rows[2][1:] == ["-0.5", ""]


# --- any graph

ANY_TEXT = st.text(st.characters(codec=None, categories=None), max_size=12)
NUMBERS = st.one_of(st.none(), st.integers(-(2**40), 2**40), st.floats())
TYPED = {
    "mentions": st.one_of(st.none(), st.integers(0, 10**6)),
    "place": st.one_of(st.none(), ANY_TEXT),
    "share": st.floats(),
    "checked": st.one_of(st.none(), st.booleans()),
    "aliases": st.lists(ANY_TEXT, max_size=3).map(tuple),
}


@st.composite
def graphs(draw):
    """Return a graph of up to six nodes with attributes of every type, some missing."""
    ids = draw(st.lists(ANY_TEXT, unique=True, max_size=6))
    graph = nx.Graph()
    for node in ids:
        attributes = draw(st.fixed_dictionaries({"label": ANY_TEXT}, optional=TYPED))
        graph.add_node(node, **attributes)
    for pair in draw(st.sets(st.sampled_from(list(combinations(ids, 2))))) if len(ids) > 1 else ():
        attributes = draw(st.fixed_dictionaries({"weight": st.integers(1, 9)}, optional=TYPED))
        graph.add_edge(*pair, **attributes)
    return graph


def xml_text(text):
    """Return what XML 1.0 lets through, by an independent reading of its list of characters."""
    return "".join(
        c
        for c in text
        if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c >= "\U00010000"
    )


def expected(value):
    if isinstance(value, tuple):
        value = " | ".join(filter(None, map(xml_text, value)))
    if isinstance(value, str):
        return xml_text(value) or None
    return None if isinstance(value, float) and not math.isfinite(value) else value


def expected_attributes(data):
    found = {key: expected(value) for key, value in data.items() if key not in ("label", "weight")}
    return {key: value for key, value in found.items() if value is not None}


def own_attributes(data):
    return {key: value for key, value in data.items() if key in TYPED}


@settings(max_examples=150, deadline=None)
@given(graphs())
def test_any_graph_comes_back_from_gexf_and_graphml(graph):
    names = {node: xml_text(node) for node in graph}
    if len(set(names.values())) < len(names) or "" in names.values():
        return  # ids that cleaning changes into each other have a test of their own
    for write, read, suffix in (
        (write_gexf, nx.read_gexf, "gexf"),
        (write_graphml, nx.read_graphml, "graphml"),
    ):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, f"graph.{suffix}")
            write(graph, path)
            back = read(path)
            if suffix == "gexf":
                check_gexf_rules(path)
        assert sorted(back) == sorted(names.values())
        assert back.number_of_edges() == graph.number_of_edges()
        for node, data in graph.nodes(data=True):
            label = xml_text(data["label"])
            assert back.nodes[names[node]]["label"] == (label if label.strip() else names[node])
            assert own_attributes(back.nodes[names[node]]) == expected_attributes(data)
        for a, b, data in graph.edges(data=True):
            edge = back.edges[names[a], names[b]]
            assert edge["weight"] == data["weight"]
            assert own_attributes(edge) == expected_attributes(data)


@settings(max_examples=150, deadline=None)
@given(graphs())
def test_csv_of_any_graph_joins_and_holds_no_formula(graph):
    with tempfile.TemporaryDirectory() as folder:
        nodes, edges = Path(folder, "nodes.csv"), Path(folder, "edges.csv")
        write_nodes_csv(graph, nodes)
        write_edges_csv(graph, edges)
        node_rows, edge_rows = read_csv_rows(nodes), read_csv_rows(edges)

    ids = [row[0] for row in node_rows[1:]]
    assert len(set(ids)) == graph.number_of_nodes()
    assert len(edge_rows) == graph.number_of_edges() + 1
    assert {end for row in edge_rows[1:] for end in row[:2]} <= set(ids)
    for rows in (node_rows, edge_rows):
        assert {len(row) for row in rows} == {len(rows[0])}
        for name, *cells in zip(*rows, strict=True):
            for cell in cells:
                number = name in ("share", "mentions", "Weight") and re.fullmatch(
                    r"-?[\d.]+(e[+-]?\d+)?", cell
                )
                assert number or cell[:1] not in set("=+-@＝＋－＠\t\r\n")


@given(ANY_TEXT)
def test_a_safe_cell_never_begins_as_a_formula(text):
    cell = safe_cell(text)

    assert cell in (xml_text(text), "'" + xml_text(text))
    assert cell.lstrip(string.whitespace + "\u3000")[:1] not in set("=+-@＝＋－＠")
