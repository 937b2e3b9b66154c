"""Reads what stage 10 works on from a result: how often a term stands in a group of texts, in a unit, in all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import duckdb
import pyarrow as pa

from swnlp.count.query import DEFAULT_LIMITS, UNIT, Limits, connect, execute, fetch
from swnlp.errors import AnalysisError
from swnlp.schema import DOCUMENTS, FLOAT, INT, METADATA, TEXT
from swnlp.settings import Window

Of = Literal["words", "entities"]

GROUPED = pa.schema([("group", TEXT), ("term", TEXT), ("count", INT), ("documents", INT)])
TOTALS = pa.schema([("term", TEXT), ("count", INT), ("units", INT), ("documents", INT)])
UNITS = pa.schema([("doc_id", TEXT), ("section_id", INT), ("unit_id", INT), ("term", TEXT), ("count", INT)])
SHARES = pa.schema([("group", TEXT), ("weight", FLOAT)])

# Columns of documents that are no groups of documents.
_NOT_GROUPS = {"text", "sha256", "encoding", "chars"}
_TABLES = ("terms", "mentions", "sections", "documents", "metadata")


def group_columns(tables: Mapping[str, Path]) -> list[str]:
    """Return what texts can be grouped by: place, year, the columns of documents, the researcher's own columns."""
    with connect({"metadata": tables["metadata"]}) as con:
        own = fetch(
            con, "SELECT DISTINCT name FROM metadata ORDER BY name", pa.schema([METADATA.field("name")])
        )
    columns = [name for name in DOCUMENTS.names if name not in _NOT_GROUPS]
    return list(dict.fromkeys(["place", "year", *columns, *own["name"].to_pylist()]))


def count_by_group(
    tables: Mapping[str, Path], *, by: str, of: Of = "words", limits: Limits = DEFAULT_LIMITS
) -> pa.Table:
    """Count every term in every group of texts; text of no known group counts in none.

    Args:
        tables: Parquet file of each of the tables terms, mentions, sections, documents and metadata.
        by: "place": the place of a section (section by section, not document by document); "year": of the
            document's date; else a column of documents or of metadata.
        of: "words" (a name counts once, whole), or "entities" (their mentions, nested ones included).
        limits: Memory.

    Returns:
        Columns group, term (an entity's id for entities), count, documents (those of the group that have it);
        in the order of group and term.

    Raises:
        AnalysisError: If there is no such column.
    """
    known = group_columns(tables)
    if by not in known:
        raise AnalysisError(f"不能按 {by!r} 分组；可用的有 / no column {by!r}; there are: {', '.join(known)}")
    with _counts(tables, of, "section", limits) as con:
        sql = f"""
        WITH groups AS ({_groups(by)})
        SELECT g."group", u.term, sum(u.count)::BIGINT AS count, count(DISTINCT u.doc_id)::BIGINT AS documents
        FROM units u JOIN groups g USING (doc_id, section_id) WHERE g."group" IS NOT NULL
        GROUP BY ALL ORDER BY "group", term
        """
        return fetch(con, sql, GROUPED)


def _groups(by: str) -> str:
    """Return the query of the group of each section."""
    if by == "place":
        return 'SELECT doc_id, section_id, place_id AS "group" FROM sections'
    if by == "year":
        value = "nullif(left(d.date, 4), '')"
    elif by in DOCUMENTS.names:
        value = f"nullif(d.\"{by}\"::VARCHAR, '')"
    else:
        value = "m.value"
    own = "" if by == "year" or by in DOCUMENTS.names else _own_column(by)
    return f'SELECT s.doc_id, s.section_id, {value} AS "group" FROM sections s JOIN documents d USING (doc_id) {own}'


def _own_column(name: str) -> str:
    quoted = name.replace("'", "''")
    return f"""LEFT JOIN (SELECT doc_id, min(value) AS value FROM metadata WHERE name = '{quoted}' GROUP BY doc_id) m
    USING (doc_id)"""


@contextmanager
def _counts(
    tables: Mapping[str, Path], of: Of, unit: Window, limits: Limits
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection with the view `units`: doc_id, section_id, unit_id, term, count."""
    column = UNIT[unit]
    with connect({name: tables[name] for name in _TABLES if name in tables}, limits) as con:
        if of == "words":
            if unit == "sentence":
                raise AnalysisError(
                    "词以段落计数，没有句子级的词频；请用 paragraph 或 section。 "
                    "Words are counted by paragraph: use paragraph or section."
                )
            source = f"SELECT doc_id, section_id, {column} AS unit_id, term, sum(count)::BIGINT AS count FROM terms"
        else:
            source = f"SELECT doc_id, section_id, {column} AS unit_id, entity_id AS term, count(*) AS count FROM mentions"
        grouped = "doc_id, section_id, unit_id, term" if unit != "section" else "doc_id, section_id, term"
        execute(con, f"CREATE VIEW units AS {source} GROUP BY {grouped}")
        yield con
