"""Every mention of a policy with its sentence, its place and the date of its document: what an adoption table reads."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from pathlib import Path

import pyarrow as pa

from swnlp.count.query import DEFAULT_LIMITS, Limits, batches, connect
from swnlp.schema import POLICY_MENTIONS

_TABLES = ("mentions", "sections", "sentences", "documents", "entities")
_SQL = """
SELECT c.place_id, m.entity_id, e.name, coalesce(d.issued, d.date) AS date, m.start - t.start AS at,
       t.text AS sentence, t.status, d.path, m.start
FROM mentions m JOIN sections c USING (doc_id, section_id) JOIN sentences t USING (doc_id, sentence_id)
JOIN documents d USING (doc_id) JOIN entities e USING (entity_id)
WHERE m.label = 'POLICY' AND m."outer"
ORDER BY c.place_id, m.entity_id, date, m.doc_id, m.start
"""


def read_policy_mentions(
    tables: Mapping[str, Path], *, limits: Limits = DEFAULT_LIMITS
) -> Generator[pa.RecordBatch, None, None]:
    """Yield the mentions of policies that lie in no other name (schema.POLICY_MENTIONS).

    Args:
        tables: Parquet file of each of the tables mentions, sections, sentences, documents and entities.
        limits: Memory.

    Yields:
        By place and policy, the earliest first, those without a date last.
    """
    with connect({name: tables[name] for name in _TABLES}, limits) as con:
        yield from batches(con, _SQL, POLICY_MENTIONS)
