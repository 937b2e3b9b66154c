"""The map: a batch of files to tables, and the tables to a part on disk; this is what a worker runs."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyarrow as pa

from swnlp import store
from swnlp.annotate import Annotate, annotator, tagger
from swnlp.count.tabulate import tabulate
from swnlp.errors import ReadError
from swnlp.lexicon import Lexicon
from swnlp.read import SourceFile, read_document
from swnlp.records import Annotation, Piece, Problem
from swnlp.settings import SegmenterName


@dataclass(frozen=True, slots=True)
class MapTask:
    """One part to make: all that a worker needs, plain enough to be sent to another process or machine.

    Attributes:
        folder: The result folder.
        key: Names the part.
        sources: The files; one, if `piece` is not the whole.
        piece: Which piece of its only file, of how many.
        size: Bytes of the files, for progress.
        segmenter: Word segmenter.
        lexicon: Lexicon of the run.
    """

    folder: Path
    key: str
    sources: tuple[SourceFile, ...]
    piece: Piece
    size: int
    segmenter: SegmenterName
    lexicon: Lexicon


def run_task(task: MapTask, annotate: Annotate | None = None) -> str:
    """Make the part of a task and return its key.

    Args:
        task: The task.
        annotate: Annotates a document; None for swnlp's own stages, built once per process and lexicon.

    Raises:
        OutputError: If the part can't be written.
    """
    annotate = annotate or _annotator(task.lexicon, task.segmenter)
    with _uncollected():
        store.write_part(task.folder, task.key, map_batch(task.sources, task.piece, annotate))
    return task.key


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the cycle collector off for a batch: it would look at millions of tuples over and over (a tenth of the time)."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@lru_cache(maxsize=2)
def _annotator(lexicon: Lexicon, segmenter: SegmenterName) -> Annotate:
    return annotator(lexicon, tagger(lexicon, segmenter=segmenter))


def map_batch(sources: Sequence[SourceFile], piece: Piece, annotate: Annotate) -> dict[str, pa.Table]:
    """Read and annotate a batch of files; a pure function of their bytes.

    Returns:
        The tables of schema.MAPPED. A file that can't be read is a row of `problems`, and so is one on which
        a stage fails: one bad file never stops a run.
    """
    annotations: list[Annotation] = []
    problems: list[Problem] = []
    for source in sources:
        try:
            annotations.append(annotate(read_document(source), piece))
        except ReadError as error:
            problems.append(Problem(str(source.path), "read", type(error).__name__, str(error)))
        except Exception as error:
            message = f"swnlp 自身出错，请报告。 A bug in swnlp, please report it: {error!r}"
            problems.append(Problem(str(source.path), "annotate", type(error).__name__, message))
    # Every piece of a file that can't be read meets the same problem; the first one tells it.
    return tabulate(annotations, problems if piece.number == 0 else ())
