"""graph/significance.py: what is more than chance, by an independent count and on planted links."""

import numpy as np
import pyarrow as pa
import pytest
from scipy.stats import false_discovery_control, fisher_exact

from swnlp.graph import significant, with_intervals, with_p_values
from swnlp.graph.significance import Margins, upper_tail
from swnlp.inference import adjusted


def test_the_p_value_is_fishers_exact_test():
    for both, x, y, n in ((8, 10, 20, 100), (1, 3, 5, 40), (5, 5, 5, 12)):
        cells = [[both, x - both], [y - both, n - x - y + both]]
        margins = Margins(*(np.array([float(v)]) for v in (both, x, y)), n, 1)
        assert upper_tail(margins)[0] == pytest.approx(fisher_exact(cells, "greater").pvalue, rel=1e-10)


def test_the_correction_is_benjamini_hochbergs():
    p = np.array([0.001, 0.03, 0.012, 0.2])
    assert adjusted(p, 4) == pytest.approx(false_discovery_control(p))
    # Pairs that were never seen are tests as well, with p = 1.
    assert adjusted(p, 40) == pytest.approx(false_discovery_control(np.append(p, np.ones(36)))[:4])


def edges_of(counts, windows_of):
    pairs = sorted(pair for pair, n in counts.items() if n)
    return pa.table(
        {
            "source": pa.array([a for a, _ in pairs], pa.string()),
            "target": pa.array([b for _, b in pairs], pa.string()),
            "windows": pa.array([int(counts[pair]) for pair in pairs], pa.int64()),
            "source_windows": pa.array([int(windows_of[a]) for a, _ in pairs], pa.int64()),
            "target_windows": pa.array([int(windows_of[b]) for _, b in pairs], pa.int64()),
        }
    )


def corpus(seed, *, planted):
    """Sentences that name actors and programs at random; each planted pair also shares sentences of its own."""
    random = np.random.default_rng(seed)
    names = [f"actor:{i:02}" for i in range(12)] + [f"program:{i:02}" for i in range(48)]
    rate = random.uniform(0.004, 0.03, len(names))
    named = random.random((3000, len(names))) < rate
    pairs = set()
    while len(pairs) < planted:
        pairs.add((int(random.integers(12)), int(random.integers(12, 60))))
    for a, b in sorted(pairs):
        where = random.choice(3000, 25, replace=False)
        named[np.ix_(where, [a, b])] = True
    together = named.T.astype(int) @ named.astype(int)
    counts = {
        (names[a], names[b]): together[a, b] for a in range(len(names)) for b in range(a + 1, len(names))
    }
    return (
        names,
        counts,
        dict(zip(names, named.sum(axis=0), strict=True)),
        {(names[a], names[b]) for a, b in pairs},
    )


def found_in(names, counts, windows_of, *, two_mode):
    shown = {p: n for p, n in counts.items() if not two_mode or p[0][0] != p[1][0]}
    entities = pa.table({"entity_id": names})
    edges, note = significant(
        with_p_values(edges_of(shown, windows_of), entities, windows=3000, two_mode=two_mode), 0.05
    )
    assert note is None
    return set(zip(edges["source"].to_pylist(), edges["target"].to_pylist(), strict=True))


@pytest.mark.parametrize("two_mode", [False, True])
def test_planted_links_are_found_and_hardly_any_others(two_mode):
    planted = right = found = 0
    for seed in range(20):
        *made, pairs = corpus(seed, planted=15)
        kept = found_in(*made, two_mode=two_mode)
        planted, right, found = planted + len(pairs), right + len(pairs & kept), found + len(kept)
    assert right / planted >= 0.95
    assert (found - right) / found <= 0.05


def test_without_planted_links_almost_nothing_is_found():
    false = [
        len(found_in(*corpus(seed, planted=0)[:3], two_mode=two))
        for seed in range(20)
        for two in (False, True)
    ]
    assert sum(false) <= 4


def test_a_corpus_too_small_for_a_test_says_so_and_loses_nothing():
    edges = edges_of(
        {("actor:a", "program:p"): 2, ("actor:a", "program:q"): 1},
        {"actor:a": 3, "program:p": 2, "program:q": 1},
    )
    entities = pa.table({"entity_id": ["actor:a", "program:p", "program:q"]})

    kept, note = significant(with_p_values(edges, entities, windows=6, two_mode=False), 0.05)

    assert len(kept) == 2
    assert "语料太小" in note
    assert "too small" in note


def test_an_interval_is_wide_where_one_document_makes_the_edge():
    pairs = {("a", "p"): 10, ("a", "q"): 10}
    edges = edges_of(pairs, {"a": 20, "p": 10, "q": 10})
    rows = [("a", "p", f"d{i}", 1) for i in range(10)] + [("a", "q", "d0", 10)]
    by_document = pa.table(
        dict(zip(("source", "target", "doc_id", "windows"), zip(*rows, strict=True), strict=True))
    )

    spread, single = with_intervals(edges, by_document, documents=20, seed=1).to_pylist()

    assert spread["low"] > 3
    assert (single["low"], single["high"]) == (0, 30)
    assert with_intervals(edges, by_document, documents=20, seed=1).to_pylist() == [spread, single]
