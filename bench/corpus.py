"""The text that is measured: real prose where there is some, else the project's own corpora."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
# The first of these that is there; --text names another.
FOLDERS = (ROOT.parent / "shared" / "text", ROOT / "corpora")
# Below this many characters a run is too short to be timed, so text is generated.
ENOUGH = 200_000


class Document(NamedTuple):
    """One text file."""

    name: str
    text: str


class Corpus(NamedTuple):
    """Documents, and the folder they were read from."""

    folder: Path
    documents: tuple[Document, ...]

    @property
    def texts(self) -> list[str]:
        return [document.text for document in self.documents]

    @property
    def chars(self) -> int:
        return sum(map(len, self.texts))

    def __str__(self) -> str:
        digest = hashlib.sha256("\0".join(self.texts).encode()).hexdigest()[:12]
        return f"{self.chars:,} characters in {len(self.documents):,} files (sha256 {digest})"


def real_folder(given: Path | None = None) -> Path:
    """Return the folder of real text: the one that was named, else the first of FOLDERS that is there."""
    return given if given is not None else next(folder for folder in FOLDERS if folder.is_dir())


def read_corpus(folder: Path) -> Corpus:
    """Read every .txt file below a folder, by path in code point order."""
    paths = sorted(folder.rglob("*.txt"), key=lambda path: path.relative_to(folder).as_posix())
    documents = [
        Document(path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")) for path in paths
    ]
    if not documents:
        raise SystemExit(f"{folder}: no .txt files")
    return Corpus(folder, tuple(documents))


def first_chars(texts: Sequence[str], chars: int) -> list[str]:
    """Return the beginning of the texts, `chars` characters long in all."""
    taken: list[str] = []
    for text in texts:
        if chars <= 0:
            break
        taken.append(text[:chars])
        chars -= len(text)
    return taken
