"""Counts year by year, of the documents that bear a date."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from swnlp.count.pairs import number, pairs_sql, tally, want
from swnlp.count.query import DEFAULT_LIMITS, Limits, connect, execute, fetch
from swnlp.settings import DEFAULTS, Window

_PAIRS = pa.schema(
    {
        "source": pa.string(),
        "target": pa.string(),
        "year": pa.int64(),
        "windows": pa.int64(),
        "fractional": pa.float64(),
    }
)
_MENTIONS = pa.schema({"entity_id": pa.string(), "year": pa.int64(), "mentions": pa.int64()})
_YEAR = "try_cast(date[1:4] AS INTEGER)"


def count_pairs_by_year(
    pairs: pa.Table,
    tables: Mapping[str, Path],
    *,
    window: Window = DEFAULTS.window,
    limits: Limits = DEFAULT_LIMITS,
) -> pa.Table:
    """Count the windows of pairs year by year; years without any are left out.

    Args:
        pairs: Columns `source` and `target`, entity ids, the smaller first.
        tables: Parquet file of each of the tables mentions and documents.
        window: The unit of co-occurrence.
        limits: Memory.

    Returns:
        Columns source, target, year, windows, fractional (1/(k-1) for each window that names k entities), in order.
    """
    with connect({name: tables[name] for name in ("mentions", "documents")}, limits) as con:
        number(con)
        tally(con, window)
        want(con, pairs)
        execute(
            con,
            f"CREATE TEMP TABLE sizes AS SELECT d, unit, count(*) AS k FROM seen_{window} GROUP BY d, unit",
        )
        return fetch(
            con,
            f"""WITH counts AS (
                SELECT source, target, {_YEAR} AS year, count(*) AS windows,
                       sum((1 / (k - 1))::DECIMAL(18, 12))::DOUBLE AS fractional
                FROM ({pairs_sql(window)}) SEMI JOIN wanted USING (source, target)
                JOIN sizes USING (d, unit) JOIN document USING (d)
                WHERE {_YEAR} IS NOT NULL GROUP BY ALL)
            SELECT s.entity_id AS source, o.entity_id AS target, year, windows, fractional
            FROM counts c JOIN entity s ON s.e = c.source JOIN entity o ON o.e = c.target
            ORDER BY 1, 2, 3""",
            _PAIRS,
        )


def count_mentions_by_year(tables: Mapping[str, Path], *, limits: Limits = DEFAULT_LIMITS) -> pa.Table:
    """Count the mentions of every entity year by year: columns entity_id, year, mentions, in order."""
    with connect({name: tables[name] for name in ("mentions", "documents")}, limits) as con:
        return fetch(
            con,
            f"""SELECT entity_id, {_YEAR} AS year, count(*) AS mentions FROM mentions JOIN documents USING (doc_id)
            WHERE {_YEAR} IS NOT NULL GROUP BY ALL ORDER BY ALL""",
            _MENTIONS,
        )
