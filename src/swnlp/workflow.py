"""The whole way from files to a result: calls the stages in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pyarrow as pa

from swnlp import store
from swnlp.analysis import Analysis
from swnlp.annotate import Tagger, annotator, tagger
from swnlp.count.evidence import find_evidence
from swnlp.count.reduce import reduce_edges, reduce_entities, reduce_links
from swnlp.count.tabulate import tabulate
from swnlp.engine import MapFunction, Progress, batches, run_map
from swnlp.errors import CorpusError, ReadError
from swnlp.export import write_edges_csv, write_gexf, write_graphml, write_nodes_csv, write_table_csv
from swnlp.gazetteer import load_gazetteer
from swnlp.graph import LAYOUT_LIMIT, build_graph, lay_out
from swnlp.lexicon import Lexicon, load_lexicon
from swnlp.link import entity_name, place_names
from swnlp.provenance import fingerprint, run_record, versions
from swnlp.read import SourceFile, find_files, read_document
from swnlp.records import Annotation, Document, Problem
from swnlp.schema import MAPPED, PROBLEMS, to_table
from swnlp.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    import networkx as nx
    from spacy.language import Language

# Joined from the parts as they are; links and problems are added up from more than the parts.
_JOINED = tuple(name for name in MAPPED if name not in {"links", "problems"})


@dataclass(frozen=True, slots=True)
class _Run:
    """What every step of one run needs."""

    folder: Path
    settings: Settings
    lexicon: Lexicon

    @property
    def tables(self) -> Mapping[str, Path]:
        names = (*MAPPED, "entities", "edges")
        return {name: store.table_path(self.folder, name) for name in names}


def analyze(
    paths: str | Path | Sequence[str | Path],
    out: str | Path | None = None,
    *,
    settings: Settings = DEFAULTS,
    lexicon: str | Path | None = None,
    nlp: Language | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Analysis:
    """Analyse files and folders of reports.

    Args:
        paths: Files or folders; one or several.
        out: Result folder; made if missing, never one that holds other things. None for a temporary one that
            goes with the returned object.
        settings: Choices that shape the result.
        lexicon: Folder with the user's own names, words and schemes (see lexicon.load_lexicon).
        nlp: A spaCy pipeline (swnlp.load(), perhaps with components of the user's) to find names and words
            with: its `doc.ents` and `doc.spans["swnlp"]` are taken. None for swnlp's functions directly.
        progress: Called as the run goes on.

    Returns:
        The result. Files that could not be read are in its `problems`.

    Raises:
        CorpusError: If a path does not exist, or none of the files could be read; the folder then holds the
            tables, with what was wrong in `problems`, but no run.json.
        OutputError: If `out` can't be written or isn't ours.
        LexiconError: If a line of the lexicon is wrong.
    """
    started = datetime.now(UTC)
    given = [Path(p) for p in ([paths] if isinstance(paths, str | Path) else paths)]
    words = load_lexicon(Path(lexicon) if lexicon is not None else None, scheme=settings.scheme)
    sources, problems = find_files(given, settings)
    held = TemporaryDirectory(prefix="swnlp-") if out is None else None
    run = _Run(Path(held.name) / "result" if held else Path(out or "."), settings, words)
    say = progress or (lambda _: None)
    with store.claimed(run.folder):
        keys = _map(run, sources, nlp, say)
        store.forget_run(run.folder)
        _reduce(run, keys)
        say(Progress("export", len(sources), len(sources), 0, 0))
        problems += _export(run)
        store.join_parts(run.folder, keys, "problems", to_table(PROBLEMS, problems))
        _require_documents(run, given)
        store.write_run(run.folder, _record(run, started))
    return Analysis(run.folder, held=held)


def _map(
    run: _Run, sources: Sequence[SourceFile], nlp: Language | None, say: Callable[[Progress], None]
) -> list[str]:
    """Map every batch whose part is not there yet; return the keys of all parts, in order."""
    # What a user's pipeline does can't be hashed, so its parts are made anew each time.
    shape = fingerprint(run.settings, run.lexicon) if nlp is None else f"nlp {datetime.now(UTC)}"
    todo = list(batches(sources, shape, run.settings.batch_chars))

    def make_map() -> MapFunction:
        annotate = annotator(run.lexicon, _tagger(run, nlp))
        return lambda batch: map_batch(batch, annotate)

    run_map(run.folder, todo, make_map, say)
    return [batch.key for batch in todo]


def _tagger(run: _Run, nlp: Language | None) -> Tagger:
    if nlp is None:
        return tagger(run.lexicon, segmenter=run.settings.segmenter)
    from swnlp.pipeline import pipeline_tagger

    return pipeline_tagger(nlp)


def map_batch(
    sources: Sequence[SourceFile], annotate: Callable[[Document], Annotation]
) -> dict[str, pa.Table]:
    """Read and annotate a batch of files; a pure function of their bytes.

    Returns:
        The tables of schema.MAPPED. A file that can't be read is a row of `problems`, and so is one on which
        a stage fails: one bad file never stops a run.
    """
    annotations: list[Annotation] = []
    problems: list[Problem] = []
    for source in sources:
        try:
            annotations.append(annotate(read_document(source)))
        except ReadError as error:
            problems.append(Problem(str(source.path), "read", type(error).__name__, str(error)))
        except Exception as error:
            message = f"swnlp 自身出错，请报告。 A bug in swnlp, please report it: {error!r}"
            problems.append(Problem(str(source.path), "annotate", type(error).__name__, message))
    return tabulate(annotations, problems)


def _reduce(run: _Run, keys: Sequence[str]) -> None:
    """Write the tables of the result from the parts."""
    for name in _JOINED:
        store.join_parts(run.folder, keys, name)
    at, gazetteer = run.tables, load_gazetteer()
    store.write_table(reduce_links([store.part_path(run.folder, key, "links") for key in keys]), at["links"])
    entities = reduce_entities(
        at["mentions"],
        at["sections"],
        lambda i, aliases: entity_name(i, aliases, run.lexicon.scheme, gazetteer),
    )
    store.write_table(entities, at["entities"])
    edges = reduce_edges(at["mentions"], at["sentences"], at["documents"], window=run.settings.window)
    store.write_table(edges, at["edges"])


def _export(run: _Run) -> list[Problem]:
    """Write the graph of the run's view and its evidence; return what was cut short."""
    entities, edges = store.read_table(run.folder, "entities"), store.read_table(run.folder, "edges")
    places = place_names(store.read_table(run.folder, "sections"), entities, load_gazetteer())
    settings = run.settings
    graph = build_graph(entities, edges, view=settings.view, min_count=settings.min_count, place_names=places)
    problems = [] if lay_out(graph, seed=settings.seed) else [_no_layout(graph)]
    graph.graph.update(_meta(run))
    write_gexf(graph, run.folder / "graph.gexf")
    write_graphml(graph, run.folder / "graph.graphml")
    write_nodes_csv(graph, run.folder / "nodes.csv")
    write_edges_csv(graph, run.folder / "edges.csv")
    evidence = find_evidence(_pairs(graph), run.tables, window=settings.window)
    write_table_csv(evidence, run.folder / "evidence.csv")
    return problems


def _no_layout(graph: nx.Graph) -> Problem:
    message = (
        f"网络有 {graph.number_of_nodes()} 个节点，超过 {LAYOUT_LIMIT} 个，未计算布局，请在 Gephi 中布局。 "
        "The graph is too large to be laid out here; lay it out in Gephi."
    )
    return Problem("graph.gexf", "layout", "NotLaidOut", message)


def _pairs(graph: nx.Graph) -> pa.Table:
    ends = list(zip(*sorted(tuple(sorted(edge)) for edge in graph.edges), strict=True)) or [(), ()]
    return pa.table(
        {name: pa.array(ids, pa.string()) for name, ids in zip(("source", "target"), ends, strict=True)}
    )


def _meta(run: _Run) -> dict[str, str | None]:
    dates = [d for d in store.read_table(run.folder, "documents")["date"].to_pylist() if d]
    scheme = run.lexicon.scheme
    return {
        "title": f"{scheme.name_zh} {run.settings.view}",
        "creator": f"swnlp {versions()['swnlp']}",
        "description": f"co-occurrence within a {run.settings.window}",
        "keywords": f"{scheme.name_zh}, {scheme.name_en}",
        "date": max(dates, default=None),
    }


def _require_documents(run: _Run, paths: Sequence[Path]) -> None:
    if store.count_rows(run.folder, "documents"):
        return
    problems = store.read_table(run.folder, "problems").to_pylist()
    why = "".join(f"\n  {p['path']}: {p['message']}" for p in problems[:10])
    where = "、".join(str(p) for p in paths)
    raise CorpusError(f"{where}: 没有可以分析的报告（.txt、.html）。 No report that can be analysed.{why}")


def _record(run: _Run, started: datetime) -> dict[str, object]:
    inputs = store.read_table(run.folder, "documents").select(["doc_id", "sha256"]).to_pylist()
    counts = {name: store.count_rows(run.folder, name) for name in run.tables}
    return run_record(run.settings, run.lexicon, inputs, counts, started, datetime.now(UTC))
