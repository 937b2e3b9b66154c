"""Reads what stage 10 works on from a result: how often a term stands in a group of texts, in a unit, in all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from swnlp.count.query import DEFAULT_LIMITS, UNIT, Limits, connect, execute, fetch
from swnlp.errors import AnalysisError
from swnlp.schema import DOCUMENTS, INT, METADATA, TEXT

Of = Literal["words", "entities"]
Unit = Literal["sentence", "paragraph", "section", "document"]

GROUPED = pa.schema([("group", TEXT), ("term", TEXT), ("count", INT), ("documents", INT)])
TOTALS = pa.schema([("term", TEXT), ("count", INT)])
PAIRS = pa.schema([("a", INT), ("b", INT), ("units", INT)])
HELD = pa.schema([("term", INT), ("count", INT), ("units", INT), ("documents", INT)])

# Columns of documents that are no groups of documents.
_NOT_GROUPS = {"text", "sha256", "encoding", "chars"}
_COLUMN: dict[Unit, str] = dict([*UNIT.items(), ("document", "0")])
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
    tables: Mapping[str, Path],
    *,
    by: str,
    of: Of = "words",
    most: int | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> pa.Table:
    """Count every term in every group of texts; text of no known group counts in none.

    Args:
        tables: Parquet file of each of the tables terms, mentions, sections, documents and metadata.
        by: "place": the place of a section (section by section, not document by document); "year": of the
            document's date; else a column of documents or of metadata.
        of: "words" (a name counts once, whole), or "entities" (their mentions, nested ones included).
        most: Only the groups with most text (characters of their sections); all others are counted as one group,
            REST. None for all.
        limits: Memory.

    Returns:
        Columns group, term (an entity's id for entities), count, documents (those of the group that have it; 0 for
        REST); in the order of group and term.

    Raises:
        AnalysisError: If there is no such column.
    """
    known = group_columns(tables)
    if by not in known:
        raise AnalysisError(f"不能按 {by!r} 分组；可用的有 / no column {by!r}; there are: {', '.join(known)}")
    with _counts(tables, of, "section", limits) as con:
        execute(con, f'CREATE TEMP TABLE groups AS SELECT * FROM ({_groups(by)}) WHERE "group" IS NOT NULL')
        if most is not None:
            execute(con, _LARGEST.format(most=int(most)))
        rest = _REST if most is not None else ""
        return fetch(con, f'{_IN_GROUPS} {rest} ORDER BY "group", term', GROUPED)


# No place, year or other value is the empty text.
REST = ""
_IN_GROUPS = """
SELECT g."group", u.term, sum(u.count)::BIGINT AS count, count(DISTINCT u.doc_id)::BIGINT AS documents
FROM units u JOIN groups g USING (doc_id, section_id) GROUP BY ALL"""
_LARGEST = """
CREATE TEMP TABLE others AS SELECT * FROM groups WHERE "group" NOT IN (
    SELECT "group" FROM groups JOIN sections USING (doc_id, section_id)
    GROUP BY "group" ORDER BY sum("end" - start) DESC, "group" LIMIT {most});
