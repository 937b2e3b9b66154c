"""Clauses in other people's phrasing: half of them (held-out) were written before the rules had read any."""

import csv
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pytest

from swnlp.gazetteer import load_gazetteer
from swnlp.indicators import Surroundings, find_indicators
from swnlp.records import Section, Sentence
from swnlp.view import simplified_view

CLAUSES = Path(__file__).with_name("clauses.csv")


def read(text):
    view = simplified_view(text)
    around = Surroundings(
        view, [Section(0, "", None, 0, len(view))], [], load_gazetteer(), place_id=None, years=(2025, None)
    )
    return find_indicators(view, text, [Sentence(0, 0, 0, 0, len(view), "done")], around)


def same(row, gold):
    value, value_max = (Decimal(gold[key]) if gold[key] else None for key in ("value", "value_max"))
    return (row.value, row.value_max, row.unit) == (value, value_max, gold["unit"])


def score(half):
    """Return (wanted, found, subject right, extra rows, further columns right, further columns wanted)."""
    with CLAUSES.open(encoding="utf-8", newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["half"] == half]
    wanted = found = subjects = extra = right = asked = 0
    for _, group in groupby(lines, key=lambda line: line["id"]):
        golds = list(group)
        left = read(golds[0]["text"])
        for gold in golds:
            if not gold["subject"]:
                continue
            wanted += 1
            match = max(
                (row for row in left if same(row, gold)),
                key=lambda row: gold["subject"] in row.subject,
                default=None,
            )
            if match is None:
                continue
            left.remove(match)
            found += 1
            subjects += gold["subject"] in match.subject
            for column in ("modifier", "change", "rank", "year"):
                if gold[column]:
                    asked += 1
                    right += gold[column] in str(getattr(match, column))
        extra += len(left)
    return wanted, found, subjects, extra, right, asked


@pytest.mark.parametrize("half", ["held-out", "development"])
def test_clauses_score(half, capsys):
    wanted, found, subjects, extra, right, asked = score(half)
    with capsys.disabled():
        print(
            f"\n{half}: values with units {found}/{wanted}, subjects {subjects}/{wanted}, extra rows {extra}, "
            f"modifiers, changes, ranks and years {right}/{asked}"
        )
    assert wanted >= 90
    assert found >= 0.97 * wanted
    assert subjects >= 0.95 * wanted
    assert extra <= 0.02 * wanted
    assert right >= 0.95 * asked


def test_there_are_enough_clauses():
    with CLAUSES.open(encoding="utf-8", newline="") as file:
        assert sum(bool(line["text"]) for line in csv.DictReader(file)) >= 120
