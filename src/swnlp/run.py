"""What every step of one run needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from swnlp import store
from swnlp.codes import Codebook
from swnlp.codes.given import GivenCodes
from swnlp.count.query import Limits
from swnlp.lexicon import Lexicon
from swnlp.model import NameModel
from swnlp.records import Problem
from swnlp.settings import Settings


@dataclass(frozen=True, slots=True)
class Run:
    """Where a run writes to, and what it goes by; `problems` are those of finding its files."""

    folder: Path
    settings: Settings
    settings_file: Path | None
    lexicon: Lexicon
    model: NameModel | None
    limits: Limits
    problems: tuple[Problem, ...]
    book: Codebook | None = None
    given: GivenCodes | None = None

    @property
    def tables(self) -> Mapping[str, Path]:
        """Return where each table of the result is."""
        return store.table_paths(self.folder)
