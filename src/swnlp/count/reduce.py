"""The reduce: the map's tables to entities, links and co-occurrence counts, in DuckDB and out of memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from swnlp.count.measures import measured
from swnlp.count.pairs import number, pairs_sql, ranges, tally, want
from swnlp.count.query import DEFAULT_LIMITS, UNIT, Limits, batches, connect, execute, write_parquet
from swnlp.schema import COUNTED, EDGES, ENTITIES, LINKS
from swnlp.settings import DEFAULTS, Window


def reduce_links(
    parts: Sequence[Path], path: Path, left_out: Collection[str] = (), *, limits: Limits = DEFAULT_LIMITS
) -> None:
    """Add up the links of all parts, some documents left out, and write them (schema.LINKS) to `path`."""
    with connect({"links": parts}, limits) as con:
        con.register("left_out", pa.table({"doc_id": pa.array(sorted(left_out), pa.string())}))
        write_parquet(batches(con, _LINKS, LINKS), LINKS, path)


_LINKS = """
SELECT surface, label, place_id, entity_id, rule, score, candidates, sum(mentions)::BIGINT AS mentions
FROM links ANTI JOIN left_out USING (doc_id) GROUP BY ALL ORDER BY label, entity_id, surface, rule, place_id, candidates
"""


def reduce_entities(
    tables: Mapping[str, Path],
    path: Path,
    name_of: Callable[[str, list[str]], str],
    *,
    path_of: Callable[[str], str | None] = lambda _: None,
    limits: Limits = DEFAULT_LIMITS,
) -> None:
    """Write one row per entity (schema.ENTITIES) to `path`, most mentioned first.

    Args:
        tables: Parquet file of each of the tables mentions, sections and documents.
        path: Where to.
        name_of: The name shown for an entity id and its surfaces, most frequent first.
        path_of: The path of a place's id; None for all else.
        limits: Memory.
    """
    unnamed = pa.schema([field for field in ENTITIES if field.name not in ("name", "path")])
    with connect({name: tables[name] for name in ("mentions", "sections", "documents")}, limits) as con:
        number(con)
        rows = (_named(batch, name_of, path_of) for batch in batches(con, _ENTITIES, unnamed))
        write_parquet(rows, ENTITIES, path)


def _named(
    batch: pa.RecordBatch,
    name_of: Callable[[str, list[str]], str],
    path_of: Callable[[str], str | None],
) -> pa.RecordBatch:
    ids = batch["entity_id"].to_pylist()
    names = [name_of(*pair) for pair in zip(ids, batch["aliases"].to_pylist(), strict=True)]
    columns = {
        **dict(zip(batch.schema.names, batch.columns, strict=True)),
        "name": pa.array(names, pa.string()),
        "path": pa.array(list(map(path_of, ids)), pa.string()),
    }
    return pa.RecordBatch.from_arrays([columns[name] for name in ENTITIES.names], schema=ENTITIES)


# Ties are broken by the value itself, so that the same mentions always give the same row.
_ENTITIES = """
WITH kinds AS (
    SELECT entity_id, label, kind FROM mentions GROUP BY entity_id, label, kind
    QUALIFY row_number() OVER (PARTITION BY entity_id ORDER BY count(*) DESC, label, kind) = 1),
surfaces AS (SELECT entity_id, text, count(*) AS n FROM mentions GROUP BY ALL),
aliases AS (SELECT entity_id, list(text ORDER BY n DESC, text) AS aliases FROM surfaces GROUP BY entity_id),
placed AS (
    SELECT e, place_id, count(*) AS n
    FROM m JOIN (SELECT d, section_id, place_id FROM sections JOIN document USING (doc_id)) USING (d, section_id)
    WHERE place_id IS NOT NULL GROUP BY ALL),
places AS (
    SELECT e, place_id FROM placed QUALIFY row_number() OVER (PARTITION BY e ORDER BY n DESC, place_id) = 1),
by_sentence AS (SELECT e, d, sentence_id, count(*) AS n FROM m GROUP BY ALL),
by_document AS (SELECT e, d, sum(n) AS n, count(*) AS sentences FROM by_sentence GROUP BY ALL),
totals AS (
    SELECT e, sum(n)::BIGINT AS mentions, sum(sentences)::BIGINT AS sentences, count(*) AS documents
    FROM by_document GROUP BY e)
