"""The names of the real report, against its gold annotation: rules of shape that never saw it do well on it."""

import json
from pathlib import Path

import pytest

import swnlp

SAMPLE = Path(__file__).parents[2] / "corpora/fujian-social-work-2023"
WRAP = "《》〈〉“”‘’\"'「」『』【】〔〕 \t\n\u3000"


def stripped(text, start, end):
    inner = text[start:end].strip(WRAP)
    at = text.index(inner, start)
    return at, at + len(inner)


@pytest.fixture(scope="module")
def scores():
    """Strict precision and recall: the span (or its core) and the label are right; optional spans don't count."""
    gold = json.loads((SAMPLE / "gold/fujian-social-work-2023-part3.json").read_text(encoding="utf-8"))
    text = (SAMPLE / gold["text_file"]).read_text(encoding="utf-8")
    first, last = gold["scope"]
    ents = [(*stripped(text, e.start_char, e.end_char), e.label_) for e in swnlp.load()(text).ents]
    found = {e for e in ents if first <= e[0] < last}
    wanted, optional = [], []
    for entity in gold["entities"]:
        assert text[entity["start"] : entity["end"]] == entity["text"]
        spans = {stripped(text, entity["start"], entity["end"])}
        for other in filter(None, [entity.get("core"), *entity.get("alt", [])]):
            at = text.index(other, entity["start"])
            spans.add(stripped(text, at, at + len(other)))
        (optional if entity.get("optional") else wanted).append({(*span, entity["label"]) for span in spans})
    right = {e for e in found if any(e in spans for spans in wanted)}
    excused = {e for e in found - right if any(overlap(e, s) for spans in optional for s in spans)}
    recall = sum(bool(spans & found) for spans in wanted) / len(wanted)
    return len(right) / len(found - excused), recall


def overlap(a, b):
    return a[0] < b[1] and b[0] < a[1]


def test_precision_and_recall_on_the_sample_are_what_the_first_release_had(scores):
    precision, recall = scores
    assert precision >= 0.88
    assert recall >= 0.88
