"""What stands on page after page of a PDF and is not the report: running heads and feet, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from swnlp.read.pdf_lines import Line

# Lines from either edge of a page that may be furniture.
_EDGE = 2
# Of the page's height, at either end.
_MARGIN = 0.11
# On so many pages, and such a share of them, a line is a running head.
_LEAST_PAGES = 3
_SHARE = 0.4
_PAGE_NUMBER = re.compile(
    r"[-—–_·•~\s]{0,4}(?:第\s?)?(?:\d{1,4}|[ivxlcIVXLC]{1,6}|[一二三四五六七八九十]{1,4})(?:\s?页)?"
    r"(?:\s?[/／共of，,]{1,3}\s?\d{1,4}\s?页?)?[-—–_·•~\s]{0,4}"
)
_NUMBERS = re.compile(r"\d+")


def without_furniture(
    pages: Sequence[Sequence[Line]], heights: Sequence[float]
) -> tuple[list[list[Line]], list[tuple[str, str]]]:
    """Return the pages without what stands on many of them, and that, each text once, with the reason.

    A page number needs a page beside it that has one in the same place; a running head is the same, numbers aside,
    at the edge of at least three pages.
    """
    edges = [list(_edges(page, height)) for page, height in zip(pages, heights, strict=True)]
    heads = _running(edges)
    numbered = sum(any(_is_number(line) for _, line in edge) for edge in edges)
    kept: list[list[Line]] = []
    removed: dict[tuple[str, str], None] = {}
    for page, edge in zip(pages, edges, strict=True):
        drop: set[int] = set()
        for index, line in edge:
            if _is_number(line) and (numbered > 1 or _is_marked(line)):
                removed[line.text, "page-number"] = None
            elif _shape(line) in heads:
                removed[line.text, "running-head"] = None
            else:
                continue
            drop.add(index)
        kept.append([line for index, line in enumerate(page) if index not in drop])
    return kept, list(removed)


def _edges(page: Sequence[Line], height: float) -> Iterator[tuple[int, Line]]:
    """Yield the topmost and the lowest lines of a page that stand in its margins."""
    order = sorted(range(len(page)), key=lambda index: -page[index].middle)
    for index in dict.fromkeys([*order[:_EDGE], *order[-_EDGE:]]):
        if page[index].table is None and not _MARGIN * height < page[index].middle < (1 - _MARGIN) * height:
            yield index, page[index]


def _running(edges: Sequence[Sequence[tuple[int, Line]]]) -> set[str]:
    """Return the shapes of the lines that stand at the edges of many pages, at about the same height."""
    seen: Counter[str] = Counter()
    heights: dict[str, list[float]] = {}
    for edge in edges:
        for shape, height in {_shape(line): line.middle for _, line in edge}.items():
            seen[shape] += 1
            heights.setdefault(shape, []).append(height)
    least = max(_LEAST_PAGES, _SHARE * len(edges) / 2)
    return {
        shape
        for shape, count in seen.items()
        if count >= least and len(shape) > 1 and max(heights[shape]) - min(heights[shape]) < 30
    }


def _shape(line: Line) -> str:
    return _NUMBERS.sub("#", line.text)


def _is_number(line: Line) -> bool:
    return len(line.text) <= 20 and _PAGE_NUMBER.fullmatch(line.text) is not None


def _is_marked(line: Line) -> bool:
    """Say whether a number shows that it is a page's: — 3 —, 第3页."""
    return "页" in line.text or line.text[:1] in "-—–_·•~"
