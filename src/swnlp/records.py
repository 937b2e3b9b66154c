"""The values that pass from stage to stage; each is also a row of a table in schema.py.

Offsets are characters (code points) of `Document.text`, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

Label = Literal["PLACE", "ORG", "PERSON", "POLICY", "PROGRAM", "ACTOR", "GROUP", "EVENT", "WORK"]
Status = Literal["done", "planned", "negated"]
INITIATIVES: frozenset[str] = frozenset({"PROGRAM", "POLICY"})


class Dropped(NamedTuple):
    """A stretch of a page that is not the report (menu, footer, contact block), and why."""

    start: int
    end: int
    reason: str


class Cell(NamedTuple):
    """A cell of a table in a document: table, row and column count from 0; `header` is what stands over its column."""

    table_id: int
    row: int
    column: int
    header: str
    text: str
    start: int
    end: int


class Issuer(NamedTuple):
    """A body that issued a document; `level` is 国家, 省, 市, 县 or 乡, or None."""

    order: int
    name: str
    level: str | None


class Problem(NamedTuple):
    """Something that could not be read, or was cut short; `error` is the class, `message` a sentence."""

    path: str
    stage: str
    error: str
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """One report: its text as read and what its page says of it.

    Attributes:
        doc_id: Path below the folder that was given, with forward slashes; stable from run to run.
        path: The same path as the user wrote it.
        title: Title of the page, or None.
        date: ISO date of publication (2023-04-03), or None.
        source: Who published it, as the page says, or None.
        genre: Document genre (通知, 意见, ...) where the title ends in one, or None.
        doc_number: Document number (粤民字〔2012〕187号), or None.
        encoding: How the bytes were decoded.
        encoding_margin: How much better that reads as Chinese than the next encoding (0 to 1); None where none was asked.
        sha256: Of the file's bytes, hexadecimal.
        text: The whole text; nothing is cut out of it, so offsets stay true.
        dropped: What of `text` is not the report, in order, never overlapping.
        headings: Offsets (start, end, level 1-6) of headings that the file format marks (html h1-h6).
        place: The place that it is about, as corpus.toml or a table's column says, or None.
        corpus: The corpus that it belongs to: the name of the folder whose corpus.toml governs it, or None.
        cells: Cells of its tables.
        issuers: Who issued it, if it is an official document.
        issued: ISO date on which it was signed, or None.
        in_force: ISO date from which it holds, or None.
        metadata: Other columns that come with it, as (name, value): a table's own, or the researcher's.
    """

    doc_id: str
    path: str
    title: str | None
    date: str | None
    source: str | None
    genre: str | None
    doc_number: str | None
    encoding: str
    sha256: str
    text: str
    dropped: tuple[Dropped, ...] = ()
    headings: tuple[tuple[int, int, int], ...] = ()
    place: str | None = None
    corpus: str | None = None
    cells: tuple[Cell, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    issuers: tuple[Issuer, ...] = ()
    issued: str | None = None
    in_force: str | None = None
    encoding_margin: float | None = None


class Section(NamedTuple):
    """A titled part of a document; sections follow each other and never overlap.

    `place_id` is the place it is about (place:350700), or None; `title` is "" for the part before the
    first heading and for a part that has none.
    """

    section_id: int
    title: str
    place_id: str | None
    start: int
    end: int


class Sentence(NamedTuple):
    """A sentence (or a heading, which is one too); paragraph_id and sentence_id count within the document."""

    section_id: int
    paragraph_id: int
    sentence_id: int
    start: int
    end: int
    status: Status


@dataclass(frozen=True, slots=True)
class Outline:
    """What a document is made of: sections, their sentences, and the place the whole is about."""

    place_id: str | None
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]


class Name(NamedTuple):
    """A name found in a text. `outer` is False for a name inside another; `method` is the rule's name."""

    start: int
    end: int
    label: str
    kind: str | None
    method: str
    score: float
    outer: bool


class Link(NamedTuple):
    """Which entity a surface became, by which rule, and which others it could have been.

    `place_id` is the section's place where that decided, else None; `score` is 1 unless others were possible.
    """

    entity_id: str
    rule: str
    score: float
    candidates: tuple[str, ...]
    place_id: str | None


class Indicator(NamedTuple):
    """A number of the text with what it counts, where and when; `start` to `end` is the number with its unit.

    `value` is exact, in base units (近2000万元 is 20000000 元), and None where the number is not understood; of a
    range it is the lower end. `change` is level, increase_by, increase_to, decrease_by, decrease_to, new or
    cumulative. `place_by` and `year_by` say what decided: clause, sentence, paragraph, section, document, table.
    """

    section_id: int
    sentence_id: int | None
    start: int
    end: int
    text: str
    place_id: str | None
    place_by: str
    year: int | None
    year_by: str
    period: str
    subject: str
    qualifier: str
    value: Decimal | None
    value_max: Decimal | None
    unit: str
    modifier: str
    change: str
    basis: str
    rank: int | None
    rank_in: str
    status: Status


class Amended(NamedTuple):
    """A correction that was applied: its line in the file, what was done, where, and what was there before and after."""

    line: int
    action: str
    start: int
    end: int
    text: str
    label: str
    before: str
    after: str


class Piece(NamedTuple):
    """A stretch of a document that is mapped on its own: piece `number` of `total`, from 0; the whole is 0 of 1."""

    number: int
    total: int


WHOLE = Piece(0, 1)


@dataclass(frozen=True, slots=True)
class Annotation:
    """What the stages found in one document, or in one piece of it.

    Attributes:
        document: The document.
        outline: Its sections, and the sentences of the piece.
        names: Names, by start, longest first; each lies in one sentence.
        sentence_of: For each name, the index of its sentence in `outline.sentences`.
        links: For each name, the entity it stands for.
        words: The words of the piece, in order; they join back to its text.
        start: Where in the document's text the words begin.
        piece: Which piece of the document this is.
        indicators: The numbers of the piece, in order.
        amended: The corrections that were applied in the piece.
    """

    document: Document
    outline: Outline
    names: tuple[Name, ...]
    sentence_of: tuple[int, ...]
    links: tuple[Link, ...]
    words: list[str]
    start: int = 0
    piece: Piece = WHOLE
    indicators: tuple[Indicator, ...] = ()
    amended: tuple[Amended, ...] = ()
