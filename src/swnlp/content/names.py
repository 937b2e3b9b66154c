"""Names for the ids in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq


def entity_names(tables: Mapping[str, Path], labels: Sequence[str] | None = None) -> dict[str, str]:
    """Return the name of each entity id, of all entities or those of some labels."""
    known = pq.read_table(tables["entities"], columns=["entity_id", "label", "name"])
    if labels is not None:
        known = known.filter(pc.is_in(known["label"], value_set=pa.array(labels, pa.string())))
    return dict(zip(known["entity_id"].to_pylist(), known["name"].to_pylist(), strict=True))


def mapped(column: pa.ChunkedArray, names: Mapping[str, str]) -> pa.Array:
    """Return a column of ids as their names; an id without one stays as it is."""
    codes = column.combine_chunks().dictionary_encode()
    shown = pa.array([names.get(value, value) for value in codes.dictionary.to_pylist()], pa.string())
    return pc.take(shown, codes.indices)
