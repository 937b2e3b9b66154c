"""A name that a person gives to the entity of a result that is called so."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from swnlp.view import QUOTES, simplified_view


def key_of(name: str) -> str:
    """Return what a name is compared by: its simplified view without quotes around it."""
    return simplified_view(name).strip(QUOTES)


def entities_called(entities: pa.Table, name: str) -> list[str]:
    """Return the ids of the entities that a name stands for, in the order of the table.

    An id comes before a name, a name before an alias: the first of the three that anything has decides.

    Args:
        entities: Columns entity_id, name and aliases.
        name: An id, a name or a surface form.
    """
    # Plain lists, since a comparison in Arrow imports pandas, which takes longer than the rest.
    ids, key = entities["entity_id"].to_pylist(), key_of(name)
    if name in ids:
        return [name]
    if found := _called(ids, entities["name"].to_pylist(), key):
        return found
    aliases = entities["aliases"].combine_chunks()
    parents = pc.list_parent_indices(aliases).to_pylist()
    surfaces = (alias.strip(QUOTES) for alias in pc.list_flatten(aliases).to_pylist())
    return _called([ids[parent] for parent in parents], surfaces, key)


def _called(ids: Iterable[str], names: Iterable[str], key: str) -> list[str]:
    """Return the ids whose name has the view `key`, each once; a view is as long as its text, so few are made."""
    same = (
        own
        for own, name in zip(ids, names, strict=True)
        if len(name) == len(key) and simplified_view(name) == key
    )
    return list(dict.fromkeys(same))
