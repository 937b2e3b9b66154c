"""Reads linkage schemes (.toml): which actors are asked about, and their surface forms."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from swnlp.errors import LexiconError
from swnlp.lexicon.tables import decode
from swnlp.lexicon.values import Scheme, SchemeActor
from swnlp.resources import read_bytes

_SCHEME_LISTS = ("surfaces", "modifiers", "not_before", "not_after")


def shipped_schemes() -> dict[str, Scheme]:
    """Return the schemes that ship with swnlp, by id."""
    folder = files("swnlp.resources").joinpath("schemes")
    schemes: dict[str, Scheme] = {}
    # In name order: three_societies takes its rows from five_societies.
    for name in sorted(item.name for item in folder.iterdir() if item.name.endswith(".toml")):
        scheme = read_scheme(read_bytes(f"schemes/{name}"), Path(name), schemes)
        schemes[scheme.scheme_id] = scheme
    return schemes


def read_scheme(data: bytes, path: Path, known: dict[str, Scheme]) -> Scheme:
    """Read a scheme; `extends` takes the rows of a known one (those of `kinds`, or all) before its own."""
    try:
        table = tomllib.loads(decode(data, path))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{path}: {error}") from None
    for key in ("id", "name_zh", "name_en", "extends" if "actor" not in table else "actor"):
        if not table.get(key):
            raise LexiconError(f"{path}: 联动框架缺少 {key} / the scheme lacks {key!r}")
    actors = [*_inherited(table, path, known), *(_actor(row, path) for row in table.get("actor", ()))]
    return Scheme(table["id"], table["name_zh"], table["name_en"], tuple(actors))


def _inherited(table: dict[str, Any], path: Path, known: dict[str, Scheme]) -> Iterator[SchemeActor]:
    base = table.get("extends")
    if base is None:
        return
    if base not in known:
        raise LexiconError(
            f"{path}: extends = {base!r}: 没有这个框架 / no such scheme; there are: {', '.join(known)}"
        )
    rows = {actor.kind: actor for actor in known[base].actors}
    for kind in table.get("kinds", rows):
        if kind not in rows:
            raise LexiconError(
                f"{path}: kinds: {base!r} 中没有 {kind!r} / has no such kind; it has: {', '.join(rows)}"
            )
        yield rows[kind]


def _actor(row: dict[str, Any], path: Path) -> SchemeActor:
    for key in ("kind", "name_zh", "name_en", "surfaces"):
        if not row.get(key):
            raise LexiconError(f"{path}: [[actor]] 缺少 {key} / lacks {key!r}: {row!r}")
    lists = {key: tuple(row.get(key, ())) for key in _SCHEME_LISTS}
    return SchemeActor(row["kind"], row["name_zh"], row["name_en"], **lists)
