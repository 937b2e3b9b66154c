"""The lines that are drawn on a PDF page to the grids of its tables: which cell holds a point?"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from pypdfium2 import raw

from swnlp.read.pdf_chars import Numbers
from swnlp.read.pdf_native import address, object_of, type_of

Labels = npt.NDArray[np.intp]
# Left, bottom, right, top.
Box = tuple[float, float, float, float]

# In points: how thin a line is, how far apart two lines may be that meet, how short one may be.
_THIN = 3.0
_MEET = 3.0
_SHORTEST = 4.0
# A page with more lines than this is a drawing or a map; a table has no more rows and columns.
_MOST_LINES = 4_000
_MOST_EDGES = 400
# Parts of the path of one oblong.
_OBLONG = 5


class Ruling(NamedTuple):
    """A line along an axis: where it is, and from where to where it runs, in points."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's grid.

    Attributes:
        xs: The edges of its columns, from the left.
        ys: The edges of its rows, from below.
        labels: For each square (row from below, column) the cell that it belongs to; cells count from 0.
    """

    xs: Numbers
    ys: Numbers
    labels: Labels

    def cells_at(self, x: Numbers, y: Numbers) -> Labels:
        """Return the cell that each point lies in, -1 for those outside."""
        column = np.searchsorted(self.xs, x) - 1
        row = np.searchsorted(self.ys, y) - 1
        inside = (column >= 0) & (column < len(self.xs) - 1) & (row >= 0) & (row < len(self.ys) - 1)
        return np.where(inside, self.labels[np.where(inside, row, 0), np.where(inside, column, 0)], -1)


def grids_of(page: pdfium.PdfPage) -> list[Grid]:
    """Return the grids that the lines on a page make, of at least two rows and two columns each."""
    across, upright = _rulings(page)
    if len(across) < 2 or not upright or len(across) + len(upright) > _MOST_LINES:
        return []
    grids = (_grid(rows, columns) for rows, columns in _joined(across, upright))
    return [grid for grid in grids if grid is not None]


def _rulings(page: pdfium.PdfPage) -> tuple[list[Ruling], list[Ruling]]:
    """Return the level and the upright lines of a page."""
    across: list[Ruling] = []
    upright: list[Ruling] = []
    for path in _paths(page):
        for left, bottom, right, top in _strokes(path):
            if top - bottom <= _THIN < right - left:
                across.append(Ruling((bottom + top) / 2, left, right))
            elif right - left <= _THIN < top - bottom:
                upright.append(Ruling((left + right) / 2, bottom, top))
    return [r for r in across if _is_long(r)], [r for r in upright if _is_long(r)]


def _paths(page: pdfium.PdfPage) -> Iterator[Any]:
    """Yield the paths that are drawn on the page itself, not those of the forms (pictures, stamps) placed on it."""
    handle = address(page.raw)
    numbers = (object_of(handle, index) for index in range(raw.FPDFPage_CountObjects(page.raw)))
    paths = (number for number in numbers if type_of(number) == raw.FPDF_PAGEOBJ_PATH)
    return (ctypes.cast(number, raw.FPDF_PAGEOBJECT) for number in islice(paths, _MOST_LINES + 1))


def _is_long(ruling: Ruling) -> bool:
    return ruling.end - ruling.start >= _SHORTEST


def _strokes(path: Any) -> Iterator[Box]:  # noqa: ANN401
    """Yield the boxes of a path's lines: a thin path is one line, of others each straight part that is drawn."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(path, left, bottom, right, top):
        return
    if min(right.value - left.value, top.value - bottom.value) <= _THIN:
        yield left.value, bottom.value, right.value, top.value
        return
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, filled, stroked)
    # A filled shape of many parts may be all of a table's lines, each a thin oblong.
    if stroked.value or raw.FPDFPath_CountSegments(path) > _OBLONG:
        yield from _parts(path)


