"""The whole way from files to a result: calls the stages in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb
import networkx as nx
import pyarrow as pa

from swnlp import copies, store
from swnlp.analysis import Analysis
from swnlp.annotate import annotator
from swnlp.codes import Codebook, codebook_to_dict, read_codes
from swnlp.codes.given import GivenCodes, read_given
from swnlp.content.codes import code_mentions, entity_ids, unknown_entities
from swnlp.content.given import given_mentions
from swnlp.copies import find_copies
from swnlp.count.evidence import find_evidence
from swnlp.count.figures import read_figures
from swnlp.count.linkage import whole_linkage
from swnlp.count.query import DEFAULT_LIMITS, Limits, first_rows
from swnlp.count.reduce import reduce_edges, reduce_entities, reduce_links
from swnlp.count.view import select_view
from swnlp.engine import Pool, Progress, pool, run_map, unmade
from swnlp.errors import CorpusError, MemoryLimitError, SettingsError, SwnlpError
from swnlp.export import (
    table_csv,
    write_edges_csv,
    write_gexf,
    write_gexf_years,
    write_graphml,
    write_linkage_xlsx,
    write_nodes_csv,
    write_table_csv,
    write_table_xlsx,
)
from swnlp.gazetteer import load_gazetteer
from swnlp.graph import LAYOUT_LIMIT, lay_out
from swnlp.lexicon import Lexicon, load_lexicon
from swnlp.link import entity_name, entity_path, place_names
from swnlp.mapper import MapTask, run_task
from swnlp.model import NameModel, load_model
from swnlp.names.models import load_model as load_ner
from swnlp.network import Choice, about, by_years, network
from swnlp.plan import plan
from swnlp.provenance import (
    file_record,
    fingerprint,
    known_aliases,
    names_record,
    result_key,
    run_record,
    versions,
)
from swnlp.read import find_files
from swnlp.records import Problem
from swnlp.resources import read_toml
from swnlp.schema import EVIDENCE, FIGURES, LINKAGE, MAPPED, PROBLEMS, SIMILAR, to_table
from swnlp.settings import DEFAULTS, Settings
from swnlp.similar import with_originals, without

if TYPE_CHECKING:
    from spacy.language import Language

# Joined from the parts as they are; links and problems are added up from more than the parts.
_JOINED = tuple(name for name in MAPPED if name not in {"links", "problems"})
# What documents are compared by; what is counted.
_COMPARED = copies.TABLES
_COUNTED = ("mentions", "terms", "indicators")
# A spreadsheet of more rows takes as long to write as all else, and no spreadsheet program likes it.
SPREADSHEET_ROWS = 50_000
DEFAULT_MEMORY = DEFAULT_LIMITS.memory
# Problems that are no failures.
CUT_SHORT, NOT_LAID_OUT = "CutShort", "NotLaidOut"
_TOLD = frozenset({CUT_SHORT, NOT_LAID_OUT})
# Only where the documents are of several years.
YEARS = "graph_years.gexf"
EXPORTS = (
    "graph.gexf",
    "graph.graphml",
    "nodes.csv",
    "edges.csv",
    "evidence.csv",
    "indicators.csv",
    "indicators.xlsx",
    "linkage.csv",
    "linkage.xlsx",
)


@dataclass(frozen=True, slots=True)
class _Run:
    """What every step of one run needs."""

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
        return store.table_paths(self.folder)


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
    run = _Run(folder, settings, file, words, model, limits, tuple(problems), book, codings)
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
    run: _Run, todo: Sequence[MapTask], paths: Sequence[str | Path], say: Callable[[Progress], None]
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
    graph, problems = _export(run)
    more = [*run.problems, *unmet, *problems, *_unapplied(run)]
    store.join_parts(run.folder, keys, "problems", to_table(PROBLEMS, more))
    return graph, [p.path for p in problems if p.error not in _TOLD]


def _with_documents(run: _Run, todo: Sequence[MapTask]) -> list[str]:
    """Return the keys of all parts but the later pieces of a file whose first piece, which has its document, failed."""
    empty = {
        task.key
        for task in todo
        if task.piece.total > 1 and not store.part_rows(run.folder, task.key, "documents")
    }
    lost = {task.sources for task in todo if task.piece.number == 0 and task.key in empty}
    return [task.key for task in todo if not (task.key in empty and task.sources in lost)]


def _reduce(run: _Run, keys: Sequence[str]) -> list[Problem]:
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
    left_out = () if run.settings.keep_duplicates else found.reprint_of
    reduce_links(
        [store.part_path(run.folder, key, "links") for key in keys], at["links"], left_out, limits=limits
    )

    def name_of(entity_id: str, aliases: list[str]) -> str:
        return entity_name(entity_id, aliases, run.lexicon.scheme, gazetteer)

    reduce_entities(at, at["entities"], name_of, path_of=partial(entity_path, gazetteer), limits=limits)
    aside = () if run.settings.keep_duplicates else tuple(found.reprint_of)
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


def _add_given(run: _Run, given: GivenCodes, reprints: Iterable[str]) -> list[Problem]:
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


def _code(run: _Run, book: Codebook, reprints: Iterable[str]) -> list[Problem]:
    """Add the places of the codes to the mentions; return what of the rules can't hold."""
    entities = store.read_table(run.folder, "entities", columns=["entity_id", "label", "name", "aliases"])
    ids = entity_ids(book, entities, known_aliases(names_record(run.lexicon)))
    places = code_mentions(
        book, run.tables, ids, segmenter=run.settings.segmenter, without=reprints, limits=run.limits
    )
    store.append_rows(run.folder, "mentions", places)
    return [Problem(book.file, "codes", "NotMentioned", message) for message in unknown_entities(ids)]


