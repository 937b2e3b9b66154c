"""The indicators of the real report, against its gold table."""

from pathlib import Path

import pytest

import swnlp
from swnlp.evaluate import evaluate_numbers

SAMPLE = Path(__file__).parents[2] / "corpora/fujian-social-work-2023"


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return swnlp.analyze(SAMPLE, tmp_path_factory.mktemp("indicators") / "out")


def test_values_places_and_subjects_of_the_sample():
    scored = evaluate_numbers(SAMPLE / "gold/fujian-social-work-2023-part3.indicators.csv")
    assert scored.values.of == 38
    assert scored.values.right >= 0.95 * scored.values.of
    assert scored.places.right >= 0.95 * scored.places.of
    assert scored.subjects.right >= 0.9 * scored.subjects.of
    assert scored.further.right >= 0.95 * scored.further.of
    assert scored.extra.right <= 0.05 * scored.extra.of


def test_every_row_leads_to_its_characters(result):
    text = result.documents["text"][0]
    sentences = {row.sentence_id: row for row in result.sentences.itertuples()}
    for row in result.indicators.itertuples():
        assert text[row.start : row.end] == row.text
        assert sentences[row.sentence_id].start <= row.start < row.end <= sentences[row.sentence_id].end
        assert sentences[row.sentence_id].status == row.status
