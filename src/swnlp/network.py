"""A network of a result: which part of the corpus, which pairs, how they are weighed, tested, clustered and laid out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import networkx as nx
import pyarrow as pa
import pyarrow.compute as pc

from swnlp.count.query import DEFAULT_LIMITS, Limits
from swnlp.count.reduce import count_by_document, count_windows, reduce_edges, reduce_entities
from swnlp.count.scope import Scope, narrow, years_of
from swnlp.count.view import TWO_MODE, select_view
from swnlp.count.years import count_mentions_by_year, count_pairs_by_year
from swnlp.errors import AnalysisError
from swnlp.graph import backbone, build_graph, cluster, project, significant, with_intervals, with_p_values
from swnlp.records import INITIATIVES
from swnlp.settings import DEFAULTS, GraphEngine, PairWeight, View, Window

_SIDES = ("source", "target")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a network shows.

    Attributes:
        view: Which pairs (count.view.select_view).
        window: The unit of co-occurrence.
        scope: Which sections count; everything is counted anew within them.
        min_count: Least windows of an edge.
        pair_weight: "full": an edge's weight is its windows; "fractional": a window that names k entities counts
            1/(k-1) for each of its pairs.
        alpha: Keep the edges whose corrected p-value is at most this; None: no test.
        backbone: Keep the edges that pass the disparity filter at this level; None: all.
        ego: An entity id: only it, its neighbours, and the edges among them.
        intervals: Add a bootstrap interval of each edge's count.
        engine: What finds clusters.
        seed: Seed of draws and clusters.
    """

    view: View = DEFAULTS.view
    window: Window = DEFAULTS.window
    scope: Scope | None = None
    min_count: int = DEFAULTS.min_count
    pair_weight: PairWeight = DEFAULTS.pair_weight
    alpha: float | None = None
    backbone: float | None = None
    ego: str | None = None
    intervals: bool = False
    engine: GraphEngine = DEFAULTS.graph_engine
    seed: int = DEFAULTS.seed


def about(
    choice: Choice, *, scheme: Mapping[str, Any], version: str, dates: Iterable[str | None]
) -> dict[str, str | None]:
    """Return what a network's file says of it: title, creator, description, keywords and date.

    Args:
        choice: What it shows.
        scheme: The linkage scheme's name_zh and name_en.
        version: Of swnlp.
        dates: Of the documents; the file bears the last one, and not that of the clock.
    """
    return {
        "title": f"{scheme['name_zh']} {choice.view}",
        "creator": f"swnlp {version}",
        "description": "; ".join((f"co-occurrence within a {choice.window}", *_said(choice))),
        "keywords": f"{scheme['name_zh']}, {scheme['name_en']}",
        "date": max(filter(None, dates), default=None),
    }


def _said(choice: Choice) -> Iterator[str]:
    """Yield what of a choice is not the default, so that a picture can be made again."""
    if choice.scope is not None and choice.scope.place_ids is not None:
        yield f"sections about {', '.join(choice.scope.place_ids)}"
    if choice.scope is not None and choice.scope.years is not None:
        yield "documents of {}-{}".format(*choice.scope.years)
    if choice.min_count > 1:
        yield f"min-count {choice.min_count}"
    if choice.pair_weight != "full":
        yield f"pair-weight {choice.pair_weight}"
    for name in ("alpha", "backbone", "ego"):
        if getattr(choice, name) is not None:
            yield f"{name} {getattr(choice, name)}"


