"""The five-society table: how often each kind of actor is mentioned in each place's sections."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from swnlp.count.query import DEFAULT_LIMITS, Limits, connect

# Every place that has a section is there, mentioned actors or not; in the order of its first section.
_SQL = """
WITH places AS (
    SELECT place_id, min((doc_id, section_id)) AS first FROM sections GROUP BY place_id),
counts AS (
    SELECT s.place_id, m.kind, count(*) AS mentions
    FROM mentions m JOIN sections s USING (doc_id, section_id) WHERE m.label = 'ACTOR' GROUP BY s.place_id, m.kind)
SELECT p.place_id, c.kind, coalesce(c.mentions, 0)::BIGINT AS mentions
FROM places p LEFT JOIN counts c ON c.place_id IS NOT DISTINCT FROM p.place_id
ORDER BY p.first, c.kind
"""


def count_linkage(tables: Mapping[str, Path], *, limits: Limits = DEFAULT_LIMITS) -> pa.Table:
    """Return the mentions of actors by place and kind, nested ones included.

    Args:
        tables: Parquet file of each of the tables mentions and sections.
        limits: Memory.

    Returns:
        Columns place_id (None: sections about no known place), kind (None: a place without any actor),
        mentions; places in order of first appearance.
    """
    with connect({name: tables[name] for name in ("mentions", "sections")}, limits) as con:
        return con.sql(_SQL).to_arrow_table()
