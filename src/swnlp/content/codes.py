"""A researcher's own codes over a result: the places where their rules hold, as mentions; counts and cross tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from swnlp.codes import Code, Codebook, Entity, Search, Span, Word, atoms_of, holds
from swnlp.codes.rules import Atom
from swnlp.codes.search import Mention
from swnlp.count.query import DEFAULT_LIMITS, ROWS, Limits, batches, connect, fetch
from swnlp.errors import AnalysisError
from swnlp.lexicon import Word as UserWord
from swnlp.schema import CODED, CODES, INT, MENTIONS, TEXT, to_table
from swnlp.segment import Segmenter, make_segmenter
from swnlp.settings import DEFAULTS, SegmenterName
from swnlp.view import QUOTES, simplified_view

LABEL = "CODE"
# Longer words that a note names.
MOST_SHOWN = 5
_NAME = pa.struct(
    [
        ("start", INT),
        ("end", INT),
        ("entity_id", TEXT),
        ("label", TEXT),
        ("kind", TEXT),
        ("outer_start", INT),
        ("outer", pa.bool_()),
    ]
)
_ROWS = pa.schema(
    [
        *((name, TEXT if name == "doc_id" else INT) for name in ("doc_id", "section_id", "paragraph_id")),
        ("sentence_id", INT),
        ("start", INT),
        ("text", TEXT),
        ("names", pa.list_(_NAME)),
    ]
)
_SENTENCES = """
WITH held AS (
    SELECT doc_id, sentence_id, list(struct_pack(start := start, "end" := "end", entity_id := entity_id,
        label := label, kind := kind, outer_start := outer_start, "outer" := "outer") ORDER BY start, "end" DESC) AS names
    FROM mentions WHERE label <> 'CODE' GROUP BY doc_id, sentence_id)
