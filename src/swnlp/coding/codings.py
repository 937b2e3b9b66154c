"""Codings, wherever they come from: a coder gave a stretch of a document a code; kept as a table for people and programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from swnlp.coding.agreement import Agreement
from swnlp.coding.reading import Coded
from swnlp.content.files import make_folder
from swnlp.export import write_table_csv


class Coding(NamedTuple):
    """A coder gave the characters [start, end) of a document a code.

    Attributes:
        coder: Who; "" if it is not known.
        category: The category, "" for a code that stands alone.
        code: The code.
        doc_id: The document.
        start: First character (code point) of `documents.text`.
        end: One past the last.
    """

    coder: str
    category: str
    code: str
    doc_id: str
    start: int
    end: int


def codings_of(coded: Coded) -> list[Coding]:
    """Return every code that every coder gave, in the order of the units."""
    return [
        Coding(coder, category.name, code, *place)
        for place in coded.units
        for category in coded.book
        for coder, codes in zip(coded.coders, coded.given(place, category), strict=True)
        for code in codes or ()
    ]


def write_tables(coded: Coded, folder: Path) -> list[Path]:
    """Write reliability.csv, codings.csv (every coder) and final.csv (what was agreed on or decided); return them.

    Raises:
        OutputError: If one can't be written.
    """
    make_folder(folder)
    reliability = [(r.category, r.code, *r.agreement) for r in coded.reliability()]
    numbers = {place: unit for place, unit in coded.units.items()}
    every = [(numbers[c[3:]].number, *c, numbers[c[3:]].text) for c in codings_of(coded)]
    final = [
        (numbers[f.place].number, " | ".join(f.by), f.category, f.code, *f.place, numbers[f.place].text)
        for f in coded.final()[0]
    ]
    columns = ("unit", *Coding._fields, "text")
    tables: dict[str, tuple[Sequence[str], Sequence[Sequence[object]]]] = {
        "reliability.csv": (("category", "code", *Agreement._fields), reliability),
        "codings.csv": (columns, every),
        "final.csv": (columns, final),
    }
    for name, (header, rows) in tables.items():
        write_table_csv(_table(header, rows), folder / name)
    return [folder / name for name in tables]


def write_codings(codings: Iterable[Coding], texts: dict[str, str], path: Path) -> Path:
    """Write codings as a table, each with its characters; return its path.

    Raises:
        OutputError: If it can't be written.
    """
    make_folder(path.parent)
    rows = [(*coding, texts.get(coding.doc_id, "")[coding.start : coding.end]) for coding in codings]
    write_table_csv(_table((*Coding._fields, "text"), rows), path)
    return path


def _table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(header)
    return pa.table({name: pa.array(list(c)) for name, c in zip(header, columns, strict=True)})
