"""The rows of a table to documents: one each where a column holds text, else the table as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from swnlp.read.encodings import clean
from swnlp.read.grid import Raw, cells_of
from swnlp.read.metadata import parse_date
from swnlp.read.page import Item, Page, Taken, Trouble
from swnlp.read.troubles import no_characters
from swnlp.read.webpage import read_page
from swnlp.resources import read_toml

FACTS = ("title", "date", "source", "place")
# Above the names of its columns a sheet may have a title and notes.
_HEAD_ROWS = 10
_PROSE = 30
_COMPACT_DAY = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_MARKUP = re.compile(r"(?i)<(?:p|br|div|span|table|h[1-6]|article|section|html|ul|ol)\b[^<>]{0,300}>")
_SPACES = re.compile(r"[ \t\n]+")

Row = tuple[int, Sequence[str]]


class Columns(NamedTuple):
    """Which column holds the text, which hold facts by name, and which other columns there are."""

    text: int
    facts: Mapping[str, int]
    names: Sequence[str]


def documents_of(
    rows: Sequence[Row], encoding: str, *, sheet: str = "", text_column: str | None = None
) -> Taken:
    """Return a document for every row of a table that has a text column, else the table as one document.

    Args:
        rows: Each row's number, as its program shows it, and its cells; empty rows may be left out.
        encoding: How its bytes were decoded, or its format.
        sheet: Name of the sheet, where the file has several.
        text_column: The text column, where the user names one.
    """
    rows = [row for row in rows if any(cell.strip() for cell in row[1])]
    prefix, member = (f"{sheet}!", f"#{sheet}") if sheet else ("", "")
    head = _head(rows, text_column)
    missing = text_column is not None and head is None
    head = _head(rows, None) if missing else head
    taken = _row_documents(*head, encoding, prefix) if head else _table(rows, encoding, member)
    if missing and text_column is not None and rows:
        taken.troubles.append(_missing_column(rows[0][1], text_column)._replace(member=member))
    return taken


def _head(rows: Sequence[Row], wanted: str | None) -> tuple[Sequence[Row], Columns] | None:
    """Return the rows below the one that names a text column, and what it names."""
    for index, (_, cells) in enumerate(rows[:_HEAD_ROWS]):
        columns, below = _columns(cells, wanted), rows[index + 1 :]
        if columns is not None and (wanted is not None or _reads_as_text(below, columns.text)):
            return below, columns
    return None


def _reads_as_text(rows: Sequence[Row], column: int) -> bool:
    """Say whether a column holds running text: 内容 may also head a list of short entries."""
    return any(len(text) >= _PROSE or "。" in text for text in (_at(cells, column) for _, cells in rows))


def _missing_column(names: Iterable[str], wanted: str) -> Trouble:
    """Say that a table has no such text column as the user named."""
    shown = "、".join(name for name in names if name.strip())[:300]
    message = (
        f"没有名为“{wanted}”的列（text_column），按一般规则读取；第一行是：{shown}。 "
        f"There is no column {wanted!r} (text_column), so the usual rules were followed; the first row is: {shown}."
    )
    return Trouble("MissingColumn", message)


def _columns(names: Sequence[str], text_column: str | None) -> Columns | None:
    """Return what a row of names says of the columns below it, or None if it names no text."""
    plain = [plain_name(name) for name in names]
    wanted = [plain_name(text_column)] if text_column is not None else fact_names()["text"]
    text = next((plain.index(name) for name in wanted if name in plain), None)
    if text is None:
        return None
    facts = {
        fact: plain.index(found)
        for fact in FACTS
        if (found := next((name for name in fact_names()[fact] if name in plain), None)) is not None
    }
    return Columns(text, {fact: at for fact, at in facts.items() if at != text}, names)


@cache
def fact_names() -> dict[str, list[str]]:
    """Return the names that columns of text, titles, dates, sources and places go by, as `plain_name` writes them."""
    return {fact: [plain_name(name) for name in names] for fact, names in read_toml("columns.toml").items()}


def plain_name(name: str) -> str:
    """Return a column's name without what does not tell columns apart: case, spaces, marks."""
    return re.sub(r"[\s_\-（）()：:*]", "", name).lower()


def _row_documents(rows: Sequence[Row], columns: Columns, encoding: str, prefix: str) -> Taken:
    items: list[Item] = []
    troubles: list[Trouble] = []
    for number, cells in rows:
        member = f"#{prefix}{number}"
        text, count = clean(_at(cells, columns.text))
        if not text.strip():
            troubles.append(Trouble("EmptyText", "正文一列是空的。 The text column is empty.", member))
            continue
        page = read_page(text) if _MARKUP.search(text[:5_000]) else Page(text)
        if not page.text.strip():
            troubles.append(Trouble("EmptyText", "正文一列没有文字。 The text column holds no text.", member))
            continue
        troubles += no_characters(count, member)
        facts = _facts(cells, columns)
        items.append(Item(page, encoding, member, facts, _extra(cells, columns, facts)))
    return Taken(items, troubles)


def _at(cells: Sequence[str], index: int) -> str:
    return cells[index] if index < len(cells) else ""


def _facts(cells: Sequence[str], columns: Columns) -> dict[str, str]:
    values = {fact: clean(_at(cells, index))[0].strip() for fact, index in columns.facts.items()}
    if "date" in values:
        values["date"] = day_of(values["date"]) or ""
    return {fact: value for fact, value in values.items() if value}


def day_of(value: str) -> str | None:
    """Return a date as ISO, also one written without marks (20230403)."""
    match = _COMPACT_DAY.fullmatch(value.strip())
    return parse_date("-".join(match.groups()) if match else value)


def _extra(cells: Sequence[str], columns: Columns, facts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the other columns that have a name and a value in this row, also a date that is none."""
    used = {columns.text, *(at for fact, at in columns.facts.items() if fact in facts)}
    return tuple(
        (clean(name)[0].strip(), clean(_at(cells, index))[0].strip())
        for index, name in enumerate(columns.names)
        if index not in used and name.strip() and _at(cells, index).strip()
    )


def _table(rows: Sequence[Row], encoding: str, member: str) -> Taken:
    """Return a table as one document: a row a line, cells apart by tabs."""
    lines: list[str] = []
    grid: list[list[Raw]] = []
    at = unclean = 0
    for _, cells in rows:
        texts = []
        for cell in cells:
            text, count = clean(cell)
            texts.append(_SPACES.sub(" ", text).strip())
            unclean += count
        while texts and not texts[-1]:
            texts.pop()
        raw = []
        for text in texts:
            raw.append(Raw(at, at + len(text)))
            at += len(text) + 1
        grid.append(raw)
        lines.append("\t".join(texts))
    text = "\n".join(lines)
    if not text:
        return Taken([], [Trouble("EmptyText", "表中没有内容。 The table is empty.", member)])
    page = Page(text, cells=tuple(cells_of(text, 0, grid)))
    return Taken([Item(page, encoding, member, table=True)], no_characters(unclean, member))