SELECT s.doc_id, section_id, paragraph_id, sentence_id, s.start, s.text, coalesce(names, []) AS names
FROM sentences s LEFT JOIN held USING (doc_id, sentence_id)
ANTI JOIN aside USING (doc_id)
ORDER BY doc_id, sentence_id
"""


class _Sentence(NamedTuple):
    """A sentence of the result, and what was found in it."""

    doc_id: str
    section_id: int
    paragraph_id: int
    sentence_id: int
    start: int
    text: str
    names: list[dict[str, Any]]

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def entity_ids(
    book: Codebook, entities: pa.Table, aliases: Mapping[str, tuple[str, str]]
) -> dict[str, frozenset[str]]:
    """Return the entity ids that each name in the rules' entities stands for: its id, name or alias; all that have it.

    Args:
        book: The codes.
        entities: Columns entity_id, label, name and aliases.
        aliases: Alias, simplified and in small letters, to label and name (provenance.known_aliases).
    """
    atoms = [atom for code in book.codes for atom in atoms_of(code.rule)]
    wanted = {atom.name: _key(atom.name) for atom in atoms if isinstance(atom, Entity)}
    stands_for = {name: aliases.get(key.casefold()) for name, key in wanted.items()}
    found: dict[str, set[str]] = {name: set() for name in wanted}
    if not wanted:
        return {}
    columns = ["entity_id", "label", "name", "aliases"]
    for row in entities.select(columns).to_pylist():
        if row["label"] == LABEL:
            continue
        names = {_key(row["name"]), *map(_key, row["aliases"])}
        for name, key in wanted.items():
            if (
                row["entity_id"] == name
                or key in names
                or stands_for[name] == (row["label"], _key(row["name"]))
            ):
                found[name].add(row["entity_id"])
    return {name: frozenset(ids) for name, ids in found.items()}


def _key(name: str) -> str:
    return simplified_view(name).strip(QUOTES)


def code_mentions(
    book: Codebook,
    tables: Mapping[str, Path],
    ids: Mapping[str, frozenset[str]],
    *,
    segmenter: SegmenterName,
    without: Iterable[str] = (),
    inside: Counter[tuple[str, str]] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[pa.RecordBatch]:
    """Yield the places where codes hold (schema.MENTIONS, label CODE), document by document.

    A place is what a rule names: 培训 of `培训 | 督导`. Words of the rules that the segmenter does not know are made known
    to it. `outer` is false, and `outer_start` the name or the words that the place lies in or lies over, so that a code
    makes no edge with the very name that its rule names, nor two codes with each other by one place alone.

    Args:
        book: The codes.
        tables: Parquet file of each of the tables sentences and mentions.
        ids: From `entity_ids`.
        segmenter: What cuts words.
        without: Documents that don't count (reprints).
        inside: Gets what was not counted, since it stands inside of a word: (word of a rule, that word).
        limits: Memory.
    """
    atoms = [atom for code in book.codes for atom in atoms_of(code.rule)]
    search = Search(atoms, _segmenter(segmenter, [a.text for a in atoms if isinstance(a, Word)]), ids)
    waiting: list[tuple[object, ...]] = []
    # Where the caller wants to know what was not counted.
    if inside is not None:
        search.inside = inside
    for doc in _documents(tables, without, limits):
        waiting += _in_document(book, search, doc)
        if len(waiting) >= ROWS:
            yield from to_table(MENTIONS, waiting).to_batches()
            waiting = []
    yield from to_table(MENTIONS, waiting).to_batches()


def _segmenter(name: SegmenterName, words: Sequence[str]) -> Segmenter:
    plain = make_segmenter(name)
    unknown = [UserWord(word) for word in dict.fromkeys(words) if len(plain(word)) > 1]
    return make_segmenter(name, unknown) if unknown else plain


def _documents(
    tables: Mapping[str, Path], without: Iterable[str], limits: Limits
) -> Iterator[list[_Sentence]]:
    with connect({name: tables[name] for name in ("sentences", "mentions")}, limits) as con:
        con.register("aside", pa.table({"doc_id": pa.array(sorted(without), TEXT)}))
        rows = (
            _Sentence(*row.values()) for batch in batches(con, _SENTENCES, _ROWS) for row in batch.to_pylist()
        )
        for _, sentences in groupby(rows, key=attrgetter("doc_id")):
            yield list(sentences)


_UNIT = {"sentence": "sentence_id", "paragraph": "paragraph_id", "section": "section_id"}


def _in_document(
    book: Codebook, search: Search, sentences: Sequence[_Sentence]
) -> Iterator[tuple[object, ...]]:
    """Yield the rows of a document, in the order of the text."""
    hits = {
        i: search.hits(sentence.text, sentence.start, [_mention(name) for name in sentence.names])
        for i, sentence in enumerate(sentences)
    }
    places: dict[int, list[tuple[Span, Code]]] = {}
    for code in book.codes:
        wanted = set(atoms_of(code.rule))
        units: dict[int, dict[Atom, list[Span]]] = {}
        of_span: dict[Span, int] = {}
        for i, found in hits.items():
            unit = getattr(sentences[i], _UNIT[code.within])
            for atom, span in found:
                if atom in wanted:
                    units.setdefault(unit, {}).setdefault(atom, []).append(span)
                    of_span[span] = i
        for own in units.values():
            for span in holds(code.rule, own):
                places.setdefault(of_span[span], []).append((span, code))
    for i in sorted(places):
        yield from _rows(sentences[i], sorted(places[i], key=lambda p: (p[0][0], -p[0][1], p[1].name)))


def _mention(name: Mapping[str, Any]) -> Mention:
    return Mention(name["start"], name["end"], name["entity_id"], name["label"], name["kind"])


def _rows(sentence: _Sentence, places: Sequence[tuple[Span, Code]]) -> Iterator[tuple[object, ...]]:
    outer = [(name["start"], name["end"]) for name in sentence.names if name["outer"]]
    reach, first = -1, 0
    for (start, end), code in places:
        # Places that overlap share a first character, so that one inside another is told from one apart.
        if start >= reach:
            first = start
        reach = max(reach, end)
        held = next((s for s, e in outer if s < end and start < e), first)
        text = sentence.text[start - sentence.start : end - sentence.start]
        yield (
            sentence.doc_id, sentence.section_id, sentence.paragraph_id, sentence.sentence_id, start, end, text,
            LABEL, code.group, f"code:{code.name}", "codes", 1.0, False, held,
        )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Coding:
    """The codes of a book over a result.

    Attributes:
        book: The codes that have a rule.
        sentences: Every sentence that has a code (schema.CODED), in the order of the book and the text, those that only
            people gave (--codings) behind.
        counts: How often each code was given (schema.CODES), in the same order.
        notes: What may be wrong with a rule: it never holds, or names an entity that no text mentions.
    """

    book: Codebook
    sentences: pd.DataFrame
    counts: pd.DataFrame
    notes: tuple[str, ...] = ()

    def crosstab(
        self, rows: str | None = None, columns: str | None = None, *, unit: str = "sentence"
    ) -> pd.DataFrame:
        """Return in how many units a code of one group and one of another stand together.

        Args:
            rows: Group of the codes that are the rows; None for all codes.
            columns: Of the columns; None for all.
            unit: What counts once: sentence, paragraph, section or document.

        Returns:
            Whole numbers; 0 where the two never meet. A code crossed with itself has the units that have it.

        Raises:
            AnalysisError: If no code is of the group, or there is no such unit.
        """
        if unit not in UNITS:
            raise AnalysisError(f"unit: {unit!r} 应为 {'、'.join(UNITS)} / must be one of these")
        return cross_table(self.sentences, self.names(rows), self.names(columns), unit)

    @property
    def groups(self) -> list[str]:
        """Groups of the codes, in order."""
        return [str(group) for group in self.counts["group"].dropna().unique() if group]

    def names(self, group: str | None = None) -> list[str]:
        """Return the codes of a group, or all of them if it is None, in order.

        Raises:
            AnalysisError: If no code is of the group.
        """
        own = self.counts if group is None else self.counts[self.counts["group"] == group]
        if own.empty:
            groups = "、".join(self.groups)
            raise AnalysisError(
                f"没有编码属于 {group!r} / no code is of that group; there are: {groups or '—'}"
            )
        return [str(name) for name in dict.fromkeys(own["code"])]


def coding_of(
    book: Codebook,
    tables: Mapping[str, Path],
    *,
    aliases: Mapping[str, tuple[str, str]] | None = None,
    segmenter: SegmenterName = DEFAULTS.segmenter,
    reprints: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> Coding:
    """Return the codes of a book over a result.

    Args:
        book: The codes.
        tables: Parquet file of each of the tables of a result.
        aliases: What `entity_ids` takes, for a book that is applied now; None if the result was made with it.
        segmenter: What cuts words.
        reprints: Count reprints too.
        limits: Memory.
    """
    if aliases is None:
        frame = coded_sentences(book, tables["mentions"], tables, limits=limits).to_pandas()
        return Coding(book, frame, (counts := code_counts(book, frame)), (*_unheld(counts),))
    entities = pq.read_table(tables["entities"], columns=["entity_id", "label", "name", "aliases"])
    ids = entity_ids(book, entities, aliases)
    documents = pq.read_table(tables["documents"], columns=["doc_id", "reprint_of"])
    aside = () if reprints else documents.filter(documents["reprint_of"].is_valid())["doc_id"].to_pylist()
    inside: Counter[tuple[str, str]] = Counter()
    places = code_mentions(
        book, tables, ids, segmenter=segmenter, without=aside, inside=inside, limits=limits
    )
    mentions = pa.Table.from_batches(places, schema=MENTIONS)
    frame = coded_sentences(book, mentions, tables, limits=limits).to_pandas()
    counts = code_counts(book, frame)
    return Coding(book, frame, counts, (*unknown_entities(ids), *_unheld(counts), *_inside(inside)))


def unknown_entities(ids: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Yield a sentence for each entity of the rules that no text mentions."""
    for name, found in ids.items():
        if not found:
            yield f"entity:{name}: 报告中未提及，这一部分不起作用 / no report mentions it: it does nothing in the rule"


