"""Optional dependencies: asked for where they are used, and by name."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from swnlp.errors import MissingExtraError


def require(module: str, *, extra: str) -> ModuleType:
    """Import `module`, or say which extra brings it.

    Raises:
        MissingExtraError: If `module` itself is absent. A broken install of it raises as usual.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module.partition(".")[0]:
            raise
        raise MissingExtraError.needs(module, extra) from None
