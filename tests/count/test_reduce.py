"""count/: the counts of entities and pairs equal a count by hand, and by brute force."""

from itertools import combinations
from math import log

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from swnlp.count.evidence import find_evidence
from swnlp.count.query import Limits
from swnlp.count.reduce import reduce_edges, reduce_entities, reduce_links
from swnlp.count.view import select_view
from swnlp.errors import SettingsError
from swnlp.schema import DOCUMENT_LINKS, DOCUMENTS, EVIDENCE, LINKS, MENTIONS, SECTIONS, SENTENCES, to_table
from swnlp.store import write_table

SENTENCE_LENGTH = 100


class Corpus:
    """Tables written by hand: (doc, section, paragraph, sentence, start, end, entity) for each mention."""

    def __init__(self, folder, mentions, *, sentences=None, dates=None, status=None):
        self.mentions = mentions
        self.sentences = sentences or sorted({m[:4] for m in mentions})
        self.dates = dates or {}
        self.status = status or {}
        self.paths = {}
        self.write(folder)

    def write(self, folder):
        docs = sorted({s[0] for s in self.sentences})
        tables = {
            "documents": (DOCUMENTS, [(d, d, None, self.dates.get(d), *[None] * 11, 0, "", "") for d in docs]),
            "sections": (SECTIONS, [(d, s, "", f"place:{s}", 0, 0) for d, s in sorted({s[:2] for s in self.sentences})]),
            "sentences": (SENTENCES, [
                (*s, s[3] * SENTENCE_LENGTH, (s[3] + 1) * SENTENCE_LENGTH, f"句{s[3]}", self.status.get(s[3], "done"))
                for s in self.sentences
            ]),
            "mentions": (MENTIONS, [
                (*m[:4], m[3] * SENTENCE_LENGTH + m[4], m[3] * SENTENCE_LENGTH + m[5], m[6], label(m[6]), None, m[6],
                 "hand", 1.0, *outer)
                for m, outer in zip(self.mentions, outers(self.mentions), strict=True)
            ]),
        }  # fmt: skip
        for name, (schema, rows) in tables.items():
            self.paths[name] = folder / f"{name}.parquet"
            write_table(to_table(schema, rows), self.paths[name])

        for name in ("entities", "edges"):
            self.paths[name] = folder / f"{name}.parquet"

    def edges(self, window="sentence"):
        reduce_edges(self.paths, self.paths["edges"], window=window)
        return pq.read_table(self.paths["edges"]).to_pylist()

    def entities(self):
        reduce_entities(self.paths, self.paths["entities"], lambda i, aliases: i.upper())
        return pq.read_table(self.paths["entities"]).to_pylist()


def outers(mentions):
    """Return (outer, outer_start) of each mention; spans that cross share the first one's start."""
    found, reached, begin = {}, {}, {}
    for m in sorted(mentions, key=lambda m: (m[0], m[3], m[4], -m[5])):
        where = (m[0], m[3])
        if m[4] >= reached.get(where, 0):
            begin[where] = m[3] * SENTENCE_LENGTH + m[4]
        found[m] = (m[5] > reached.get(where, 0), begin[where])
        reached[where] = max(m[5], reached.get(where, 0))
    return [found[m] for m in mentions]


def label(entity):
    return {"a": "ACTOR", "p": "PROGRAM"}.get(entity[0], "ORG")


def brute_force(corpus, unit):
    """Count again, by loops over mentions that know nothing of the query."""
    at = {"section": 1, "paragraph": 2, "sentence": 3}[unit]
    windows = {}
    for m in corpus.mentions:
        windows.setdefault((m[0], m[at]), []).append(m)
    both, one = {}, {}
    for key, mentions in windows.items():
        for entity in {m[6] for m in mentions}:
            one.setdefault(entity, set()).add(key)
        for x, y in combinations(mentions, 2):
            if x[6] == y[6]:
                continue
            same = x[3] == y[3]
            x_in_y = same and y[4] <= x[4] and x[5] <= y[5]
            y_in_x = same and x[4] <= y[4] and y[5] <= x[5]
            if not x_in_y and not y_in_x:
                both.setdefault(tuple(sorted((x[6], y[6]))), set()).add(key)
    total = len({(s[0], s[at]) for s in corpus.sentences})
    counts = {}
    for (x, y), keys in both.items():
        n, nx, ny = len(keys), len(one[x]), len(one[y])
        npmi = 1.0 if n == total else log(n * total / (nx * ny)) / -log(n / total)
        counts[x, y] = (n, npmi, n / (nx + ny - n))
    return counts


