"""Two-mode networks: density and clustering, by hand."""

import math

import networkx as nx
import pytest

from swnlp.graph import two_mode_metrics


def test_a_full_square_is_dense_and_closed():
    square = nx.Graph([("社区", "甲"), ("社区", "乙"), ("社工", "甲"), ("社工", "乙")])

    assert two_mode_metrics(square, {"社区", "社工"}) == {"density": 1.0, "clustering": 1.0}


def test_a_square_with_a_tail_has_six_open_ends():
    # Paths of three edges: four within the square, and 丙-社区-甲-社工, 丙-社区-乙-社工; one cycle closes four of the six.
    graph = nx.Graph([("社区", "甲"), ("社区", "乙"), ("社工", "甲"), ("社工", "乙"), ("社区", "丙")])

    found = two_mode_metrics(graph, {"社区", "社工"})
    assert found["density"] == 5 / 6
    assert found["clustering"] == pytest.approx(4 / 6)


def test_a_star_has_no_path_of_three_edges():
    star = nx.Graph([("社区", "甲"), ("社区", "乙")])

    found = two_mode_metrics(star, {"社区"})
    assert found["density"] == 1.0
    assert math.isnan(found["clustering"])


def test_an_edge_within_a_side_is_refused():
    with pytest.raises(ValueError, match="no two-mode"):
        two_mode_metrics(nx.Graph([("社区", "社工")]), {"社区", "社工"})


def test_an_empty_network_has_neither():
    assert all(math.isnan(value) for value in two_mode_metrics(nx.Graph(), set()).values())
