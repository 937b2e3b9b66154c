"""What the tests of indicators share: reading one text as one sentence."""

import pytest

from swnlp.gazetteer import load_gazetteer
from swnlp.indicators import Surroundings, find_in_cells, find_indicators
from swnlp.records import Section, Sentence
from swnlp.view import simplified_view


def read_text(text, *, year=2025, place=None, title="", names=(), cells=()):
    view, gazetteer = simplified_view(text), load_gazetteer()
    sections = [Section(0, title, place, 0, len(view))]
    sentences, at = [], 0
    for number, piece in enumerate(view.splitlines(keepends=True)):
        sentences.append(Sentence(0, number, number, at, at + len(piece), "done"))
        at += len(piece)
    around = Surroundings(view, sections, names, gazetteer, place_id=None, years=(year, None))
    rows = find_in_cells(cells, view, sentences, around, gazetteer)
    return find_indicators(view, text, sentences, around, cells=rows)


@pytest.fixture(scope="session")
def read():
    """Read a text as a document of one section, a sentence a line, dated 2025."""
    return read_text
