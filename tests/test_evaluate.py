"""evaluate/: scores against annotated texts, equal to the reference scorer's, and mistakes in their context."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from typer.testing import CliRunner

from swnlp.cli import app
from swnlp.errors import GoldError, SettingsError
from swnlp.evaluate import evaluate, score_texts
from swnlp.evaluate.scores import Scores
from swnlp.gold import Entity, GoldText, unwrapped
from swnlp.report.scores import evaluation_report

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "corpora/fujian-social-work-2023/gold/fujian-social-work-2023-part3.json"
PREDICTIONS = json.loads((Path(__file__).parent / "golden/predictions.json").read_text(encoding="utf-8"))
run = CliRunner().invoke


def predicted(_text):
    return [tuple(p) for p in PREDICTIONS]


def rows(evaluation):
    return {
        label: (strict.gold, *(round(x, 3) for t in (strict, loose) for x in (t.precision, t.recall, t.f1)))
        for label, strict, loose in evaluation.scores.rows()
    }


def test_the_numbers_on_the_sample_are_those_of_the_reference_scorer():
    # As score_entities.py --pred prints them: names, then precision, recall, F1, strict and overlapping.
    assert rows(evaluate(GOLD, tag=predicted)) == {
        "ACTOR": (41, 0.643, 0.439, 0.522, 0.929, 0.634, 0.754),
        "EVENT": (2, 1.0, 0.5, 0.667, 1.0, 0.5, 0.667),
        "GROUP": (6, 0.5, 0.833, 0.625, 0.5, 0.833, 0.625),
        "ORG": (18, 0.556, 0.556, 0.556, 0.889, 0.889, 0.889),
        "PLACE": (12, 0.625, 0.417, 0.5, 0.875, 0.583, 0.7),
        "POLICY": (8, 0.875, 0.875, 0.875, 0.875, 0.875, 0.875),
        "PROGRAM": (18, 0.938, 0.833, 0.882, 1.0, 0.889, 0.941),
        "WORK": (6, 0.8, 0.667, 0.727, 1.0, 0.833, 0.909),
        "ALL": (111, 0.691, 0.586, 0.634, 0.883, 0.748, 0.81),
    }


def test_only_the_labels_asked_for_count():
    assert rows(evaluate(GOLD, tag=predicted, labels=["PLACE", "ORG", "PERSON"])) == {
        "ORG": (18, 0.556, 0.556, 0.556, 0.889, 0.889, 0.889),
        "PERSON": (0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
        "PLACE": (12, 0.625, 0.417, 0.5, 0.875, 0.583, 0.7),
        "ALL": (30, 0.536, 0.5, 0.517, 0.821, 0.767, 0.793),
    }


def test_labels_that_the_annotation_does_not_have_are_an_error():
    with pytest.raises(SettingsError, match="ORGANISATION"):
        evaluate(GOLD, tag=predicted, labels=["ORGANISATION"])


def reference(texts, predictions, labels):
    """The reference scorer's counts, in its own words: [gold, found, right, predicted] by label."""
    counts = {m: {label: [0, 0, 0, 0] for label in labels} for m in ("strict", "overlapping")}
    for text, found in zip(texts, predictions, strict=True):
        names = [
            (*unwrapped(text.text, s, e), label)
            for s, e, label in found
            if label in labels and s in text.scope
        ]
        asked = [e for e in text.entities if e.label in labels and not e.optional]
        for mode, c in counts.items():

            def hit(p, e, mode=mode):
                same = p[:2] in e.spans if mode == "strict" else p[0] < e.end and e.start < p[1]
                return p[2] == e.label and same

            for e in asked:
                c[e.label][0] += 1
                c[e.label][1] += any(hit(p, e) for p in names)
            for p in names:
                right = any(hit(p, e) for e in asked)
                if right or not any(p[0] < e.end and e.start < p[1] for e in text.entities if e.optional):
                    c[p[2]][2] += right
                    c[p[2]][3] += 1
    return counts


TEXT = "“甲”市《乙》丙丁“戊己”庚"
LABELS = ("PLACE", "ORG", "WORK")
spans = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 5), st.sampled_from(LABELS)).map(
    lambda s: (s[0], min(len(TEXT), s[0] + s[1]), s[2])
)


@st.composite
def gold_texts(draw):
    entities = []
    for start, end, label in draw(st.lists(spans, max_size=6)):
        core = draw(st.integers(start, end - 1))
        also = {unwrapped(TEXT, core, end)} if draw(st.booleans()) else set()
        own = frozenset({unwrapped(TEXT, start, end)} | also)
        entities.append(Entity(start, end, label, own, draw(st.booleans())))
    first = draw(st.integers(0, 4))
    return GoldText("a-1", TEXT, tuple(entities), range(first, len(TEXT)), "a.json")


