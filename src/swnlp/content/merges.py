"""How surfaces became entities, in names: the table links for a reader."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from swnlp.content.names import entity_names

COLUMNS = ("surface", "label", "place", "entity", "rule", "candidates", "mentions")


def merges_of(tables: Mapping[str, Path], place_names: Mapping[str, str], *, every: bool) -> pd.DataFrame:
    """Return the rows of links with names (columns COLUMNS); arguments as of Analysis.merges."""
    names = entity_names(tables)
    rows = []
    for link in pq.read_table(tables["links"]).to_pylist():
        entity = names.get(link["entity_id"], link["entity_id"])
        if every or entity != link["surface"]:
            place = place_names.get(link["place_id"], link["place_id"])
            # A candidate that nothing became has no name.
            others = " | ".join(names.get(other, other) for other in link["candidates"])
            rows.append(
                (link["surface"], link["label"], place, entity, link["rule"], others, link["mentions"])
            )
    return pd.DataFrame(rows, columns=list(COLUMNS))
