"""export/network.py and its formats: Pajek, UCINET, the matrix and VOSviewer, read back as their readers do."""

import json
import re
import shlex
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from swnlp.errors import OutputError
from swnlp.export import MATRIX_LIMIT, SUFFIXES, write_network

GOLDEN = Path(__file__).parent.parent / "golden"
NASTY = "“邻里\r\n守望”\t<b>&amp;'\"\\😀\x00\x1b\ud83d\ufffe行动\\"
ONE_LINE = "“邻里 守望” <b>&amp;''＼😀行动＼"


def small_graph():
    """A worker and volunteers, two initiatives of one name, and a name that wants to be a formula."""
    graph = nx.Graph(title="五社联动 actor-initiative", description="co-occurrence within a sentence")
    nodes = [
        ("actor:social_worker", "社会工作者", "ACTOR", "social_worker", 16, "C1", -10.0, 0.0),
        ("actor:volunteer", "社区志愿者", "ACTOR", "volunteer", 4, "C2", 10.0, 5.0),
        ("program:守望", "守望", "PROGRAM", "计划", 3, "C1", 0.0, -10.0),
        ("policy:守望", "守望", "POLICY", None, 1, "C2", 0.0, 10.0),
        ("program:=1+1", "=1+1", "PROGRAM", None, 1, None, 2.0, 2.0),
    ]
    for node, label, of, kind, mentions, cluster, x, y in nodes:
        graph.add_node(node, label=label, entity_label=of, kind=kind, mentions=mentions, x=x, y=y)
        if cluster:
            graph.nodes[node]["cluster"] = cluster
    graph.add_edge("actor:social_worker", "program:守望", weight=3)
    graph.add_edge("actor:volunteer", "program:守望", weight=0.5)
    graph.add_edge("policy:守望", "actor:volunteer", weight=1)
    graph.add_edge("actor:social_worker", "program:=1+1", weight=1)
    return graph


def nasty_graph():
    graph = nx.Graph(title=NASTY, description=NASTY)
    graph.add_edge(f"program:{NASTY}", "actor:volunteer", weight=2)
    graph.nodes[f"program:{NASTY}"].update(label=NASTY, entity_label="PROGRAM", aliases=(NASTY,))
    return graph


LABELS = {
    "actor:social_worker": "社会工作者",
    "actor:volunteer": "社区志愿者",
    "policy:守望": "守望 (policy:守望)",
    "program:=1+1": "=1+1",
    "program:守望": "守望 (program:守望)",
}
EDGES = {
    frozenset(("社会工作者", "守望 (program:守望)")): 3,
    frozenset(("社区志愿者", "守望 (program:守望)")): 0.5,
    frozenset(("社区志愿者", "守望 (policy:守望)")): 1,
    frozenset(("社会工作者", "=1+1")): 1,
}


def written(graph, path):
    (file,) = write_network(graph, path)
    return file


def read_dl(path):
    """Read a DL file of format edgelist1: a small parser after UCINET's help."""
    text = path.read_text(encoding="utf-8")
    assert text.lower().startswith("dl ")
    header, rest = re.split(r"(?i)\nlabels:\n", text, maxsplit=1)
    labels, data = re.split(r"(?i)(?:^|\n)data:\n", rest, maxsplit=1)
    options = dict(pair.split("=") for pair in header.lower().split()[1:])
    assert options["format"] == "edgelist1"
    names = [name for line in labels.splitlines() for name in shlex.split(line)]
    assert len(names) == int(options["n"]) == len({name.upper() for name in names})
    values = {}
    for line in data.splitlines():
        a, b, weight = line.split()
        values[names[int(a) - 1], names[int(b) - 1]] = float(weight)
    assert all(values[b, a] == weight for (a, b), weight in values.items())
    return names, {frozenset(pair): weight for pair, weight in values.items()}


def matrix(path, sheet):
    return pd.read_excel(path, sheet_name=sheet, index_col=0, engine="calamine")


# --- each format


@pytest.mark.parametrize("suffix", [".net", ".dl", ".json"])
def test_a_small_graph_gives_exactly_this_file(tmp_path, suffix):
    path = written(small_graph(), tmp_path / f"graph{suffix}")

    assert path.read_bytes() == (GOLDEN / f"small{suffix}").read_bytes()


