"""The sentences behind a pair: every window that was counted, and where in it the two names stand."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from pathlib import Path

import pyarrow as pa

from swnlp.count.query import DEFAULT_LIMITS, Limits, batches, connect, pairs_sql
from swnlp.schema import EVIDENCE
from swnlp.settings import DEFAULTS, Window

TABLES = ("mentions", "sentences", "sections", "documents", "entities")

# A window wider than a sentence shows each of its sentences that holds a mention of the pair.
_SQL = """
WITH wanted AS (SELECT least(source, target) AS source, greatest(source, target) AS target FROM pairs),
found AS (SELECT * FROM ({pairs}) JOIN wanted USING (source, target)),
marks AS (
    SELECT DISTINCT source, target, doc_id, source_sentence AS sentence_id, 'source' AS side,
           source_start AS s, source_end AS e FROM found
    UNION
    SELECT DISTINCT source, target, doc_id, target_sentence, 'target', target_start, target_end FROM found),
spans AS (
    SELECT source, target, doc_id, sentence_id,
           coalesce(list(s || '-' || e ORDER BY s, e) FILTER (side = 'source'), []) AS source_spans,
           coalesce(list(s || '-' || e ORDER BY s, e) FILTER (side = 'target'), []) AS target_spans
    FROM marks GROUP BY ALL)
SELECT p.source, x.name AS source_name, p.target, y.name AS target_name, doc_id, d.path, c.title AS section,
       sentence_id, t.start, t."end", t.text, t.status, p.source_spans, p.target_spans
FROM spans p JOIN sentences t USING (doc_id, sentence_id) JOIN sections c USING (doc_id, section_id)
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
    with connect({name: tables[name] for name in TABLES}, limits) as con:
        con.register("pairs", pairs.select(["source", "target"]))
        yield from batches(con, _SQL.format(pairs=pairs_sql(window)), EVIDENCE)