def test_edges_match_a_hand_count(tmp_path):
    corpus = Corpus(
        tmp_path,
        [
            ("d1", 0, 0, 0, 0, 4, "a"), ("d1", 0, 0, 0, 10, 14, "p"),
            ("d1", 0, 0, 1, 0, 4, "a"), ("d1", 0, 0, 1, 5, 9, "a"), ("d1", 0, 0, 1, 10, 14, "p"),
            ("d2", 0, 0, 0, 0, 4, "a"),
            ("d2", 0, 0, 1, 0, 4, "p"),
        ],
        dates={"d1": "2023-04-03"},
    )  # fmt: skip
    assert corpus.edges() == [
        {
            "source": "a", "target": "p", "windows": 2, "sentences": 2, "planned": 0, "negated": 0, "sections": 1,
            "documents": 1, "first_date": "2023-04-03", "last_date": "2023-04-03",
            "source_windows": 3, "target_windows": 3, "fractional": 2.0, "expected": 3 * 3 / 4,
            # p(a) = p(p) = 3/4, p(a, p) = 2/4.
            "npmi": pytest.approx(log((2 / 4) / (3 / 4 * 3 / 4)) / -log(2 / 4)), "jaccard": 2 / 4,
            "association": pytest.approx(2 / (3 * 3 / 4)),
            # Both 2, one of the two 1 and 1, neither 0.
            "llr": pytest.approx(2 * (2 * log(2 / (9 / 4)) + 2 * log(1 / (3 / 4)))),
        }
    ]  # fmt: skip
    (paragraph,) = corpus.edges("paragraph")
    assert (paragraph["windows"], paragraph["sentences"], paragraph["npmi"]) == (2, 2, 1.0)


def test_a_sentence_that_lists_many_counts_little_for_each_pair(tmp_path):
    four = [("d", 0, 0, 0, 10 * i, 10 * i + 4, name) for i, name in enumerate(["a1", "a2", "o", "p"])]
    two = [("d", 0, 0, 1, 0, 4, "a1"), ("d", 0, 0, 1, 10, 14, "p")]
    edges = {(e["source"], e["target"]): e for e in Corpus(tmp_path, four + two).edges()}
    assert edges["a1", "p"]["windows"] == 2
    assert edges["a1", "p"]["fractional"] == pytest.approx(1 / 3 + 1)
    assert edges["a1", "a2"]["fractional"] == pytest.approx(1 / 3)