def test_networkx_reads_the_pajek_file_back(tmp_path):
    path = written(small_graph(), tmp_path / "graph.net")

    back = nx.read_pajek(path, encoding="utf-8-sig")

    assert path.read_bytes().startswith(b"\xef\xbb\xbf*Vertices 5\n")
    assert list(back) == list(LABELS.values())
    assert {frozenset((a, b)): w for a, b, w in back.edges(data="weight")} == EDGES
    places = [
        (float(line.split()[-3]), float(line.split()[-2]))
        for line in path.read_text("utf-8").splitlines()[1:6]
    ]
    assert all(0 < c < 1 for place in places for c in place)
    # What is above in Gephi is above in Pajek, whose y grows downwards.
    assert places[2][1] < places[4][1]


def test_a_dl_parser_reads_the_ucinet_file_back(tmp_path):
    names, edges = read_dl(written(small_graph(), tmp_path / "graph.dl"))

    assert names == list(LABELS.values())
    assert edges == EDGES


def test_the_matrix_is_symmetric_and_its_labels_are_text(tmp_path):
    path = written(small_graph(), tmp_path / "graph.xlsx")

    square = matrix(path, "邻接矩阵")
    assert list(square.index) == list(square.columns) == list(LABELS.values())
    assert (square.to_numpy() == square.to_numpy().T).all()
    assert square.loc["社会工作者", "守望 (program:守望)"] == 3
    assert square.to_numpy().sum() == 2 * sum(EDGES.values())
    assert CalamineWorkbook.from_path(path).get_sheet_by_name("邻接矩阵").to_python()[0][4] == "=1+1"


def test_a_two_mode_graph_also_has_its_two_mode_matrix(tmp_path):
    path = written(small_graph(), tmp_path / "graph.xlsx")
    two = matrix(path, "二模矩阵")
    assert list(two.index) == ["社会工作者", "社区志愿者"]
    assert two.to_numpy().tolist() == [[0, 1, 3], [1, 0, 0.5]]

    one_mode = nx.Graph()
    one_mode.add_edge("actor:a", "actor:b", weight=1)
    path = written(one_mode, tmp_path / "one.xlsx")
    assert CalamineWorkbook.from_path(path).sheet_names == ["邻接矩阵", "节点"]


def test_the_workbook_says_what_the_labels_stand_for(tmp_path):
    nodes = pd.read_excel(
        written(small_graph(), tmp_path / "graph.xlsx"), sheet_name="节点", engine="calamine"
    )

    assert dict(zip(nodes["id"], nodes["label"], strict=True)) == LABELS
    assert nodes["mentions"].tolist() == [16, 4, 1, 1, 3]


def test_a_graph_too_large_for_a_matrix_is_refused_with_a_way_out(tmp_path):
    graph = nx.empty_graph(MATRIX_LIMIT + 1)

    with pytest.raises(OutputError, match=r"矩阵最多.*\.net"):
        write_network(graph, tmp_path / "graph.xlsx")

    assert list(tmp_path.iterdir()) == []


# VOSviewer Online's documentation: attribute -> type; `id` may also be an integer, cluster is 1 to 1000.
ITEM = {"id": str, "label": str, "description": str, "cluster": int, "weights": dict}
LINK = {"source_id": str, "target_id": str, "strength": (int, float)}
CLUSTER = {"cluster": int, "label": str}


def check_vosviewer(content):
    assert set(content) <= {"network", "config", "info"}
    network = content["network"]
    assert set(network) <= {"items", "links", "clusters"}
    for rows, shape in ((network["items"], ITEM), (network["links"], LINK), (network["clusters"], CLUSTER)):
        for row in rows:
            assert all(isinstance(row[key], shape[key]) for key in row)
    ids = [item["id"] for item in network["items"]]
    assert len(set(ids)) == len(ids)
    assert all(1 <= item.get("cluster", 1) <= 1000 for item in network["items"])
    assert all(n >= 0 for item in network["items"] for n in item.get("weights", {}).values())
    assert all(
        link["strength"] > 0 and {link["source_id"], link["target_id"]} <= set(ids)
        for link in network["links"]
    )


