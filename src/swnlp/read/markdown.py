"""Markdown to a page: its headings are headings, its tables tables; numbers at the start of a line stay text."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

from swnlp.read.encodings import decode
from swnlp.read.page import Item, Taken
from swnlp.read.troubles import bad_bytes
from swnlp.read.webpage import read_page
from swnlp.settings import Settings

_FRONT = re.compile(r"\A---[ \t]*\n(.{0,5000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_ENTRY = re.compile(r"^([A-Za-z_]{1,30})[ \t]*:[ \t]*(\S[^\n]*)$", re.MULTILINE)
_FACTS = {
    "title": "title",
    "date": "date",
    "source": "source",
    "publisher": "source",
    "place": "place",
    "city": "place",
}


def take(data: bytes, settings: Settings) -> Taken:
    """Read a Markdown file."""
    decoded = decode(data)
    text, front = decoded.text, _FRONT.match(decoded.text)
    entries = _ENTRY.findall(front[1]) if front else []
    body = text[front.end() :] if front else text
    facts = {_FACTS[k.lower()]: v.strip(" \"'") for k, v in entries if k.lower() in _FACTS}
    item = Item(read_page(_html(body)), decoded.encoding, facts=facts, margin=decoded.margin)
    return Taken([item], bad_bytes(decoded, data))


def _html(text: str) -> str:
    # Lists and indented code off: 1. and 一、 are the report's own numbers, and Chinese paragraphs are indented.
    parser = MarkdownIt("commonmark", {"breaks": True}).enable("table").disable(["list", "code"])
    return f"<html><body>{parser.render(text)}</body></html>"
