"""A part of a corpus, counted on its own: the sections about some places, the documents of some years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from swnlp.count.query import DEFAULT_LIMITS, Limits, batches, connect, write_parquet
from swnlp.schema import MAPPED

# What a count reads, cut down to a scope.
_NARROWED = ("mentions", "sentences", "sections", "documents")


@dataclass(frozen=True, slots=True)
class Scope:
    """Which sections count.

    Attributes:
        place_ids: Places that a section may be about; None for any, or none.
        years: First and last year, both included, of the documents' dates; None for any, or none.
        doc_ids: Documents; None for all.
    """

    place_ids: tuple[str, ...] | None = None
    years: tuple[int, int] | None = None
    doc_ids: tuple[str, ...] | None = None


def narrow(
    tables: Mapping[str, Path], scope: Scope, folder: Path, *, limits: Limits = DEFAULT_LIMITS
) -> dict[str, Path]:
    """Write the rows of a scope into `folder`.

    Args:
        tables: Parquet file of each of the tables mentions, sentences, sections and documents.
        scope: What is kept.
        folder: Where to.
        limits: Memory.

    Returns:
        The path of each table there.
    """
    paths = {name: folder / f"{name}.parquet" for name in _NARROWED}
    with connect({name: tables[name] for name in _NARROWED}, limits) as con:
        _keep(con, scope)
        for name, path in paths.items():
            columns = ", ".join(f't."{column}"' for column in MAPPED[name].names)
            by = "doc_id" if name == "documents" else "doc_id, section_id"
            sql = f"SELECT {columns} FROM {name} t SEMI JOIN kept USING ({by}) ORDER BY ALL"
            if name == "mentions":
                sql = sql.replace("ORDER BY ALL", 'ORDER BY doc_id, start, "end" DESC')
            write_parquet(batches(con, sql, MAPPED[name]), MAPPED[name], path)
    return paths


def _keep(con: duckdb.DuckDBPyConnection, scope: Scope) -> None:
    """Make the table of the sections that are kept."""
    tests: list[str] = []
    values: list[object] = []
    for column, wanted in (("s.place_id", scope.place_ids), ("s.doc_id", scope.doc_ids)):
        if wanted is not None:
            tests.append(f"list_contains(?, {column})")
            values.append(list(wanted))
    if scope.years is not None:
        tests.append("try_cast(d.date[1:4] AS INTEGER) BETWEEN ? AND ?")
        values += scope.years
    where = " AND ".join(tests) or "true"
    con.execute(
        f"CREATE TEMP TABLE kept AS SELECT s.doc_id, s.section_id FROM sections s JOIN documents d USING (doc_id) "
        f"WHERE {where}",
        values,
    )


def years_of(dates: Sequence[str | None]) -> tuple[int, ...]:
    """Return the years of ISO dates, each once, in order."""
    return tuple(sorted({int(date[:4]) for date in dates if date and date[:4].isdecimal()}))
