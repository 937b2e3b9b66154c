"""A graph to one file, in the format that its name ends in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import networkx as nx

from swnlp.errors import OutputError
from swnlp.export.csv import write_edges_csv, write_nodes_csv
from swnlp.export.gexf import write_gexf
from swnlp.export.graphml import write_graphml
from swnlp.export.matrix import write_matrix
from swnlp.export.pajek import write_pajek
from swnlp.export.ucinet import write_dl
from swnlp.export.vosviewer import write_vosviewer

WRITERS: dict[str, Callable[[nx.Graph, Path | str], None]] = {
    ".gexf": write_gexf,
    ".graphml": write_graphml,
    ".net": write_pajek,
    ".dl": write_dl,
    ".xlsx": write_matrix,
    ".json": write_vosviewer,
}
SUFFIXES = (*WRITERS, ".csv")


def network_files(path: Path | str) -> Sequence[Path]:
    """Return the files that `write_network` would write for a path.

    Raises:
        OutputError: If its suffix is of no format.
    """
    path = Path(path)
    if path.is_dir():
        return path / "nodes.csv", path / "edges.csv"
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return path.with_name(f"{path.stem}_nodes.csv"), path.with_name(f"{path.stem}_edges.csv")
    if suffix not in WRITERS:
        raise OutputError(
            f"{path}: 不认识的后缀，可用的有 {'、'.join(SUFFIXES)}，或一个已有的文件夹（nodes.csv 与 edges.csv）。 "
            f"No such format; there are {', '.join(SUFFIXES)}, or a folder that exists."
        )
    return (path,)


def write_network(graph: nx.Graph, path: Path | str) -> Sequence[Path]:
    """Write a graph in the format that the suffix of `path` names, and return what was written.

    .gexf (Gephi), .graphml, .net (Pajek), .dl (UCINET), .xlsx (adjacency matrix), .json (VOSviewer), .csv
    (NAME_nodes.csv and NAME_edges.csv for Gephi); a folder gets nodes.csv and edges.csv.

    Raises:
        OutputError: If the suffix is of no format, or the file cannot be written.
        ValueError: For a directed graph, a multigraph, or an edge whose weight is not above 0.
    """
    files = network_files(path)
    if len(files) == 1:
        WRITERS[files[0].suffix.lower()](graph, files[0])
    else:
        write_nodes_csv(graph, files[0])
        write_edges_csv(graph, files[1])
    return files
