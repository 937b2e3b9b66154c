"""The elements of a page to lines: what breaks a line, what parts cells, which region a line stands in."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form frameset h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table "
    "tbody td tfoot th thead tr ul".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_REGIONS = {"nav": "menu", "header": "menu", "footer": "footer", "aside": "aside"}
_ROLES = {
    "navigation": "menu",
    "banner": "menu",
    "contentinfo": "footer",
    "complementary": "aside",
    "search": "menu",
}
# Words in class and id that templates use for these parts and for nothing else.
_NAMES = {
    "nav": "menu", "navbar": "menu", "menu": "menu", "navigation": "menu", "topbar": "menu", "toolbar": "toolbar",
    "breadcrumb": "breadcrumb", "breadcrumbs": "breadcrumb", "crumb": "breadcrumb", "crumbs": "breadcrumb",
    "footer": "footer", "foot": "footer", "copyright": "footer", "sidebar": "aside", "share": "toolbar",
    "bdsharebuttonbox": "toolbar", "pagination": "page-navigation",
}  # fmt: skip
_SPACES = re.compile(r"[ \t\n\r\f]+")
# A line break between two Chinese characters is the editor's, not the writer's.
_BROKEN_LINE = re.compile(
    r"(?<=[\u2e80-\u9fff\uf900-\uffef“”‘’])[ \t]*\n\s*(?=[\u2e80-\u9fff\uf900-\uffef“”‘’])"
)
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)


@dataclass(slots=True)
class Line:
    """A line of a page: its text, how many of its characters are links, its heading level (0: none).

    A row of a data table has the table's number, and how many columns and rows each of its cells goes over.
    """

    text: str
    linked: int
    heading: int
    regions: tuple[int, ...]
    table: int = -1
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class Writer:
    """Builds lines from the elements and texts that it is told of.

    `regions` holds the reason of each region that the markup sets apart; a line lists those that it stands in.
    """

    data_tables: AbstractSet[int]
    lines: list[Line] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    _buffer: list[str] = field(default_factory=list)
    _linked: int = 0
    _link_depth: int = 0
    _heading: int = 0
    _pre: int = 0
    _articles: int = 0
    _open_regions: list[tuple[int, int]] = field(default_factory=list)
    _tables: list[bool] = field(default_factory=list)
    _cells: int = 0
    _row_cells: int = 0
    _spans: list[tuple[int, int]] = field(default_factory=list)
    _table: int = -1

    def write(self, text: str) -> None:
        """Add text to the line."""
        if self._pre and not self._cells:
            *lines, text = text.split("\n")
            for line in lines:
                self._buffer.append(line)
                self._flush()
        else:
            text = _SPACES.sub(" ", _BROKEN_LINE.sub("", text))
        self._buffer.append(text)
        if self._link_depth:
            self._linked += len(text.replace(" ", ""))

    def start(self, node: LexborNode) -> None:
        """Open an element."""
        tag = node.tag or ""
        if tag == "br" and not self._pre:
            self._break()
        if tag in _BLOCKS:
            self._start_block(tag, node)
        self._link_depth += tag == "a"
        self._pre += tag == "pre"
        self._articles += tag in ("article", "main")
        reason = self._region(tag, node)
        if reason is not None:
            self._break()
            self._open_regions.append((len(self.regions), node.mem_id))
            self.regions.append(reason)

    def end(self, node: LexborNode) -> None:
        """Close an element."""
        tag = node.tag or ""
        if tag in _BLOCKS:
            self._end_block(tag)
        self._link_depth -= tag == "a"
        self._pre -= tag == "pre"
        self._articles -= tag in ("article", "main")
        if self._open_regions and self._open_regions[-1][1] == node.mem_id:
            self._break()
            self._open_regions.pop()

    def _start_block(self, tag: str, node: LexborNode) -> None:
        if tag == "table":
            self._flush()
            self._tables.append(node.mem_id in self.data_tables)
            self._table += self._tables[-1]
        if tag in ("td", "th") and self._tables and self._tables[-1]:
            if self._row_cells:
                self._buffer.append("\t")
            self._row_cells += 1
            self._cells += 1
            self._spans.append((_span(node, "colspan"), _span(node, "rowspan")))
        else:
            self._break()
            self._row_cells *= tag != "tr"
        if tag in _HEADINGS:
            self._heading = _HEADINGS[tag]

    def _end_block(self, tag: str) -> None:
        if tag in ("td", "th") and self._tables and self._tables[-1]:
            self._cells -= 1
            return
        self._break()
        if tag == "table":
            self._flush()
            self._tables.pop()
        if tag in _HEADINGS:
            self._heading = 0

    def _region(self, tag: str, node: LexborNode) -> str | None:
        """Return why an element is not the report, if its markup says so."""
        attributes = node.attributes
        if "hidden" in attributes or _HIDDEN.search(attributes.get("style") or ""):
            return "hidden"
        if tag in _REGIONS and not (tag == "header" and self._articles):
            return _REGIONS[tag]
        role = attributes.get("role")
        if role in _ROLES:
            return _ROLES[role]
        names = re.split(r"[\s_-]+", f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower())
        return next((_NAMES[name] for name in names if name in _NAMES), None)

    def _break(self) -> None:
        """End the line, or in a table's cell put a space."""
        if self._cells:
            self._buffer.append(" ")
        else:
            self._flush()

    def _flush(self) -> None:
        text = "".join(self._buffer)
        cells = [_SPACES.sub(" ", cell).strip() for cell in text.split("\t")]
        if any(cells):
            regions = tuple(index for index, _ in self._open_regions)
            text = "\t".join(cells) if len(cells) > 1 else cells[0]
            self.lines.append(
                Line(text, self._linked, self._heading, regions, self._table, tuple(self._spans))
            )
        self._spans.clear()
        self._buffer.clear()
        self._linked = 0


def _span(node: LexborNode, name: str) -> int:
    """Return over how many columns or rows a cell goes; browsers too take nonsense as one."""
    value = (node.attributes.get(name) or "1").strip()
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= 5 else 1
