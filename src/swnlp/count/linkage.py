"""The five-society table: which kinds of actors a place's sections mention, with which initiatives, which together."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa

from swnlp.count.pairs import number, pairs_sql, tally
from swnlp.count.query import DEFAULT_LIMITS, UNIT, Limits, batches, connect, execute, fetch
from swnlp.records import INITIATIVES
from swnlp.schema import KIND_PAIRS, LINKAGE
from swnlp.settings import DEFAULTS, Window

# Every place that has a section is there, mentioned actors or not; in the order of its first section.
_SQL = """
WITH places AS (
    SELECT place_id, min((doc_id, section_id)) AS first FROM sections GROUP BY place_id),
counts AS (
    SELECT s.place_id, m.kind, count(*) AS mentions
    FROM mentions m JOIN sections s USING (doc_id, section_id) WHERE m.label = 'ACTOR' GROUP BY s.place_id, m.kind)
SELECT p.place_id, c.kind, coalesce(c.mentions, 0)::BIGINT AS mentions
FROM places p LEFT JOIN counts c ON c.place_id IS NOT DISTINCT FROM p.place_id
ORDER BY p.first, c.kind
"""


def count_linkage(tables: Mapping[str, Path], *, limits: Limits = DEFAULT_LIMITS) -> pa.Table:
    """Return the mentions of actors by place and kind, nested ones included.

    Args:
        tables: Parquet file of each of the tables mentions and sections.
        limits: Memory.

    Returns:
        Columns place_id (None: sections about no known place), kind (None: a place without any actor),
        mentions; places in order of first appearance.
    """
    with connect({name: tables[name] for name in ("mentions", "sections")}, limits) as con:
        return _mentions(con)


def _mentions(con: duckdb.DuckDBPyConnection) -> pa.Table:
    return con.sql(_SQL).to_arrow_table()


# A window counts once, however many names of the kind it has; only names of which neither lies in the other.
# Counted in steps, which can spill: (kind, initiative, window), section, document, place.
_INITIATIVES = """
WITH met AS (
    SELECT k.kind, i.e, p.d, p.section_id, p.unit
    FROM ({pairs}) p JOIN kind k ON k.e IN (p.source, p.target) JOIN initiative i ON i.e IN (p.source, p.target)
    GROUP BY ALL),
sections_of AS (
    SELECT kind, e, d, section_id, count(*) AS windows, min(unit) AS unit,
           count(*) FILTER (status = 'planned') AS planned, count(*) FILTER (status = 'negated') AS negated
    FROM met LEFT JOIN aside USING (d, unit) GROUP BY ALL),
documents_of AS (
    SELECT place_id, kind, e, d, sum(windows) AS windows, sum(planned) AS planned, sum(negated) AS negated,
           min(unit) AS unit
    FROM sections_of JOIN about USING (d, section_id) GROUP BY ALL),
counts AS (
    SELECT place_id, kind, e, sum(windows) AS windows, sum(planned) AS planned, sum(negated) AS negated,
           count(*) AS documents, min(d) AS d, arg_min(unit, d) AS unit
    FROM documents_of GROUP BY ALL),
read AS (
    SELECT d, unit, min(t.start) AS start, max(t."end") AS "end",
           left(string_agg(t.text, '' ORDER BY t.sentence_id), 500) AS text
    FROM (SELECT DISTINCT d, unit FROM counts) JOIN document USING (d)
    JOIN sentences t ON t.doc_id = document.doc_id AND t.{unit} = unit GROUP BY ALL),
places AS (
    SELECT place_id, min((d, section_id)) AS first FROM about GROUP BY place_id)
SELECT p.place_id, coalesce(n.name, '未定地区') AS place, o.kind, o.name AS kind_name,
       entity_id AS initiative_id, i.name AS initiative,
       CASE WHEN c.windows IS NULL THEN '未提及' ELSE '共同提及' END AS together,
       coalesce(c.windows, 0) AS windows,
       {status}, coalesce(c.documents, 0) AS documents, f.path, r.start, r."end", r.text
FROM places p CROSS JOIN scheme o
LEFT JOIN counts c ON c.place_id IS NOT DISTINCT FROM p.place_id AND c.kind = o.kind
LEFT JOIN initiative i ON i.e = c.e
LEFT JOIN read r ON r.d = c.d AND r.unit = c.unit LEFT JOIN document ON document.d = c.d
LEFT JOIN documents f ON f.doc_id = document.doc_id
LEFT JOIN names n ON n.place_id = p.place_id
ORDER BY p.first, o.n, c.windows DESC, entity_id
"""
_PAIRS = """
WITH met AS (
    SELECT least(x.n, y.n) AS a, greatest(x.n, y.n) AS b, p.d, p.section_id, p.unit
    FROM ({pairs}) p JOIN kind x ON x.e = p.source JOIN kind y ON y.e = p.target WHERE x.n <> y.n GROUP BY ALL),
sections_of AS (SELECT a, b, d, section_id, count(*) AS windows FROM met GROUP BY ALL),
documents_of AS (
    SELECT place_id, a, b, d, sum(windows) AS windows FROM sections_of JOIN about USING (d, section_id) GROUP BY ALL),
counts AS (SELECT place_id, a, b, sum(windows) AS windows, count(*) AS documents FROM documents_of GROUP BY ALL),
places AS (SELECT place_id, min((d, section_id)) AS first FROM about GROUP BY place_id)
SELECT p.place_id, x.kind AS first, y.kind AS second,
       coalesce(c.windows, 0)::BIGINT AS windows, coalesce(c.documents, 0) AS documents
