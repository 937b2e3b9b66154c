"""The map: a batch of files to tables, and the tables to a part on disk; this is what a worker runs."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from traceback import walk_tb

import pyarrow as pa

from swnlp import store
from swnlp.annotate import Annotate, annotator, kept_text, tagger
from swnlp.copies import passage_rows
from swnlp.count.tabulate import tabulate
from swnlp.lexicon import Lexicon
from swnlp.model import NameModel
from swnlp.read import Reading, SourceFile, read_file
from swnlp.records import WHOLE, Annotation, Document, Piece, Problem
from swnlp.schema import PASSAGE_KEYS, PROBLEMS, SIGNATURES, to_table
from swnlp.settings import DEFAULTS, SegmenterName, Settings
from swnlp.similar import signature


@dataclass(frozen=True, slots=True)
class MapTask:
    """One part to make: all that a worker needs, plain enough to be sent to another process or machine.

    Attributes:
        folder: The result folder.
        key: Names the part.
        sources: The files; one, if `piece` is not the whole.
        piece: Which piece of its only file, of how many.
        size: Bytes of the files, for progress.
        settings: How files are read, and words cut.
        lexicon: Lexicon of the run.
        model: Weights of the name families; None for those that ship.
    """

    folder: Path
    key: str
    sources: tuple[SourceFile, ...]
    piece: Piece
    size: int
    settings: Settings
    lexicon: Lexicon
    model: NameModel | None = None


def run_task(task: MapTask, annotate: Annotate | None = None) -> str:
    """Make the part of a task and return its key.

    Args:
        task: The task.
        annotate: Annotates a document; None for swnlp's own stages, built once per process, lexicon and model.

    Raises:
        OutputError: If the part can't be written.
    """
    annotate = annotate or _annotator(task.lexicon, task.settings.segmenter, task.model, task.settings.ner)
    with _uncollected():
        tables = map_batch(task.sources, task.piece, annotate, task.settings)
        store.write_part(task.folder, task.key, tables)
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
def _annotator(
    lexicon: Lexicon, segmenter: SegmenterName, model: NameModel | None, ner: str | None
) -> Annotate:
    return annotator(lexicon, tagger(lexicon, segmenter=segmenter, model=model, ner=ner))


def map_batch(
    sources: Sequence[SourceFile], piece: Piece, annotate: Annotate, settings: Settings = DEFAULTS
) -> dict[str, pa.Table]:
    """Read and annotate a batch of files; a pure function of their bytes.

    A piece of a file that holds several documents is some of them, whole.

    Returns:
        The tables of schema.MAPPED. A file that can't be read is a row of `problems`, and so is a document on
        which a stage fails: one bad file never stops a run.
    """
    annotations: list[Annotation] = []
    problems: list[Problem] = []
    for source in sources:
        reading: Reading | None = None
        with _reported(problems, str(source.path), "read"):
            reading = (
                _reading(source, settings, _state(source)) if piece != WHOLE else read_file(source, settings)
            )
        if reading is None:
            continue
        # Every piece of a file meets the same problems; the first one tells them.
        problems += reading.problems if piece.number == 0 else ()
        for document, part in share(reading.documents, piece):
            with _reported(problems, document.path, piece=part):
                annotations.append(annotate(document, part))
    tables, kept = _tabulated(annotations, problems)
    signatures: list[tuple[str, bytes]] = []
    passages: list[tuple[object, ...]] = []
    for annotation in kept:
        document = annotation.document
        with _reported(problems, document.path, piece=annotation.piece):
            passages += passage_rows([annotation])
            made = signature(kept_text(document)) if annotation.piece.number == 0 else None
            signatures += [] if made is None else [(document.doc_id, made)]
    return tables | {
        "signatures": to_table(SIGNATURES, signatures),
        "passage_keys": to_table(PASSAGE_KEYS, passages),
        "problems": to_table(PROBLEMS, problems),
    }


def _tabulated(
    annotations: Sequence[Annotation], problems: list[Problem]
) -> tuple[dict[str, pa.Table], Sequence[Annotation]]:
    """Return the tables of a batch, and the documents in them; one that can't be tabulated is a problem."""
    try:
        return tabulate(annotations), annotations
    except Exception:  # whose fault it is shows when each is tabulated alone
        kept = []
        for annotation in annotations:
            with _reported(problems, annotation.document.path, piece=annotation.piece):
                tabulate([annotation])
                kept.append(annotation)
        return tabulate(kept), kept


@contextmanager
def _reported(
    problems: list[Problem], path: str, stage: str | None = None, piece: Piece = WHOLE
) -> Iterator[None]:
    """Make any error a problem of this file, so that the others go on.

    Also what is no Exception: a library in Rust that panics raises something of its own.
    """
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        problems.append(_bug(path, stage, error, piece))


def share(documents: Sequence[Document], piece: Piece) -> Iterator[tuple[Document, Piece]]:
    """Yield what a piece of a file is: the piece of its one document, or those of its many that fall to it."""
    if len(documents) == 1 or piece == WHOLE:
        yield from ((document, piece) for document in documents)
        return
    total, before = sum(len(document.text) for document in documents), 0
    for document in documents:
        if before * piece.total // total == piece.number:
            yield document, WHOLE
        before += len(document.text)


def _bug(path: str, stage: str | None, error: BaseException, piece: Piece) -> Problem:
    """Return a problem that says in which room of the package and at which line an error arose."""
    frames = [frame for frame, _ in walk_tb(error.__traceback__)]
    own = [f for f in frames if f.f_globals.get("__name__", "").startswith("swnlp.")]
    at = own[-1] if own else None
    module = str(at.f_globals["__name__"]) if at else "swnlp"
    where = f"{module}:{at.f_code.co_name}" if at else module
    part = (
        ""
        if piece == WHOLE
        else f"第 {piece.number + 1}/{piece.total} 部分 part {piece.number + 1}/{piece.total}; "
    )
    message = (
        f"{part}swnlp 自身出错，未计入结果，其余照常，请报告。 "
        f"A bug in swnlp: left out, the rest goes on; please report it: {error!r} ({where})"
    )
    return Problem(path, stage or module.split(".")[1], type(error).__name__, message)


@lru_cache(maxsize=1)
def _reading(source: SourceFile, settings: Settings, state: object) -> Reading:
    """Read a long file once for those of its pieces that follow each other here, as long as it is the same."""
    return read_file(source, settings)


def _state(source: SourceFile) -> object:
    """Return what changes when a file does; for one at a URL, where nothing tells, a new value each time."""
    if not isinstance(source.path, Path):
        return object()
    try:
        status = source.path.stat()
    except OSError:
        return object()
    return status.st_ino, status.st_mtime_ns, status.st_size
