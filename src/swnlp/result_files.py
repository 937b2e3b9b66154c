"""The files of a result beside its tables: which there are, and how each is written from the tables."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager

import duckdb
import networkx as nx
import pyarrow as pa

from swnlp import store
from swnlp.count.evidence import find_evidence
from swnlp.count.figures import read_figures
from swnlp.count.linkage import whole_linkage
from swnlp.count.query import first_rows
from swnlp.count.view import select_view
from swnlp.errors import MemoryLimitError, SwnlpError
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
from swnlp.link import place_names
from swnlp.network import Choice, about, by_years, network
from swnlp.provenance import versions
from swnlp.records import Problem
from swnlp.resources import read_toml
from swnlp.run import Run
from swnlp.schema import EVIDENCE, FIGURES, LINKAGE

# A spreadsheet of more rows takes as long to write as all else, and no spreadsheet program likes it.
SPREADSHEET_ROWS = 50_000
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
_GRAPH_FILES = {
    "graph.gexf": write_gexf,
    "graph.graphml": write_graphml,
    "nodes.csv": write_nodes_csv,
    "edges.csv": write_edges_csv,
}


def not_written(problems: Sequence[Problem]) -> list[str]:
    """Return the files that could not be made; what was cut short or not laid out is there."""
    return [problem.path for problem in problems if problem.error not in _TOLD]


def write_files(run: Run) -> tuple[nx.Graph, list[Problem]]:
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


@contextmanager
def _attempt(run: Run, name: str, problems: list[Problem], *others: str) -> Iterator[None]:
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


def _export_evidence(run: Run) -> None:
    """Write the sentences behind every edge of the run's view."""
    settings = run.settings
    _, edges = select_view(run.tables, view=settings.view, min_count=settings.min_count, limits=run.limits)
    with closing(find_evidence(edges, run.tables, window=settings.window, limits=run.limits)) as rows:
        write_table_csv(pa.RecordBatchReader.from_batches(EVIDENCE, rows), run.folder / "evidence.csv")


def _export_linkage(run: Run, names: Mapping[str, str]) -> None:
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


def _export_indicators(run: Run) -> list[Problem]:
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


def _about(run: Run, choice: Choice) -> dict[str, str | None]:
    documents = store.read_table(run.folder, "documents", columns=["date"])
    scheme = {"name_zh": run.lexicon.scheme.name_zh, "name_en": run.lexicon.scheme.name_en}
    return about(choice, scheme=scheme, version=versions()["swnlp"], dates=documents["date"].to_pylist())