def _unapplied(run: _Run) -> Iterator[Problem]:
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


def _export(run: _Run) -> tuple[nx.Graph, list[Problem]]:
    """Write the graph of the run's view and its evidence; return it, and what was cut short or not written."""
    settings = run.settings
    sections = store.read_table(run.folder, "sections", columns=["place_id"])
    entities = store.read_table(run.folder, "entities", columns=["entity_id", "name", "place_id"])
    choice = Choice(
        view=settings.view,
        window=settings.window,
        min_count=settings.min_count,
        pair_weight=settings.pair_weight,
        engine=settings.graph_engine,
        seed=settings.seed,
    )
    names = place_names(sections, entities, load_gazetteer())
    graph, problems = nx.Graph(), list[Problem]()
    writers = _GRAPH_FILES
    with _attempt(run, "graph.gexf", problems, *(name for name in (*writers, YEARS) if name != "graph.gexf")):
        writers = {}
        graph = network(run.tables, choice, place_names=names, limits=run.limits)
        graph.graph.update(_about(run, choice))
        if not lay_out(graph, seed=settings.seed, engine=settings.graph_engine):
            problems.append(_no_layout(graph))
        writers = _GRAPH_FILES
    for name, write in writers.items():
        with _attempt(run, name, problems):
            write(graph, run.folder / name)
    with _attempt(run, YEARS, problems):
        (run.folder / YEARS).unlink(missing_ok=True)
        if (dated := by_years(graph, run.tables, choice, limits=run.limits)) is not None:
            write_gexf_years(dated, run.folder / YEARS)
    with _attempt(run, "evidence.csv", problems):
        _export_evidence(run)
    with _attempt(run, "linkage.csv", problems, "linkage.xlsx"):
        _export_linkage(run, names)
    with _attempt(run, "indicators.csv", problems, "indicators.xlsx"):
        problems += _export_indicators(run)
    return graph, problems


_GRAPH_FILES = {
    "graph.gexf": write_gexf,
    "graph.graphml": write_graphml,
    "nodes.csv": write_nodes_csv,
    "edges.csv": write_edges_csv,
}


@contextmanager
def _attempt(run: _Run, name: str, problems: list[Problem], *others: str) -> Iterator[None]:
    """Make an unexpected error of one export a problem: the tables and the other files are there all the same.

    A file of that name from an older result goes, and a later run makes it again. What the user can mend (no disk, a
    missing package) still ends the run, except too little memory, for which the other files need not wait.

    Args:
        run: The run.
        name: The file that is made.
        problems: Where the problem goes.
        others: Files that are made along with it.
    """
    try:
        yield
    except Exception as error:
        mended = isinstance(error, (SwnlpError, OSError, duckdb.IOException))
        if mended and not isinstance(error, MemoryLimitError):
            raise
        for each in (name, *others):
            (run.folder / each).unlink(missing_ok=True)
        files = "、".join((name, *others))
        why = (
            str(error) if mended else f"swnlp 自身出错，请报告 / a bug in swnlp, please report it: {error!r}"
        )
        message = f"没有写出 {files}，其余结果都在。 Not written; the rest of the result is there. {why}"
        problems.append(Problem(name, "export", type(error).__name__, message))


