"""Pairs of entities in a window: numbered mentions, how often each window has them, and which pairs are apart."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pyarrow as pa

from swnlp.count.query import UNIT, execute, stretches
from swnlp.settings import Window

# Pairs in windows that are counted at a time: so many fit in memory, however many there are in all.
MOST_AT_ONCE = 500_000


def number(con: duckdb.DuckDBPyConnection, entities: str = "SELECT entity_id FROM mentions") -> None:
    """Make temporary tables with numbers in place of ids, which takes a third of the memory.

    `entity` (e, entity_id) and `document` (d, doc_id, date) number the ids in their order; `m` has the mentions.
    They are made of the views mentions and documents.

    Args:
        con: Where the views are and the tables come to be.
        entities: Query for the column entity_id of the entities to number; mentions of others are left out.

    Raises:
        MemoryLimitError: If it needs more memory than the limit.
    """
    for statement in _NUMBERED:
        execute(con, statement.replace("{entities}", entities))


_NUMBERED = (
    """CREATE TEMP TABLE entity AS SELECT entity_id, (row_number() OVER (ORDER BY entity_id))::INTEGER AS e
    FROM (SELECT DISTINCT entity_id FROM ({entities}))""",
    """CREATE TEMP TABLE document AS SELECT doc_id, date, (row_number() OVER (ORDER BY doc_id))::INTEGER AS d
    FROM documents""",
    """CREATE TEMP TABLE m AS SELECT e, d, section_id::INTEGER AS section_id, paragraph_id::INTEGER AS paragraph_id,
        sentence_id::INTEGER AS sentence_id, start, "end", "outer", outer_start
    FROM mentions JOIN entity USING (entity_id) JOIN document USING (doc_id)""",
)


def tally(con: duckdb.DuckDBPyConnection, window: Window) -> None:
    """Make the temporary tables that pairs in windows are read from; `number` comes first.

    `seen_WINDOW` (e, d, section_id, unit, n): how often a window mentions an entity. `nested_WINDOW` (source,
    target, d, unit, n): how many of the mention pairs of two entities lie one in the other.

    Raises:
        MemoryLimitError: If it needs more memory than the limit.
    """
    unit = UNIT[window]
    execute(
        con,
        f"CREATE TEMP TABLE seen_{window} AS "
        f"SELECT e, d, section_id, {unit} AS unit, count(*)::INTEGER AS n FROM m GROUP BY ALL",
    )
    execute(
        con,
        f"CREATE TEMP TABLE nested_{window} AS "
        f"SELECT a.e AS source, b.e AS target, a.d, a.{unit} AS unit, count(*) AS n "
        f"FROM {NESTED} WHERE a.e < b.e GROUP BY ALL",
    )


def pairs_sql(window: Window) -> str:
    """Return the query for every pair of entities and window where they are apart: not a name and one inside it.

    Rows are (source, target, d, section_id, unit), each once; `source` is the smaller number. It reads the tables
    of `tally`. Pairs of mentions are not looked at one by one, which would be quadratic in a name that a
    window repeats: two entities are apart if fewer pairs of their mentions nest than there are.
    """
    return f"""
SELECT a.e AS source, b.e AS target, a.d, a.section_id, a.unit
FROM seen_{window} a JOIN seen_{window} b ON a.d = b.d AND a.unit = b.unit AND a.e < b.e
LEFT JOIN nested_{window} n ON n.source = a.e AND n.target = b.e AND n.d = a.d AND n.unit = a.unit
WHERE coalesce(n.n, 0) < a.n::BIGINT * b.n"""


def ranges(con: duckdb.DuckDBPyConnection, window: Window) -> Iterator[tuple[int, int]]:
    """Yield ranges of source numbers, first and last, in order, with at most about MOST_AT_ONCE pairs in windows each.

    One entity with more than that is a range of its own.
    """
    # Each entity is counted with all others of its windows: twice as many as there are pairs.
    sizes = execute(
        con,
        f"""SELECT e, sum(k - 1)::BIGINT AS pairs
        FROM seen_{window} JOIN (SELECT d, unit, count(*) AS k FROM seen_{window} GROUP BY ALL) USING (d, unit)
        GROUP BY e ORDER BY e""",
    ).fetchall()
    return stretches(sizes, MOST_AT_ONCE)


def want(con: duckdb.DuckDBPyConnection, pairs: pa.Table) -> None:
    """Make a table `wanted` of pairs (columns source and target, entity ids) by the numbers of their entities.

    Numbers first, so that ids are joined to the few rows that are left.
    """
    con.register("pairs", pairs.select(["source", "target"]))
    execute(
        con,
        """CREATE TEMP TABLE wanted AS SELECT s.e AS source, o.e AS target
        FROM pairs JOIN entity s ON s.entity_id = pairs.source JOIN entity o ON o.entity_id = pairs.target""",
    )


# The few mentions that lie in another or hold one.
_HELD = '(SELECT * FROM m SEMI JOIN (SELECT d, outer_start FROM m WHERE NOT "outer") USING (d, outer_start))'
# Pairs of mentions a and b of different entities of which one lies in the other, both ways round.
NESTED = f"""{_HELD} a JOIN {_HELD} b ON a.d = b.d AND a.outer_start = b.outer_start AND a.e <> b.e
    AND ((a.start <= b.start AND b."end" <= a."end") OR (b.start <= a.start AND a."end" <= b."end"))"""
