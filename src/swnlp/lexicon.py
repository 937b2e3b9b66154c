"""Schemes, names, words and aliases: the user's own files, read, checked, and merged over resources/."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Entry(NamedTuple):
    """A name that is known: its surface, label and kind; `name` is the entity it stands for (itself if None)."""

    surface: str
    label: str
    kind: str | None = None
    name: str | None = None


class Word(NamedTuple):
    """A plain word in jieba's userdict format."""

    word: str
    freq: int | None = None
    pos: str | None = None


class SchemeActor(NamedTuple):
    """One row of a linkage scheme.

    `surfaces` are complete forms (社会工作者, 社工); `modifiers` are words that may stand before a form and
    belong to it (持证, 驻站); `not_before` and `not_after` are what may not follow or precede a form
    (社工 + 站 is a facility, 社区 + 治理 a field).
    """

    kind: str
    name_zh: str
    name_en: str
    surfaces: tuple[str, ...]
    modifiers: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scheme:
    """A linkage scheme: the actors that are asked about, in the order of its rows."""

    scheme_id: str
    name_zh: str
    name_en: str
    actors: tuple[SchemeActor, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that names are looked up in. `user_entries` are always kept as names; `words` only guide segmentation."""

    scheme: Scheme
    entries: tuple[Entry, ...] = ()
    user_entries: tuple[Entry, ...] = ()
    words: tuple[Word, ...] = ()
    fingerprint: str = ""
