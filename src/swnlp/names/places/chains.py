"""Places that follow each other without a separator are one: 凤冈县|龙泉街道."""

from __future__ import annotations

from collections.abc import Sequence

from swnlp.gazetteer import load_gazetteer
from swnlp.names.places.listed import FULL, Place

# Precision of a chain on the training annotation.
CHAINED = 0.9
# No address is longer, in characters.
LONGEST = 60
# A place with a score below this holds no other.
SURE = 0.5
# What names a place of its own kind is no part of the place before it: 菏泽|鲁西.
_APART = ("point", "run", "character")


class Chains:
    """The places of one text by where they end, so that a place that goes on from another can take it in."""

    def __init__(self, listed: Sequence[Place]) -> None:
        sure = [p for p in listed if p.score > SURE]
        self._starting = {place.start: place for place in listed}
        self._covered = {at for p in sure for at in range(p.start + 1, p.end + 1)}
        # The head of a two-character water (漳河) may end a longer name (沮漳河).
        self._inside = {
            at for p in sure if p.codes or p.end - p.start > 2 for at in range(p.start + 1, p.end)
        }
        self._ending: dict[int, Place] = {}
        self._joined = [self.add(place) for place in listed]

    def joined(self) -> list[Place]:
        """Return the listed places, each with what stands before it and holds it."""
        return self._joined

    def starting(self, at: int) -> Place | None:
        """Return the listed place that begins at `at`."""
        return self._starting.get(at)

    def ending(self, at: int) -> Place | None:
        """Return the sure chain that ends at `at`, or else the doubtful place."""
        return self._ending.get(at)

    def last_end(self, start: int, end: int) -> int | None:
        """Return the last position in `start` to `end` (inclusive) where a sure chain ends."""
        return next((at for at in range(end, start - 1, -1) if self._is_sure(at)), None)

    def last_full_end(self, start: int, end: int) -> int:
        """Return the last position after `start`, up to `end`, where a full name ends; `start` if none does."""
        return next((at for at in range(end, start, -1) if self._is_sure(at) and self._is_full(at)), start)

    def first_ending(self, start: int, end: int) -> Place | None:
        """Return, of the sure chains that end in `start` to `end` (inclusive), the one that begins first."""
        found = [self._ending[at] for at in range(start, end + 1) if self._is_sure(at)]
        return min(found, key=lambda place: (place.start, -place.end), default=None)

    def covers(self, at: int) -> bool:
        """Say whether `at` is inside a listed place or its end."""
        return at in self._covered

    def inside(self, at: int) -> bool:
        """Say whether a division, or a listed place of more than two characters, is cut by `at`."""
        return at in self._inside

    def add(self, place: Place) -> Place:
        """Take a place in; return it with the chain that it goes on from."""
        before = self._ending.get(place.start)
        if before is not None and min(before.score, place.score) > SURE and _goes_on(before, place):
            rule = f"chain-{place.rule.removeprefix('chain-')}"
            place = place._replace(start=before.start, score=max(place.score, CHAINED), rule=rule)
        held = self._ending.get(place.end)
        if held is None or (held.score, -held.start) < (place.score, -place.start):
            self._ending[place.end] = place
        return place

    def _is_sure(self, at: int) -> bool:
        return at in self._ending and self._ending[at].score > SURE

    def _is_full(self, at: int) -> bool:
        return self._ending[at].rule.endswith(FULL)


def _goes_on(before: Place, place: Place) -> bool:
    """A division goes on from one that holds it; what is known by its shape, from any place."""
    if place.end - before.start > LONGEST:
        return False
    if not place.codes:
        return place.rule not in _APART
    gazetteer = load_gazetteer()
    if any(c != h and gazetteer.is_within(c, h) for c in place.codes for h in before.codes):
        return True
    # Towns are renamed and moved more often than lists are: 召陵区|天桥街道.
    town = place.rule == FULL and all(gazetteer.level(code) == "town" for code in place.codes)
    return town and before.rule.endswith((FULL, "zone")) and _may_hold_towns(before)


def _may_hold_towns(place: Place) -> bool:
    gazetteer = load_gazetteer()
    return not place.codes or any(gazetteer.level(code) in ("city", "county") for code in place.codes)
