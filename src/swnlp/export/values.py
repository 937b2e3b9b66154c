"""Attribute values to what files can hold: clean text, whole numbers, finite numbers, true and false, or nothing."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

import numpy as np

Plain = bool | int | float | str
Kind = Literal["boolean", "integer", "long", "double", "string"]

LIST_SEPARATOR = " | "

# XML 1.0, production 2 (Char), turned round. Lone surrogates are among them: they are no characters of UTF-8 either.
_NO_CHARACTER = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Names that Gephi, Gephi Lite, networkx or GraphML tools keep for something of their own; compared ignoring case.
# d3 and d7 are yEd's labels, xpos to edgeid what Gephi's GraphML reader takes for properties.
RESERVED: dict[str, frozenset[str]] = {
    "node": frozenset(
        "id label color size x y z r g b shape thickness weight type source target start end timeset interval "
        "pid parents spells viz d3 xpos ypos".split()
    ),
    "edge": frozenset(
        "id label color size x y z r g b shape thickness weight type source target start end timeset interval "
        "kind key spells viz d7 edgelabel edgeid networkx_key".split()
    )
    | {"edge weight"},
}


class Column(NamedTuple):
    """An attribute of the graph as a column of a file.

    `name` is the attribute's, unless readers keep that name for themselves or another attribute has it
    already, ignoring case. `kind` is decided over all values; None where there is not one.
    """

    attribute: Hashable
    name: str
    kind: Kind | None


def clean(text: str) -> str:
    """Return `text` without the characters that XML forbids: controls, lone surrogates, U+FFFE, U+FFFF."""
    return _NO_CHARACTER.sub("", text)


def plain(value: object) -> Plain | None:
    """Return an attribute's value as a bool, int, finite float or clean non-empty str; None if it is missing.

    None, NaN, the infinities, empty text and empty lists are missing. Lists are joined by " | ".
    """
    kind = type(value)
    if kind is str:
        return clean(value) or None  # type: ignore[arg-type]
    if kind is int or kind is bool:
        return value  # type: ignore[return-value]
    if kind is float:
        return value if math.isfinite(value) else None  # type: ignore[arg-type, return-value]
    return None if value is None else _from_object(value)


def _from_object(value: object) -> Plain | None:
    """Return what `plain` promises for a value that is not of a builtin scalar type."""
    if isinstance(value, np.generic):
        item = value.item()
        return plain(item) if not isinstance(item, np.generic) else clean(str(item))
    if isinstance(value, Decimal):
        # DuckDB's sums of integers come as decimals without a fraction.
        whole = value.is_finite() and value == value.to_integral_value()
        return int(value) if whole else plain(float(value))
    if isinstance(value, (set, frozenset)):
        return LIST_SEPARATOR.join(sorted(_texts(value))) or None
    if isinstance(value, (list, tuple, np.ndarray)):
        return LIST_SEPARATOR.join(_texts(value)) or None
    # pandas' own missing values, without importing pandas for them.
    return None if type(value).__name__ in {"NAType", "NaTType"} else clean(str(value)) or None


def _texts(values: Iterable[object]) -> list[str]:
    return [text(item) for item in map(plain, values) if item is not None]


def text(value: Plain) -> str:
    """Return a plain value as text: true and false, and numbers so that they read back exactly."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else repr(value)


def as_kind(value: Plain, kind: Kind) -> Plain:
    """Return a plain value of a column as the column's kind."""
    if kind == "double":
        return float(value)
    return text(value) if kind == "string" else value


def filled(data: Mapping[Hashable, object], columns: Iterable[Column]) -> Iterator[tuple[str, Plain]]:
    """Return the name and value of every column that is not missing in one node's or edge's attributes."""
    for column in columns:
        value = plain(data.get(column.attribute))
        if value is not None and column.kind:
            yield column.name, as_kind(value, column.kind)


def columns(
    rows: Iterable[Mapping[Hashable, object]],
    *,
    of: Literal["node", "edge"],
    order: Sequence[str],
    without: Collection[str],
) -> list[Column]:
    """Return the columns of all attributes in `rows`: those of `order` first, the rest by name.

    Args:
        rows: The attributes of every node, or of every edge.
        of: Which of the two; decides the names that are reserved. A reserved name gets it as a prefix.
        order: Attributes that come first.
        without: Attributes that are no columns.
    """
    types: dict[Hashable, set[str]] = {}
    for row in rows:
        for attribute, value in row.items():
            seen = types.setdefault(attribute, set())
            found = plain(value)
            if found is not None:
                seen.add(_type_of(found))
    rank = {name: i for i, name in enumerate(order)}
    attributes = [attribute for attribute in types if attribute not in without]
    attributes.sort(key=lambda a: (rank.get(str(a), len(rank)), str(a)))
    names = _unique_names(attributes, of)
    return [Column(a, name, _kind(types[a])) for a, name in zip(attributes, names, strict=True)]


def _type_of(value: Plain) -> str:
    """Return the narrowest type that holds one value."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer" if -(2**31) <= value < 2**31 else "long" if -(2**63) <= value < 2**63 else "string"
    return "double" if isinstance(value, float) else "string"


def _kind(types: set[str]) -> Kind | None:
    """Return the narrowest type that holds values of all `types`."""
    if not types:
        return None
    if types == {"boolean"}:
        return "boolean"
    if types <= {"integer", "long", "double"}:
        return "double" if "double" in types else "long" if "long" in types else "integer"
    return "string"


def _unique_names(attributes: Iterable[Hashable], of: Literal["node", "edge"]) -> list[str]:
    taken = set(RESERVED[of])
    names = []
    for attribute in attributes:
        name = clean(str(attribute)).strip() or of
        if name.casefold() in RESERVED[of]:
            name = f"{of}_{name}"
        names.append(unused(name, taken, key=str.casefold))
    return names


def unused(name: str, taken: set[str], *, key: Callable[[str], str] = str) -> str:
    """Return `name`, or `name` with the first number from 2 that is free, and take it; `key` decides what is equal."""
    free, number = name, 2
    while key(free) in taken:
        free, number = f"{name}_{number}", number + 1
    taken.add(key(free))
    return free
