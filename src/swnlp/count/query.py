"""What the queries of the reduce share: the parts as views, and the pairs that co-occur."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from swnlp.settings import Window

UNIT: dict[Window, str] = {"sentence": "sentence_id", "paragraph": "paragraph_id", "section": "section_id"}


def connect(**parts: Sequence[Path]) -> duckdb.DuckDBPyConnection:
    """Return an in-memory connection with a view over the Parquet parts of each table."""
    con = duckdb.connect()
    for name, paths in parts.items():
        con.read_parquet([str(path) for path in paths]).create_view(name)
    return con


def fetch(con: duckdb.DuckDBPyConnection, sql: str, schema: pa.Schema) -> pa.Table:
    """Run a query and return its rows as a table of exactly this schema."""
    return con.sql(sql).to_arrow_table().select(schema.names).cast(schema)


def pairs_sql(window: Window) -> str:
    """Return the query for every pair of mentions in one window that is not a name and one inside it.

    It reads the view or table `mentions`; `a` is the mention of the smaller entity id.
    """
    unit = UNIT[window]
    return f"""
SELECT a.entity_id AS source, b.entity_id AS target, a.doc_id, a.section_id, a.{unit} AS unit,
       a.sentence_id AS source_sentence, b.sentence_id AS target_sentence,
       a.start AS source_start, a."end" AS source_end, b.start AS target_start, b."end" AS target_end
FROM mentions a JOIN mentions b ON a.doc_id = b.doc_id AND a.{unit} = b.{unit} AND a.entity_id < b.entity_id
WHERE NOT (a.start <= b.start AND b."end" <= a."end") AND NOT (b.start <= a.start AND a."end" <= b."end")"""
