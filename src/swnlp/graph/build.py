"""Tables to a graph: entities are nodes, co-occurrence is an edge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx
import pyarrow as pa

from swnlp.settings import DEFAULTS, PairWeight

_WEIGHTS: dict[PairWeight, str] = {"full": "windows", "fractional": "fractional"}


def build_graph(
    entities: pa.Table,
    edges: pa.Table,
    *,
    place_names: Mapping[str, str] | None = None,
    weight: PairWeight = DEFAULTS.pair_weight,
) -> nx.Graph:
    """Return the co-occurrence graph of a view.

    Args:
        entities: Table schema.ENTITIES: the nodes.
        edges: Table schema.EDGES between them.
        place_names: Name of each place id, for the node attribute `place`.
        weight: "full": an edge weighs its windows; "fractional": its fractional count.

    Returns:
        Undirected. Nodes are entity ids, in code point order, with label (the name), entity_label, kind,
        mentions, sentences, documents, place and aliases; edges carry weight and every other column of
        schema.EDGES.
    """
    graph = nx.Graph()
    for row in sorted(entities.to_pylist(), key=lambda row: str(row["entity_id"])):
        graph.add_node(row["entity_id"], **_node(row, place_names or {}))
    for row in edges.to_pylist():
        source, target = row.pop("source"), row.pop("target")
        graph.add_edge(source, target, weight=row[_WEIGHTS[weight]], **row)
    return graph


def _node(row: Mapping[str, Any], place_names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "label": row["name"],
        "entity_label": row["label"],
        "kind": row["kind"],
        "place": place_names.get(row["place_id"] or ""),
        "mentions": row["mentions"],
        "sentences": row["sentences"],
        "documents": row["documents"],
        "aliases": tuple(row["aliases"]),
    }