def _unheld(counts: pd.DataFrame) -> Iterator[str]:
    for name in counts.loc[counts["mentions"] == 0, "code"]:
        yield f"编码 {name}: 没有一处符合规则 / its rule holds nowhere"


def _inside(found: Counter[tuple[str, str]]) -> Iterator[str]:
    """Yield a sentence for each word of the rules that also stands inside of longer words."""
    by_word: dict[str, list[tuple[str, int]]] = {}
    for (word, longer), n in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        by_word.setdefault(word, []).append((longer, n))
    for word, those in by_word.items():
        shown = "、".join(f"{text}（{n}）" for text, n in those[:MOST_SHOWN])
        yield (
            f'{word}: 另有 {sum(n for _, n in those)} 处在更长的词里，未计入：{shown}；要计入请写 "{word}" / '
            "stands inside of longer words too, not counted; in quotes it is"
        )


_CODED = """
WITH own AS (
    SELECT entity_id, kind, doc_id, sentence_id, list(start || '-' || "end" ORDER BY start, "end") AS spans
    FROM coded WHERE label = 'CODE' GROUP BY ALL)
SELECT entity_id[6:] AS code, kind AS group, doc_id, d.path, d.date, s.section_id, c.title AS section, c.place_id,
       s.paragraph_id, sentence_id, s.start, s."end", s.text, s.status, spans
FROM own o JOIN sentences s USING (doc_id, sentence_id) JOIN sections c USING (doc_id, section_id)
JOIN documents d USING (doc_id) LEFT JOIN book b ON b.code = o.entity_id[6:]
ORDER BY b.number, doc_id, sentence_id
"""


