"""What the queries of the reduce share: a connection with limits, tables as views, results in a stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from errno import ENOSPC
from os import strerror
from pathlib import Path
from typing import TypeVar

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from swnlp.errors import MemoryLimitError, SettingsError
from swnlp.settings import Window

UNIT: dict[Window, str] = {"sentence": "sentence_id", "paragraph": "paragraph_id", "section": "section_id"}
ROWS = 50_000
Key = TypeVar("Key", int, str)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may use: memory, and the folder where it spills what is more."""

    memory: str = "256MB"
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
    # DuckDB would draw a bar of its own beside ours. In a notebook it asks for ipywidgets even to turn that off.
    if con.execute("SELECT current_setting('enable_progress_bar')").fetchall() != [(False,)]:
        with suppress(duckdb.InvalidInputException):
            con.execute("SET enable_progress_bar = false")
    for name, paths in tables.items():
        files = [paths] if isinstance(paths, Path) else paths
        con.read_parquet([str(path) for path in files]).create_view(name)
    return con


def fetch(con: duckdb.DuckDBPyConnection, sql: str, schema: pa.Schema) -> pa.Table:
    """Run a query and return its rows as a table of exactly this schema."""
    return pa.Table.from_batches(batches(con, sql, schema), schema=schema)


def batches(
    con: duckdb.DuckDBPyConnection, sql: str, schema: pa.Schema, values: Mapping[str, object] | None = None
) -> Iterator[pa.RecordBatch]:
    """Run a query and yield its rows in batches of exactly ROWS (the last one less); `values` are its parameters.

    Raises:
        MemoryLimitError: If it needs more memory than the limit.
    """
    waiting: list[pa.Table] = []
    for batch in _rows(con, sql, values):
        waiting.append(pa.Table.from_batches([batch]).select(schema.names).cast(schema))
        if sum(len(table) for table in waiting) >= ROWS:
            table = pa.concat_tables(waiting).combine_chunks()
            yield from table.slice(0, ROWS).to_batches()
            waiting = [table.slice(ROWS)]
    # Not an empty table of the schema: making one imports pandas, a third of the time of a small query.
    whole = pa.concat_tables(waiting).combine_chunks() if waiting else pa.Table.from_batches([], schema)
    yield from whole.to_batches()


def first_rows(rows: Iterator[pa.RecordBatch], most: int) -> Iterator[pa.RecordBatch]:
    """Yield the first rows of a stream, and ask it for no batch more than they need."""
    while most > 0 and (batch := next(rows, None)) is not None:
        yield batch.slice(0, most)
        most -= batch.num_rows


def execute(con: duckdb.DuckDBPyConnection, sql: str) -> duckdb.DuckDBPyConnection:
    """Run a statement.

    Raises:
        MemoryLimitError: If it needs more memory than the limit.
    """
    try:
        return con.execute(sql)
    except duckdb.OutOfMemoryException as error:
        raise _too_little(error) from None


def stretches(sizes: Iterable[tuple[Key, int]], most: int) -> Iterator[tuple[Key, Key]]:
    """Yield the first and last key of stretches of at most `most` rows; one key with more is a stretch of its own.

    Args:
        sizes: Every key and its rows, in order.
        most: Rows of a stretch.
    """
    first: Key | None = None
    last: Key | None = None
    held = 0
    for key, n in sizes:
        if first is not None and last is not None and held + n > most:
            yield first, last
            first, held = None, 0
        first, last, held = key if first is None else first, key, held + n
    if first is not None and last is not None:
        yield first, last


def _rows(
    con: duckdb.DuckDBPyConnection, sql: str, values: Mapping[str, object] | None
) -> Iterator[pa.RecordBatch]:
    try:
        yield from con.sql(sql, params=dict(values) if values else None).to_arrow_reader(ROWS)
    except duckdb.OutOfMemoryException as error:
        raise _too_little(error) from None


def _too_little(error: duckdb.OutOfMemoryException) -> MemoryLimitError | OSError:
    # What does not fit in memory is spilled; the disk for that may be full as well.
    if "max_temp_directory_size" in str(error):
        return OSError(ENOSPC, strerror(ENOSPC))
    return MemoryLimitError(
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
