"""Counts of terms as sparse matrices, a batch of units at a time, so that any corpus streams through memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack  # type: ignore[import-untyped]

from swnlp.count.query import DEFAULT_LIMITS, Limits, connect, fetch
from swnlp.count.terms import Unit
from swnlp.schema import INT, TEXT

_ROWS = 500_000
_KEY: dict[Unit, list[str]] = {
    "paragraph": ["doc_id", "section_id", "paragraph_id"],
    "section": ["doc_id", "section_id"],
    "document": ["doc_id"],
}


class Units(NamedTuple):
    """Some units in the order of the text.

    Attributes:
        keys: One row a unit: doc_id, and section_id and paragraph_id as far as the unit has them.
        counts: Occurrences, csr, shape (n_units, n_terms), float64.
    """

    keys: pa.Table
    counts: csr_array


def unit_frequencies(
    terms: Path, *, unit: Unit = "paragraph", limits: Limits = DEFAULT_LIMITS
) -> tuple[pa.Table, int]:
    """Return in how many units each word stands (columns term, units; in the order of terms), and how many units there are.

    Args:
        terms: Parquet file of the table terms.
        unit: "paragraph", "section" or "document".
        limits: Memory.
    """
    key = ", ".join(_KEY[unit])
    each = f"SELECT DISTINCT {key}, term FROM terms"
    with connect({"terms": terms}, limits) as con:
        df = fetch(
            con,
            f"SELECT term, count(*) AS units FROM ({each}) GROUP BY term ORDER BY term",
            pa.schema([("term", TEXT), ("units", INT)]),
        )
        n = fetch(
            con,
            f"SELECT count(*) AS n FROM (SELECT DISTINCT {key} FROM terms)",
            pa.schema([("n", INT)]),
        )
    return df, int(n["n"][0].as_py())


def unit_batches(
    terms: Path,
    number: Mapping[str, int],
    *,
    unit: Unit = "paragraph",
    rows: int = _ROWS,
) -> Iterator[Units]:
    """Yield all units, in order, in batches.

    The rows of a unit stand together in the table, since the map writes them in the order of the text.

    Args:
        terms: Parquet file of the table terms.
        number: Column of each word; words that share one are counted together, others are left out.
        unit: "paragraph", "section" or "document".
        rows: Rows of the table that are read at a time. A unit is never cut.
    """
    key = _KEY[unit]
    width = max(number.values(), default=-1) + 1
    rest: pa.Table | None = None
    with pq.ParquetFile(terms) as file:
        for batch in file.iter_batches(rows, columns=[*key, "term", "count"]):
            table = pa.Table.from_batches([batch])
            table = table if rest is None else pa.concat_tables([rest, table])
            starts = _starts(table, key)
            # The last unit may go on in the next batch.
            rest = table.slice(starts[-1]) if len(starts) else table
            if len(starts) > 1:
                yield _units(table.slice(0, starts[-1]), starts[:-1], key, number, width)
    if rest is not None and len(rest):
        yield _units(rest, _starts(rest, key), key, number, width)


def _starts(table: pa.Table, key: list[str]) -> NDArray[np.int64]:
    """Return the rows at which a unit begins."""
    if not len(table):
        return np.empty(0, np.int64)
    changed = np.zeros(len(table), bool)
    changed[0] = True
    for name in key:
        column = table[name].combine_chunks()
        codes = column.dictionary_encode().indices if pa.types.is_string(column.type) else column
        values = codes.to_numpy(zero_copy_only=False)
        changed[1:] |= values[1:] != values[:-1]
    return np.flatnonzero(changed)


def _units(
    table: pa.Table, starts: NDArray[np.int64], key: list[str], number: Mapping[str, int], width: int
) -> Units:
    words = table["term"].combine_chunks().dictionary_encode()
    columns = np.array([number.get(word, -1) for word in words.dictionary.to_pylist()], np.int64)
    column = columns[words.indices.to_numpy()] if len(columns) else np.empty(0, np.int64)
    row = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(table))))
    known = column >= 0
    counts = table["count"].to_numpy().astype(np.float64)
    matrix = csr_array((counts[known], (row[known], column[known])), shape=(len(starts), width))
    matrix.sum_duplicates()
    keys = table.select(key).take(pa.array(starts))
    return Units(keys, matrix)


def joined(batches: Iterator[Units]) -> Units | None:
    """Return all batches as one; None if there is none."""
    found = list(batches)
    if not found:
        return None
    counts = vstack([units.counts for units in found], format="csr")
    return Units(pa.concat_tables([units.keys for units in found]), csr_array(counts))
