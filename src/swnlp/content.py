"""What a result says in words: keyness; reads the counts, calls stage 10, gives names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from swnlp.count.query import DEFAULT_LIMITS, Limits
from swnlp.count.terms import Of, count_by_group
from swnlp.keyness import MIN_COUNT, keyness
from swnlp.lexicon import WordLists
from swnlp.schema import KEYNESS


def keyness_table(
    tables: Mapping[str, Path],
    *,
    by: str,
    of: Of,
    words: WordLists,
    place_names: Mapping[str, str],
    min_count: int = MIN_COUNT,
    alpha: float | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> pa.Table:
    """Return what sets each group of texts apart (schema.KEYNESS); arguments as of Analysis.keyness."""
    counted = count_by_group(tables, by=by, of=of, limits=limits)
    all_terms = counted["term"].unique().to_pylist()
    if of == "words":
        names = {term: term for term in all_terms}
        ignore = [term for term in all_terms if not words.is_term(term)]
    else:
        names, ignore = entity_names(tables), []
    found = keyness(counted, min_count=min_count, ignore=ignore, alpha=alpha)
    found = found.append_column("name", _mapped(found["term"], names))
    return (
        found.append_column("group_name", _mapped(found["group"], place_names))
        .select(KEYNESS.names)
        .cast(KEYNESS)
    )


def entity_names(tables: Mapping[str, Path]) -> dict[str, str]:
    """Return the name of each entity id."""
    known = pq.read_table(tables["entities"], columns=["entity_id", "name"])
    return dict(zip(known["entity_id"].to_pylist(), known["name"].to_pylist(), strict=True))


def _mapped(column: pa.ChunkedArray, names: Mapping[str, str]) -> pa.Array:
    codes = column.combine_chunks().dictionary_encode()
    shown = pa.array([names.get(value, value) for value in codes.dictionary.to_pylist()], pa.string())
    return pc.take(shown, codes.indices)
