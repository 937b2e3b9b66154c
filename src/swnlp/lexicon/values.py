"""What a lexicon holds: names, plain words, and the actors of a linkage scheme."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal, NamedTuple

from swnlp.view import simplified_view

Action = Literal["drop", "add", "link", "drop number", "set number"]


class Entry(NamedTuple):
    """A name that is known: surface, label and kind; `name` is the entity it stands for (None: itself)."""

    surface: str
    label: str
    kind: str | None = None
    name: str | None = None


class Word(NamedTuple):
    """A plain word in jieba's userdict format."""

    word: str
    freq: int | None = None
    pos: str | None = None


class SchemeActor(NamedTuple):
    """One row of a linkage scheme.

    `surfaces` are complete forms (社会工作者, 社工); `modifiers` are words that may stand before a form and
    belong to it (持证, 驻站); `not_before` and `not_after` are what may not follow or precede a form
    (社工 + 站 is a facility, 社区 + 治理 a field).
    """

    kind: str
    name_zh: str
    name_en: str
    surfaces: tuple[str, ...]
    modifiers: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()


class Correction(NamedTuple):
    """One thing to do differently in later runs.

    Attributes:
        action: "drop" or "add" a name, "link" it to an entity, "drop number" or "set number" (its fields).
        text: The characters it is about; applied only where they still stand.
        label: Label of the name; "" for a number.
        doc_id: The document; "" for everywhere: drop makes a stop entry, add an entry of the lexicon, link an alias.
        start: First character in the document; -1 for everywhere.
        end: One past the last; -1 for everywhere.
        kind: Kind of an added name, or None.
        entity_id: The entity it is linked to, or None.
        changes: (field, value) of a number, fields of NUMBER_FIELDS; an empty value takes the field away.
        source: Where the correction comes from (file, row), for the reader.
        line: Line of the file it was read from; 0 if it was not.
    """

    action: Action
    text: str
    label: str = ""
    doc_id: str = ""
    start: int = -1
    end: int = -1
    kind: str | None = None
    entity_id: str | None = None
    changes: tuple[tuple[str, str], ...] = ()
    source: str = ""
    line: int = 0

    @property
    def everywhere(self) -> bool:
        """Whether it holds for all texts."""
        return not self.doc_id

    @property
    def about(self) -> tuple[str, ...]:
        """What it is about: of two corrections about one thing the later counts.

        A name that is dropped and one that is added at the same place are two things.
        """
        what = "link" if self.action == "link" else "add" if self.action == "add" else "drop"
        place = (self.text,) if self.everywhere else (self.doc_id, str(self.start), str(self.end))
        number = "number" if self.action.endswith("number") else "name"
        return (number, what, *place, *((self.label,) if what != "add" else ()))


@dataclass(frozen=True, slots=True)
class Scheme:
    """A linkage scheme: the actors that are asked about, in the order of its rows."""

    scheme_id: str
    name_zh: str
    name_en: str
    actors: tuple[SchemeActor, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that names are looked up in.

    Attributes:
        scheme: The linkage scheme of the run.
        entries: Names that swnlp knows; the decision weighs them like any other candidate.
        user_entries: Names of the user's own files: always kept.
        words: Plain words of the user's files; they only guide segmentation.
        aliases: (label, surface) -> name of the entity, on the simplified view.
        corrections: What a person corrected in earlier results (amend.py applies it).
        sources: (file, SHA-256) of each of the user's files, for the record of the run.
    """

    scheme: Scheme
    entries: tuple[Entry, ...] = ()
    user_entries: tuple[Entry, ...] = ()
    words: tuple[Word, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def aliases(self) -> dict[tuple[str, str], str]:
        """Return (label, surface) -> name of the entity; surfaces and names on the simplified view."""
        return {
            (e.label, simplified_view(e.surface)): e.name
            for e in (*self.entries, *self.user_entries)
            if e.name
        }


def lexicon_to_dict(lexicon: Lexicon) -> dict[str, Any]:
    """Return a lexicon as plain lists and dicts, for JSON."""
    return asdict(lexicon)


def lexicon_from_dict(data: dict[str, Any]) -> Lexicon:
    """Return the lexicon that `lexicon_to_dict` gave."""
    scheme = data["scheme"]
    actors = tuple(
        SchemeActor(*row[:4], *(tuple(items) for items in row[4:]))._replace(surfaces=tuple(row[3]))
        for row in scheme["actors"]
    )
    return Lexicon(
        scheme=Scheme(scheme["scheme_id"], scheme["name_zh"], scheme["name_en"], actors),
        entries=tuple(Entry(*row) for row in data["entries"]),
        user_entries=tuple(Entry(*row) for row in data["user_entries"]),
        words=tuple(Word(*row) for row in data["words"]),
        sources=tuple((name, sha) for name, sha in data["sources"]),
        corrections=tuple(_correction(row) for row in data.get("corrections", ())),
    )


def _correction(row: list[Any]) -> Correction:
    found = Correction(*row)
    return found._replace(changes=tuple((name, value) for name, value in found.changes))
