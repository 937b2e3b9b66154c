"""A web page to text: one line a block, cells apart by tabs, headings and page regions noted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from swnlp.read.grid import Raw, cells_of
from swnlp.read.page import Page
from swnlp.read.page_lines import Line, Writer
from swnlp.records import Cell, Dropped

# Deeper than any browser goes (512). The parser's time grows with the square of the depth.
MAX_DEPTH = 500

_LEFT_OUT = frozenset(
    "script style noscript template svg math iframe object embed audio video canvas map select option datalist "
    "button textarea input head link meta title".split()
)
# Elements that close by themselves or hold nothing: leaving them open nests nothing.
_FLAT = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dd dt option tr td th a".split()
)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,30})(?:\"[^\"]*+\"|'[^']*+'|[^<>\"'])*+>")
_SPACES = re.compile(r"[ \t\n\r\f]+")
# A line of nothing but links; a table of data; a line of prose.
_LINKED = 0.9
_DATA_ROWS = 2
_CELL_LIMIT = 1_500
_PROSE = 40


def read_page(markup: str) -> Page:
    """Turn a page into text.

    Scripts, styles and form controls are left out: they are no text. Everything else is kept, also menus and hidden
    elements; what the markup sets apart from the report is listed in `dropped`, unless most of the page's prose is
    in it, for then the markup is not to be believed.

    Raises:
        MemoryError: If the page's tree is too large for the memory that this process may use.
    """
    tree = _tree(markup)
    writer = Writer(_data_tables(tree))
    if tree.root is not None:
        _walk(tree.root, writer)
    title = tree.css_first("title")
    return _page(writer, None if title is None else _clean(title.text()), dict(_meta(tree)))


def _tree(markup: str) -> LexborHTMLParser:
    try:
        return LexborHTMLParser(_no_deeper(markup, MAX_DEPTH))
    except SelectolaxError as error:
        # HTML's rules make a tree of any text: Lexbor fails only where it gets no memory.
        raise MemoryError from error


def _page(writer: Writer, title: str | None, meta: dict[str, str]) -> Page:
    """Lay the lines out one below the other."""
    believed = _believed_regions(writer)
    headings: list[tuple[int, int, int]] = []
    dropped: list[Dropped] = []
    links: set[int] = set()
    tables: dict[int, list[list[Raw]]] = {}
    at = 0
    for line in writer.lines:
        end = at + len(line.text)
        reason = next((writer.regions[r] for r in line.regions if r in believed), None)
        if reason is not None and dropped and dropped[-1].reason == reason and dropped[-1].end == at - 1:
            dropped[-1] = Dropped(dropped[-1].start, end, reason)
        elif reason is not None:
            dropped.append(Dropped(at, end, reason))
        elif line.heading:
            headings.append((at, end, line.heading))
        if line.linked >= _LINKED * len(line.text.replace(" ", "")):
            links.add(at)
        if line.spans and reason is None:
            tables.setdefault(line.table, []).append(_raw_cells(line, at))
        at = end + 1
    text = "\n".join(line.text for line in writer.lines)
    cells = _cells(text, tables.values())
    return Page(text, tuple(headings), tuple(dropped), frozenset(links), title, meta, cells)


def _raw_cells(line: Line, at: int) -> list[Raw]:
    cells: list[Raw] = []
    for content, (columns, rows) in zip(line.text.split("\t"), line.spans, strict=False):
        cells.append(Raw(at, at + len(content), columns, rows))
        at += len(content) + 1
    return cells


def _cells(text: str, tables: Iterable[list[list[Raw]]]) -> tuple[Cell, ...]:
    return tuple(cell for number, rows in enumerate(tables) for cell in cells_of(text, number, rows))


def _believed_regions(writer: Writer) -> set[int]:
    """Return the regions that hold less than half of the page's prose."""
    prose: Counter[int] = Counter()
    total = 0
    for line in writer.lines:
        if len(line.text) >= _PROSE and "。" in line.text:
            total += len(line.text)
            prose.update(dict.fromkeys(line.regions, len(line.text)))
    return {r for r in range(len(writer.regions)) if 2 * prose[r] < total or not prose[r]}


def _data_tables(tree: LexborHTMLParser) -> set[int]:
    """Return the tables that hold data; old pages use tables for layout too, and those hold tables or long texts."""
    tables = tree.css("table")
    outer = {holder.mem_id for holder in map(_holder, tables) if holder is not None}
    return {table.mem_id for table in tables if table.mem_id not in outer and _is_data(table)}


def _holder(table: LexborNode) -> LexborNode | None:
    node = table.parent
    while node is not None and node.tag != "table":
        node = node.parent
    return node


def _is_data(table: LexborNode) -> bool:
    cells = [row.css("td, th") for row in table.css("tr")]
    if sum(len(row) > 1 for row in cells) < _DATA_ROWS:
        return False
    return all(len(cell.text()) <= _CELL_LIMIT for row in cells for cell in row)


def _no_deeper(markup: str, limit: int) -> str:
    """Return the markup with tags below `limit` levels turned into line breaks; their text stays."""
    depth = 0
    pieces: list[str] = []
    at = 0
    for match in _TAG.finditer(markup):
        if match[2].lower() in _FLAT or match[0].endswith("/>"):
            continue
        depth = max(depth - 1, 0) if match[1] else depth + 1
        if depth > limit or (match[1] and depth == limit):
            pieces += [markup[at : match.start()], "\n"]
            at = match.end()
    return "".join([*pieces, markup[at:]]) if pieces else markup


def _meta(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    for node in tree.css("meta"):
        name = node.attributes.get("name") or node.attributes.get("property")
        content = (node.attributes.get("content") or "").strip()
        if name and content:
            yield name.strip().lower(), content


def _clean(title: str) -> str | None:
    title = re.sub(r"(?is)<script\b.{0,5000}?</script\s*>|<[^<>]{0,200}>", "", title)
    return _SPACES.sub(" ", title).strip() or None


def _walk(root: LexborNode, writer: Writer) -> None:
    """Visit every node in order, without recursion; the writer hears of every element's start and end."""
    node: LexborNode | None = root
    depth = 0
    while node is not None:
        below = None
        if node.is_text_node:
            writer.write(node.text_content or "")
        elif node.is_element_node and node.tag not in _LEFT_OUT:
            writer.start(node)
            below = node.first_child
            if below is None:
                writer.end(node)
        elif node.is_document_node:
            below = node.first_child
        if below is not None:
            node, depth = below, depth + 1
            continue
        while node is not None and node.next is None:
            node, depth = (node.parent, depth - 1) if depth else (None, 0)
            if node is not None and node.is_element_node:
                writer.end(node)
        node = node.next if node is not None and depth else None
