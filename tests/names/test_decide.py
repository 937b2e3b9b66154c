"""names/decide.py: the best set of spans that do not cross, and the names nested inside them."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from swnlp.names.candidates import Candidate
from swnlp.names.decide import best_set, decide


def candidate(start, end, label="PLACE", score=0.9, method="test"):
    return Candidate(start, end, label, None, method, score)


def spans(names, *, outer):
    return [(n.start, n.end, n.label) for n in names if n.outer is outer]


def test_the_longest_named_thing_is_outside_and_the_rest_nested():
    # 邵武市民政局: a body that begins with its place.
    names = decide([candidate(0, 3), candidate(0, 6, "ORG")])
    assert spans(names, outer=True) == [(0, 6, "ORG")]
    assert spans(names, outer=False) == [(0, 3, "PLACE")]


def test_a_doubtful_long_candidate_gives_way_to_what_it_holds():
    names = decide([candidate(0, 3), candidate(4, 7), candidate(0, 7, "ORG", score=0.51)])
    assert spans(names, outer=True) == [(0, 3, "PLACE"), (4, 7, "PLACE")]


def test_a_title_that_was_won_outweighs_the_actor_in_it_and_still_has_to_be_likely():
    # 全国优秀社工团队: rules are sure of 优秀社工, less so of the title.
    actor, title = candidate(2, 6, "ACTOR", 0.95), candidate(0, 8, "WORK", 0.7)
    assert spans(decide([actor, title]), outer=True) == [(0, 8, "WORK")]
    assert spans(decide([actor, title._replace(label="EVENT")]), outer=True) == [(2, 6, "ACTOR")]
    assert decide([candidate(0, 8, "WORK", 0.45)]) == []


def test_a_candidate_at_the_threshold_is_no_name():
    assert decide([candidate(0, 3, score=0.5)]) == []


def test_one_span_with_two_labels_gets_the_likelier():
    names = decide([candidate(0, 4, "PROGRAM", 0.7), candidate(0, 4, "WORK", 0.8)])
    assert spans(names, outer=True) == [(0, 4, "WORK")]
    assert spans(names, outer=False) == []


def test_names_nest_more_than_once():
    names = decide([candidate(0, 9, "POLICY"), candidate(0, 6, "ORG"), candidate(0, 3)])
    assert spans(names, outer=False) == [(0, 6, "ORG"), (0, 3, "PLACE")]


def test_a_name_of_the_user_is_kept_against_a_longer_one_that_crosses_it():
    names = decide([candidate(0, 6, "ORG", 0.99)], kept=[candidate(4, 8, "PROGRAM")])
    assert spans(names, outer=True) == [(4, 8, "PROGRAM")]


def test_a_name_of_the_user_is_nested_in_a_longer_one_that_holds_it():
    names = decide([candidate(0, 9, "POLICY", 0.99)], kept=[candidate(4, 8, "PROGRAM")])
    assert spans(names, outer=True) == [(0, 9, "POLICY")]
    assert spans(names, outer=False) == [(4, 8, "PROGRAM")]


def test_a_name_of_the_user_replaces_the_same_span():
    names = decide([candidate(0, 4, "WORK", 0.99)], kept=[candidate(0, 4, "PROGRAM")])
    assert spans(names, outer=True) == [(0, 4, "PROGRAM")]


CANDIDATES = st.lists(
    st.builds(
        lambda start, length, label, score: candidate(start, start + length, label, score),
        st.integers(0, 20),
        st.integers(1, 8),
        st.sampled_from(["PLACE", "ORG", "ACTOR"]),
        st.floats(0, 1),
    ),
    max_size=12,
)


@given(CANDIDATES)
def test_outer_names_never_overlap_and_nested_ones_never_cross(candidates):
    names = decide(candidates)
    outer = [n for n in names if n.outer]
    assert all(a.end <= b.start for a, b in pairwise(outer))
    for name in names:
        for other in names:
            overlap = name.start < other.end and other.start < name.end
            nested = (name.start <= other.start and other.end <= name.end) or (
                other.start <= name.start and name.end <= other.end
            )
            assert not overlap or nested


@given(CANDIDATES)
def test_no_other_set_is_worth_more(candidates):
    def worth(chosen):
        return sum((c.score - 0.5) * (c.end - c.start) for c in chosen)

    def every_set(rest, end=-1):
        yield []
        for i, c in enumerate(rest):
            if c.start >= end:
                yield from ([c, *more] for more in every_set(rest[i + 1 :], c.end))

    ordered = sorted(candidates[:8], key=lambda c: c.start)
    assert worth(best_set(ordered)) >= max(map(worth, every_set(ordered))) - 1e-9


@given(CANDIDATES, st.integers(0, 15), st.integers(1, 8))
def test_a_kept_name_is_always_there(candidates, start, length):
    names = decide(candidates, kept=[candidate(start, start + length, "PROGRAM")])
    assert (start, start + length, "PROGRAM") in [(n.start, n.end, n.label) for n in names]
