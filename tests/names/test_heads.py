"""names/edges.py, heads.py and scoring.py: where a name may begin, and how likely a reading is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swnlp.names.candidates import Candidate
from swnlp.names.edges import Edges
from swnlp.names.fixed import fixed_names, occurrences
from swnlp.names.heads import Heads, Limits, Neighbours, readings
from swnlp.names.scoring import Contexts, HeadRule, Weights

HEADS = Heads({"campaign": "行动", "works": "工程"}, ["工程师"])


def read(text: str, near: Neighbours | None = None, limits: Limits | None = None) -> list[tuple[str, str]]:
    """Return (surface, kind of the edge before it) of every reading."""
    found = readings(text, HEADS.find(text), Edges(text), near or Neighbours(), limits or Limits())
    return [(text[r.start : r.end], r.edge) for r in found]


def test_a_reading_begins_after_the_verb_and_after_the_opener():
    assert read("实施新一轮饮水提质行动") == [
        ("饮水提质行动", "ov"),
        ("新一轮饮水提质行动", "v"),
        ("实施新一轮饮水提质行动", "p"),
    ]


def test_a_longer_word_hides_the_verb_in_it():
    text = "出台实施方案"

    assert Edges(text).kinds == "vg"


def test_a_longer_word_hides_the_head_noun_in_it():
    assert read("工程师行动") == [("工程师行动", "p")]


def test_a_name_does_not_go_on_over_a_stop_or_out_of_a_list():
    assert read("好,甲乙行动") == [("甲乙行动", "p")]
    assert read("丙丁、甲乙行动") == [("甲乙行动", "d")]
    assert ("丙丁、甲乙行动", "p") in read("丙丁、甲乙行动", limits=Limits(pauses=True))


def test_a_count_is_no_part_of_a_name():
    assert read("实施30个饮水行动")[0] == ("饮水行动", "ov")


def test_a_name_may_begin_after_a_place_that_was_found_before():
    near = Neighbours([Candidate(2, 4, "PLACE", None, "test", 0.9)])

    assert ("提质行动", "n") in read("实施鹭岛提质行动", near)


def test_the_second_of_two_complete_items_is_marked():
    text = "甲乙工程和丙丁行动"
    found = list(readings(text, HEADS.find(text), Edges(text), Neighbours(), Limits()))

    assert [(text[r.start : r.end], r.after_item) for r in found if r.edge == "c"] == [("丙丁行动", True)]
    assert [r.inside for r in found if r.start == 0 and r.head == "行动"] == ["h"]


def test_contexts_know_the_longest_word_that_ends_there():
    contexts = Contexts({"making": "实施", "naming": "以下简称 称"})

    assert contexts.before("持续实施", 4) == "making"
    assert contexts.before("以下简称", 4) == "naming"
    assert contexts.before("其他", 2) == ""


def test_weights_are_a_logistic_regression():
    weights = Weights({"bias": -1.0, "edge:v": 3.0})

    assert weights.score([]) == pytest.approx(0.2689, abs=1e-4)
    assert weights.score(["edge:v", "unknown"]) == pytest.approx(0.8808, abs=1e-4)


def test_a_rule_scores_the_reading_after_a_verb_highest():
    rule = HeadRule("names_programs.toml", "PROGRAM")
    text = "全市实施饮水安全提升行动。"
    edges, near = Edges(text), Neighbours()

    found = rule.candidates(text, rule.readings(text, rule.heads.find(text), edges, near), edges, near)

    best = max(found, key=lambda c: c.score)
    assert text[best.start : best.end] == "饮水安全提升行动"


def test_fixed_names_are_found_longest_first_with_their_kind():
    find = fixed_names({"mechanism": "河长制 河湖长制"}, "PROGRAM", "test", 0.8)

    assert list(find("推行河湖长制")) == [Candidate(2, 6, "PROGRAM", "mechanism", "test", 0.8)]


def test_occurrences_do_not_overlap():
    assert list(occurrences("甲甲甲甲", "甲甲", 1)) == [(1, 3)]


@given(st.text(alphabet="实施开展的和、,。甲乙丙行动工程新一轮国家3个“”", max_size=40))
def test_readings_end_in_their_head_noun(text):
    for reading in readings(text, HEADS.find(text), Edges(text), Neighbours(), Limits()):
        assert 0 <= reading.start <= reading.end - len(reading.head)
        assert text[: reading.end].endswith(reading.head)
        assert reading.modifier == reading.end - reading.start - len(reading.head)