def test_the_vosviewer_file_is_what_its_documentation_says(tmp_path):
    content = json.loads(written(small_graph(), tmp_path / "graph.json").read_text(encoding="utf-8"))

    check_vosviewer(content)
    items = {item["id"]: item for item in content["network"]["items"]}
    assert items["actor:social_worker"]["label"] == "社会工作者"
    assert items["actor:social_worker"]["weights"] == {"频次 mentions": 16}
    assert {i: item.get("cluster") for i, item in items.items()} == {
        "actor:social_worker": 1, "actor:volunteer": 2, "policy:守望": 2, "program:=1+1": None, "program:守望": 1,
    }  # fmt: skip
    assert content["network"]["clusters"] == [{"cluster": 1, "label": "C1"}, {"cluster": 2, "label": "C2"}]
    assert sorted(link["strength"] for link in content["network"]["links"]) == [0.5, 1, 1, 3]


# --- what holds for each of them


def test_nasty_names_are_one_clean_line_where_the_format_has_lines(tmp_path):
    graph = nasty_graph()

    assert set(nx.read_pajek(written(graph, tmp_path / "a.net"), encoding="utf-8-sig")) == {
        "actor:volunteer",
        ONE_LINE,
    }
    assert set(read_dl(written(graph, tmp_path / "a.dl"))[0]) == {"actor:volunteer", ONE_LINE}
    assert set(matrix(written(graph, tmp_path / "a.xlsx"), "邻接矩阵").columns) == {
        "actor:volunteer",
        ONE_LINE,
    }


def test_vosviewer_gets_nasty_names_as_they_are_and_its_html_escaped(tmp_path):
    content = json.loads(written(nasty_graph(), tmp_path / "a.json").read_text(encoding="utf-8"))

    check_vosviewer(content)
    clean = "“邻里\r\n守望”\t<b>&amp;'\"\\😀行动\\"
    item = content["network"]["items"][1]
    assert (item["id"], item["label"]) == (f"program:{clean}", clean)
    assert "<b>" not in item["description"] and "&lt;b&gt;&amp;amp;" in item["description"]
    assert "<" not in content["info"]["title"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_bytes_depend_on_the_graph_alone(tmp_path, suffix):
    graph, turned = small_graph(), nx.Graph()
    turned.graph.update(graph.graph)
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from((b, a, data) for a, b, data in reversed(list(graph.edges(data=True))))

    first, second = (
        write_network(graph, tmp_path / f"a{suffix}"),
        write_network(turned, tmp_path / f"b{suffix}"),
    )

    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_graph_of_nothing_is_still_a_file(tmp_path, suffix):
    assert all(path.stat().st_size for path in write_network(nx.Graph(), tmp_path / f"graph{suffix}"))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_edge_without_weight_is_refused_and_the_old_file_stays(tmp_path, suffix):
    files = write_network(small_graph(), tmp_path / f"graph{suffix}")
    before = [path.read_bytes() for path in files]
    graph = nx.Graph()
    graph.add_edge("a", "b", weight=0)

    with pytest.raises(ValueError, match="weight must be above 0"):
        write_network(graph, tmp_path / f"graph{suffix}")

    assert [path.read_bytes() for path in files] == before
    assert sorted(tmp_path.iterdir()) == sorted(files)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_folder_that_is_missing_is_one_sentence(tmp_path, suffix):
    with pytest.raises(OutputError, match="无法写入"):
        write_network(small_graph(), tmp_path / "missing" / f"graph{suffix}")


class Breaks:
    """A value that lets the header be written and then breaks the rows."""

    seen = 0

    def __str__(self):
        self.seen += 1
        if self.seen > 1:
            raise RuntimeError("gone")
        return "值"


def test_a_workbook_that_breaks_off_leaves_the_old_file_and_no_other(tmp_path):
    path = written(small_graph(), tmp_path / "graph.xlsx")
    before = path.read_bytes()
    graph = small_graph()
    graph.nodes["actor:volunteer"]["extra"] = Breaks()

    with pytest.raises(RuntimeError, match="gone"):
        write_network(graph, path)

    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_csv_is_two_files_and_a_folder_holds_them(tmp_path):
    assert [p.name for p in write_network(small_graph(), tmp_path / "三明.csv")] == [
        "三明_nodes.csv",
        "三明_edges.csv",
    ]
    assert [p.name for p in write_network(small_graph(), tmp_path)] == ["nodes.csv", "edges.csv"]


@pytest.mark.parametrize("name", ["graph.pdf", "graph", "graph."])
def test_an_unknown_suffix_is_named_with_those_there_are(tmp_path, name):
    with pytest.raises(OutputError, match=r"不认识的后缀.*\.gexf"):
        write_network(small_graph(), tmp_path / name)