def test_what_is_planned_or_negated_is_counted_apart(tmp_path):
    pairs = [("d", 0, s // 2, s, start, start + 4, e) for s in range(4) for start, e in ((0, "a"), (10, "p"))]
    corpus = Corpus(tmp_path, pairs, status={1: "planned", 2: "planned", 3: "negated"})
    for window in ("sentence", "paragraph"):
        (edge,) = corpus.edges(window)
        assert (edge["sentences"], edge["planned"], edge["negated"]) == (4, 2, 1)


def test_many_pairs_are_counted_a_range_at_a_time(tmp_path, monkeypatch):
    many = [("d", 0, s, s, 4 * i, 4 * i + 3, f"e{i}") for s in range(3) for i in range(s, 9 + s)]
    whole = Corpus(tmp_path, many).edges()
    monkeypatch.setattr("swnlp.count.pairs.MOST_AT_ONCE", 10)
    assert Corpus(tmp_path, many).edges() == whole


def test_no_edge_joins_a_name_to_one_inside_it(tmp_path):
    corpus = Corpus(tmp_path, [("d", 0, 0, 0, 0, 20, "p"), ("d", 0, 0, 0, 3, 7, "a")])
    assert corpus.edges() == []


def test_a_name_inside_another_is_linked_to_the_rest_of_the_sentence(tmp_path):
    corpus = Corpus(
        tmp_path, [("d", 0, 0, 0, 0, 20, "p"), ("d", 0, 0, 0, 3, 7, "a"), ("d", 0, 0, 0, 30, 33, "o")]
    )
    assert {(e["source"], e["target"]) for e in corpus.edges()} == {("a", "o"), ("o", "p")}


def test_a_name_inside_and_outside_counts_by_the_one_outside(tmp_path):
    inside_and_out = [("d", 0, 0, 0, 0, 20, "p"), ("d", 0, 0, 0, 3, 7, "a"), ("d", 0, 0, 0, 30, 34, "a")]
    (edge,) = Corpus(tmp_path, inside_and_out).edges()
    assert (edge["source"], edge["target"], edge["windows"]) == ("a", "p", 1)


def test_names_that_a_sentence_repeats_without_end_are_one_pair(tmp_path):
    # A billion pairs of mentions: looked at one by one they would take hours.
    many = [("d", 0, 0, 0, 2 * i, 2 * i + 2, "ap"[i % 2]) for i in range(60_000)]
    corpus = Corpus(tmp_path, [*many, ("d", 0, 0, 0, 0, 1, "o")])
    counts = {(e["source"], e["target"]): e["windows"] for e in corpus.edges()}
    assert counts == {("a", "p"): 1, ("a", "o"): 1, ("o", "p"): 1}


def test_entities_have_all_their_surfaces_and_counts(tmp_path):
    corpus = Corpus(
        tmp_path,
        [
            ("d1", 0, 0, 0, 0, 4, "a"),
            ("d1", 1, 1, 1, 0, 4, "a"),
            ("d1", 1, 1, 1, 9, 13, "a"),
            ("d2", 0, 0, 0, 0, 4, "o"),
        ],
    )
    assert corpus.entities() == [
        {"entity_id": "a", "label": "ACTOR", "kind": None, "name": "A", "aliases": ["a"], "path": None,
         "place_id": "place:1", "mentions": 3, "sentences": 2, "documents": 1},
        {"entity_id": "o", "label": "ORG", "kind": None, "name": "O", "aliases": ["o"], "path": None,
         "place_id": "place:0", "mentions": 1, "sentences": 1, "documents": 1},
    ]  # fmt: skip


def test_links_of_several_parts_are_added_up(tmp_path):
    row = ("鼓楼区", "PLACE", "place:350100", "place:350102", "near", 0.9, ["place:320106"])
    parts = [tmp_path / "1.parquet", tmp_path / "2.parquet"]
    for path, n in zip(parts, (2, 3), strict=True):
        write_table(to_table(DOCUMENT_LINKS, [("a.txt", *row, n), ("reprint.txt", *row, 7)]), path)
    reduce_links(parts, tmp_path / "links.parquet", ["reprint.txt"])
    (link,) = pq.read_table(tmp_path / "links.parquet").to_pylist()
    assert link == dict(zip(LINKS.names, (*row, 5), strict=True))


def test_a_corpus_without_names_has_no_edges(tmp_path):
    assert Corpus(tmp_path, [], sentences=[("d", 0, 0, 0)]).edges() == []


MENTION = st.tuples(
    st.sampled_from(["d1", "d2"]), st.integers(0, 5), st.integers(0, 30), st.integers(1, 12),
    st.sampled_from(["a1", "a2", "p1", "p2", "o1"]),
)  # fmt: skip


def placed(draws):
    """Sentences 0-5 lie two to a paragraph, four to a section; no two mentions have the same span."""
    rows = {(d, s // 4, s // 2, s, start, start + length): e for d, s, start, length, e in draws}
    return [(*key, entity) for key, entity in sorted(rows.items())]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("corpus")


@settings(max_examples=60)
@given(st.lists(MENTION, min_size=1, max_size=25).map(placed))
@pytest.mark.parametrize("window", ["sentence", "paragraph", "section"])
def test_edges_equal_brute_force(folder, window, mentions):
    corpus = Corpus(folder, mentions)
    found = {
        (e["source"], e["target"]): (e["windows"], e["npmi"], e["jaccard"]) for e in corpus.edges(window)
    }
    expected = brute_force(corpus, window)
    assert found.keys() == expected.keys()
    for pair, numbers in expected.items():
        assert found[pair] == pytest.approx(numbers, abs=1e-12)


@settings(max_examples=30)
@given(st.lists(MENTION, min_size=1, max_size=25).map(placed))
def test_the_evidence_of_an_edge_is_as_many_sentences_as_it_counts(folder, mentions):
    corpus = Corpus(folder, mentions)
    corpus.entities()
    edges = corpus.edges()
    pairs = pa.table({side: pa.array([e[side] for e in edges], pa.string()) for side in ("source", "target")})
    evidence = pa.Table.from_batches(find_evidence(pairs, corpus.paths), EVIDENCE).to_pylist()
    for edge in edges:
        rows = [r for r in evidence if (r["source"], r["target"]) == (edge["source"], edge["target"])]
        assert len(rows) == edge["sentences"] == edge["windows"]
        assert all(r["source_spans"] and r["target_spans"] for r in rows)


def test_a_view_shows_its_pairs_and_the_entities_at_their_ends(tmp_path):
    corpus = Corpus(
        tmp_path, [("d", 0, 0, 0, i * 10, i * 10 + 4, e) for i, e in enumerate(["a1", "a2", "p1", "o1"])]
    )
    corpus.entities(), corpus.edges()
    entities, edges = select_view(corpus.paths, view="actor-initiative", min_count=1)
    assert entities["entity_id"].to_pylist() == ["a1", "a2", "p1"]
    assert list(zip(edges["source"].to_pylist(), edges["target"].to_pylist(), strict=True)) == [
        ("a1", "p1"),
        ("a2", "p1"),
    ]
    assert select_view(corpus.paths, view="full", min_count=1)[1].num_rows == 6
    assert select_view(corpus.paths, view="full", min_count=2)[1].num_rows == 0


def test_a_result_is_the_same_in_many_batches(tmp_path, monkeypatch):
    mentions = [("d", 0, 0, s, i * 8, i * 8 + 4, f"e{(s * i) % 17}") for s in range(20) for i in range(9)]
    whole = Corpus(tmp_path, placed([(m[0], m[3], m[4], 4, m[6]) for m in mentions]))
    expected = whole.edges()
    monkeypatch.setattr("swnlp.count.query.ROWS", 7)
    assert whole.edges() == expected
    assert pq.read_metadata(whole.paths["edges"]).row_group(0).num_rows == 7


def test_a_memory_limit_that_is_no_size_is_an_error(tmp_path):
    corpus = Corpus(tmp_path, [("d", 0, 0, 0, 0, 4, "a")])
    with pytest.raises(SettingsError, match="2GB"):
        reduce_edges(corpus.paths, corpus.paths["edges"], limits=Limits("much"))


def test_evidence_is_the_same_however_its_documents_are_looked_up(tmp_path, monkeypatch):
    mentions = [
        (f"d{d}", s, s * 20 + i * 6, 4, e) for d in range(3) for s in range(2) for i, e in enumerate("abc")
    ]
    corpus = Corpus(tmp_path, placed(mentions))
    corpus.entities()
    by_list = pa.Table.from_batches(find_evidence([("b", "a"), ("a", "c")], corpus.paths), EVIDENCE)
    monkeypatch.setattr("swnlp.count.evidence.MOST_LISTED", 0)
    pairs = pa.table({"source": ["a", "a"], "target": ["b", "c"]})
    by_join = pa.Table.from_batches(find_evidence(pairs, corpus.paths), EVIDENCE)

    assert len(by_list) == 12
    assert by_list.equals(by_join)
    assert list(find_evidence([("a", "unheard of")], corpus.paths)) == []
