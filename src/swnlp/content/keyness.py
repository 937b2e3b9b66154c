"""Keyness of a result: reads the counts, compares the groups, gives names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from swnlp.content.names import entity_names, mapped
from swnlp.count.query import DEFAULT_LIMITS, Limits
from swnlp.count.terms import REST, Of, count_by_group
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
    most: int | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> pa.Table:
    """Return what sets each group of texts apart (schema.KEYNESS); arguments as of Analysis.keyness."""
    counted = count_by_group(tables, by=by, of=of, most=most, limits=limits)
    all_terms = counted["term"].unique().to_pylist()
    if of == "words":
        names = {term: term for term in all_terms}
        ignore = [term for term in all_terms if not words.is_term(term)]
    else:
        names, ignore = entity_names(tables), []
    found = keyness(counted, min_count=min_count, ignore=ignore, alpha=alpha, rest=REST)
    found = found.append_column("name", mapped(found["term"], names))
    return (
        found.append_column("group_name", mapped(found["group"], place_names))
        .select(KEYNESS.names)
        .cast(KEYNESS)
    )