@given(
    st.lists(st.tuples(gold_texts(), st.lists(spans, max_size=6)), max_size=3),
    st.sets(st.sampled_from(LABELS), min_size=1),
)
def test_counts_are_the_reference_scorers_whatever_nests_crosses_or_is_optional(pairs, labels):
    scores = Scores(frozenset(labels))
    for text, found in pairs:
        scores.add(text, found)
    wanted = reference([t for t, _ in pairs], [p for _, p in pairs], labels)
    for match, tallies in scores.tallies.items():
        counts = {label: [t.gold, t.found, t.right, t.predicted] for label, t in tallies.items()}
        assert counts == wanted[match]


def gold(*entities, text="福建省民政厅和厦门市的社工参加了清明节的活动"):
    made = [
        Entity(at := text.index(name), at + len(name), label, frozenset({(at, at + len(name))}), optional)
        for name, label, optional in entities
    ]
    return GoldText("t", text, tuple(made), range(len(text)), "t.json")


def kinds(found, *entities):
    text = gold(*entities)
    names = [(text.text.index(name), text.text.index(name) + len(name), label) for name, label in found]
    return [(m.what, m.name, m.predicted_name) for m in score_texts([text], lambda _: names).mistakes]


def test_each_mistake_is_of_one_kind_and_told_once():
    entities = [("福建省民政厅", "ORG", False), ("厦门市", "PLACE", False), ("社工", "ACTOR", False)]
    assert kinds([("民政厅", "ORG"), ("厦门市", "ORG"), ("清明节", "ACTOR")], *entities) == [
        ("extent", "福建省民政厅", "民政厅"),
        ("label", "厦门市", "厦门市"),
        ("missed", "社工", None),
        ("spurious", None, "清明节"),
    ]


def test_a_wrong_label_is_told_before_a_wrong_extent():
    found = [("福建省", "ORG"), ("福建省民政厅", "PLACE")]
    assert kinds(found, ("福建省民政厅", "ORG", False), ("社工", "PLACE", True)) == [
        ("spurious", None, "福建省"),
        ("label", "福建省民政厅", "福建省民政厅"),
    ]


def test_a_name_of_another_label_and_another_extent_is_missed_and_spurious():
    assert kinds([("福建", "PLACE")], ("福建省民政厅", "ORG", False), ("厦门市", "PLACE", True)) == [
        ("spurious", None, "福建"),
        ("missed", "福建省民政厅", None),
    ]


def test_an_optional_name_is_neither_missed_nor_spurious():
    entities = [("社工", "ACTOR", True), ("厦门市", "PLACE", False)]
    assert kinds([("厦门市", "PLACE")], *entities) == []
    assert kinds([("厦门市", "PLACE"), ("的社工", "ACTOR")], *entities) == []


def test_a_mistake_shows_what_stands_around_it():
    text = gold(("社工", "ACTOR", False))
    (mistake,) = score_texts([text], lambda _: []).mistakes
    assert (mistake.before, mistake.text, mistake.after) == (
        "福建省民政厅和厦门市的", "社工", "参加了清明节的活动"
    )  # fmt: skip
    assert (mistake.file, mistake.text_id, mistake.start, mistake.end) == ("t.json", "t", 11, 13)


def test_the_terminal_shows_scores_and_as_many_mistakes_as_asked_for():
    console = Console(width=100, record=True, file=None, quiet=False)
    with console.capture() as captured:
        console.print(evaluation_report(evaluate(GOLD, tag=predicted), 2), soft_wrap=True)
    shown = captured.get()
    assert "合计 ALL" in shown
    assert shown.count("【") == 2
    assert "另有" in shown


def test_the_files_hold_scores_and_every_mistake_and_no_formula(tmp_path):
    text = gold(("=民政厅", "ORG", False), text="请=民政厅来")
    result = score_texts([text], lambda _: [])
    result.write(tmp_path / "out")
    with (tmp_path / "out/mistakes.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["name"] == "'=民政厅"
    content = json.loads((tmp_path / "out/evaluation.json").read_text(encoding="utf-8"))
    assert content["mistakes"][0]["name"] == "=民政厅"
    assert content["scores"]["ALL"]["strict"]["gold"] == 1
    assert "ALL,strict,1,0,0,0" in (tmp_path / "out/scores.csv").read_text(encoding="utf-8-sig")


def test_the_command_scores_the_sample_and_writes_what_it_found(tmp_path):
    done = run(
        app, ["evaluate", str(GOLD), "-o", str(tmp_path / "out"), "--errors", "1"], env={"COLUMNS": "100"}
    )
    assert done.exit_code == 0
    assert "合计 ALL" in done.stdout
    assert "111" in done.stdout
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"scores.csv", "mistakes.csv", "evaluation.json"}


def test_the_command_names_the_line_that_is_wrong(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(
        '{"text": "厦门", "label": []}\n{"text": "厦门", "label": [[0, 9, "PLACE"]]}\n', encoding="utf-8"
    )
    done = run(app, ["evaluate", str(path)])
    assert done.exit_code == 2
    assert "gold.jsonl:2:" in done.stderr
    assert done.stdout == ""


def test_files_without_an_annotated_text_are_an_error(tmp_path):
    (tmp_path / "a.json").write_text("[]", encoding="utf-8")
    with pytest.raises(GoldError, match="no annotated text"):
        evaluate(tmp_path / "a.json")