DELETE FROM groups WHERE "group" IN (SELECT "group" FROM others)"""
_REST = f"""
UNION ALL SELECT '{REST}', term, sum(count)::BIGINT, 0 FROM each_unit JOIN others USING (doc_id, section_id) GROUP BY term"""


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


class UnitCounts(NamedTuple):
    """Counts of chosen terms, numbered from 0.

    Attributes:
        held: Columns term, count, units, documents; in the order of the terms, none left out.
        together: Units that have both of two terms, shape (n, n), symmetric; the diagonal has a term's own units.
        units: All units that have any term at all, chosen or not.
    """

    held: pa.Table
    together: NDArray[np.int64]
    units: int


def count_terms(tables: Mapping[str, Path], *, of: Of = "words", limits: Limits = DEFAULT_LIMITS) -> pa.Table:
    """Count every term in the whole result.

    Returns:
        Columns term, count; most frequent first, then by term. Of entities, ids and mentions that lie in no other
        mention: two names of which one is part of the other would always stand together.
    """
    with _counts(tables, of, "paragraph", limits, outer=True) as con:
        sql = "SELECT term, sum(count)::BIGINT AS count FROM units GROUP BY term ORDER BY count DESC, term"
        return fetch(con, sql, TOTALS)


def count_together(
    tables: Mapping[str, Path],
    chosen: Sequence[tuple[str, int]],
    *,
    of: Of = "words",
    unit: Unit = "paragraph",
    limits: Limits = DEFAULT_LIMITS,
) -> UnitCounts:
    """Count in how many units chosen terms stand, and stand together.

    Args:
        tables: Parquet file of each of the tables terms, mentions and documents.
        chosen: Each word or entity id with the number of the term that it is counted as (synonyms share one).
        of: "words" or "entities" (as in `count_terms`).
        unit: What counts once, however often a term stands in it.
        limits: Memory.

    Raises:
        AnalysisError: If words are asked for by sentence.
    """
    n = max((number for _, number in chosen), default=-1) + 1
    with _counts(tables, of, unit, limits, outer=True) as con:
        mapping = pa.table(
            {"term": pa.array([t for t, _ in chosen], TEXT), "t": pa.array([i for _, i in chosen], INT)}
        )
        con.register("mapping", mapping)
        for statement in _CHOSEN:
            execute(con, statement)
        held = fetch(con, _HELD, HELD)
        pairs = fetch(con, _PAIRS, PAIRS)
        (units,) = execute(
            con, "SELECT count(*) FROM (SELECT DISTINCT doc_id, unit_id FROM units)"
        ).fetchone() or (0,)
    together = np.zeros((n, n), np.int64)
    a, b, both = (pairs[name].to_numpy() for name in PAIRS.names)
    together[a, b] = together[b, a] = both
    return UnitCounts(held, together, int(units))


_CHOSEN = (
    """CREATE TEMP TABLE doc AS SELECT doc_id, (row_number() OVER (ORDER BY doc_id))::INTEGER AS d FROM documents""",
    """CREATE TEMP TABLE seen AS SELECT d, unit_id::INTEGER AS unit, t::INTEGER AS t, sum(count)::INTEGER AS n
    FROM units JOIN mapping USING (term) JOIN doc USING (doc_id) GROUP BY ALL""",
)
_HELD = """
SELECT t AS term, sum(n)::BIGINT AS count, count(*) AS units, count(DISTINCT d) AS documents
FROM seen GROUP BY t ORDER BY t
"""
_PAIRS = """
SELECT x.t AS a, y.t AS b, count(*) AS units FROM seen x JOIN seen y USING (d, unit) WHERE x.t <= y.t
GROUP BY ALL ORDER BY a, b
"""


@contextmanager
def _counts(
    tables: Mapping[str, Path], of: Of, unit: Unit, limits: Limits, *, outer: bool = False
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection with the view `units`: doc_id, section_id, unit_id, term, count."""
    if of == "words" and unit == "sentence":
        raise AnalysisError(
            "词按段落计数，没有句子级的词频；请用 paragraph、section 或 document。 "
            "Words are counted by paragraph: use paragraph, section or document."
        )
    source, term, count = (
        ("terms", "term", "sum(count)") if of == "words" else ("mentions", "entity_id", "count(*)")
    )
    # A code's place is never the outer name, whatever lies around it.
    where = """WHERE "outer" OR label = 'CODE'""" if of == "entities" and outer else ""
    with connect({name: tables[name] for name in _TABLES if name in tables}, limits) as con:
        execute(
            con,
            f"CREATE VIEW units AS SELECT doc_id, section_id, {_COLUMN[unit]} AS unit_id, {term} AS term, "
            f"{count}::BIGINT AS count FROM {source} {where} GROUP BY ALL",
        )
        # The same before it is added up, for sums over many units.
        each = "count" if of == "words" else "1"
        execute(
            con,
            f"CREATE VIEW each_unit AS SELECT doc_id, section_id, {term} AS term, {each}::BIGINT AS count "
            f"FROM {source} {where}",
        )
        yield con
