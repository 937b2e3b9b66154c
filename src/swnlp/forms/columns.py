"""What a form is: a sheet with named columns, of which people fill in some."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# shown: to be read; asked: to be filled in; kept: what reading back needs, not for people.
Role = Literal["shown", "asked", "kept"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a form.

    Attributes:
        key: Its name in the program.
        zh: Its Chinese heading.
        en: Its English heading.
        role: Who it is for.
        width: Width in characters.
        choices: What may be chosen in a cell; empty for anything.
        needed: Whether the form says nothing without it.
        marked: Whether [start:end] of a row's `marks` are set off in it.
    """

    key: str
    zh: str
    en: str
    role: Role = "shown"
    width: float = 12
    choices: tuple[str, ...] = ()
    needed: bool = False
    marked: bool = False

    @property
    def heading(self) -> str:
        """Return both headings, as they stand in the sheet; one that a person named has one."""
        return f"{self.zh} {self.en}" if self.en != self.zh else self.zh

    @property
    def spellings(self) -> frozenset[str]:
        """Return what people may call it, in small letters without space."""
        return frozenset(squeezed(name) for name in (self.key, self.zh, self.en, self.heading))


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet to be filled in: its name and its columns."""

    name: str
    columns: tuple[Column, ...]


def squeezed(name: str) -> str:
    """Return a heading in small letters without space or underscores."""
    return "".join(name.replace("_", "").split()).casefold()
