"""keywords/: TF-IDF, TextRank and phrases equal hand counts and independent implementations."""

from math import log, log2

import networkx as nx
import numpy as np
import pytest
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfTransformer

from swnlp.keywords import find_phrases, textrank, tfidf


def test_tfidf_by_hand_and_as_scikit_learn():
    counts = sp.csr_array(np.array([[3.0, 1, 0], [0, 2, 2]]))
    found = tfidf(counts).toarray()
    assert found[0] == pytest.approx([3 / 4 * (log(3 / 2) + 1), 1 / 4, 0])
    theirs = TfidfTransformer(norm=None).fit_transform(counts).toarray()
    assert found * counts.sum(axis=1)[:, None] == pytest.approx(theirs)


def test_textrank_is_networkxs_pagerank():
    sentences = [list("abcd"), list("bce"), list("ac")]
    graph = nx.Graph()
    for words in sentences:
        for i, a in enumerate(words):
            for b in words[i + 1 : i + 3]:
                graph.add_edge(a, b, weight=graph.get_edge_data(a, b, {"weight": 0})["weight"] + 1)
    found = textrank(sentences, window=3)
    assert found == pytest.approx(nx.pagerank(graph, tol=1e-12), abs=1e-8)
    assert list(found.values()) == sorted(found.values(), reverse=True)


def test_textrank_of_nothing_and_of_lonely_words():
    assert textrank([]) == {}
    assert textrank([["社区"], ["儿童"]]) == pytest.approx({"社区": 0.5, "儿童": 0.5})


# 时间 银行 stands four times, each time between other words; 的 银行 as often as chance.
STRETCHES = [
    ["推广", "时间", "银行", "模式"],
    ["建立", "时间", "银行"],
    ["时间", "银行", "很", "好"],
    ["依托", "时间", "银行", "开展", "互助"],
    *[[f"词{i}", f"语{i}"] for i in range(30)],
]


def test_phrases_by_hand():
    (found,) = find_phrases(lambda: STRETCHES, lambda word: True)
    assert (found.text, found.occurrences) == ("时间银行", 4)
    total = sum(map(len, STRETCHES))
    assert found.pmi == pytest.approx(log2((4 / total) / ((4 / total) ** 2)))
    # Four different neighbours on each side, an edge being one.
    assert found.entropy == pytest.approx(2)
    assert found.score == found.pmi * found.entropy


def test_what_is_no_phrase():
    assert not find_phrases(lambda: STRETCHES, lambda word: word != "银行")
    assert not find_phrases(lambda: STRETCHES, lambda word: True, min_count=5)
    # Always the same word behind: the phrase goes on.
    longer = [
        [*words[:1], "时间", "银行", "制度", *words[1:]]
        for words in (["甲", "乙"], ["丙", "丁"], ["戊", "己"])
    ]
    found = find_phrases(lambda: longer + STRETCHES[4:], lambda word: True)
    assert [phrase.text for phrase in found] == ["时间银行制度"]
