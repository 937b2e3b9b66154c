"""cowords/: similarities, clusters and the strategic diagram equal hand counts, scipy's and scikit-learn's."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import silhouette_score
from sklearn.metrics.pairwise import cosine_similarity

from swnlp.cowords import (
    cluster_terms,
    dendrogram_svg,
    dendrogram_text,
    equivalence,
    ochiai,
    silhouette,
    strategic_diagram,
)

# Two pairs that stand together, and one link between them.
TOGETHER = np.array([[4, 4, 0, 0], [4, 9, 3, 0], [0, 3, 9, 6], [0, 0, 6, 4]])


def test_similarities_by_hand():
    assert ochiai(TOGETHER)[0] == pytest.approx([1, 4 / 6, 0, 0])
    assert ochiai(TOGETHER)[1, 2] == pytest.approx(3 / 9)
    assert equivalence(TOGETHER)[1, 2] == pytest.approx(9 / 81)


@given(st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=1, max_size=30))
def test_ochiai_is_the_cosine_of_the_binary_vectors(units):
    presence = np.vstack([np.array(units, dtype=np.int64), np.ones((1, 3), np.int64)])
    assert ochiai(presence.T @ presence) == pytest.approx(cosine_similarity(presence.T))


def test_clusters_are_those_that_stand_together():
    for method in ("average", "complete", "ward"):
        found = cluster_terms(ochiai(np.minimum(TOGETHER, 6)), method=method)
        assert found.of.tolist() == [1, 1, 2, 2]
    assert cluster_terms(ochiai(TOGETHER), clusters=4).of.tolist() == [1, 2, 3, 4]


@given(st.integers(0, 2**32 - 1))
def test_silhouettes_are_scikit_learns(seed):
    chance = np.random.default_rng(seed)
    points = chance.random((9, 2))
    apart = np.linalg.norm(points[:, None] - points, axis=2)
    of = np.append(chance.integers(1, 4, 6), [1, 2, 3])
    assert silhouette(apart, of) == pytest.approx(silhouette_score(apart, of, metric="precomputed"))


def test_the_strategic_diagram_by_hand():
    strength = np.array([[1, 0.5, 0.1, 0], [0.5, 1, 0.2, 0], [0.1, 0.2, 1, 0.4], [0, 0, 0.4, 1]])
    first, second = strategic_diagram(strength, np.array([1, 1, 1, 2]))
    # Inside {0, 1, 2}: 0.5 + 0.1 + 0.2 over 3 terms; to the outside 0.4.
    assert first[:3] == pytest.approx((1, 10 * 0.4, 100 * 0.8 / 3))
    assert second[:3] == pytest.approx((2, 10 * 0.4, 0))
    assert (first.quadrant, second.quadrant) == ("I 核心主题 motor", "IV 基础主题 basic")


def test_the_dendrogram_has_every_term_and_the_distances():
    found = cluster_terms(ochiai(np.minimum(TOGETHER, 6)), method="average")
    labels = ["社区", "志愿者", "<项目>", "儿童"]
    lines = dendrogram_text(found.tree, labels).splitlines()
    assert {line.lstrip("│├└─ ") for line in lines if "┐" not in line} == set(labels)
    assert sum("┐" in line for line in lines) == 3
    root = ET.fromstring(dendrogram_svg(found.tree, labels, found.of.tolist()))
    texts = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert set(labels) <= set(texts)
