"""The sentences behind a pair: every window that was counted, and where in it the two names stand."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from swnlp.count.pairs import NESTED, number, pairs_sql, tally
from swnlp.count.query import DEFAULT_LIMITS, UNIT, Limits, batches, connect, execute
from swnlp.schema import EVIDENCE
from swnlp.settings import DEFAULTS, Window

TABLES = ("mentions", "sentences", "sections", "documents", "entities")

# A pair's windows depend on no entities but its two: only their mentions are numbered and tallied.
_ASKED = "SELECT source AS entity_id FROM pairs UNION ALL SELECT target FROM pairs"
# A mention counts if it is apart from one of the partner's.
# A window wider than a sentence shows each of its sentences that holds such a mention.
# A table of its own, so that the query for the texts knows how few it is about.
_SPANS = """
CREATE TEMP TABLE spans AS
WITH wanted AS (
    SELECT DISTINCT least(x.e, y.e) AS source, greatest(x.e, y.e) AS target
    FROM pairs p JOIN entity x ON x.entity_id = p.source JOIN entity y ON y.entity_id = p.target),
found AS (SELECT * FROM ({pairs}) JOIN wanted USING (source, target)),
nested AS (
    SELECT a.e, b.e AS partner, a.d, a.start, a."end", count(*) AS n FROM {nesting} GROUP BY ALL),
sides AS (
    SELECT source, target, d, unit, 'source' AS side, source AS e, target AS partner FROM found
    UNION ALL SELECT source, target, d, unit, 'target', target, source FROM found),
marks AS (
    SELECT s.source, s.target, s.d, m.sentence_id, s.side, m.start AS s, m."end" AS e
    FROM sides s JOIN m ON m.e = s.e AND m.d = s.d AND m.{unit} = s.unit
    JOIN seen_{window} k ON k.e = s.partner AND k.d = s.d AND k.unit = s.unit
    LEFT JOIN nested n ON n.e = s.e AND n.partner = s.partner AND n.d = s.d
        AND n.start = m.start AND n."end" = m."end"
    WHERE coalesce(n.n, 0) < k.n)
SELECT source, target, d, sentence_id,
       coalesce(list(s || '-' || e ORDER BY s, e) FILTER (side = 'source'), []) AS source_spans,
       coalesce(list(s || '-' || e ORDER BY s, e) FILTER (side = 'target'), []) AS target_spans
FROM marks GROUP BY ALL
"""
_TEXTS = """
SELECT x.entity_id AS source, x.name AS source_name, y.entity_id AS target, y.name AS target_name,
       doc_id, f.path, c.title AS section,
       t.sentence_id, t.start, t."end", t.text, t.status, p.source_spans, p.target_spans
FROM spans p JOIN document USING (d) JOIN {sentences} t USING (doc_id, sentence_id)
JOIN sections c USING (doc_id, section_id) JOIN documents f USING (doc_id)
JOIN named x ON x.e = p.source JOIN named y ON y.e = p.target
ORDER BY p.source, p.target, doc_id, t.sentence_id
"""
_READ = 'doc_id, section_id, sentence_id, start, "end", text, status'
# Documents that are asked for by a list of their ids; beyond that a join is as fast.
MOST_LISTED = 500
_WHERE = "SELECT DISTINCT doc_id FROM spans JOIN document USING (d) ORDER BY doc_id LIMIT ?"
_NAMED = "CREATE TEMP TABLE named AS SELECT e, entity_id, name FROM entity JOIN entities USING (entity_id)"


def find_evidence(
    pairs: pa.Table | Sequence[tuple[str, str]],
    tables: Mapping[str, Path],
    *,
    window: Window = DEFAULTS.window,
    limits: Limits = DEFAULT_LIMITS,
) -> Generator[pa.RecordBatch, None, None]:
    """Yield the sentences in which pairs of entities co-occur (schema.EVIDENCE), in batches.

    Args:
        pairs: Columns `source` and `target`, entity ids in either order; or a pair a row.
        tables: Parquet file of each of the tables mentions, sentences, sections, documents and entities.
        window: The unit of co-occurrence. For "sentence" the rows of a pair are as many as its edge counts.
        limits: Memory.

    Yields:
        Ordered by source, target, document, sentence. `source_spans` and `target_spans` are "start-end" in
        characters of the document, of the mentions that counted.
    """
    with _connected(pairs, tables, window, limits) as con:
        yield from batches(con, _TEXTS.format(sentences=_held(con)), EVIDENCE)


def _held(con: duckdb.DuckDBPyConnection) -> str:
    """Return the table with the sentences to look in: where few documents are wanted, theirs only.

    A list of ids lets Parquet's statistics and filters skip what is not in it, a join does not.
    """
    found = con.execute(_WHERE, [MOST_LISTED + 1]).fetchall()
    if len(found) > MOST_LISTED:
        return "sentences"
    marks = ", ".join("?" * len(found)) or "NULL"
    sql = f"CREATE TEMP TABLE few AS SELECT {_READ} FROM sentences WHERE doc_id IN ({marks})"
    con.execute(sql, [doc_id for (doc_id,) in found])
    return "few"


@contextmanager
def _connected(
    pairs: pa.Table | Sequence[tuple[str, str]], tables: Mapping[str, Path], window: Window, limits: Limits
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection with the tables `spans`, `named`, `document` of the pairs."""
    with connect({name: tables[name] for name in TABLES}, limits) as con:
        if isinstance(pairs, pa.Table):
            con.register("pairs", pairs.select(["source", "target"]))
        else:
            sides = [[pair[i] for pair in pairs] for i in (0, 1)]
            con.execute(
                "CREATE TEMP TABLE pairs AS SELECT unnest(?::VARCHAR[]) AS source, unnest(?::VARCHAR[]) AS target",
                sides,
            )
        number(con, _ASKED)
        tally(con, window)
        unit = UNIT[window]
        execute(con, _SPANS.format(pairs=pairs_sql(window), window=window, nesting=NESTED, unit=unit))
        execute(con, _NAMED)
        yield con