def network(
    tables: Mapping[str, Path],
    choice: Choice,
    *,
    place_names: Mapping[str, str] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> nx.Graph:
    """Return the network of a choice, with clusters; not laid out.

    Args:
        tables: Parquet file of each table of a result.
        choice: What it shows.
        place_names: Name of each place id, for the node attribute `place`.
        limits: Memory.

    Returns:
        As graph.build_graph; `graph.graph` has `modularity`, and `note` where there is something to say of the test.

    Raises:
        AnalysisError: If `ego` is not in the network.
    """
    with _counted(tables, choice, limits) as counted:
        entities, edges = select_view(counted, view=choice.view, min_count=choice.min_count, limits=limits)
        note = None
        if choice.alpha is not None:
            windows = count_windows(counted, choice.window, limits=limits)
            found = with_p_values(edges, entities, windows=windows, two_mode=choice.view in TWO_MODE)
            edges, note = significant(found, choice.alpha)
        if choice.intervals:
            by_document = count_by_document(edges, counted, window=choice.window, limits=limits)
            documents = pa.parquet.read_metadata(counted["documents"]).num_rows
            edges = with_intervals(edges, by_document, documents=documents, seed=choice.seed)
    graph = build_graph(_ends(entities, edges), edges, place_names=place_names, weight=choice.pair_weight)
    if note:
        graph.graph["note"] = note
    return _shaped(graph, choice)


def by_years(
    graph: nx.Graph, tables: Mapping[str, Path], choice: Choice, *, limits: Limits = DEFAULT_LIMITS
) -> nx.Graph | None:
    """Return a network with `by_year` on its nodes (mentions) and edges (weight): a dict from year to number.

    Nodes and edges that no dated document has are left out. None where there are fewer than two years, or the view
    is a projection, whose edges are no co-occurrences that would have a date.

    Args:
        graph: As `network` returns it for the choice, of the whole corpus.
        tables: Parquet file of each table of a result.
        choice: What the network shows.
        limits: Memory.
    """
    dates = pa.parquet.read_table(tables["documents"], columns=["date"])["date"].to_pylist()
    if len(years_of(dates)) < 2 or choice.view == "initiative-initiative":
        return None
    ends = [tuple(sorted(pair)) for pair in graph.edges]
    pairs = pa.table({side: pa.array([e[i] for e in ends], pa.string()) for i, side in enumerate(_SIDES)})
    weights: dict[tuple[str, str], dict[int, float]] = {}
    column = "windows" if choice.pair_weight == "full" else "fractional"
    for row in count_pairs_by_year(pairs, tables, window=choice.window, limits=limits).to_pylist():
        weights.setdefault((row["source"], row["target"]), {})[row["year"]] = row[column]
    mentions: dict[str, dict[int, int]] = {}
    for row in count_mentions_by_year(tables, limits=limits).to_pylist():
        if row["entity_id"] in graph:
            mentions.setdefault(row["entity_id"], {})[row["year"]] = row["mentions"]
    found = nx.Graph(**graph.graph)
    for node, data in graph.nodes(data=True):
        if node in mentions:
            found.add_node(node, **data, by_year=mentions[node])
    for a, b, data in graph.edges(data=True):
        if (pair := (min(a, b), max(a, b))) in weights:
            found.add_edge(a, b, **data, by_year=weights[pair])
    return found


def _shaped(graph: nx.Graph, choice: Choice) -> nx.Graph:
    """Project, thin out, cut to an ego's neighbourhood, and cluster what is left."""
    if choice.view == "initiative-initiative":
        graph = project(graph, INITIATIVES)
    if choice.backbone is not None:
        graph = backbone(graph, choice.backbone)
    if choice.ego is not None:
        if choice.ego not in graph:
            raise AnalysisError(
                f"{choice.ego}: 不在这个网络中（没有符合条件的边） / is not in this network: it has no edge there"
            )
        graph = _neighbourhood(graph, choice.ego)
    graph.graph["modularity"] = cluster(graph, seed=choice.seed, engine=choice.engine)
    return graph


def _neighbourhood(graph: nx.Graph, ego: str) -> nx.Graph:
    """Return a node, its neighbours and the edges among them, in the order of the graph."""
    near = {ego, *graph.neighbors(ego)}
    found = nx.Graph(**graph.graph)
    found.add_nodes_from((node, data) for node, data in graph.nodes(data=True) if node in near)
    found.add_edges_from((a, b, data) for a, b, data in graph.edges(data=True) if {a, b} <= near)
    return found


@contextmanager
def _counted(tables: Mapping[str, Path], choice: Choice, limits: Limits) -> Iterator[Mapping[str, Path]]:
    """Yield the tables of a choice's scope: the result's own, or the scope's counted anew in a temporary folder."""
    if choice.scope is None:
        yield tables
        return
    with TemporaryDirectory(prefix="swnlp-") as held:
        folder = Path(held)
        narrowed = narrow(tables, choice.scope, folder, limits=limits)
        narrowed |= {name: folder / f"{name}.parquet" for name in ("entities", "edges")}
        reduce_entities(narrowed, narrowed["entities"], _name_in(tables), limits=limits)
        reduce_edges(narrowed, narrowed["edges"], window=choice.window, limits=limits)
        yield narrowed


def _name_in(tables: Mapping[str, Path]) -> Callable[[str, list[str]], str]:
    """Return the function that gives an entity the name that the whole result gives it."""
    known = pa.parquet.read_table(tables["entities"], columns=["entity_id", "name"])
    names = dict(zip(known["entity_id"].to_pylist(), known["name"].to_pylist(), strict=True))
    return lambda entity_id, _aliases: names[entity_id]


def _ends(entities: pa.Table, edges: pa.Table) -> pa.Table:
    ends = pa.concat_arrays([edges[side].combine_chunks() for side in _SIDES])
    return entities.filter(pc.is_in(entities["entity_id"], ends))
