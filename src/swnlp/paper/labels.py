"""Where the names of a figure's nodes go, so that none lies on another or on a node: a search, not a balance of forces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, inf, pi, sin
from typing import NamedTuple, TypeAlias

# Directions to try, right of the node first; and how far from its edge, in points.
_ANGLES = tuple(pi * part / 8 for part in (0, 8, 4, 12, 2, 14, 6, 10, 1, 15, 7, 9, 3, 13, 5, 11))
_REACHES = (2.0, 8.0, 16.0, 26.0, 38.0, 52.0, 70.0)
_GAP = 1.0
# How far a name may go to lie on one line less.
_DETOUR = 20.0

Point: TypeAlias = tuple[float, float]
Segment: TypeAlias = tuple[Point, Point]


class Box(NamedTuple):
    """A rectangle with upright sides, in points."""

    left: float
    bottom: float
    right: float
    top: float

    def overlaps(self, other: Box, gap: float = 0.0) -> bool:
        """Return whether the two share some area, or come closer than `gap`."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.bottom < other.top + gap
            and other.bottom < self.top + gap
        )

    def within(self, other: Box) -> bool:
        """Return whether this lies in the other."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.bottom <= self.bottom
            and self.top <= other.top
        )


class Spot(NamedTuple):
    """A node in the figure, a circle around it, in points."""

    x: float
    y: float
    radius: float

    @property
    def box(self) -> Box:
        """The square around it."""
        return Box(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)


class Wanted(NamedTuple):
    """A name to place: the number of its node, and its size in points."""

    spot: int
    width: float
    height: float


def place_labels(
    wanted: Sequence[Wanted], spots: Sequence[Spot], page: Box, lines: Sequence[Segment] = ()
) -> list[Box | None]:
    """Return a place for each name, in order; None where none is free.

    Of a fixed list of places around its node, those that lie on the page, on no node and on no name placed before
    are free: so the most important names come first. The nearest one is taken, but a way of _DETOUR points is gone to
    lie on one line less. No two boxes ever overlap, and the same input gives the same places.

    Args:
        wanted: The names.
        spots: All nodes.
        page: What the names must lie in.
        lines: What they had better not lie on.
    """
    taken = [spot.box for spot in spots]
    found: list[Box | None] = []
    for name in wanted:
        box = _best(name, spots[name.spot], page, taken, lines)
        found.append(box)
        if box is not None:
            taken.append(box)
    return found


def _best(name: Wanted, spot: Spot, page: Box, taken: Sequence[Box], lines: Sequence[Segment]) -> Box | None:
    best, least = None, inf
    for reach, box in _places(name, spot):
        if reach >= least:
            break
        if not box.within(page) or any(box.overlaps(other, _GAP) for other in taken):
            continue
        cost = reach + _DETOUR * sum(crosses(box, line) for line in lines)
        if cost < least:
            best, least = box, cost
    return best


def crosses(box: Box, line: Segment) -> bool:
    """Return whether a line passes through a box (Liang & Barsky 1984)."""
    (x, y), (u, v) = line
    enter, leave = 0.0, 1.0
    for start, step, low, high in ((x, u - x, box.left, box.right), (y, v - y, box.bottom, box.top)):
        if step == 0:
            if not low < start < high:
                return False
            continue
        one, two = sorted(((low - start) / step, (high - start) / step))
        enter, leave = max(enter, one), min(leave, two)
    return enter < leave


def _places(name: Wanted, spot: Spot) -> Iterator[tuple[float, Box]]:
    """Yield boxes of a name's size around its node with how far off they are, near ones first."""
    for reach in _REACHES:
        for angle in _ANGLES:
            # The middle of the box, so far that it clears the square of the node in that direction.
            across = (spot.radius + name.width / 2) * cos(angle)
            along = (spot.radius + name.height / 2) * sin(angle)
            stretch = 1 / max(abs(cos(angle)), abs(sin(angle)))
            x = spot.x + across * stretch + reach * cos(angle)
            y = spot.y + along * stretch + reach * sin(angle)
            yield reach, Box(x - name.width / 2, y - name.height / 2, x + name.width / 2, y + name.height / 2)


def spread(spots: Sequence[Spot], page: Box, *, gap: float = 3.0, rounds: int = 400) -> list[Spot]:
    """Return nodes pushed apart until their squares don't overlap; as far as the page has room.

    Args:
        spots: The nodes.
        page: What they must lie in.
        gap: Least space between two.
        rounds: At most so many passes.
    """
    at = [[spot.x, spot.y] for spot in spots]
    for _ in range(rounds):
        moved = False
        for i in range(len(spots)):
            for j in range(i + 1, len(spots)):
                moved |= _push(at[i], at[j], spots[i].radius + spots[j].radius + gap)
        for point, spot in zip(at, spots, strict=True):
            point[0] = min(max(point[0], page.left + spot.radius), page.right - spot.radius)
            point[1] = min(max(point[1], page.bottom + spot.radius), page.top - spot.radius)
        if not moved:
            break
    return [Spot(x, y, spot.radius) for (x, y), spot in zip(at, spots, strict=True)]


def _push(a: list[float], b: list[float], apart: float) -> bool:
    """Move two points apart in the direction in which less is missing; two on one spot go left and right."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    if abs(dx) >= apart or abs(dy) >= apart:
        return False
    axis = 0 if abs(dx) >= abs(dy) else 1
    step = (apart - abs((dx, dy)[axis])) / 2 + 0.01
    sign = -1 if (dx, dy)[axis] < 0 else 1
    a[axis] -= sign * step
    b[axis] += sign * step
    return True
