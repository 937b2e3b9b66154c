"""What a graph shows: the edges of one view, and the entities at their ends."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from swnlp.count.query import DEFAULT_LIMITS, Limits, connect, fetch
from swnlp.records import INITIATIVES
from swnlp.schema import EDGES, ENTITIES
from swnlp.settings import View

_INITIATIVES = f"({', '.join(repr(label) for label in sorted(INITIATIVES))})"


def _two_mode(label: str) -> str:
    return f"(x.label = '{label}' AND y.label IN {_INITIATIVES}) OR (y.label = '{label}' AND x.label IN {_INITIATIVES})"


_SHOWN: dict[View, str] = {
    "full": "true",
    "actor-initiative": _two_mode("ACTOR"),
    "actor-actor": "x.label = 'ACTOR' AND y.label = 'ACTOR'",
    # Joined by the actors that they share: graph/projection.py makes it of the two-mode edges.
    "initiative-initiative": _two_mode("ACTOR"),
    "place-initiative": _two_mode("PLACE"),
    # A researcher's own codes: with each other, and with actors.
    "code-code": "x.label = 'CODE' AND y.label = 'CODE'",
    "actor-code": "(x.label = 'ACTOR' AND y.label = 'CODE') OR (x.label = 'CODE' AND y.label = 'ACTOR')",
}
TWO_MODE: frozenset[View] = frozenset(
    {"actor-initiative", "initiative-initiative", "place-initiative", "actor-code"}
)


def select_view(
    tables: Mapping[str, Path], *, view: View, min_count: int, limits: Limits = DEFAULT_LIMITS
) -> tuple[pa.Table, pa.Table]:
    """Return the entities and edges of a view.

    Args:
        tables: Parquet file of each of the tables entities and edges.
        view: "actor-initiative": the edges between an ACTOR and a PROGRAM or POLICY; "place-initiative" and
            "actor-actor" likewise, "code-code" and "actor-code" of a researcher's own codes; "full": all.
            "initiative-initiative" is made of the edges of "actor-initiative".
        min_count: Keep edges that co-occur in at least this many windows.
        limits: Memory.

    Returns:
        Tables schema.ENTITIES (those with an edge, by id) and schema.EDGES (by source, target).
    """
    edges_sql = f"""
SELECT e.* FROM edges e JOIN entities x ON x.entity_id = e.source JOIN entities y ON y.entity_id = e.target
WHERE e.windows >= {int(min_count)} AND ({_SHOWN[view]}) ORDER BY e.source, e.target"""
    with connect({name: tables[name] for name in ("entities", "edges")}, limits) as con:
        edges = fetch(con, edges_sql, EDGES)
        con.register("shown", edges.select(["source", "target"]))
        entities = fetch(con, _ENDS, ENTITIES)
    return entities, edges


_ENDS = """
SELECT * FROM entities WHERE entity_id IN (SELECT source FROM shown UNION SELECT target FROM shown)
ORDER BY entity_id
"""
