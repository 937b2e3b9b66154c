"""The indicators as people read them: with the place's name, the file and the sentence."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from swnlp.count.query import DEFAULT_LIMITS, Limits, batches, connect, execute, first_rows, stretches
from swnlp.schema import FIGURES

TABLES = ("indicators", "sentences", "sections", "documents")

# One stretch of documents at a time: to sort all numbers with their sentences at once would take memory that grows
# with the corpus. Files that stand in order let DuckDB skip what is outside of the stretch.
_AT_ONCE = 20_000
_SIZES = "SELECT doc_id, count(*) AS n FROM indicators i {only} GROUP BY doc_id ORDER BY doc_id"
_SQL = """
SELECT n.name AS place, i.*, d.path, c.title AS section, t.text AS sentence
FROM indicators i JOIN documents d USING (doc_id) JOIN sections c USING (doc_id, section_id)
{only} LEFT JOIN (SELECT * FROM sentences WHERE doc_id BETWEEN $first AND $last) t USING (doc_id, sentence_id)
LEFT JOIN names n ON n.place_id = i.place_id
WHERE i.doc_id BETWEEN $first AND $last AND d.doc_id BETWEEN $first AND $last AND c.doc_id BETWEEN $first AND $last
ORDER BY i.doc_id, i.start, i."end", i.subject
"""


def read_figures(
    tables: Mapping[str, Path],
    place_names: Mapping[str, str],
    *,
    subjects: Sequence[str] | None = None,
    most: int | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Generator[pa.RecordBatch, None, None]:
    """Yield the indicators of a result (schema.FIGURES) in batches, ordered by document and place in it.

    Args:
        tables: Parquet file of each of the tables indicators, sentences, sections and documents.
        place_names: Name of each place id.
        subjects: Only those about these subjects; None for all.
        most: Only so many, the first; not with subjects. None for all.
        limits: Memory.
    """
    with connect({name: tables[name] for name in TABLES}, limits) as con:
        ids, names = list(place_names), list(place_names.values())
        con.register(
            "names", pa.table({"place_id": pa.array(ids, pa.string()), "name": pa.array(names, pa.string())})
        )
        if subjects is not None:
            con.register("subjects", pa.table({"subject": pa.array(subjects, pa.string())}))
        only = "" if subjects is None else "SEMI JOIN subjects o ON o.subject = i.subject"
        sizes = execute(con, _SIZES.format(only=only)).fetchall()
        sql, at_once = _SQL.format(only=only), _AT_ONCE if most is None else min(_AT_ONCE, most)
        rows = (
            batch
            for first, last in stretches(sizes, at_once)
            for batch in batches(con, sql, FIGURES, {"first": first, "last": last})
        )
        yield from rows if most is None else first_rows(rows, most)