def _export_evidence(run: _Run) -> None:
    """Write the sentences behind every edge of the run's view."""
    settings = run.settings
    _, edges = select_view(run.tables, view=settings.view, min_count=settings.min_count, limits=run.limits)
    with closing(find_evidence(edges, run.tables, window=settings.window, limits=run.limits)) as rows:
        write_table_csv(pa.RecordBatchReader.from_batches(EVIDENCE, rows), run.folder / "evidence.csv")


def _export_linkage(run: _Run, names: Mapping[str, str]) -> None:
    """Write the five-society table as CSV and as a workbook."""
    kinds = {actor.kind: actor.name_zh for actor in run.lexicon.scheme.actors}
    window, limits = run.settings.window, run.limits
    with (
        whole_linkage(run.tables, kinds, names, window=window, limits=limits) as found,
        table_csv(run.folder / "linkage.csv", LINKAGE.names) as write,
    ):
        rows = _also_to(write, found.rows)
        write_linkage_xlsx(
            run.folder / "linkage.xlsx",
            kinds=kinds,
            place_names=names,
            mentions=found.mentions,
            rows=rows,
            pairs=found.pairs,
            window=read_toml("words.toml")["windows"][window][0],
            most_rows=SPREADSHEET_ROWS,
        )
        deque(rows, maxlen=0)


def _export_indicators(run: _Run) -> list[Problem]:
    """Write the indicators, with the names of places and the sentences; return what was cut short."""
    tables = [store.read_table(run.folder, name, columns=["place_id"]) for name in ("sections", "indicators")]
    entities = store.read_table(run.folder, "entities", columns=["entity_id", "name", "place_id"])
    names = place_names(pa.concat_tables(tables), entities, load_gazetteer())
    with (
        closing(read_figures(run.tables, names, limits=run.limits)) as found,
        table_csv(run.folder / "indicators.csv", FIGURES.names) as write,
    ):
        rows = _also_to(write, found)
        first = pa.RecordBatchReader.from_batches(FIGURES, first_rows(rows, SPREADSHEET_ROWS))
        write_table_xlsx(first, run.folder / "indicators.xlsx", sheet="indicators")
        deque(rows, maxlen=0)
    n = store.count_rows(run.folder, "indicators")
    return [_cut_short(n)] if n > SPREADSHEET_ROWS else []


def _also_to(
    write: Callable[[pa.RecordBatch], None], rows: Iterable[pa.RecordBatch]
) -> Iterator[pa.RecordBatch]:
    """Yield batches, each written first: a query's rows go to the CSV and, as far as it takes them, the spreadsheet."""
    for batch in rows:
        write(batch)
        yield batch


def _cut_short(rows: int) -> Problem:
    message = (
        f"共有 {rows} 行指标，indicators.xlsx 只写入前 {SPREADSHEET_ROWS} 行，全部在 indicators.csv。 "
        "The spreadsheet has only the first rows; indicators.csv has all."
    )
    return Problem("indicators.xlsx", "export", CUT_SHORT, message)


def _no_layout(graph: nx.Graph) -> Problem:
    message = (
        f"网络有 {graph.number_of_nodes()} 个节点，超过 {LAYOUT_LIMIT} 个，未计算布局。请在 Gephi 中布局，"
        "或安装 swnlp[igraph] 并把 graph_engine 设为 igraph。 "
        "The graph is too large to be laid out here: lay it out in Gephi, or install swnlp[igraph] and set graph_engine."
    )
    return Problem("graph.gexf", "layout", NOT_LAID_OUT, message)


def _about(run: _Run, choice: Choice) -> dict[str, str | None]:
    documents = store.read_table(run.folder, "documents", columns=["date"])
    scheme = {"name_zh": run.lexicon.scheme.name_zh, "name_en": run.lexicon.scheme.name_en}
    return about(choice, scheme=scheme, version=versions()["swnlp"], dates=documents["date"].to_pylist())


def _require_documents(run: _Run, keys: Sequence[str], paths: Sequence[str | Path]) -> None:
    """Look at the parts before anything of an older result is touched."""
    if any(store.part_rows(run.folder, key, "documents") for key in keys):
        return
    problems = [*run.problems, *(Problem(*row.values()) for key in keys for row in _problems_of(run, key))]
    why = "".join(f"\n  {p.path}: {p.message}" for p in problems[:10])
    where = "、".join(str(p) for p in paths)
    raise CorpusError(
        f"{where}: 没有可以分析的报告（.txt、.html、.docx、.pdf、.xlsx 等）。 No report that can be analysed.{why}"
    )


def _problems_of(run: _Run, key: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = store.read_part(run.folder, key, "problems").to_pylist()
    return rows


def _record(
    run: _Run, key: str, started: datetime, graph: nx.Graph, failed: Sequence[str]
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