FROM places p CROSS JOIN scheme x JOIN scheme y ON x.n < y.n
LEFT JOIN counts c ON c.place_id IS NOT DISTINCT FROM p.place_id AND c.a = x.n AND c.b = y.n
ORDER BY p.first, x.n, y.n
"""
_TABLES = ("mentions", "sentences", "sections", "documents", "entities")


def read_linkage(
    tables: Mapping[str, Path],
    kinds: Mapping[str, str],
    place_names: Mapping[str, str],
    *,
    window: Window = DEFAULTS.window,
    labels: Collection[str] = INITIATIVES,
    limits: Limits = DEFAULT_LIMITS,
) -> Generator[pa.RecordBatch, None, None]:
    """Yield, for every place and kind of actor, the initiatives that share a window with it (schema.LINKAGE).

    A kind that shares none in a place has one row there, 未提及. Mentioned together is not working together.

    Args:
        tables: Parquet file of each of the tables mentions, sentences, sections, documents and entities.
        kinds: Name of each kind of the linkage scheme, in its order.
        place_names: Name of each place id.
        window: The unit of co-occurrence.
        labels: What stands in the columns of initiatives; or a researcher's own codes, CODE.
        limits: Memory.

    Yields:
        Places in order of first appearance, kinds in the scheme's, most windows first.
    """
    with _actors_and_initiatives(tables, kinds, window, limits, labels) as con:
        yield from _rows(con, place_names, window)


def count_kind_pairs(
    tables: Mapping[str, Path],
    kinds: Mapping[str, str],
    *,
    window: Window = DEFAULTS.window,
    limits: Limits = DEFAULT_LIMITS,
) -> pa.Table:
    """Return, for every place, how often each two kinds of actors share a window (schema.KIND_PAIRS); 0 where never.

    Arguments as for `read_linkage`.
    """
    with _actors_and_initiatives(tables, kinds, window, limits) as con:
        return _kind_pairs(con, window)


class Linkage(NamedTuple):
    """The whole of the five-society table: what count_linkage, count_kind_pairs and read_linkage give."""

    mentions: pa.Table
    pairs: pa.Table
    rows: Iterator[pa.RecordBatch]


@contextmanager
def whole_linkage(
    tables: Mapping[str, Path],
    kinds: Mapping[str, str],
    place_names: Mapping[str, str],
    *,
    window: Window = DEFAULTS.window,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Linkage]:
    """Give all three at once, with windows tallied once for all; the rows stream while the block lasts.

    Arguments as for `read_linkage`.
    """
    with _actors_and_initiatives(tables, kinds, window, limits) as con:
        yield Linkage(_mentions(con), _kind_pairs(con, window), _rows(con, place_names, window))


def _kind_pairs(con: duckdb.DuckDBPyConnection, window: Window) -> pa.Table:
    return fetch(con, _PAIRS.format(pairs=pairs_sql(window)), KIND_PAIRS)


def _rows(
    con: duckdb.DuckDBPyConnection, place_names: Mapping[str, str], window: Window
) -> Iterator[pa.RecordBatch]:
    ids, names = list(place_names), list(place_names.values())
    con.register("names", pa.table({"place_id": _texts(ids), "name": _texts(names)}))
    status = "c.planned, c.negated" if window == "sentence" else "NULL AS planned, NULL AS negated"
    sql = _INITIATIVES.format(pairs=pairs_sql(window), unit=UNIT[window], status=status)
    yield from batches(con, sql, LINKAGE)


@contextmanager
def _actors_and_initiatives(
    tables: Mapping[str, Path],
    kinds: Mapping[str, str],
    window: Window,
    limits: Limits,
    labels: Collection[str] = INITIATIVES,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Connect, with the windows of actors and initiatives tallied, and which are which."""
    with connect({name: tables[name] for name in _TABLES}, limits) as con:
        rows = {
            "kind": _texts(list(kinds)),
            "name": _texts(list(kinds.values())),
            "n": list(range(len(kinds))),
        }
        con.register("scheme", pa.table(rows))
        number(con)
        tally(con, window)
        shown = ", ".join(repr(label) for label in sorted(labels))
        status = "sentence_id" if window == "sentence" else "NULL"
        for statement in (
            """CREATE TEMP TABLE kind AS SELECT e, kind, n FROM entity JOIN entities USING (entity_id)
            JOIN scheme USING (kind) WHERE label = 'ACTOR'""",
            f"""CREATE TEMP TABLE initiative AS SELECT e, entity_id, entities.name
            FROM entity JOIN entities USING (entity_id) WHERE label IN ({shown})""",
            f"""DELETE FROM seen_{window}
            WHERE e NOT IN (SELECT e FROM kind UNION ALL SELECT e FROM initiative)""",
            "CREATE TEMP TABLE about AS SELECT d, section_id, place_id FROM sections JOIN document USING (doc_id)",
            f"""CREATE TEMP TABLE aside AS SELECT d, {status}::INTEGER AS unit, status
            FROM sentences JOIN document USING (doc_id) WHERE status <> 'done' AND {status} IS NOT NULL""",
        ):
            execute(con, statement)
        yield con


def _texts(values: Sequence[str]) -> pa.Array:
    return pa.array(values, pa.string())