def coded_sentences(
    book: Codebook,
    mentions: pa.Table | pa.RecordBatchReader | Path,
    tables: Mapping[str, Path],
    *,
    limits: Limits = DEFAULT_LIMITS,
) -> pa.Table:
    """Return the sentences that have a code (schema.CODED), in the order of the codebook and the text.

    Args:
        book: The codes.
        mentions: Places of codes (schema.MENTIONS), or the file of a result that has them among its mentions.
        tables: Parquet file of each of the tables sentences, sections and documents.
        limits: Memory.
    """
    paths = {name: tables[name] for name in ("sentences", "sections", "documents")}
    with connect(paths | ({"coded": mentions} if isinstance(mentions, Path) else {}), limits) as con:
        if not isinstance(mentions, Path):
            con.register("coded", mentions)
        names = [code.name for code in book.codes]
        con.register("book", pa.table({"code": pa.array(names, TEXT), "number": range(len(names))}))
        return fetch(con, _CODED, CODED)


def code_counts(book: Codebook, coded: pd.DataFrame) -> pd.DataFrame:
    """Return how often each code was given (schema.CODES): those of a book in its order, 0 where a rule never holds.

    Behind them stand the codes that only people gave, which have no rule.

    Args:
        book: The codes.
        coded: schema.CODED.
    """
    rows: list[tuple[object, ...]] = []
    groups = dict(iter(coded.groupby("code")))
    for code in book.codes:
        own = groups.get(code.name, coded.iloc[:0])
        rows.append((code.name, code.group, *_counts_of(own), code.within, code.text.strip(), code.note))
    known = {code.name for code in book.codes}
    for (name, group), own in coded.groupby(["code", "group"], sort=False, dropna=False):
        if name not in known:
            rows.append((name, group if isinstance(group, str) else None, *_counts_of(own), "", "", ""))
    return pd.DataFrame(rows, columns=CODES.names)


def _counts_of(own: pd.DataFrame) -> tuple[int, int, int, int]:
    return (
        int(own["spans"].map(len).sum()),
        len(own[["doc_id", "sentence_id"]].drop_duplicates()),
        len(own[["doc_id", "section_id"]].drop_duplicates()),
        own["doc_id"].nunique(),
    )


UNITS: dict[str, list[str]] = {
    "sentence": ["doc_id", "sentence_id"],
    "paragraph": ["doc_id", "paragraph_id"],
    "section": ["doc_id", "section_id"],
    "document": ["doc_id"],
}


def cross_table(coded: pd.DataFrame, rows: Sequence[str], columns: Sequence[str], unit: str) -> pd.DataFrame:
    """Return in how many units (UNITS) two codes stand together: `rows` and `columns` name codes of schema.CODED."""
    both = crossings(coded, rows, columns, unit)
    counts = pd.crosstab(both["row"], both["column"]) if len(both) else pd.DataFrame(dtype=int)
    table = counts.reindex(index=list(rows), columns=list(columns), fill_value=0)
    named: pd.DataFrame = table.fillna(0).astype(int).rename_axis(index="编码", columns="编码")
    return named


def crossings(coded: pd.DataFrame, rows: Sequence[str], columns: Sequence[str], unit: str) -> pd.DataFrame:
    """Return every unit that has two codes: columns `row` and `column`, and those that name the unit (UNITS)."""
    key = UNITS[unit]
    given = coded[["code", *key]].drop_duplicates()
    both = given[given["code"].isin(rows)].merge(given[given["code"].isin(columns)], on=key)
    return both.rename(columns={"code_x": "row", "code_y": "column"})[["row", "column", *key]]