def _parts(path: Any) -> Iterator[Box]:  # noqa: ANN401
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    begun = last = (0.0, 0.0)
    for index in range(min(raw.FPDFPath_CountSegments(path), _MOST_LINES)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            begun = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield _box(last, point)
        if raw.FPDFPathSegment_GetClose(segment):
            yield _box(point, begun)
        last = point


def _box(a: tuple[float, float], b: tuple[float, float]) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def _joined(
    across: Sequence[Ruling], upright: Sequence[Ruling]
) -> Iterator[tuple[list[Ruling], list[Ruling]]]:
    """Yield the lines that hang together, level and upright ones."""
    rows, columns = np.array(across), np.array(upright)
    y, left, right = rows[:, :1], rows[:, 1:2], rows[:, 2:]
    x, bottom, top = columns.T
    meet = (left - _MEET <= x) & (x <= right + _MEET) & (bottom - _MEET <= y) & (y <= top + _MEET)
    left_over = np.ones(len(across), dtype=np.bool_)
    for first in range(len(across)):
        if not left_over[first]:
            continue
        mine = np.zeros(len(across), dtype=np.bool_)
        mine[first] = True
        while True:
            others = meet[mine].any(axis=0)
            grown = mine | meet[:, others].any(axis=1)
            if (grown == mine).all():
                break
            mine = grown
        left_over &= ~mine
        if others.any():
            yield (
                [across[i] for i in np.flatnonzero(mine).tolist()],
                [upright[i] for i in np.flatnonzero(others).tolist()],
            )


def _grid(across: Sequence[Ruling], upright: Sequence[Ruling]) -> Grid | None:
    """Return the grid that lines make; where a table has no line at its sides, its other lines end there."""
    sides = (min(r.start for r in across), max(r.end for r in across))
    ends = (min(r.start for r in upright), max(r.end for r in upright))
    xs = _edges([*(r.at for r in upright), *sides])
    ys = _edges([*(r.at for r in across), *ends])
    if not (2 < len(xs) <= _MOST_EDGES and 2 < len(ys) <= _MOST_EDGES):
        return None
    beside = _walls(upright, xs, ys)
    above = _walls(across, ys, xs)
    labels = _labels(len(ys) - 1, len(xs) - 1, beside.T, above)
    return Grid(np.array(xs), np.array(ys), labels)


def _edges(places: Iterable[float]) -> list[float]:
    """Return the places in order, those that are almost one as one."""
    edges: list[list[float]] = []
    for place in sorted(places):
        if edges and place - edges[-1][0] <= _MEET:
            edges[-1].append(place)
        else:
            edges.append([place])
    return [sum(edge) / len(edge) for edge in edges]


def _walls(
    rulings: Sequence[Ruling], places: Sequence[float], along: Sequence[float]
) -> npt.NDArray[np.bool_]:
    """Say for each edge (row) and each stretch along it (column) whether a line is drawn there."""
    walls = np.zeros((len(places), len(along) - 1), dtype=np.bool_)
    where = np.array(places)
    middles = (np.array(along[1:]) + np.array(along[:-1])) / 2
    for ruling in rulings:
        edge = int(np.abs(where - ruling.at).argmin())
        walls[edge] |= (ruling.start <= middles) & (middles <= ruling.end)
    return walls


def _labels(rows: int, columns: int, beside: npt.NDArray[np.bool_], above: npt.NDArray[np.bool_]) -> Labels:
    """Number the cells: squares with no line between them are one.

    Args:
        rows: Number of rows.
        columns: Number of columns.
        beside: Whether a line is drawn, by row and edge of a column.
        above: Whether a line is drawn, by edge of a row and column.
    """
    labels = np.full((rows, columns), -1, dtype=np.intp)
    number = 0
    for row in range(rows):
        for column in range(columns):
            if labels[row, column] >= 0:
                continue
            todo = [(row, column)]
            while todo:
                r, c = todo.pop()
                if labels[r, c] >= 0:
                    continue
                labels[r, c] = number
                todo += [(r, c + 1)] * (c + 1 < columns and not beside[r, c + 1])
                todo += [(r, c - 1)] * (c > 0 and not beside[r, c])
                todo += [(r + 1, c)] * (r + 1 < rows and not above[r + 1, c])
                todo += [(r - 1, c)] * (r > 0 and not above[r, c])
            number += 1
    return labels
