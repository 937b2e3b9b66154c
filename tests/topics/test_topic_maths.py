"""topics/: coherence equals gensim's and hand counts, stability hand counts; the estimator has scikit-learn's manners."""

from math import log, sqrt

import numpy as np
import pytest
import scipy.sparse as sp
from gensim.corpora import Dictionary
from gensim.models import CoherenceModel
from sklearn.metrics import adjusted_rand_score
from sklearn.utils.estimator_checks import check_estimator

from swnlp.topics.choose import Trial, best, candidates, curve, measure, most_coherent, term_windows
from swnlp.topics.coherence import EPSILON, cv_coherence, npmi_coherence
from swnlp.topics.model import TopicModel, top_terms
from swnlp.topics.stability import agreement


def windows_of(chance, n, terms):
    """Texts of letters in which some stand together more than chance would have it."""
    texts = []
    for _ in range(n):
        near = chance.integers(0, 3)
        odds = np.where(np.arange(terms) % 3 == near, 0.5, 0.15)
        texts.append([f"t{i}" for i in np.flatnonzero(chance.random(terms) < odds)])
    return texts


def test_coherence_equals_gensims_on_the_same_windows():
    chance = np.random.default_rng(0)
    texts = windows_of(chance, 200, 18)
    dictionary = Dictionary(texts)
    rows = [[dictionary.token2id[t] for t in text] for text in texts]
    matrix = sp.lil_array((len(texts), len(dictionary)))
    for i, row in enumerate(rows):
        matrix[i, row] = 1
    topics = [chance.permutation(len(dictionary))[:6].tolist() for _ in range(5)]
    together, inside = term_windows(matrix.tocsr(), topics)
    # A window longer than any text is the text; gensim drops empty texts from its count of windows.
    shared = {
        "topics": [[dictionary[j] for j in topic] for topic in topics], "texts": texts, "dictionary": dictionary,
        "window_size": 1000, "processes": 1,
    }  # fmt: skip
    for name, ours in (("c_npmi", npmi_coherence), ("c_v", cv_coherence)):
        theirs = CoherenceModel(coherence=name, **shared).get_coherence_per_topic()
        assert ours(together, len(texts), inside) == pytest.approx(theirs, abs=1e-9)


def test_coherence_by_hand():
    # 10 windows: A in 5, B in 4, both in 3.
    together = np.array([[5, 3], [3, 4]])
    near = log((0.3 + EPSILON) / (0.5 * 0.4)) / -log(0.3 + EPSILON)
    assert npmi_coherence(together, 10, [[0, 1]])[0] == pytest.approx(near)
    # The profiles are (1, near) and (near, 1), their sum (1 + near, 1 + near): both cosines are the same.
    cosine = (1 + near) ** 2 / (sqrt(1 + near**2) * sqrt(2) * (1 + near))
    assert cv_coherence(together, 10, [[0, 1]])[0] == pytest.approx(cosine, abs=1e-9)


def test_always_together_is_one_and_never_is_minus_one():
    assert npmi_coherence(np.array([[4, 4], [4, 4]]), 4, [[0, 1]])[0] == 1
    assert npmi_coherence(np.array([[2, 0], [0, 2]]), 4, [[0, 1]])[0] == pytest.approx(-1, abs=0.06)


def test_agreement_by_hand_does_not_depend_on_the_order_of_topics():
    a = np.array([[3.0, 4, 0, 0], [0, 0, 1, 0]])
    assert agreement(a, a[::-1]) == pytest.approx([1, 1])
    # (3, 4) and (4, 3): 24 / 25.
    assert agreement(a, np.array([[0, 0, 0, 1.0], [4, 3, 0, 0]])) == pytest.approx([24 / 25, 0])


def planted(k=4, n=400, own=15, shared=20, seed=0):
    """Counts of units that each have one of k topics, with words of its own, and words that all share."""
    chance = np.random.default_rng(seed)
    truth = chance.integers(0, k, n)
    counts = np.zeros((n, k * own + shared))
    for i, topic in enumerate(truth):
        words = [*(topic * own + chance.integers(0, own, 20)), *(k * own + chance.integers(0, shared, 10))]
        np.add.at(counts[i], words, 1)
    return sp.csr_array(counts), truth


@pytest.mark.parametrize("method", ["nmf", "lda"])
def test_planted_topics_are_recovered_in_memory_and_streamed(method):
    counts, truth = planted()
    for model in (
        TopicModel(4, method=method, n_init=5).fit(counts),
        TopicModel(4, method=method, n_init=5).fit_batches(
            lambda: (counts[i : i + 100] for i in range(0, 400, 100))
        ),
    ):
        assert adjusted_rand_score(truth, model.transform(counts).argmax(axis=1)) >= 0.9


def test_the_number_of_planted_topics_is_chosen():
    counts, _ = planted()
    assert best(curve(counts, candidates(400), method="nmf", seed=0, runs=3)) == 4


def test_of_equal_scores_the_smaller_number_is_chosen_and_small_corpora_have_few():
    assert best([Trial(k, 0.1, 0, 1, 0.1) for k in (2, 3, 4)]) == 2
    assert candidates(15) == [2]
    assert candidates(60) == [2, 3, 4, 5, 6]
    assert max(candidates(10**6)) == 30


@pytest.mark.parametrize("method", ["nmf", "lda"])
@pytest.mark.filterwarnings("ignore")
def test_the_estimator_has_scikit_learns_manners(method):
    check_estimator(TopicModel(2, method=method, max_iter=5 if method == "lda" else 100))


def test_shares_sum_to_one_or_nothing_and_topics_stand_by_share():
    counts, _ = planted()
    counts = sp.csr_array(sp.vstack([counts, sp.csr_array((1, counts.shape[1]))]))
    model = TopicModel(3).fit(counts)
    shares = model.transform(counts)
    assert shares[:-1].sum(axis=1) == pytest.approx(np.ones(400))
    assert not shares[-1].any()
    assert model.components_.sum(axis=1) == pytest.approx(np.ones(3))
    assert list(model.shares_) == sorted(model.shares_, reverse=True)
    assert model.get_feature_names_out().tolist() == ["topic1", "topic2", "topic3"]


def test_the_same_seed_gives_the_same_model():
    counts, _ = planted()
    for method in ("nmf", "lda"):
        a, b = (TopicModel(3, method=method).fit(counts).components_ for _ in range(2))
        assert (a == b).all()


def test_topics_are_told_by_the_ranking_whose_terms_stand_together():
    # Terms 0 to 9 stand in the same rows, and so do 10 to 19.
    counts = sp.csr_array(np.repeat(np.kron(np.eye(2), np.ones((20, 1))), 10, axis=1))
    together = np.kron(np.eye(2), np.ones(10))
    mixed = np.tile([1.0, 0.1], 10) * np.ones((2, 1))
    assert most_coherent([mixed, together], counts) is together
    assert most_coherent([together, mixed], counts) is together


def test_what_is_measured_of_a_model():
    counts, _ = planted()
    model = TopicModel(4).fit(counts)
    found = measure(model, counts, seed=0, runs=2)
    assert found.weights.sum(axis=1) == pytest.approx(np.ones(4))
    assert found.terms == top_terms(found.weights, 10)
    # Every topic's ten top terms are of its own fifteen words.
    assert all(len({j // 15 for j in terms}) == 1 for terms in found.terms)
    assert (found.npmi > 0.2).all() and (found.stability > 0.3).all()
    assert np.isnan(measure(model, counts, seed=0, runs=0).stability).all()
