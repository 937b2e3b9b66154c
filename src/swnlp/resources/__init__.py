"""The words that swnlp knows: linkage schemes, gazetteers, genres, head nouns; read from files beside this one."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_bytes(name: str) -> bytes:
    """Return a resource file's bytes; `name` is its path below resources/."""
    return files(__name__).joinpath(name).read_bytes()


@cache
def read_toml(name: str) -> dict[str, Any]:
    """Return a TOML resource as plain values; `name` is its path below resources/. Treat it as read-only."""
    return tomllib.loads(read_bytes(name).decode("utf-8"))
