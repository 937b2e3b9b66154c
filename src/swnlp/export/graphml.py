"""A graph to GraphML, with position, size and colour where Gephi and Gephi Lite look for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import networkx as nx
from lxml import etree

from swnlp.export.files import XmlFile, replacing
from swnlp.export.rows import Edge, Node, graph_rows
from swnlp.export.values import Column, Kind, Plain, filled, plain, text

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_TYPES: dict[Kind, str] = {
    "boolean": "boolean",
    "integer": "int",
    "long": "long",
    "double": "double",
    "string": "string",
}
_LOOK = {
    "label": "string",
    "x": "double",
    "y": "double",
    "size": "double",
    "r": "int",
    "g": "int",
    "b": "int",
}


def write_graphml(graph: nx.Graph, path: Path | str) -> None:
    """Write a graph as GraphML, with the names, types and cleaning of `write_gexf`.

    Nodes have the keys label, x, y, size, r, g, b, edges the key weight, beside a key for every column. Ids of
    nodes are those of the graph. The schema types them NMTOKEN, which has no brackets or quotes; no reader
    minds, and so ids are the same in every file.

    Args:
        graph: Undirected, one edge a pair.
        path: The file; it is replaced only once the new one is complete.

    Raises:
        OutputError: If the file cannot be written.
        ValueError: For a directed graph, a multigraph, or an edge whose weight is not above 0.
    """
    rows = graph_rows(graph)
    weight = "int" if all(type(edge.weight) is int for edge in rows.edges) else "double"
    with replacing(path) as file, etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element(_tag("graphml"), nsmap={None: _GRAPHML}):
            _write_description(xml, graph)
            _write_keys(xml, "node", _LOOK | _types(rows.node_columns))
            _write_keys(xml, "edge", {"weight": weight} | _types(rows.edge_columns))
            with xml.element(_tag("graph"), edgedefault="undirected"):
                for node in rows.nodes:
                    _write_row(xml, "node", {"id": node.node_id}, _node_values(node, rows.node_columns))
                for edge in rows.edges:
                    ends = {"id": edge.edge_id, "source": edge.source, "target": edge.target}
                    _write_row(xml, "edge", ends, _edge_values(edge, rows.edge_columns))


def _tag(name: str) -> str:
    return f"{{{_GRAPHML}}}{name}"


def _types(columns: Sequence[Column]) -> dict[str, str]:
    return {column.name: _TYPES[column.kind] for column in columns if column.kind}


def _write_description(xml: XmlFile, graph: nx.Graph) -> None:
    parts = [plain(graph.graph.get(key)) for key in ("title", "description", "creator", "date")]
    about = " — ".join(text(part) for part in parts if part is not None)
    if about:
        with xml.element(_tag("desc")):
            xml.write(about)
        xml.write("\n")


def _write_keys(xml: XmlFile, of: str, types: Mapping[str, str]) -> None:
    for name, kind in types.items():
        # An id is one of the whole document; d0, d1, ... will not do, since Gephi takes d3 for yEd's label.
        key = {"id": f"{of}.{name}", "for": of, "attr.name": name, "attr.type": kind}
        xml.write(etree.Element("key", key))
        xml.write("\n")


def _node_values(node: Node, columns: Sequence[Column]) -> Iterator[tuple[str, Plain]]:
    look = (node.label, node.x, node.y, node.size, *node.colour)
    yield from zip(_LOOK, look, strict=True)
    yield from filled(node.data, columns)


def _edge_values(edge: Edge, columns: Sequence[Column]) -> Iterator[tuple[str, Plain]]:
    yield "weight", edge.weight
    yield from filled(edge.data, columns)


def _write_row(
    xml: XmlFile, of: str, attributes: dict[str, str], values: Iterator[tuple[str, Plain]]
) -> None:
    # Without a namespace an element gets that of the place where it is written, undeclared again.
    row = etree.Element(of, attributes)
    for name, value in values:
        etree.SubElement(row, "data", {"key": f"{of}.{name}"}).text = text(value)
    xml.write(row)
    xml.write("\n")
