"""Every error swnlp raises on purpose; anything else that escapes is a bug."""

from __future__ import annotations

from pathlib import Path
from typing import Self


class SwnlpError(Exception):
    """Base class: catch this one to catch them all."""


class SettingsError(SwnlpError, ValueError):
    """A setting is unknown, out of range, or contradicts another."""


class MemoryLimitError(SettingsError):
    """Counting needs more memory than `memory` allows."""


class CorpusError(SwnlpError, ValueError):
    """The paths given hold nothing that can be analysed."""


class MissingPathError(CorpusError, FileNotFoundError):
    """A path that was given does not exist."""


class ReadError(SwnlpError, ValueError):
    """One file cannot be read; the run goes on and records it as a problem."""


class LexiconError(SwnlpError, ValueError):
    """A line of a lexicon, alias or scheme file is wrong."""

    @classmethod
    def at(cls, path: Path | str, line: int, message: str) -> Self:
        """Name the file and the line (1-based)."""
        return cls(f"{path}:{line}: {message}")


class CodesError(SwnlpError, ValueError):
    """A file of a researcher's own codes can't be read, or a code in it is wrong."""


class GoldError(SwnlpError, ValueError):
    """A file of annotated texts can't be read, or a line of it is wrong."""

    @classmethod
    def at(cls, path: Path | str, line: int, message: str) -> Self:
        """Name the file and the line (1-based)."""
        return cls(f"{path}:{line}: {message}")


class FormError(SwnlpError, ValueError):
    """A sheet that a person filled in can't be read, or lacks what nothing can be said without."""


class ExchangeError(SwnlpError, ValueError):
    """A project of another program (.qdpx) can't be read."""


class ModelError(SwnlpError, ValueError):
    """A file is no model that `swnlp train` wrote."""

    @classmethod
    def at(cls, path: Path | str, line: int, message: str) -> Self:
        """Name the file and the line (1-based)."""
        return cls(f"{path}:{line}: {message}")


class TrainingError(SwnlpError, ValueError):
    """The annotated texts are not enough to fit or to measure a model."""


class OutputError(SwnlpError, OSError):
    """The output folder cannot be written, or is not ours to write into."""


class EngineError(SwnlpError, RuntimeError):
    """The processes or machines that the map runs on failed."""


class AnalysisError(SwnlpError, LookupError):
    """A result folder is incomplete, or has no such entity or edge."""


class FontError(SwnlpError, LookupError):
    """There is no Chinese font to draw with."""


class MissingExtraError(SwnlpError, ImportError):
    """An optional dependency is not installed."""

    @classmethod
    def needs(cls, module: str, extra: str) -> Self:
        """Say what is missing and the one command that installs it."""
        return cls(f"{module} is not installed. Run: pip install 'swnlp[{extra}]'")
