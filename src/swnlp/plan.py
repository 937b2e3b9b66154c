"""What the map has to do: files grouped into batches, long files cut into pieces, each named by a hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from swnlp.lexicon import Lexicon
from swnlp.mapper import MapTask
from swnlp.model import NameModel
from swnlp.read import RemotePath, SourceFile
from swnlp.records import Piece
from swnlp.settings import Settings

# A batch ends after a file whose hash says so (one in so many): a new file changes one batch, not all that follow.
BATCH_MEAN = 64
BYTES_PER_CHAR = 3
# Most of such a file's bytes are no text, so that its size says nothing of its length.
_UNCUT = frozenset({"docx", "office", "pdf"})
# Key, files, piece and bytes of a part.
_Part = tuple[str, tuple[SourceFile, ...], Piece, int]


def plan(
    sources: Sequence[SourceFile],
    shape: str,
    folder: Path,
    settings: Settings,
    lexicon: Lexicon,
    *,
    model: NameModel | None = None,
) -> list[MapTask]:
    """Return the tasks of a run: files grouped into batches, long files cut into pieces.

    Args:
        sources: The files, in order.
        shape: Hash of all that shapes a part besides its files (provenance.fingerprint).
        folder: The result folder.
        settings: How files are read; `batch_chars` says how long a batch and a piece are, about.
        lexicon: Lexicon of the run.
        model: Weights of the name families; None for those that ship.

    Returns:
        In the order of the files; the same whatever runs them. Without files, one task with none, so that a run
        always has its tables.
    """
    limit = settings.batch_chars * BYTES_PER_CHAR
    return [
        MapTask(folder, key, batch, piece, size, settings, lexicon, model)
        for key, batch, piece, size in _batches(sources, shape, limit)
    ]


class _Batch:
    """Files that are mapped together, while they are gathered."""

    def __init__(self, shape: str) -> None:
        self.sources: list[SourceFile] = []
        self.size = 0
        self._digest = hashlib.sha256(shape.encode())

    def add(self, source: SourceFile, content: str, size: int) -> None:
        self.sources.append(source)
        self.size += size
        self._digest.update(f"{source!r}\0{content}\0".encode())

    def pieces(self, count: int = 1) -> Iterator[_Part]:
        key = self._digest.hexdigest()[:32]
        for index in range(count):
            name = key if count == 1 else f"{key}-{index}-{count}"
            yield name, tuple(self.sources), Piece(index, count), self.size // count


def _batches(sources: Sequence[SourceFile], shape: str, limit: int) -> Iterator[_Part]:
    batch = _Batch(shape)
    for source in sources:
        content, size = _content(source.path)
        if size > 2 * limit and source.format not in _UNCUT:
            if batch.sources:
                yield from batch.pieces()
            long = _Batch(shape)
            long.add(source, content, size)
            yield from long.pieces(-(-size // limit))
            batch = _Batch(shape)
            continue
        batch.add(source, content, size)
        if batch.size >= limit or int(content[:8] or "1", 16) % BATCH_MEAN == 0:
            yield from batch.pieces()
            batch = _Batch(shape)
    if batch.sources or not sources:
        yield from batch.pieces()


def _content(path: Path | RemotePath) -> tuple[str, int]:
    """Return the SHA-256 and the length of a file; empty for one that can't be read (reading it says why)."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), file.tell()  # type: ignore[arg-type]
    except OSError:
        return "", 0
