"""graph/metrics.py, clusters.py, backbone.py, projection.py: equal to what is published of well-known networks."""

import math

import networkx as nx
import pytest

from swnlp.graph import backbone, centralities, cluster, network_metrics, project


@pytest.fixture
def karate():
    graph = nx.relabel_nodes(nx.karate_club_graph(), lambda n: f"n{n + 1:02}")
    nx.set_edge_attributes(graph, 1, "weight")
    return graph


@pytest.fixture
def women():
    """Davis, Gardner & Gardner (1941), Deep South: 18 women, 14 events."""
    graph = nx.davis_southern_women_graph()
    for node, data in graph.nodes(data=True):
        data["entity_label"] = "PROGRAM" if data["bipartite"] == 0 else "ACTOR"
        data["label"] = node
    return graph


def test_the_karate_club_as_published(karate):
    found = network_metrics(karate)

    # Zachary (1977) and the indices that textbooks print of it.
    assert (found["nodes"], found["edges"], found["components"], found["diameter"]) == (34, 78, 1, 5)
    assert found["density"] == pytest.approx(0.139, abs=5e-4)
    assert found["mean_path_length"] == pytest.approx(2.408, abs=5e-4)
    assert found["transitivity"] == pytest.approx(0.2557, abs=5e-5)
    assert found["mean_clustering"] == pytest.approx(0.5706, abs=5e-5)
    # Freeman centralisation as UCINET and igraph give it.
    assert found["degree_centralisation"] == pytest.approx(0.3996, abs=5e-5)
    assert found["betweenness_centralisation"] == pytest.approx(0.4056, abs=5e-5)


def test_a_star_is_as_central_as_can_be_and_a_ring_not_at_all():
    star, ring = nx.star_graph(6), nx.cycle_graph(7)
    for name in ("degree_centralisation", "betweenness_centralisation"):
        assert network_metrics(star)[name] == pytest.approx(1)
        assert network_metrics(ring)[name] == pytest.approx(0)


def test_a_network_too_small_for_an_index_has_none():
    found = network_metrics(nx.Graph())
    assert (found["nodes"], found["edges"]) == (0, 0)
    assert all(
        math.isnan(found[name]) for name in ("mean_path_length", "degree_centralisation", "modularity")
    )


def test_the_karate_clubs_leaders_are_central(karate):
    frame = centralities(karate)

    assert list(frame.index[:3]) == ["n34", "n01", "n33"]
    assert frame.loc["n01", "betweenness"] == pytest.approx(0.4376, abs=5e-5)
    assert frame.loc["n34", "closeness"] == pytest.approx(0.55, abs=5e-4)
    assert frame.loc["n34", "eigenvector"] == pytest.approx(0.3734, abs=5e-5)
    assert frame.loc["n01", "betweenness_rank"] == 1
    assert frame.loc["n12", "constraint"] == pytest.approx(1.0)


def test_clusters_are_found_named_by_size_and_the_same_each_time(karate):
    modularity = cluster(karate, seed=7)
    clusters = dict(karate.nodes(data="cluster"))
    again = nx.Graph()
    again.add_edges_from(reversed(list(karate.edges(data=True))))

    # The greatest there is: Brandes et al. (2008), On Modularity Clustering.
    assert 0.39 < modularity <= 0.4198
    sizes = [list(clusters.values()).count(f"C{n}") for n in range(1, len(set(clusters.values())) + 1)]
    assert sizes == sorted(sizes, reverse=True)
    assert cluster(again, seed=7) == modularity
    assert dict(again.nodes(data="cluster")) == clusters


def test_leiden_finds_the_best_clusters_of_the_karate_club(karate):
    pytest.importorskip("igraph")
    assert cluster(karate, seed=7, engine="igraph") == pytest.approx(0.4198, abs=5e-5)


def test_a_graph_without_edges_has_no_clusters():
    graph = nx.Graph()
    graph.add_node("n1")
    assert math.isnan(cluster(graph))
    assert "cluster" not in graph.nodes["n1"]


def test_the_southern_women_joined_by_the_events_they_share(women):
    shared = project(women, {"PROGRAM"})

    # Breiger (1974), The Duality of Persons and Groups: Evelyn and Laura met at six events, Theresa was at eight.
    assert shared.edges["Evelyn Jefferson", "Laura Mandeville"]["shared"] == 6
    assert shared.edges["Evelyn Jefferson", "Theresa Anderson"]["weight"] == 7
    assert not shared.has_edge("Flora Price", "Laura Mandeville")
    assert set(shared) == {node for node, data in women.nodes(data=True) if data["bipartite"] == 0}
    assert len(shared.edges["Evelyn Jefferson", "Laura Mandeville"]["shared_names"]) == 6


def test_one_shared_by_all_counts_little_in_a_fractional_projection():
    graph = nx.Graph([("p1", "all"), ("p2", "all"), ("p3", "all"), ("p1", "two"), ("p2", "two")])
    for node, data in graph.nodes(data=True):
        data["entity_label"] = "PROGRAM" if node.startswith("p") else "ACTOR"
    shared = project(graph, {"PROGRAM"})
    assert shared.edges["p1", "p2"]["fractional"] == pytest.approx(1 / 2 + 1)
    assert shared.edges["p2", "p3"]["fractional"] == pytest.approx(1 / 2)


def test_the_backbone_keeps_what_is_heavy_for_one_end():
    graph = nx.Graph(title="t")
    graph.add_weighted_edges_from(
        [("hub", f"n{i}", 1) for i in range(9)] + [("hub", "heavy", 90), ("n0", "n1", 1)]
    )

    kept = backbone(graph, 0.05)

    # At the hub of degree 10 and strength 99: (1 - 90/99)^9; the others (1 - 1/99)^9.
    assert list(kept.edges) == [("hub", "heavy")]
    assert set(kept) == {"hub", "heavy"}
    assert kept.graph["title"] == "t"
    assert backbone(graph, 1.01).number_of_edges() == 11


def test_an_empty_network_has_no_central_node():
    assert centralities(nx.Graph()).empty
