"""graph/draw.py: a network as a picture in a notebook."""

import networkx as nx
from lxml import etree

from swnlp.graph import Network
from swnlp.graph.draw import MOST_EDGES, MOST_NAMES, MOST_NODES


def star(leaves, name="项目"):
    graph = nx.Graph()
    graph.add_node("actor", label="社会工作者", entity_label="ACTOR", mentions=99)
    for i in range(leaves):
        graph.add_node(f"n{i:03}", label=f"{name}{i}", entity_label="PROGRAM", mentions=1)
        graph.add_edge("actor", f"n{i:03}", weight=1 + i % 5)
    return Network(graph)


def parts(graph, tag):
    return list(etree.fromstring(graph._repr_html_()).iter("{http://www.w3.org/2000/svg}" + tag))


def test_nodes_edges_and_names_are_drawn_and_counted():
    html = star(3)._repr_html_()

    assert "4 个节点 nodes，3 条边 edges" in html
    assert len(parts(star(3), "line")) == 3
    names = [text.text for text in parts(star(3), "text")]
    assert {"社会工作者", "项目0", "项目1", "项目2", "主体 actor", "项目 program"} <= set(names)


def test_what_is_left_out_of_a_large_network_is_said():
    graph = star(MOST_NODES + 50)

    assert f"shown: {MOST_NODES}、{MOST_NODES - 1}" in graph._repr_html_()
    assert len(parts(graph, "line")) == MOST_NODES - 1 <= MOST_EDGES
    assert len([t for t in parts(graph, "text") if t.get("stroke") == "white"]) == MOST_NAMES


def test_a_name_from_a_strangers_report_is_text_only():
    html = star(1, name='<script>alert(1)</script>&"')._repr_html_()

    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_the_same_network_gives_the_same_picture_and_is_not_changed():
    graph = star(20)

    assert graph._repr_html_() == star(20)._repr_html_()
    assert "x" not in graph.nodes["actor"]


def test_a_network_without_nodes_has_no_picture():
    assert Network()._repr_html_() == "<div><p>0 个节点 nodes，0 条边 edges</p></div>"


def test_it_is_the_graph_that_networkx_knows():
    assert nx.is_isomorphic(star(4), nx.star_graph(4))
    assert isinstance(star(4).subgraph(["actor", "n001"]).copy(), Network)
