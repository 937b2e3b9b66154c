"""What the queries of the reduce share: a connection with limits, tables as views, pairs, results in a stream."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from swnlp.errors import SettingsError
from swnlp.settings import Window

UNIT: dict[Window, str] = {"sentence": "sentence_id", "paragraph": "paragraph_id", "section": "section_id"}
ROWS = 50_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may use: memory, and the folder where it spills what is more."""

    memory: str = "1GB"
    spill: Path | None = None


DEFAULT_LIMITS = Limits()


def connect(
    tables: Mapping[str, Path | Sequence[Path]], limits: Limits = DEFAULT_LIMITS
) -> duckdb.DuckDBPyConnection:
    """Return an in-memory connection with a view over the Parquet file or files of each table.

    Raises:
        SettingsError: If the memory limit is no size.
    """
    # Results are ordered where it matters; to keep the order of input as well would cost memory.
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": limits.memory,
        "preserve_insertion_order": False,
    }
    if limits.spill is not None:
        config["temp_directory"] = str(limits.spill)
    try:
        con = duckdb.connect(config=config)
    except duckdb.Error as error:
        raise SettingsError(
            f"memory: {limits.memory!r} 不是内存大小，例如 2GB / is no size such as 2GB: {error}"
        ) from None
    # DuckDB would draw a bar of its own beside ours.
    con.execute("SET enable_progress_bar = false")
    for name, paths in tables.items():
        files = [paths] if isinstance(paths, Path) else paths
        con.read_parquet([str(path) for path in files]).create_view(name)
    return con


def fetch(con: duckdb.DuckDBPyConnection, sql: str, schema: pa.Schema) -> pa.Table:
    """Run a query and return its rows as a table of exactly this schema."""
    return pa.Table.from_batches(batches(con, sql, schema), schema=schema)


def batches(con: duckdb.DuckDBPyConnection, sql: str, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Run a query and yield its rows in batches of exactly ROWS (the last one less).

    Raises:
        SettingsError: If it needs more memory than the limit.
    """
    waiting: list[pa.Table] = []
    for batch in _rows(con, sql):
        waiting.append(pa.Table.from_batches([batch]).select(schema.names).cast(schema))
        if sum(len(table) for table in waiting) >= ROWS:
            table = pa.concat_tables(waiting).combine_chunks()
            yield from table.slice(0, ROWS).to_batches()
            waiting = [table.slice(ROWS)]
    yield from pa.concat_tables([schema.empty_table(), *waiting]).combine_chunks().to_batches()


def _rows(con: duckdb.DuckDBPyConnection, sql: str) -> Iterator[pa.RecordBatch]:
    try:
        yield from con.sql(sql).to_arrow_reader(ROWS)
    except duckdb.OutOfMemoryException:
        raise _too_little() from None


def _too_little() -> SettingsError:
    return SettingsError(
        "汇总需要更多内存，请加大 --memory 后再次运行，已完成的部分仍在。 "
        "Counting needs more memory: run again with a larger --memory; what was done is kept."
    )


def write_parquet(rows: Iterator[pa.RecordBatch], schema: pa.Schema, path: Path) -> None:
    """Write batches as one Parquet file, a row group each, under a temporary name and then renamed."""
    temporary = path.with_name(path.name + ".tmp")
    with pq.ParquetWriter(temporary, schema, compression="zstd") as writer:
        for batch in rows:
            writer.write_batch(batch)
    temporary.replace(path)


def number(con: duckdb.DuckDBPyConnection) -> None:
    """Make temporary tables with numbers in place of ids, which takes a third of the memory.

    `entity` (e, entity_id) and `document` (d, doc_id, date) number the ids in their order; `m` has the mentions.
    They are made of the views mentions and documents.

    Raises:
        SettingsError: If it needs more memory than the limit.
    """
    for statement in _NUMBERED:
        try:
            con.execute(statement)
        except duckdb.OutOfMemoryException:
            raise _too_little() from None


_NUMBERED = (
    """CREATE TEMP TABLE entity AS SELECT entity_id, (row_number() OVER (ORDER BY entity_id))::INTEGER AS e
    FROM (SELECT DISTINCT entity_id FROM mentions)""",
    """CREATE TEMP TABLE document AS SELECT doc_id, date, (row_number() OVER (ORDER BY doc_id))::INTEGER AS d
    FROM documents""",
    """CREATE TEMP TABLE m AS SELECT e, d, section_id::INTEGER AS section_id, paragraph_id::INTEGER AS paragraph_id,
        sentence_id::INTEGER AS sentence_id, start, "end", "outer", outer_start
    FROM mentions JOIN entity USING (entity_id) JOIN document USING (doc_id)""",
)


def pairs_sql(window: Window) -> str:
    """Return the query for every pair of entities and window where they are apart: not a name and one inside it.

    Rows are (source, target, d, section_id, unit), each once; `source` is the smaller number. It reads the tables
    of `number`. Pairs of mentions are not looked at one by one, which would be quadratic in a name that a
    window repeats: two entities are apart if fewer pairs of their mentions nest than there are.
    """
    return f"""
WITH nested AS (
    SELECT a.e AS source, b.e AS target, a.d, a.{UNIT[window]} AS unit, count(*) AS n
    FROM {NESTED} WHERE a.e < b.e GROUP BY ALL),
seen AS ({seen_sql(window)})
SELECT a.e AS source, b.e AS target, a.d, a.section_id, a.unit
FROM seen a JOIN seen b ON a.d = b.d AND a.unit = b.unit AND a.e < b.e
LEFT JOIN nested n ON n.source = a.e AND n.target = b.e AND n.d = a.d AND n.unit = a.unit
WHERE coalesce(n.n, 0) < a.n * b.n"""


def seen_sql(window: Window) -> str:
    """Return the query for how often each window mentions each entity: (e, d, section_id, unit, n)."""
    return f"SELECT e, d, section_id, {UNIT[window]} AS unit, count(*) AS n FROM m GROUP BY ALL"


# The few mentions that lie in another or hold one.
_HELD = '(SELECT * FROM m SEMI JOIN (SELECT d, outer_start FROM m WHERE NOT "outer") USING (d, outer_start))'
# Pairs of mentions a and b of different entities of which one lies in the other, both ways round.
NESTED = f"""{_HELD} a JOIN {_HELD} b ON a.d = b.d AND a.outer_start = b.outer_start AND a.e <> b.e
    AND ((a.start <= b.start AND b."end" <= a."end") OR (b.start <= a.start AND a."end" <= b."end"))"""
