"""What the report page shows of a result: plain values, cut to what a page can hold, with counts of what was left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any

import networkx as nx
import pyarrow as pa

from swnlp import store
from swnlp.analysis import Analysis
from swnlp.count.distribution import count_texts
from swnlp.count.evidence import find_evidence
from swnlp.count.figures import read_figures
from swnlp.count.query import connect
from swnlp.graph import LAYOUT_LIMIT, lay_out
from swnlp.report.content_data import keyness_data, topics_data
from swnlp.report.method import method_paragraphs
from swnlp.resources import read_toml

# What the page holds at most; the rest is in the tables, and the page says how much that is.
MOST_ENTITIES, MOST_EDGES, MOST_SENTENCES, MOST_PER_EDGE, MOST_PROBLEMS = 600, 800, 4000, 40, 100
MOST_ALIASES, LONGEST_SENTENCE = 6, 400
MOST_FIGURES = 1500
MATRIX_ROWS = 40


def page_data(analysis: Analysis) -> dict[str, Any]:
    """Return all that the page shows, as values that JSON can hold."""
    graph = analysis.graph()
    shown = _shown(graph)
    places = _places(analysis)
    return {
        "title": analysis.run["scheme"]["name_zh"],
        "counts": _counts(analysis, graph),
        "versions": analysis.run["versions"],
        "settings": analysis.run["settings"],
        "words": {
            **read_toml("words.toml")["labels"],
            "window": read_toml("words.toml")["windows"][analysis.settings.window],
        },
        "actors": [[a["kind"], a["name_zh"], a["name_en"]] for a in analysis.run["scheme"]["actors"]],
        "places": list(places.values()),
        "linkage": _linkage(analysis),
        "entities": _entities(analysis),
        "network": _network(shown, graph, analysis, list(places)),
        "indicators": _indicators(analysis),
        "keyness": keyness_data(analysis),
        "topics": topics_data(analysis),
        "problems": _problems(analysis),
        "method": method_paragraphs(analysis, graph),
    }


def _counts(analysis: Analysis, graph: nx.Graph) -> dict[str, int]:
    """Return the totals of what is counted: reprints are told apart, unless the run counted them."""
    every, tables = analysis.run["counts"], store.table_paths(analysis.folder)
    only = "" if analysis.settings.keep_duplicates else "WHERE reprint_of IS NULL"
    with connect({name: tables[name] for name in ("documents", "sections", "sentences")}) as con:
        found = con.sql(_TOTALS.format(only=only)).fetchall()
    totals = dict(zip(("documents", "chars", "sections", "sentences"), found[0], strict=True))
    return {
        **totals,
        "reprints": every["documents"] - totals["documents"],
        "mentions": every["mentions"],
        "entities": every["entities"],
        "nodes": graph.number_of_nodes(),
        "edges": graph.number_of_edges(),
    }


_TOTALS = """
WITH counted AS (SELECT doc_id, chars FROM documents {only})
SELECT (SELECT count(*) FROM counted), (SELECT coalesce(sum(chars), 0)::BIGINT FROM counted),
       (SELECT count(*) FROM sections SEMI JOIN counted USING (doc_id)),
       (SELECT count(*) FROM sentences SEMI JOIN counted USING (doc_id))"""


def _places(analysis: Analysis) -> dict[str, list[Any]]:
    """Return (name, documents, sentences) of each place that a section is about, in order of appearance."""
    tables = store.table_paths(analysis.folder)
    counted, _ = count_texts(tables, reprints=analysis.settings.keep_duplicates)
    names = analysis.place_names
    return {
        row["place_id"]: [names[row["place_id"]], row["documents"], row["sentences"]]
        for row in counted.to_pylist()
        if row["place_id"] is not None
    }


def _linkage(analysis: Analysis) -> dict[str, Any]:
    table = analysis.linkage()
    return {"places": [str(name) for name in table.index], "counts": table.to_numpy().tolist()}


def _entities(analysis: Analysis) -> dict[str, Any]:
    columns = ["name", "label", "kind", "mentions", "documents", "aliases", "entity_id"]
    table = analysis.table("entities", columns=columns)
    rows = [
        [r["name"], r["label"], r["mentions"], r["documents"], r["aliases"][:MOST_ALIASES]]
        for r in table.slice(0, MOST_ENTITIES).to_pylist()
    ]
    return {"rows": rows, "total": len(table)}


def _shown(graph: nx.Graph) -> nx.Graph:
    """Return the heaviest edges and their ends, laid out."""
    ranked = sorted(graph.edges(data="weight"), key=lambda edge: (-edge[2], *sorted(edge[:2])))
    shown = nx.Graph(graph.edge_subgraph([edge[:2] for edge in ranked[:MOST_EDGES]]))
    if shown.number_of_nodes() <= LAYOUT_LIMIT:
        lay_out(shown)
    return shown


def _network(shown: nx.Graph, graph: nx.Graph, analysis: Analysis, places: Sequence[str]) -> dict[str, Any]:
    number = {node: i for i, node in enumerate(sorted(shown))}
    edges = sorted(tuple(sorted(edge)) for edge in shown.edges)
    evidence, left_out = _evidence(analysis, edges, places)
    return {
        "nodes": [
            [d["label"], d["entity_label"], d["mentions"], d.get("x", 0.0), d.get("y", 0.0), d.get("cluster")]
            for _, d in sorted(shown.nodes(data=True))
        ],
        "edges": [
            [
                number[a],
                number[b],
                *(shown.edges[a, b].get(key, 0) for key in ("windows", "planned", "negated", "npmi")),
                evidence[a, b],
            ]
            for a, b in edges
        ],
        "edges_left_out": graph.number_of_edges() - len(edges),
        "sentences_left_out": left_out,
        "matrix_rows": MATRIX_ROWS,
    }


def _evidence(
    analysis: Analysis, edges: Sequence[tuple[str, str]], places: Sequence[str]
) -> tuple[dict[tuple[str, str], dict[str, Any]], int]:
    """Return, for each edge, how many sentences each place has and the sentences; and how many were left out."""
    found: dict[tuple[str, str], dict[str, Any]] = {edge: {"places": {}, "rows": []} for edge in edges}
    at = {place: i for i, place in enumerate(places)}
    kept = left_out = 0
    for row, about in _sentences(analysis, edges):
        entry = found[row["source"], row["target"]]
        place = at.get(about or "", -1)
        entry["places"][place] = entry["places"].get(place, 0) + 1
        if kept < MOST_SENTENCES and len(entry["rows"]) < MOST_PER_EDGE:
            entry["rows"].append(_sentence(row, place))
            kept += 1
        else:
            left_out += 1
    return found, left_out


def _sentences(
    analysis: Analysis, edges: Sequence[tuple[str, str]]
) -> Iterator[tuple[dict[str, Any], str | None]]:
    """Yield the rows of evidence, each with the place of its section; a batch at a time, however many there are."""
    if not edges:
        return
    tables = store.table_paths(analysis.folder)
    sources, targets = zip(*edges, strict=True)
    pairs = pa.table({"source": sources, "target": targets})
    found = find_evidence(pairs, tables, window=analysis.settings.window)
    with (
        connect({name: tables[name] for name in ("sections", "sentences")}) as con,
        closing(found) as batches,
    ):
        for batch in batches:
            con.register("evidence", pa.Table.from_batches([batch]).select(["doc_id", "sentence_id"]))
            places = {(doc, sentence): place for doc, sentence, place in con.sql(_SECTION_PLACES).fetchall()}
            for row in batch.to_pylist():
                yield row, places.get((row["doc_id"], row["sentence_id"]))


_SECTION_PLACES = """
SELECT DISTINCT doc_id, sentence_id, place_id
FROM evidence JOIN sentences USING (doc_id, sentence_id) JOIN sections USING (doc_id, section_id)
WHERE place_id IS NOT NULL"""


def _sentence(row: Mapping[str, Any], place: int) -> list[Any]:
    """Return (file, section, place, status, text, spans of the source, spans of the target), spans within the text."""
    spans = [
        [[int(n) - row["start"] for n in span.split("-")] for span in row[side]]
        for side in ("source_spans", "target_spans")
    ]
    return [
        row["path"], row["section"], place, row["status"], row["text"][:LONGEST_SENTENCE],
        f"{row['start']}-{row['end']}", *spans,
    ]  # fmt: skip


def _indicators(analysis: Analysis) -> dict[str, Any]:
    """Return (place, year, subject, value as written, modifier, status, file, sentence) of the first figures."""
    rows: list[list[Any]] = []
    tables = store.table_paths(analysis.folder)
    with closing(read_figures(tables, analysis.place_names, most=MOST_FIGURES)) as batches:
        for row in (row for batch in batches for row in batch.to_pylist()):
            subject = f"{row['qualifier'] or ''}{row['subject'] or ''}"
            sentence = row["sentence"][:LONGEST_SENTENCE]
            rows.append([row["place"], row["period"] or row["year"], subject, row["text"], row["modifier"],
                         row["status"], row["path"], sentence])  # fmt: skip
    return {"rows": rows, "total": analysis.run["counts"].get("indicators", len(rows))}


def _problems(analysis: Analysis) -> dict[str, Any]:
    table = analysis.table("problems", columns=["path", "message"])
    return {
        "rows": [list(row.values()) for row in table.slice(0, MOST_PROBLEMS).to_pylist()],
        "total": len(table),
    }