SELECT entity_id, k.label, k.kind, a.aliases, p.place_id, t.mentions, t.sentences, t.documents
FROM totals t JOIN entity USING (e) JOIN kinds k USING (entity_id) JOIN aliases a USING (entity_id)
LEFT JOIN places p USING (e)
ORDER BY t.mentions DESC, entity_id
"""


def reduce_edges(
    tables: Mapping[str, Path],
    path: Path,
    *,
    window: Window = DEFAULTS.window,
    limits: Limits = DEFAULT_LIMITS,
) -> None:
    """Count, for every pair of entities, the windows that mention both, and write them (schema.EDGES).

    A window counts once, however often it names the two, and only if it holds a mention of each of which
    neither lies inside the other. What is computed of the counts is in measures.py.

    Args:
        tables: Parquet file of each of the tables mentions, sentences and documents.
        path: Where to.
        window: The unit of co-occurrence.
        limits: Memory.
    """
    with connect({name: tables[name] for name in ("mentions", "sentences", "documents")}, limits) as con:
        number(con)
        for each in {window, "sentence"}:
            tally(con, each)
        execute(con, _windows_sql(window))
        (windows,) = execute(con, "SELECT n FROM total").fetchone() or (0,)
        rows = (
            measured(batch, windows)
            for first, last in ranges(con, window)
            for batch in batches(con, _counts_sql(window, first, last), COUNTED)
        )
        write_parquet(rows, EDGES, path)


def count_windows(
    tables: Mapping[str, Path], window: Window = DEFAULTS.window, *, limits: Limits = DEFAULT_LIMITS
) -> int:
    """Return how many windows hold a sentence.

    Args:
        tables: Parquet file of the table sentences.
        window: The unit of co-occurrence.
        limits: Memory.
    """
    with connect({"sentences": tables["sentences"]}, limits) as con:
        sql = f"SELECT count(*) FROM (SELECT DISTINCT doc_id, {UNIT[window]} FROM sentences)"
        return int((execute(con, sql).fetchone() or (0,))[0])


def count_by_document(
    pairs: pa.Table,
    tables: Mapping[str, Path],
    *,
    window: Window = DEFAULTS.window,
    limits: Limits = DEFAULT_LIMITS,
) -> pa.Table:
    """Count the windows of pairs document by document.

    Args:
        pairs: Columns `source` and `target`, entity ids, the smaller first.
        tables: Parquet file of each of the tables mentions and documents.
        window: The unit of co-occurrence.
        limits: Memory.

    Returns:
        Columns source, target, doc_id, windows; only documents that have any.
    """
    with connect({name: tables[name] for name in ("mentions", "documents")}, limits) as con:
        number(con)
        tally(con, window)
        want(con, pairs)
        counted: pa.Table = con.sql(
            f"""SELECT s.entity_id AS source, o.entity_id AS target, doc_id, count(*) AS windows
            FROM (SELECT * FROM ({pairs_sql(window)}) SEMI JOIN wanted USING (source, target)) p
            JOIN entity s ON s.e = p.source JOIN entity o ON o.e = p.target JOIN document USING (d)
            GROUP BY ALL ORDER BY ALL"""
        ).to_arrow_table()
        return counted


def _windows_sql(window: Window) -> str:
    """Return the statements that make tables of how many windows name an entity, how many entities a window names, ...

    `singles` (e, n), `sizes` (d, unit, k), `total` (n), and `aside` (d, unit, status): sentences that are not done.
    """
    unit = UNIT[window]
    return f"""
CREATE TEMP TABLE singles AS SELECT e, count(*) AS n FROM seen_{window} GROUP BY e;
CREATE TEMP TABLE sizes AS SELECT d, unit, count(*) AS k FROM seen_{window} GROUP BY d, unit;
CREATE TEMP TABLE total AS
    SELECT count(*) AS n FROM (SELECT DISTINCT d, {unit} FROM sentences JOIN document USING (doc_id));
CREATE TEMP TABLE aside AS SELECT d, sentence_id::INTEGER AS unit, status
    FROM sentences JOIN document USING (doc_id) WHERE status <> 'done'"""


def _counts_sql(window: Window, first: int, last: int) -> str:
    """Return the query for what is counted of the pairs whose source is one of the entities `first` to `last`."""
    # Counted in steps (window, section, document) and not by count(DISTINCT ...), which can't spill to disk.
    # Shares are decimals: a sum of floats depends on its order.
    here = f"source BETWEEN {first} AND {last}"
    return f"""
WITH by_section AS (
    SELECT source, target, d, section_id, count(*) AS windows, sum((1 / (k - 1))::DECIMAL(18, 12)) AS share
    FROM ({pairs_sql(window)}) JOIN sizes USING (d, unit) WHERE {here} GROUP BY ALL),
by_document AS (
    SELECT source, target, d, sum(windows) AS windows, count(*) AS sections, sum(share) AS share
    FROM by_section GROUP BY ALL),
counts AS (
    SELECT p.source, p.target, sum(p.windows)::BIGINT AS windows, sum(p.sections)::BIGINT AS sections,
           count(*) AS documents, min(d.date) AS first_date, max(d.date) AS last_date,
           sum(p.share)::DOUBLE AS fractional
    FROM by_document p JOIN document d USING (d) GROUP BY p.source, p.target),
together AS (
    SELECT source, target, count(*) AS sentences, count(*) FILTER (status = 'planned') AS planned,
           count(*) FILTER (status = 'negated') AS negated
    FROM ({pairs_sql("sentence")}) LEFT JOIN aside USING (d, unit) WHERE {here} GROUP BY source, target)
SELECT s.entity_id AS source, o.entity_id AS target, c.windows, coalesce(t.sentences, 0) AS sentences,
       coalesce(t.planned, 0) AS planned, coalesce(t.negated, 0) AS negated, c.sections, c.documents,
       c.first_date, c.last_date, x.n AS source_windows, y.n AS target_windows, c.fractional
FROM counts c JOIN singles x ON x.e = c.source JOIN singles y ON y.e = c.target
JOIN entity s ON s.e = c.source JOIN entity o ON o.e = c.target
LEFT JOIN together t ON t.source = c.source AND t.target = c.target
ORDER BY c.source, c.target"""
