"""A graph to GEXF 1.3, for Gephi, Gephi Lite and whatever else reads it.

Source: the GEXF 1.3 primer and schema (gexf.net). The rules that neither states come from the readers: Gephi
Lite keeps only the last block of attributes of a class, takes the id of an attribute for its title, shows all
nodes grey if a colour has an alpha, and no nodes at all after a control character.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import networkx as nx
from lxml import etree

from swnlp.export.files import XmlFile, replacing
from swnlp.export.rows import BY_YEAR, Edge, Node, graph_rows
from swnlp.export.values import Column, as_kind, filled, plain, text

# The one column that may be called so: Gephi takes it, where it is dynamic, for the edge's weight.
_WEIGHT = Column("weight", "weight", "double")
_GEXF, _VIZ = "http://gexf.net/1.3", "http://gexf.net/1.3/viz"


def write_gexf(graph: nx.Graph, path: Path | str) -> None:
    """Write a graph as static GEXF 1.3.

    Names that GEXF keeps for itself (label, weight, type, x, ...) are no columns: label, x and y of a node and
    weight of an edge go where GEXF has a place for them, any other is prefixed (`node_type`). A column's type
    is decided over all its values; missing values (None, NaN, empty) are left out, lists joined by " | ", and
    characters that XML forbids removed. Colours stand for `entity_label`, sizes for `mentions`.

    Args:
        graph: Undirected, one edge a pair; `graph.graph` may hold title, creator, description, keywords, date.
        path: The file; it is replaced only once the new one is complete.

    Raises:
        OutputError: If the file cannot be written.
        ValueError: For a directed graph, a multigraph, or an edge whose weight is not above 0.
    """
    _write(graph, path, {"defaultedgetype": "undirected", "mode": "static", "idtype": "string"})


def write_gexf_years(graph: nx.Graph, path: Path | str) -> None:
    """Write a graph as dynamic GEXF 1.3, for Gephi's timeline: as `write_gexf`, and when each node and edge is there.

    Time is in days. Each node and edge has a spell from 1 January to 31 December for each run of years in which it
    is, an edge also its weight in each year (Gephi takes the dynamic column `weight` for the weight); the static
    columns and the static weight are those of all years together. Gephi Lite knows no time: it has `write_gexf`.

    Args:
        graph: As for `write_gexf`; every node and edge has the attribute `by_year`, a dict from year to number.
        path: The file; it is replaced only once the new one is complete.

    Raises:
        OutputError: If the file cannot be written.
        ValueError: For a directed graph, a multigraph, or an edge whose weight is not above 0.
    """
    time = {"mode": "dynamic", "timeformat": "date", "timerepresentation": "interval"}
    years = [year for data in graph.nodes.values() for year in data[BY_YEAR]]
    span = {"start": _first(min(years)), "end": _last(max(years))} if years else {}
    _write(graph, path, {"defaultedgetype": "undirected", **time, **span, "idtype": "string"})


def _write(graph: nx.Graph, path: Path | str, about: dict[str, str]) -> None:
    rows = graph_rows(graph)
    dynamic = about["mode"] == "dynamic"
    node_columns = [column for column in rows.node_columns if column.kind]
    edge_columns = [column for column in rows.edge_columns if column.kind]
    with replacing(path) as file, etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element(_tag("gexf"), version="1.3", nsmap={None: _GEXF, "viz": _VIZ}):
            _write_meta(xml, graph.graph)
            with xml.element(_tag("graph"), about):
                _write_columns(xml, "node", node_columns)
                if dynamic:
                    # Before the static ones: readers that keep the last block of a class keep those.
                    _write_columns(xml, "edge", [_WEIGHT], mode="dynamic")
                _write_columns(xml, "edge", edge_columns)
                with xml.element(_tag("nodes")):
                    for node in rows.nodes:
                        _write_node(xml, node, node_columns, dynamic=dynamic)
                with xml.element(_tag("edges")):
                    for edge in rows.edges:
                        _write_edge(xml, edge, edge_columns, dynamic=dynamic)


def _tag(name: str) -> str:
    return f"{{{_GEXF}}}{name}"


def _write_meta(xml: XmlFile, about: Mapping[Hashable, object]) -> None:
    day = _day(about.get("date"))
    title, description = (plain(about.get(key)) for key in ("title", "description"))
    # GEXF has no title.
    texts = {
        "creator": plain(about.get("creator")),
        "keywords": ", ".join(
            text(word) for word in map(plain, _listed(about.get("keywords"))) if word is not None
        ),
        "description": " — ".join(text(part) for part in (title, description) if part is not None),
    }
    with xml.element(_tag("meta"), {"lastmodifieddate": day} if day else {}):
        for name, value in texts.items():
            if value:
                with xml.element(_tag(name)):
                    xml.write(text(value))
    xml.write("\n")


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, (list, tuple)) else (value,)


def _day(value: object) -> str | None:
    """Return the day of an ISO date or time; None for anything else, since the schema wants a day."""
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        return None


def _first(year: int) -> str:
    return f"{year:04}-01-01"


def _last(year: int) -> str:
    return f"{year:04}-12-31"


def _write_spells(xml: XmlFile, years: Iterable[int]) -> None:
    """Write one spell for each run of years that follow each other."""
    spells = _element("spells")
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and runs[-1][1] == year - 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    for start, end in runs:
        etree.SubElement(spells, "spell", {"start": _first(start), "end": _last(end)})
    if runs:
        xml.write(spells)


def _write_columns(xml: XmlFile, of: str, columns: Sequence[Column], *, mode: str = "static") -> None:
    if not columns:
        return
    with xml.element(_tag("attributes"), {"class": of, "mode": mode}):
        for column in columns:
            xml.write(_element("attribute", id=column.name, title=column.name, type=column.kind or "string"))
    xml.write("\n")


def _write_node(xml: XmlFile, node: Node, columns: Sequence[Column], *, dynamic: bool) -> None:
    r, g, b = map(str, node.colour)
    with xml.element(_tag("node"), {"id": node.node_id, "label": node.label}):
        _write_values(xml, node.data, columns)
        _write_spells(xml, _years(node.data) if dynamic else ())
        for name, values in {
            "size": {"value": text(node.size)},
            "position": {"x": text(node.x), "y": text(node.y), "z": "0.0"},
            "color": {"r": r, "g": g, "b": b},
        }.items():
            with xml.element(f"{{{_VIZ}}}{name}", values):
                pass
    xml.write("\n")


def _write_edge(xml: XmlFile, edge: Edge, columns: Sequence[Column], *, dynamic: bool) -> None:
    years = _years(edge.data) if dynamic else {}
    ends = {"id": edge.edge_id, "source": edge.source, "target": edge.target, "weight": text(edge.weight)}
    with xml.element(_tag("edge"), ends):
        _write_values(xml, edge.data, columns, years)
        _write_spells(xml, years)
    xml.write("\n")


def _years(data: Mapping[Hashable, object]) -> Mapping[int, int | float]:
    years = data.get(BY_YEAR)
    return years if isinstance(years, dict) else {}


def _write_values(
    xml: XmlFile,
    data: Mapping[Hashable, object],
    columns: Sequence[Column],
    weights: Mapping[int, int | float] | None = None,
) -> None:
    values = _element("attvalues")
    for year, weight in sorted((weights or {}).items()):
        number = text(as_kind(weight, "double"))
        time = {"start": _first(year), "end": _last(year)}
        etree.SubElement(values, "attvalue", {"for": _WEIGHT.name, "value": number, **time})
    for name, value in filled(data, columns):
        etree.SubElement(values, "attvalue", {"for": name, "value": text(value)})
    if len(values):
        xml.write(values)


def _element(tag: str, **attributes: str) -> etree._Element:
    """Return an element without a namespace: it gets that of the place where it is written, undeclared again."""
    return etree.Element(tag, attributes)
