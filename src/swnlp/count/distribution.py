"""How much text there is about each place, and every mention of an actor in it: what table 1 of a paper counts."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from pathlib import Path

import pyarrow as pa

from swnlp.count.query import DEFAULT_LIMITS, Limits, batches, connect, fetch
from swnlp.schema import ACTOR_EVIDENCE, TEXTS_BY_PLACE

# In steps that can spill, rather than count(DISTINCT ...).
_TEXTS = r"""
WITH places AS (
    SELECT place_id, min((doc_id, section_id)) AS first FROM sections GROUP BY place_id),
of_document AS (
    SELECT place_id, doc_id FROM sections GROUP BY ALL),
documents_of AS (
    SELECT place_id, count(*) AS documents FROM of_document GROUP BY place_id),
sentences_of AS (
    SELECT place_id, count(*) AS sentences,
           sum(length(regexp_replace(text, '[\s\x{a0}\x{3000}\x{200b}\x{feff}]', '', 'g'))) AS characters
    FROM sentences JOIN sections USING (doc_id, section_id) GROUP BY place_id)
SELECT p.place_id, d.documents, coalesce(s.sentences, 0) AS sentences, coalesce(s.characters, 0) AS characters
FROM places p JOIN documents_of d ON d.place_id IS NOT DISTINCT FROM p.place_id
LEFT JOIN sentences_of s ON s.place_id IS NOT DISTINCT FROM p.place_id
ORDER BY p.first
"""
_SECTIONS = """
CREATE VIEW sections AS
SELECT * FROM all_sections SEMI JOIN (SELECT doc_id FROM documents {only}) USING (doc_id)
"""
_MENTIONS = """
WITH places AS (
    SELECT place_id, min((doc_id, section_id)) AS first FROM sections GROUP BY place_id)
SELECT c.place_id, m.kind, m.text AS mention, NOT m."outer" AS nested, t.text AS sentence, t.status,
       c.title AS section, d.path, m.start, m."end"
FROM mentions m JOIN sections c USING (doc_id, section_id) JOIN sentences t USING (doc_id, sentence_id)
JOIN documents d USING (doc_id) JOIN scheme o ON o.kind = m.kind
JOIN places p ON p.place_id IS NOT DISTINCT FROM c.place_id
WHERE m.label = 'ACTOR'
ORDER BY p.first, o.n, m.doc_id, m.start, m."end"
"""


def count_texts(
    tables: Mapping[str, Path], *, reprints: bool = False, limits: Limits = DEFAULT_LIMITS
) -> tuple[pa.Table, int]:
    """Return how much text is about each place (schema.TEXTS_BY_PLACE), and how many documents there are in all.

    A document about several places counts in each of their rows and once in all.

    Args:
        tables: Parquet file of each of the tables sections, sentences and documents.
        reprints: Whether documents that are reprints count too, as they do where their names are counted.
        limits: Memory.

    Returns:
        Places in order of first appearance, as in count.linkage.count_linkage.
    """
    held = {
        "all_sections": tables["sections"],
        "sentences": tables["sentences"],
        "documents": tables["documents"],
    }
    with connect(held, limits) as con:
        con.execute(_SECTIONS.format(only="" if reprints else "WHERE reprint_of IS NULL"))
        texts = fetch(con, _TEXTS, TEXTS_BY_PLACE)
        found = con.sql("SELECT count(*) FROM (SELECT doc_id FROM sections GROUP BY doc_id)").fetchall()
    return texts, int(found[0][0])


def read_actor_mentions(
    tables: Mapping[str, Path], kinds: Mapping[str, str], *, limits: Limits = DEFAULT_LIMITS
) -> Generator[pa.RecordBatch, None, None]:
    """Yield every mention of an actor with its sentence (schema.ACTOR_EVIDENCE), nested ones included.

    Args:
        tables: Parquet file of each of the tables mentions, sections, sentences and documents.
        kinds: Name of each kind of the linkage scheme, in its order.
        limits: Memory.

    Yields:
        Places in order of first appearance, kinds in the scheme's order, mentions in the text's: what one number
        of the table counts is a run of rows.
    """
    names = ("mentions", "sections", "sentences", "documents")
    with connect({name: tables[name] for name in names}, limits) as con:
        con.register(
            "scheme", pa.table({"kind": pa.array(list(kinds), pa.string()), "n": list(range(len(kinds)))})
        )
        yield from batches(con, _MENTIONS, ACTOR_EVIDENCE)
