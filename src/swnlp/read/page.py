"""What a reader of one format hands on: a text with its headings and tables, and what the file says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from swnlp.records import Cell, Dropped


@dataclass(slots=True)
class Page:
    """A text and what its format marks in it.

    Attributes:
        text: The text, a line a block.
        headings: Offsets (start, end, level) of headings, levels 1 to 6.
        dropped: Regions that the file itself sets apart from the report: menus, footers, hidden parts, running heads.
        links: Starts of the lines that are nothing but links.
        title: The title that the file gives itself (<title>, the style Title), or None.
        meta: Content of <meta> elements by name, in lower case.
        cells: Cells of its tables.
    """

    text: str
    headings: tuple[tuple[int, int, int], ...] = ()
    dropped: tuple[Dropped, ...] = ()
    links: frozenset[int] = frozenset()
    title: str | None = None
    meta: dict[str, str] = field(default_factory=dict)
    cells: tuple[Cell, ...] = ()


class Trouble(NamedTuple):
    """Something in a file that could not be read; `member` says where in it ("" for the whole, #3, /a.docx)."""

    error: str
    message: str
    member: str = ""


class Item(NamedTuple):
    """One document in a file.

    Attributes:
        page: Its text.
        encoding: How the bytes were decoded: an encoding, or the format where that says it (docx, pdf).
        member: Where in the file it is: "" for the whole, #3 for a row, /三明.docx for a member of an archive.
        facts: title, date, source and place as the file's own columns give them.
        extra: The other columns of its row.
        table: Whether it is a table and not a text: nothing of it is looked on as a page's furniture.
        sha256: Of its bytes, where they are not the file's.
        corpus: source, date and place as the corpus.toml of its archive gives them, where nothing else does.
        margin: How sure the encoding is, as `encodings.Choice` says.
    """

    page: Page
    encoding: str
    member: str = ""
    facts: Mapping[str, str] = {}
    extra: tuple[tuple[str, str], ...] = ()
    table: bool = False
    sha256: str | None = None
    margin: float | None = None
    corpus: Mapping[str, str] = {}


class Taken(NamedTuple):
    """What was taken from a file: its documents, and what could not be read."""

    items: list[Item]
    troubles: list[Trouble]
