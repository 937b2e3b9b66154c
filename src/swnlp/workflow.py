"""The whole way from files to a result: calls the stages in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import networkx as nx

from swnlp import copies, store
from swnlp.analysis import Analysis
from swnlp.annotate import annotator
from swnlp.codes import Codebook, codebook_to_dict, read_codes
from swnlp.codes.given import GivenCodes, read_given
from swnlp.content.codes import code_mentions, entity_ids, unknown_entities
from swnlp.content.given import given_mentions
from swnlp.copies import find_copies
from swnlp.count.query import DEFAULT_LIMITS, Limits
from swnlp.count.reduce import reduce_edges, reduce_entities, reduce_links
from swnlp.engine import Pool, Progress, pool, run_map, unmade
from swnlp.errors import CorpusError, SettingsError
from swnlp.gazetteer import load_gazetteer
from swnlp.lexicon import load_lexicon
from swnlp.link import entity_name, entity_path
from swnlp.mapper import MapTask, run_task
from swnlp.model import NameModel, load_model
from swnlp.names.models import load_model as load_ner
from swnlp.plan import plan
from swnlp.provenance import (
    file_record,
    fingerprint,
    known_aliases,
    names_record,
    result_key,
    run_record,
)
from swnlp.read import find_files
from swnlp.records import Problem
from swnlp.result_files import EXPORTS, YEARS, not_written, write_files
from swnlp.run import Run
from swnlp.schema import MAPPED, PROBLEMS, SIMILAR, to_table
from swnlp.settings import DEFAULTS, Settings
from swnlp.similar import with_originals, without

if TYPE_CHECKING:
    from spacy.language import Language

# Joined from the parts as they are; links and problems are added up from more than the parts.
_JOINED = tuple(name for name in MAPPED if name not in {"links", "problems"})
# What documents are compared by; what is counted.
_COMPARED = copies.TABLES
_COUNTED = ("mentions", "terms", "indicators")
DEFAULT_MEMORY = DEFAULT_LIMITS.memory


def analyze(
    paths: str | Path | Sequence[str | Path],
    out: str | Path | None = None,
    *,
    settings: Settings = DEFAULTS,
    settings_file: str | Path | None = None,
    lexicon: str | Path | None = None,
    nlp: Language | None = None,
    workers: int = 1,
    scheduler: str | None = None,
    memory: str = DEFAULT_MEMORY,
    progress: Callable[[Progress], None] | None = None,
) -> Analysis:
    """Analyse files and folders of reports.

    A run that was stopped goes on where it was; one whose input and settings have not changed is not done again.

    Args:
        paths: Files or folders, one or several; a path with :// is a URL, read through fsspec (extra `remote`).
        out: Result folder; made if missing, never one that holds other things. None for a temporary one that
            goes with the returned object.
        settings: Choices that shape the result.
        settings_file: The file that they were read from, if any: run.json names it with its hash.
        lexicon: Folder with the user's own names, words and schemes (see lexicon.load_lexicon).
        nlp: A spaCy pipeline (swnlp.load(), perhaps with components of the user's) to find names and words
            with: its `doc.ents` and `doc.spans["swnlp"]` are taken. None for swnlp's functions directly. It runs
            in this process, and its results are not kept for a later run.
        workers: Processes that read and annotate; the result does not depend on it. A script that asks for more
            than one needs the usual `if __name__ == "__main__":`.
        scheduler: Address of a Dask scheduler to run on instead (extra `dask`); see docs/scale.md.
        memory: Most memory that counting may use, such as "2GB"; more is spilled to the result folder.
        progress: Called as the run goes on.

    Returns:
        The result. Files that could not be read are in its `problems`.

    Raises:
        CorpusError: If a path does not exist, or none of the files could be read (the message says why for the
            first ten); an older result in the folder stays as it is.
        OutputError: If `out` can't be written or isn't ours.
        LexiconError: If a line of the lexicon or of the corrections is wrong.
        CodesError: If the settings' codebook can't be read, or a code in it is wrong.
        ModelError: If the settings' model is no file that `swnlp train` wrote.
        SettingsError: If both a pipeline and a model or corrections are given.
        EngineError: If a worker died or the scheduler does not answer.
    """
    started = datetime.now(UTC)
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    words = load_lexicon(
        Path(lexicon) if lexicon is not None else None,
        scheme=settings.scheme,
        corrections=settings.corrections,
    )
    model = _model(settings, nlp)
    book = read_codes(settings.codes) if settings.codes is not None else None
    codings = read_given(settings.codings) if settings.codings is not None else None
    if settings.ner is not None:
        load_ner(settings.ner)  # so that one that is missing is told before anything is read
    sources, problems = find_files(given, settings)
    held = TemporaryDirectory(prefix="swnlp-") if out is None else None
    folder = Path(held.name) / "result" if held else Path(out or ".")
    limits = Limits(memory, store.spill_path(folder))
    file = Path(settings_file) if settings_file is not None else None
    run = Run(folder, settings, file, words, model, limits, tuple(problems), book, codings)
    say = progress or (lambda _: None)
    with store.claimed(folder):
        # What a user's pipeline does can't be hashed, so its parts are made anew each time.
        shape = fingerprint(settings, words, model) if nlp is None else f"nlp {started}"
        todo = plan(sources, shape, folder.resolve(), settings, words, model=model)
        key = result_key([task.key for task in todo], settings, words, problems, _codes_hash(book, codings))
        if not store.is_whole(folder, key):
            _map(todo, nlp, say, workers=workers, scheduler=scheduler)
            with store.writing(folder):
                graph, failed = _finish(run, todo, given, say)
                store.write_run(folder, _record(run, key, started, graph, failed))
    return Analysis(folder, held=held)


def _model(settings: Settings, nlp: Language | None) -> NameModel | None:
    """Return the model of the settings; None for the weights that ship."""
    if nlp is not None and settings.ner is not None:
        raise SettingsError(
            "nlp 与 ner 不能同时给出：请用 swnlp.load(ner=...) 建立流水线。 "
            "A pipeline finds names by itself: give ner to swnlp.load(ner=...)."
        )
    if nlp is not None and settings.corrections is not None:
        raise SettingsError(
            "nlp 与 corrections 不能同时给出：流水线自行切词，更正无法作用于它。 "
            "A pipeline cuts words by itself, so corrections can't reach it: leave one of the two away."
        )
    if settings.model is None:
        return None
    if nlp is not None:
        raise SettingsError(
            "nlp 与 model 不能同时给出：请用 swnlp.load(model=...) 建立流水线。 "
            "A pipeline finds names with its own model: give it to swnlp.load(model=...)."
        )
    return load_model(settings.model)


def _map(
    todo: Sequence[MapTask],
    nlp: Language | None,
    say: Callable[[Progress], None],
    *,
    workers: int,
    scheduler: str | None,
) -> None:
    """Make every part that is not there yet."""
    rest = unmade(todo)
    if nlp is not None:
        from swnlp.pipeline import pipeline_tagger

        annotate = annotator(todo[0].lexicon, pipeline_tagger(nlp))
        run_map(rest, Pool(None, 1), say, lambda task: run_task(task, annotate))
    elif rest:
        with pool(min(workers, len(rest)), scheduler) as opened:
            run_map(rest, opened, say)


def _finish(
    run: Run, todo: Sequence[MapTask], paths: Sequence[str | Path], say: Callable[[Progress], None]
) -> tuple[nx.Graph, list[str]]:
    """Reduce the parts and export the graph; return it, and the files that could not be made."""
    keys = [task.key for task in todo]
    size = sum(task.size for task in todo)
    say(Progress("reduce", len(todo), len(todo), size, size))
    _require_documents(run, keys, paths)
    store.drop_other_parts(run.folder, keys)
    store.forget_run(run.folder)
    unmet = _reduce(run, _with_documents(run, todo))
    say(Progress("export", len(todo), len(todo), size, size))
    graph, problems = write_files(run)
    more = [*run.problems, *unmet, *problems, *_unapplied(run)]
    store.join_parts(run.folder, keys, "problems", to_table(PROBLEMS, more))
    return graph, not_written(problems)


def _with_documents(run: Run, todo: Sequence[MapTask]) -> list[str]:
    """Return the keys of all parts but the later pieces of a file whose first piece, which has its document, failed."""
    empty = {
        task.key
        for task in todo
        if task.piece.total > 1 and not store.part_rows(run.folder, task.key, "documents")
    }
    lost = {task.sources for task in todo if task.piece.number == 0 and task.key in empty}
    return [task.key for task in todo if not (task.key in empty and task.sources in lost)]


def _reduce(run: Run, keys: Sequence[str]) -> list[Problem]:
    """Write the tables of the result from the parts; a reprint's names and words are left out. Return what is amiss."""
    problems: list[Problem] = []
    for name in _COMPARED:
        store.join_parts(run.folder, keys, name)
    found = find_copies(run.folder)
    store.write_table(to_table(SIMILAR, found.pairs), run.tables["similar"])
    if found.reprint_of:
        store.join_parts(
            run.folder, keys, "documents", change=partial(with_originals, reprint_of=found.reprint_of)
        )
    once = None if run.settings.keep_duplicates else partial(without, doc_ids=found.reprint_of)
    for name in _JOINED:
        if name not in _COMPARED:
            store.join_parts(run.folder, keys, name, change=once if name in _COUNTED else None)
    at, gazetteer, limits = run.tables, load_gazetteer(), run.limits
    aside = () if run.settings.keep_duplicates else tuple(found.reprint_of)
    reduce_links(
        [store.part_path(run.folder, key, "links") for key in keys], at["links"], aside, limits=limits
    )

    def name_of(entity_id: str, aliases: list[str]) -> str:
        return entity_name(entity_id, aliases, run.lexicon.scheme, gazetteer)

    reduce_entities(at, at["entities"], name_of, path_of=partial(entity_path, gazetteer), limits=limits)
    if run.book is not None:
        problems += _code(run, run.book, aside)
    if run.given is not None:
        problems += _add_given(run, run.given, aside)
    if run.book is not None or run.given is not None:
        # Again, with the codes.
        reduce_entities(at, at["entities"], name_of, path_of=partial(entity_path, gazetteer), limits=limits)
    reduce_edges(at, at["edges"], window=run.settings.window, limits=limits)
    return problems


def _codes_hash(book: Codebook | None, given: GivenCodes | None) -> str | None:
    hashes = [found.sha256 for found in (book, given) if found is not None]
    return " ".join(hashes) or None


def _add_given(run: Run, given: GivenCodes, reprints: Iterable[str]) -> list[Problem]:
    """Add the codes that people gave to the mentions; return those that fit no document."""
    rows, lost = given_mentions(given, run.tables, without=reprints)
    store.append_rows(run.folder, "mentions", rows.to_batches())
    return [
        Problem(
            given.file, "codes", "NotPlaced",
            f"第 {g.line} 行：{g.doc_id} {g.start}-{g.end} 处没有句子，编码 {g.code} 未计。 No sentence there.",
        )
        for g in lost
    ]  # fmt: skip


def _code(run: Run, book: Codebook, reprints: Iterable[str]) -> list[Problem]:
    """Add the places of the codes to the mentions; return what of the rules can't hold."""
    entities = store.read_table(run.folder, "entities", columns=["entity_id", "label", "name", "aliases"])
    ids = entity_ids(book, entities, known_aliases(names_record(run.lexicon)))
    places = code_mentions(
        book, run.tables, ids, segmenter=run.settings.segmenter, without=reprints, limits=run.limits
    )
    store.append_rows(run.folder, "mentions", places)
    return [Problem(book.file, "codes", "NotMentioned", message) for message in unknown_entities(ids)]


def _unapplied(run: Run) -> Iterator[Problem]:
    """Yield the corrections of one place that found nothing there to correct."""
    if not run.lexicon.corrections:
        return
    done = set(store.read_table(run.folder, "corrections", columns=["line"])["line"].to_pylist())
    for correction in run.lexicon.corrections:
        if not correction.everywhere and correction.line not in done:
            where = f"{correction.doc_id} {correction.start}-{correction.end}"
            message = (
                f"更正文件第 {correction.line} 行未能应用：{where} 处已没有 {correction.label} {correction.text!r}。 "
                f"Line {correction.line} of the corrections was not applied: nothing of that kind stands there (any more)."
            )
            yield Problem(str(run.settings.corrections), "corrections", "NotApplied", message)


def _require_documents(run: Run, keys: Sequence[str], paths: Sequence[str | Path]) -> None:
    """Look at the parts before anything of an older result is touched."""
    if any(store.part_rows(run.folder, key, "documents") for key in keys):
        return
    problems = [*run.problems, *(Problem(*row.values()) for key in keys for row in _problems_of(run, key))]
    why = "".join(f"\n  {p.path}: {p.message}" for p in problems[:10])
    where = "、".join(str(p) for p in paths)
    raise CorpusError(
        f"{where}: 没有可以分析的报告（.txt、.html、.docx、.pdf、.xlsx 等）。 No report that can be analysed.{why}"
    )


def _problems_of(run: Run, key: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = store.read_part(run.folder, key, "problems").to_pylist()
    return rows


def _record(
    run: Run, key: str, started: datetime, graph: nx.Graph, failed: Sequence[str]
) -> dict[str, object]:
    inputs = store.read_table(run.folder, "documents", columns=["doc_id", "sha256"]).to_pylist()
    codes = codebook_to_dict(run.book) if run.book else None
    counts = {name: store.count_rows(run.folder, name) for name in run.tables}
    record = run_record(
        run.settings, run.lexicon, run.model, codes, inputs, counts, started, datetime.now(UTC)
    )
    exports = [name for name in (*EXPORTS, YEARS) if (run.folder / name).exists()]
    given = {"file": run.given.file, "sha256": run.given.sha256} if run.given else None
    size = {"nodes": graph.order(), "edges": graph.size()}
    file = file_record(run.settings_file)
    return {
        **record,
        "codings": given,
        "settings_file": file,
        "graph": size,
        "key": key,
        "files": store.sizes(run.folder, exports),
        "failed": list(failed),
    }
