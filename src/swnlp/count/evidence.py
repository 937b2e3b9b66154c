"""The sentences behind a pair: every window that was counted, and where in it the two names stand."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from pathlib import Path

import pyarrow as pa

from swnlp.count.pairs import NESTED, number, pairs_sql, tally
from swnlp.count.query import DEFAULT_LIMITS, UNIT, Limits, batches, connect
from swnlp.schema import EVIDENCE
from swnlp.settings import DEFAULTS, Window

TABLES = ("mentions", "sentences", "sections", "documents", "entities")

# A mention counts if it is apart from one of the partner's.
# A window wider than a sentence shows each of its sentences that holds such a mention.
_SQL = """
WITH wanted AS (
    SELECT least(x.e, y.e) AS source, greatest(x.e, y.e) AS target
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
    WHERE coalesce(n.n, 0) < k.n),
spans AS (
    SELECT source, target, d, sentence_id,
           coalesce(list(s || '-' || e ORDER BY s, e) FILTER (side = 'source'), []) AS source_spans,
           coalesce(list(s || '-' || e ORDER BY s, e) FILTER (side = 'target'), []) AS target_spans
    FROM marks GROUP BY ALL),
ids AS (
    SELECT x.entity_id AS source, y.entity_id AS target, doc_id, sentence_id, source_spans, target_spans
    FROM spans p JOIN document USING (d) JOIN entity x ON x.e = p.source JOIN entity y ON y.e = p.target)
SELECT p.source, x.name AS source_name, p.target, y.name AS target_name, doc_id, d.path, c.title AS section,
       sentence_id, t.start, t."end", t.text, t.status, p.source_spans, p.target_spans
FROM ids p JOIN sentences t USING (doc_id, sentence_id) JOIN sections c USING (doc_id, section_id)
JOIN documents d USING (doc_id)
JOIN entities x ON x.entity_id = p.source JOIN entities y ON y.entity_id = p.target
ORDER BY p.source, p.target, doc_id, sentence_id
"""


def find_evidence(
    pairs: pa.Table,
    tables: Mapping[str, Path],
    *,
    window: Window = DEFAULTS.window,
    limits: Limits = DEFAULT_LIMITS,
) -> Generator[pa.RecordBatch, None, None]:
    """Yield the sentences in which pairs of entities co-occur (schema.EVIDENCE), in batches.

    Args:
        pairs: Columns `source` and `target`, entity ids in either order.
        tables: Parquet file of each of the tables mentions, sentences, sections, documents and entities.
        window: The unit of co-occurrence. For "sentence" the rows of a pair are as many as its edge counts.
        limits: Memory.

    Yields:
        Ordered by source, target, document, sentence. `source_spans` and `target_spans` are "start-end" in
        characters of the document, of the mentions that counted.
    """
    with connect({_HELD.get(name, name): tables[name] for name in TABLES}, limits) as con:
        con.register("pairs", pairs.select(["source", "target"]))
        con.execute(_MENTIONS)
        number(con)
        tally(con, window)
        yield from batches(con, _sql(window), EVIDENCE)


# Only the mentions of the entities asked for are numbered and tallied: a pair's windows depend on no others.
_HELD = {"mentions": "every_mention"}
_MENTIONS = """CREATE TEMP VIEW mentions AS SELECT * FROM every_mention
WHERE entity_id IN (SELECT source FROM pairs UNION ALL SELECT target FROM pairs)"""


def _sql(window: Window) -> str:
    return _SQL.format(pairs=pairs_sql(window), window=window, nesting=NESTED, unit=UNIT[window])
