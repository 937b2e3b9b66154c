"""swnlp: from a folder of Chinese city reports to entities, evidence and a co-occurrence graph."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from swnlp.analysis import Analysis, open_analysis
    from swnlp.errors import SwnlpError
    from swnlp.pipeline import load
    from swnlp.settings import Settings
    from swnlp.workflow import analyze

__version__ = "0.1.0"
__all__ = ["Analysis", "Settings", "SwnlpError", "__version__", "analyze", "load", "open_analysis"]

_HOME = {
    "Analysis": "analysis",
    "Settings": "settings",
    "SwnlpError": "errors",
    "analyze": "workflow",
    "load": "pipeline",
    "open_analysis": "analysis",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Import a public name when it is first used, so that `import swnlp` costs nothing."""
    if name not in _HOME:
        raise AttributeError(f"module 'swnlp' has no attribute {name!r}")
    value = getattr(import_module(f"swnlp.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
