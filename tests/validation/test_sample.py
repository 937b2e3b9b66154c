"""validation/sample.py: which mentions, links, edges and indicators are drawn."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swnlp.errors import AnalysisError, SettingsError
from swnlp.validation import write_check
from swnlp.validation.sample import KINDS, _lowest, allocate, draw, draw_sentences


def test_half_is_shared_equally_and_the_rest_by_size():
    assert allocate({"PLACE": 1000, "ORG": 500, "WORK": 4}, 60) == {"PLACE": 34, "ORG": 22, "WORK": 4}
    assert allocate({"PLACE": 3, "ORG": 2}, 100) == {"PLACE": 3, "ORG": 2}


@given(
    st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(1, 500), min_size=1),
    st.integers(1, 1000),
)
def test_as_many_as_were_asked_for_and_never_more_than_there_are(sizes, n):
    given_out = allocate(sizes, n)
    assert sum(given_out.values()) == min(n, sum(sizes.values()))
    assert all(0 <= given_out[name] <= sizes[name] for name in sizes)


@pytest.mark.parametrize("of", KINDS)
def test_the_same_seed_draws_the_same_and_another_seed_others(analysis, of):
    first, again, other = (draw(analysis, of, 15, seed) for seed in (1, 1, 2))
    assert first == again
    assert len(first) == 15 and [d.candidate.key for d in other] != [d.candidate.key for d in first]
    assert len({d.candidate.key for d in first}) == 15


def test_every_label_is_drawn_from_and_its_size_is_true(analysis):
    drawn = draw(analysis, "mentions", 60, 0)
    sizes = analysis.mentions["label"].value_counts().to_dict()
    assert {d.candidate.stratum: d.size for d in drawn} == sizes
    counts = Counter(d.candidate.stratum for d in drawn)
    assert all(counts[label] >= min(3, size) for label, size in sizes.items())


def test_links_are_those_that_changed_a_name(analysis):
    names = analysis.entities.set_index("entity_id")["name"]
    drawn = draw(analysis, "links", 1000, 0)
    assert drawn and all(names[d.candidate.row["entity_id"]] != d.candidate.row["surface"] for d in drawn)


def test_edges_are_all_sentences_of_the_view(analysis):
    evidence = sum(len(analysis.evidence(a, b)) for a, b in analysis.graph().edges())
    assert len(draw(analysis, "edges", 5000, 0)) == evidence


def test_sentences_are_drawn_from_all_also_those_without_a_name(analysis):
    drawn = draw_sentences(analysis, 5000, 0)
    assert len(drawn) == len(analysis.sentences)


def test_every_candidate_is_as_likely_as_any_other():
    from swnlp.validation.sample import Candidate

    candidates = [Candidate("", (number,), {}) for number in range(20)]
    drawn = Counter()
    for seed in range(400):
        _, first = _lowest(candidates, 5, str(seed))
        drawn.update(candidate.key[0] for candidate in first[""])
    # 400 draws of 5 in 20: 100 each, standard deviation 8.7; five of these on either side.
    assert set(drawn) == set(range(20)) and all(57 < count < 143 for count in drawn.values())


def test_what_cannot_be_drawn_is_said(analysis, tmp_path):
    with pytest.raises(SettingsError, match=r"\.xlsx"):
        write_check(analysis, tmp_path / "a.csv")
    with pytest.raises(SettingsError, match="5000"):
        write_check(analysis, tmp_path / "a.xlsx", n=0)


def test_a_result_without_numbers_has_none_to_check(tmp_path):
    import swnlp

    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("龙岩市推进“五社联动”机制。", encoding="utf-8")
    with pytest.raises(AnalysisError, match="indicators"):
        write_check(swnlp.analyze(tmp_path / "in", tmp_path / "out"), tmp_path / "a.xlsx", of="indicators")
