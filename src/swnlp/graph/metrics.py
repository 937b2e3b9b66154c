"""How central each node is, and what the network is like as a whole: what a paper's table of network indices reports."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pandas as pd


def centralities(graph: nx.Graph, *, weight: str = "weight") -> pd.DataFrame:
    """Return one row a node, highest degree first: label, entity_label and the usual indices.

    Degree, betweenness and closeness are binary and normalised to 0-1 (Freeman 1979; closeness after Wasserman &
    Faust for parts that nothing joins); strength is the sum of weights; eigenvector (Bonacich 1972) and constraint
    (Burt 1992) are weighted, eigenvector within the largest component (0 elsewhere), constraint nan for isolates.
    Ranks stand beside the first three, 1 the highest, ties share the smallest.
    """
    columns: dict[str, dict[Any, float]] = {
        "degree": nx.degree_centrality(graph),
        "betweenness": nx.betweenness_centrality(graph),
        "closeness": nx.closeness_centrality(graph),
        "strength": dict(graph.degree(weight=weight)),
        "eigenvector": _eigenvector(graph, weight),
        "constraint": nx.constraint(graph, weight=weight) if graph else {},
    }
    nodes = sorted(graph)
    frame = pd.DataFrame(
        {name: [values[node] for node in nodes] for name, values in columns.items()}, index=nodes
    )
    for name in ("label", "entity_label"):
        frame.insert(0, name, [graph.nodes[node].get(name) for node in nodes])
    for name in ("degree", "betweenness", "closeness"):
        frame[f"{name}_rank"] = frame[name].round(12).rank(ascending=False, method="min").astype("Int64")
    return frame.rename_axis("entity_id").sort_values(["degree", "strength"], ascending=False, kind="stable")


def _eigenvector(graph: nx.Graph, weight: str) -> dict[Any, float]:
    scores = dict.fromkeys(graph, 0.0)
    part: set[Any] = max(
        nx.connected_components(graph), key=lambda nodes: (len(nodes), min(nodes)), default=set()
    )
    if len(part) > 2:
        found = nx.eigenvector_centrality_numpy(graph.subgraph(sorted(part)), weight=weight)
        scores |= {node: abs(float(score)) for node, score in found.items()}
    return scores


def network_metrics(graph: nx.Graph, *, modularity: float | None = None) -> dict[str, float]:
    """Return what describes the network as a whole.

    nodes, edges, density, mean degree, mean path length and diameter (of the largest component), clustering
    (transitivity, and the mean of the nodes'), components, degree and betweenness centralisation (Freeman 1979,
    0-1), and modularity if clusters were found. nan where the network is too small to have it.
    """
    part = graph.subgraph(max(nx.connected_components(graph), key=len, default=set()))
    n, joined = graph.number_of_nodes(), part.number_of_nodes() > 1
    nan = float("nan")
    return {
        "nodes": n,
        "edges": graph.number_of_edges(),
        "density": nx.density(graph),
        "mean_degree": 2 * graph.number_of_edges() / n if n else nan,
        "mean_path_length": nx.average_shortest_path_length(part) if joined else nan,
        "diameter": nx.diameter(part) if joined else nan,
        "transitivity": nx.transitivity(graph),
        "mean_clustering": nx.average_clustering(graph) if n else nan,
        "components": nx.number_connected_components(graph),
        "degree_centralisation": _centralisation(
            list(nx.degree_centrality(graph).values()), 1 / (n - 1) if n > 2 else nan
        ),
        "betweenness_centralisation": _centralisation(list(nx.betweenness_centrality(graph).values()), 0.0),
        "modularity": nan if modularity is None else modularity,
    }


def _centralisation(scores: list[float], leaf: float) -> float:
    """Return the sum of differences from the highest score, as a share of what a star of that size has.

    `leaf` is the score of a star's leaf; its centre has 1.
    """
    n = len(scores)
    if n < 3:
        return float("nan")
    return sum(max(scores) - score for score in scores) / ((n - 1) * (1 - leaf))
