"""The indicators of the real report, against its gold table."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

import swnlp

SAMPLE = Path(__file__).parents[2] / "corpora/fujian-social-work-2023"


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return swnlp.analyze(SAMPLE, tmp_path_factory.mktemp("indicators") / "out")


def test_values_places_and_subjects_of_the_sample(result, capsys):
    with (SAMPLE / "gold/fujian-social-work-2023-part3.indicators.csv").open(encoding="utf-8-sig") as file:
        golds = list(csv.DictReader(file))
    left = result.table("indicators").to_pylist()
    rows, places, subjects, years = len(left), 0, 0, 0
    for gold in golds:
        low, _, high = gold["value"].partition("-")
        wanted = (Decimal(low), Decimal(high) if high else None, gold["unit"])
        matches = [row for row in left if (row["value"], row["value_max"], row["unit"]) == wanted]
        if not matches:
            continue
        match = max(
            matches,
            key=lambda row: (
                gold["indicator"] in row["subject"],
                result.place_names[row["place_id"]] == gold["place"],
            ),
        )
        left.remove(match)
        places += result.place_names[match["place_id"]] == gold["place"]
        subjects += gold["indicator"] in match["subject"]
        years += not gold["year"] or int(gold["year"]) == match["year"]
    found = rows - len(left)
    with capsys.disabled():
        print(
            f"\nsample: values {found}/{len(golds)}, places {places}, subjects {subjects}, years {years}, "
            f"extra {[row['text'] for row in left]}"
        )
    assert found >= 0.95 * len(golds)
    assert places >= 0.95 * len(golds)
    assert subjects >= 0.9 * len(golds)
    assert years >= 0.95 * len(golds)
    assert len(left) <= 0.05 * rows


def test_every_row_leads_to_its_characters(result):
    text = result.documents["text"][0]
    sentences = {row.sentence_id: row for row in result.sentences.itertuples()}
    for row in result.indicators.itertuples():
        assert text[row.start : row.end] == row.text
        assert sentences[row.sentence_id].start <= row.start < row.end <= sentences[row.sentence_id].end
        assert sentences[row.sentence_id].status == row.status
