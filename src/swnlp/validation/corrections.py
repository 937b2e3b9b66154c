"""Writes the file of corrections that `swnlp analyze --corrections` takes; what was in it before is kept."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from swnlp.export import write_table_csv
from swnlp.lexicon import Correction
from swnlp.lexicon.corrections import COLUMNS, NUMBER_FIELDS, latest, read_corrections


class Written(NamedTuple):
    """What a file of corrections holds now: how many are new, replace an earlier one, and how many in all."""

    new: int
    replaced: int
    total: int


def write_corrections(path: Path, corrections: Iterable[Correction]) -> Written:
    """Add corrections to a file; of two about one thing the later counts.

    Raises:
        LexiconError: If the file is there and is no file of corrections; it is then as it was.
        OutputError: If it cannot be written.
    """
    before = list(read_corrections(path)[0]) if path.exists() else []
    added = latest(corrections)
    known = {correction.about for correction in before}
    replaced = sum(correction.about in known for correction in added)
    found = latest([*before, *added])
    columns = list(zip(*map(_cells, found), strict=True)) or [()] * len(COLUMNS)
    write_table_csv(
        pa.table({name: pa.array(c, pa.string()) for name, c in zip(COLUMNS, columns, strict=True)}), path
    )
    return Written(len(added) - replaced, replaced, len(found))


def _cells(correction: Correction) -> tuple[str, ...]:
    changes = dict(correction.changes)
    place = ("", "") if correction.everywhere else (str(correction.start), str(correction.end))
    return (
        correction.action,
        correction.doc_id,
        *place,
        correction.text,
        correction.label,
        correction.kind or "",
        correction.entity_id or "",
        *(changes.get(name, "") for name in NUMBER_FIELDS),
        correction.source,
    )
