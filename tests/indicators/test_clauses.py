"""Clauses in other people's phrasing: half of them (held-out) were written before the rules had read any."""

import csv
from pathlib import Path

import pytest

from swnlp.evaluate import evaluate_numbers

CLAUSES = Path(__file__).with_name("clauses.csv")


@pytest.fixture
def half_of(tmp_path):
    def write(half):
        with CLAUSES.open(encoding="utf-8", newline="") as file:
            lines = [line for line in csv.DictReader(file) if line["half"] == half]
        path = tmp_path / f"{half}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, lines[0])
            table.writeheader()
            table.writerows(lines)
        return path

    return write


@pytest.mark.parametrize("half", ["held-out", "development"])
def test_clauses_score(half, half_of):
    scored = evaluate_numbers(half_of(half))
    assert scored.values.of >= 90
    assert scored.values.right >= 0.97 * scored.values.of
    assert scored.subjects.right >= 0.95 * scored.subjects.of
    assert scored.extra.right <= 0.02 * scored.values.of
    assert scored.further.right >= 0.95 * scored.further.of


def test_there_are_enough_clauses():
    with CLAUSES.open(encoding="utf-8", newline="") as file:
        assert sum(bool(line["text"]) for line in csv.DictReader(file)) >= 120
