"""Where the map runs: batches of files become parts on disk; a part that is there is not made again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from swnlp import store
from swnlp.read import SourceFile

# A batch ends after a file whose hash says so (one in sixteen): a new file changes one batch, not all that follow.
BATCH_MEAN = 16


class Progress(NamedTuple):
    """How far a run is: files and bytes read and mapped; `stage` is map, reduce, export or done."""

    stage: str
    files_done: int
    files_total: int
    bytes_done: int
    bytes_total: int


class Batch(NamedTuple):
    """Files that are mapped together, their bytes, and the hash that names their part."""

    key: str
    sources: tuple[SourceFile, ...]
    size: int


MapFunction = Callable[[Sequence[SourceFile]], dict[str, pa.Table]]


def run_map(
    folder: Path,
    todo: Sequence[Batch],
    make_map: Callable[[], MapFunction],
    say: Callable[[Progress], None],
) -> None:
    """Write the part of every batch that is not there yet, and remove parts that belong to none.

    Args:
        folder: The result folder, claimed.
        todo: All batches of the run.
        make_map: Returns the map function (batch to tables); called once, and only if there is work.
        say: Told how far the run is, before each batch.
    """
    files, size = sum(len(b.sources) for b in todo), sum(b.size for b in todo)
    map_batch: MapFunction | None = None
    files_done = size_done = 0
    for batch in todo:
        say(Progress("map", files_done, files, size_done, size))
        if not store.has_part(folder, batch.key):
            map_batch = map_batch or make_map()
            store.write_part(folder, batch.key, map_batch(batch.sources))
        files_done, size_done = files_done + len(batch.sources), size_done + batch.size
    store.drop_other_parts(folder, [batch.key for batch in todo])
    say(Progress("reduce", files, files, size, size))


def batches(sources: Sequence[SourceFile], shape: str, limit: int) -> Iterator[Batch]:
    """Group files, in order, into batches that end at about `limit` bytes or where a file's hash says so.

    Args:
        sources: The files.
        shape: Hash of all that shapes a part besides its files (provenance.fingerprint).
        limit: Bytes after which a batch ends; a batch holds at least one file.
    """
    batch: list[SourceFile] = []
    digest, size = hashlib.sha256(shape.encode()), 0
    for source in sources:
        content, length = _content(source.path)
        batch.append(source)
        digest.update(f"{source!r}\0{content}\0".encode())
        size += length
        if size >= limit or int(content[:8] or "1", 16) % BATCH_MEAN == 0:
            yield Batch(digest.hexdigest()[:32], tuple(batch), size)
            batch, digest, size = [], hashlib.sha256(shape.encode()), 0
    # Without any file there is one empty batch, so that a run always has its tables.
    if batch or not sources:
        yield Batch(digest.hexdigest()[:32], tuple(batch), size)


def _content(path: Path) -> tuple[str, int]:
    """Return the SHA-256 and the length of a file; empty for one that can't be read (reading it says why)."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size
    except OSError:
        return "", 0
