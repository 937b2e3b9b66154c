"""Every table of a result: its columns, their types, and one line on what each means.

Offsets (`start`, `end`) are characters of `documents.text`, end exclusive. Ids are stable from run to run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyarrow as pa

TEXT, INT, FLOAT, BOOL, TEXTS = pa.string(), pa.int64(), pa.float64(), pa.bool_(), pa.list_(pa.string())
# Exact, so that sums and comparisons are: 28 digits before the point, 10 behind it.
DECIMAL = pa.decimal128(38, 10)

Column = tuple[str, pa.DataType, str]

_DOC: Column = ("doc_id", TEXT, "document")
_SECTION: Column = ("section_id", INT, "section, counted within the document from 0")
_PARAGRAPH: Column = ("paragraph_id", INT, "paragraph, counted within the document from 0")
_SENTENCE: Column = ("sentence_id", INT, "sentence, counted within the document from 0")
_SPAN: tuple[Column, Column] = (
    ("start", INT, "first character"),
    ("end", INT, "one past the last character"),
)


def _schema(*columns: Column) -> pa.Schema:
    return pa.schema([pa.field(name, kind, metadata={"meaning": text}) for name, kind, text in columns])


DOCUMENTS = _schema(
    _DOC,
    ("path", TEXT, "path as given"),
    ("title", TEXT, "title of the page"),
    ("date", TEXT, "date of publication, ISO 8601"),
    ("source", TEXT, "publisher, as the page names it"),
    ("corpus", TEXT, "name of the folder whose corpus.toml governs the file; empty if there is none"),
    ("genre", TEXT, "document genre (通知, 意见, ...)"),
    ("doc_number", TEXT, "document number"),
    ("level", TEXT, "level of the first body that issued it: 国家, 省, 市, 县 or 乡"),
    ("issued", TEXT, "date of signing, ISO 8601"),
    ("in_force", TEXT, "date from which it holds, ISO 8601"),
    ("reprint_of", TEXT, "the document that this one is a reprint of; empty if it is none"),
    ("place_id", TEXT, "the place that the whole document is about"),
    ("encoding", TEXT, "how the bytes were decoded"),
    (
        "encoding_margin",
        FLOAT,
        "how much larger its share of common Chinese characters is than the next encoding's, 0 to 1; empty where a byte "
        "order mark, valid UTF-8 or the file's format decided",
    ),
    ("chars", INT, "characters of the report, without what was dropped"),
    ("sha256", TEXT, "of the file's bytes"),
    ("text", TEXT, "the whole text, nothing cut out"),
)
ISSUERS = _schema(
    _DOC,
    ("order", INT, "place among those who issued it, from 0"),
    ("name", TEXT, "the body, as the document names it"),
    ("level", TEXT, "国家, 省, 市, 县 or 乡"),
)
SIGNATURES = _schema(_DOC, ("signature", pa.binary(), "MinHash of its text, 128 numbers of 32 bits"))
PASSAGE_KEYS = _schema(
    _DOC, _PARAGRAPH, ("keys", pa.binary(), "of the bands of the paragraph's MinHash, 20 numbers of 32 bits")
)
SIMILAR = _schema(
    _DOC,
    ("other_id", TEXT, "another document with much the same text, or some of its paragraphs"),
    (
        "similarity",
        FLOAT,
        "Jaccard index of their 5-character shingles, 0 to 1; of passages estimated (MinHash)",
    ),
    ("shared", FLOAT, "part of the shorter text that is in the other, 0 to 1"),
    (
        "kind",
        TEXT,
        "reprint (the same document again), copy (another document, as of another place), or passages (unlike as a "
        "whole, some paragraphs alike)",
    ),
    ("paragraphs", TEXTS, "paragraphs of copies and passages that are alike, paragraph_id=paragraph_id"),
)
SECTIONS = _schema(
    _DOC,
    _SECTION,
    ("title", TEXT, "heading, empty if none"),
    ("place_id", TEXT, "the place it is about"),
    *_SPAN,
)
SENTENCES = _schema(
    _DOC,
    _SECTION,
    _PARAGRAPH,
    _SENTENCE,
    *_SPAN,
    ("text", TEXT, "the sentence"),
    ("status", TEXT, "done, planned or negated"),
)
DROPPED = _schema(
    _DOC, *_SPAN, ("reason", TEXT, "why this stretch is not the report"), ("text", TEXT, "the stretch")
)
CELLS = _schema(
    _DOC,
    _SECTION,
    ("table_id", INT, "table, counted within the document from 0"),
    ("row", INT, "row, counted within the table from 0; of a merged cell the first"),
    ("column", INT, "column, counted from 0; of a merged cell the first"),
    ("header", TEXT, "what stands over the column in the table's first row of several cells, empty if none"),
    *_SPAN,
    ("text", TEXT, "the cell"),
)
METADATA = _schema(
    _DOC,
    ("name", TEXT, "a column of the document's own table, or of the researcher's (--meta, --path-pattern)"),
    ("value", TEXT, "what it says of the document"),
)
MENTIONS = _schema(
    _DOC,
    _SECTION,
    _PARAGRAPH,
    _SENTENCE,
    *_SPAN,
    ("text", TEXT, "the characters of the name"),
    (
        "label",
        TEXT,
        "PLACE, ORG, PERSON, POLICY, PROGRAM, ACTOR, GROUP, EVENT or WORK; CODE for a code's place",
    ),
    ("kind", TEXT, "for ACTOR the society, for initiatives the head, for CODE its group"),
    ("entity_id", TEXT, "the entity it names"),
    ("method", TEXT, "the rule that found it"),
    ("score", FLOAT, "confidence, 0 to 1"),
    ("outer", BOOL, "false for a name inside another name"),
    ("outer_start", INT, "first character of the outer name that it lies in, or is"),
)
LINKS = _schema(
    ("surface", TEXT, "characters of the mention"),
    ("label", TEXT, "its label"),
    ("place_id", TEXT, "place of the section, where that decided"),
    ("entity_id", TEXT, "the entity it became"),
    ("rule", TEXT, "by which rule"),
    ("score", FLOAT, "confidence, 0 to 1"),
    ("candidates", TEXTS, "other entities it could have been"),
    ("mentions", INT, "how often"),
)
# As the map has them: by document, so that those of reprints can be left out.
DOCUMENT_LINKS = pa.schema([pa.field("doc_id", TEXT, metadata={"meaning": "document"}), *LINKS])
ENTITIES = _schema(
    ("entity_id", TEXT, "stable, readable id"),
    ("label", TEXT, "label"),
    ("kind", TEXT, "kind"),
    ("name", TEXT, "the name shown"),
    ("aliases", TEXTS, "every surface form, most frequent first"),
    ("path", TEXT, "of a division: it and what holds it, from the province down (福建省/南平市/邵武市)"),
    ("place_id", TEXT, "the place whose sections mention it most"),
    ("mentions", INT, "occurrences, nested ones included"),
    ("sentences", INT, "sentences with at least one mention"),
    ("documents", INT, "documents with at least one mention"),
)
# What is counted of a pair, and what is computed of the counts (count/measures.py).
COUNTED = _schema(
    ("source", TEXT, "entity_id, the smaller of the two"),
    ("target", TEXT, "entity_id, the larger of the two"),
    ("windows", INT, "co-occurrence windows (sentence, paragraph or section, by the settings) with both"),
    ("sentences", INT, "sentences with both"),
    ("planned", INT, "of these, sentences that say what is planned"),
    ("negated", INT, "of these, sentences that say what is not"),
    ("sections", INT, "sections with both in one window"),
    ("documents", INT, "documents with both in one window"),
    ("first_date", TEXT, "earliest date of those documents"),
    ("last_date", TEXT, "latest date of those documents"),
    ("source_windows", INT, "windows with the source"),
    ("target_windows", INT, "windows with the target"),
    ("fractional", FLOAT, "windows, each counted 1/(k-1) where it names k entities (Newman 2001)"),
)
MEASURED = _schema(
    ("expected", FLOAT, "windows with both if they were independent"),
    ("npmi", FLOAT, "normalised pointwise mutual information over windows, -1 to 1"),
    ("llr", FLOAT, "log-likelihood ratio G2 (Dunning 1993), 0 or more"),
    ("jaccard", FLOAT, "windows with both / windows with either, 0 to 1"),
    ("association", FLOAT, "association strength: windows / expected (van Eck & Waltman 2009)"),
)
EDGES = pa.schema([*COUNTED, *MEASURED])
LINKAGE = _schema(
    ("place_id", TEXT, "the place that the sections are about; empty if not known"),
    ("place", TEXT, "its name"),
    ("kind", TEXT, "kind of actor, of the linkage scheme"),
    ("kind_name", TEXT, "its name"),
    (
        "initiative_id",
        TEXT,
        "entity_id of a policy or program; empty if the kind is mentioned with none there",
    ),
    ("initiative", TEXT, "its name"),
    ("together", TEXT, "共同提及, or 未提及 where the kind and no initiative share a window there"),
    ("windows", INT, "co-occurrence windows with both"),
    ("planned", INT, "of these, sentences that say what is planned; empty if the window is no sentence"),
    ("negated", INT, "of these, sentences that say what is not"),
    ("documents", INT, "documents with both in one window"),
    ("path", TEXT, "file of the first such window"),
    *_SPAN,
    ("text", TEXT, "the first such window, its first 500 characters"),
)
KIND_PAIRS = _schema(
    ("place_id", TEXT, "the place that the sections are about; empty if not known"),
    ("first", TEXT, "kind of actor"),
    ("second", TEXT, "another kind, after it in the linkage scheme"),
    ("windows", INT, "co-occurrence windows with both"),
    ("documents", INT, "documents with both in one window"),
)
# What the tables of a paper count, with the sentences behind it (paper/).
TEXTS_BY_PLACE = _schema(
    ("place_id", TEXT, "the place that the sections are about; empty if not known"),
    ("documents", INT, "documents with a section about it"),
    ("sentences", INT, "sentences of those sections"),
    ("characters", INT, "characters of those sentences, white space aside"),
)
ACTOR_EVIDENCE = _schema(
    ("place_id", TEXT, "the place that the section is about; empty if not known"),
    ("kind", TEXT, "kind of actor, of the linkage scheme"),
    ("mention", TEXT, "characters of the mention"),
    ("nested", BOOL, "whether it lies in a longer name"),
    ("sentence", TEXT, "the sentence"),
    ("status", TEXT, "of the sentence: done, planned or negated"),
    ("section", TEXT, "heading of the section"),
    ("path", TEXT, "file"),
    *_SPAN,
)
POLICY_MENTIONS = _schema(
    ("place_id", TEXT, "the place that the section is about; empty if not known"),
    ("entity_id", TEXT, "the policy"),
    ("name", TEXT, "its name"),
    ("date", TEXT, "date of signing of the document, else of publication, ISO 8601"),
    ("at", INT, "where in the sentence it is named: its first character"),
    ("sentence", TEXT, "the sentence"),
    ("status", TEXT, "of the sentence: done, planned or negated"),
    ("path", TEXT, "file"),
    ("start", INT, "first character of the name in the document"),
)
EVIDENCE = _schema(
    ("source", TEXT, "entity_id, the smaller of the two"),
    ("source_name", TEXT, "its name"),
    ("target", TEXT, "entity_id, the larger of the two"),
    ("target_name", TEXT, "its name"),
    _DOC,
    ("path", TEXT, "file"),
    ("section", TEXT, "heading of the section"),
    _SENTENCE,
    *_SPAN,
    ("text", TEXT, "the sentence"),
    ("status", TEXT, "done, planned or negated"),
    ("source_spans", TEXTS, "where the source stands: start-end in characters of the document"),
    ("target_spans", TEXTS, "where the target stands"),
)
# Columns of indicators that stand elsewhere in FIGURES.
_UNSEEN = ("doc_id", "section_id", "sentence_id", "start", "end", "place_id")
INDICATORS = _schema(
    _DOC,
    _SECTION,
    _SENTENCE,
    *_SPAN,
    ("text", TEXT, "the number with its unit, as written"),
    ("place_id", TEXT, "the place that it is of"),
    ("place_by", TEXT, "what decided that: clause, sentence, section, document or table; empty if nothing"),
    ("year", INT, "the year that it is of; empty for a period of several"),
    ("year_by", TEXT, "what decided that: clause, sentence, paragraph, section, document or table"),
    ("period", TEXT, "the date or period as written (2019年, “十四五”), empty if the document's year"),
    ("subject", TEXT, "what is counted or measured"),
    ("qualifier", TEXT, "what restricts the subject (中级, 每人每月)"),
    ("value", DECIMAL, "in base units (万元 is 元), of a range the lower end; empty if not understood"),
    ("value_max", DECIMAL, "upper end of a range"),
    ("unit", TEXT, "base unit, empty if none"),
    ("modifier", TEXT, "约, 近, 超, 不低于, 以上 ..., as written"),
    ("change", TEXT, "level, increase_by, increase_to, decrease_by, decrease_to, new or cumulative"),
    ("basis", TEXT, "what a change or difference is from (同比, 比上年)"),
    ("rank", INT, "place in an order (位居全省第5)"),
    ("rank_in", TEXT, "among what (全省)"),
    ("status", TEXT, "of its sentence: done, planned or negated"),
)
# The same for people: indicators.csv, indicators.xlsx and Analysis.compare.
FIGURES = _schema(
    ("place", TEXT, "name of the place"),
    *[
        (field.name, field.type, field.metadata[b"meaning"].decode())
        for field in INDICATORS
        if field.name not in _UNSEEN
    ],
    _DOC,
    ("path", TEXT, "file"),
    ("section", TEXT, "heading of the section"),
    _SENTENCE,
    *_SPAN,
    ("place_id", TEXT, "the place that it is of"),
    ("sentence", TEXT, "the sentence"),
)
TERMS = _schema(
    _DOC, _SECTION, _PARAGRAPH, ("term", TEXT, "word, or a whole outer name"), ("count", INT, "occurrences")
)
CORRECTIONS = _schema(
    _DOC,
    ("line", INT, "line of the file of corrections"),
    ("action", TEXT, "drop, add, link, drop number or set number"),
    *_SPAN,
    ("text", TEXT, "the characters it is about"),
    ("label", TEXT, "label of the name; empty for a number"),
    ("before", TEXT, "what was found there"),
    ("after", TEXT, "what stands there now"),
)
PROBLEMS = _schema(
    ("path", TEXT, "file"),
    ("stage", TEXT, "where it happened"),
    ("error", TEXT, "class of the error"),
    ("message", TEXT, "what was wrong and what to do"),
)

# What is asked of a result later, not kept in it (content.py).
KEYNESS = _schema(
    ("group", TEXT, "place id, year, or value of the column"),
    ("group_name", TEXT, "its name"),
    ("term", TEXT, "word, or entity_id"),
    ("name", TEXT, "the word, or the entity's name"),
    ("count", INT, "occurrences in the group"),
    ("rest_count", INT, "occurrences in all other groups"),
    ("size", INT, "words (mentions, for entities) of the group in all"),
    ("rest_size", INT, "words or mentions of all other groups"),
    ("per_10k", FLOAT, "occurrences in 10,000 words or mentions of the group"),
    ("rest_per_10k", FLOAT, "occurrences in 10,000 words or mentions of the others"),
    ("documents", INT, "documents of the group that have it"),
    (
        "log_ratio",
        FLOAT,
        "binary logarithm of the ratio of the two frequencies (Hardie 2014); above 0: more here",
    ),
    ("llr", FLOAT, "log-likelihood ratio G2 of the four cells (Dunning 1993), 0 or more"),
    ("ll", FLOAT, "log-likelihood of the two counts alone (Rayson & Garside 2000), as in the LL wizard"),
    ("p_value", FLOAT, "of llr, chi-squared with one degree of freedom, two-sided"),
    ("q_value", FLOAT, "p_value after Benjamini-Hochberg over all terms and groups tested"),
)
TOPICS = _schema(
    ("topic", INT, "topic, from 1, the largest share first"),
    ("name", TEXT, "its terms of largest weight"),
    ("share", FLOAT, "share of the text, by words; all topics sum to 1"),
    ("units", INT, "paragraphs, sections or documents of which it is the largest topic"),
    ("npmi", FLOAT, "mean NPMI of the pairs of its ten top terms (Bouma 2009), -1 to 1"),
    ("c_v", FLOAT, "coherence C_V of its ten top terms (Röder et al. 2015), -1 to 1"),
    (
        "stability",
        FLOAT,
        "mean cosine of its terms' weights with fits on parts of the text (topics/stability.py), 0 to 1",
    ),
)
TOPIC_TERMS = _schema(
    ("topic", INT, "topic"),
    ("rank", INT, "place of the term in the topic, from 1"),
    ("term", TEXT, "the term"),
    ("weight", FLOAT, "its weight in the topic; all terms of a topic sum to 1"),
)
SECTION_TOPICS = _schema(
    _DOC,
    ("section_id", INT, "section; empty if the unit is a document"),
    ("paragraph_id", INT, "paragraph; empty if the unit is no paragraph"),
    ("topic", INT, "topic"),
    ("weight", FLOAT, "its share of the unit, 0 to 1; shares below 0.01 are left out"),
    ("words", INT, "terms of the model in the unit"),
)
TOPIC_SENTENCES = _schema(
    ("topic", INT, "topic"),
    ("name", TEXT, "its name"),
    ("weight", FLOAT, "its share of the unit that the sentence stands in"),
    _DOC,
    ("path", TEXT, "file"),
    ("section", TEXT, "heading of the section"),
    _PARAGRAPH,
    _SENTENCE,
    *_SPAN,
    ("text", TEXT, "the sentence"),
)
TOPIC_SHARES = _schema(
    ("group", TEXT, "place id or year"),
    ("topic", INT, "topic"),
    ("share", FLOAT, "share of the group's text, by words; all topics of a group sum to 1"),
    ("words", INT, "terms of the model in the group"),
)
KEYWORDS = _schema(
    _DOC,
    ("rank", INT, "place among the document's keywords, from 1"),
    ("term", TEXT, "the keyword"),
    ("score", FLOAT, "tf-idf, or TextRank"),
)
CANDIDATES = _schema(
    (
        "name",
        TEXT,
        "phrase that may be a term; this and the next three columns are those of a table of names",
    ),
    ("label", TEXT, "guessed by its head noun, empty for a plain word; to be reviewed"),
    ("kind", TEXT, "for the researcher to fill in"),
    ("alias_of", TEXT, "for the researcher to fill in"),
    ("count", INT, "occurrences outside of names"),
    ("score", FLOAT, "pmi * entropy"),
    ("pmi", FLOAT, "pointwise mutual information of its loosest joint, in bits"),
    ("entropy", FLOAT, "entropy of the words beside it, the smaller of both sides, in bits"),
    ("examples", TEXT, "the first sentences that hold it"),
)
CODES = _schema(
    ("code", TEXT, "name of the code"),
    ("group", TEXT, "what it is one of, by the codebook; empty if nothing"),
    ("mentions", INT, "places where what its rule names stands, in units where the rule holds"),
    ("sentences", INT, "sentences with such a place"),
    ("sections", INT, "sections with such a sentence"),
    ("documents", INT, "documents with such a sentence"),
    ("within", TEXT, "the unit that the rule is decided over"),
    ("rule", TEXT, "its rule, as written"),
    ("note", TEXT, "what it means, by the codebook"),
)
CODED = _schema(
    ("code", TEXT, "name of the code"),
    ("group", TEXT, "what it is one of, by the codebook; empty if nothing"),
    _DOC,
    ("path", TEXT, "file"),
    ("date", TEXT, "date of publication, ISO 8601"),
    _SECTION,
    ("section", TEXT, "heading of the section"),
    ("place_id", TEXT, "the place that the section is about"),
    _PARAGRAPH,
    _SENTENCE,
    *_SPAN,
    ("text", TEXT, "the sentence"),
    ("status", TEXT, "done, planned or negated"),
    ("spans", TEXTS, "where what the rule names stands: start-end in characters of the document"),
)

# Written by the map step, a part per batch of documents.
MAPPED: dict[str, pa.Schema] = {
    "documents": DOCUMENTS,
    "issuers": ISSUERS,
    "signatures": SIGNATURES,
    "passage_keys": PASSAGE_KEYS,
    "dropped": DROPPED,
    "sections": SECTIONS,
    "sentences": SENTENCES,
    "cells": CELLS,
    "metadata": METADATA,
    "mentions": MENTIONS,
    "links": DOCUMENT_LINKS,
    "indicators": INDICATORS,
    "terms": TERMS,
    "corrections": CORRECTIONS,
    "problems": PROBLEMS,
}
# Written by the reduce, from all parts.
REDUCED: dict[str, pa.Schema] = {"links": LINKS, "similar": SIMILAR, "entities": ENTITIES, "edges": EDGES}
TABLES: dict[str, pa.Schema] = MAPPED | REDUCED


def to_table(schema: pa.Schema, rows: Iterable[Sequence[object]]) -> pa.Table:
    """Return rows (values in the order of the columns) as an Arrow table of exactly this schema."""
    columns = list(zip(*rows, strict=True)) or [() for _ in schema]
    return pa.Table.from_arrays(
        [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)],
        schema=schema,
    )
