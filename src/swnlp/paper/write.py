"""Writes all that a paper takes from a result into one folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import networkx as nx
import pyarrow as pa

from swnlp import store
from swnlp.analysis import Analysis
from swnlp.count.distribution import read_actor_mentions
from swnlp.count.policies import read_policy_mentions
from swnlp.errors import OutputError
from swnlp.export import write_gexf, write_table_csv
from swnlp.export.files import replacing
from swnlp.fonts import Face, chinese_face
from swnlp.graph import lay_out
from swnlp.paper.adoption import adoption_evidence, adoption_table, adoptions
from swnlp.paper.choice import PaperChoice
from swnlp.paper.crosstab import Crossed, crossed, crosstab_evidence, crosstab_table
from swnlp.paper.distribution import actor_evidence, checked_note, distribution_table, lexicon_note
from swnlp.paper.drawing import legend_text, png_bytes, write_figure
from swnlp.paper.excel import Evidence, write_table_xlsx
from swnlp.paper.figure import characters, compose, drawn_part, figure_note
from swnlp.paper.indices import VIEWS, WHOLE, indices_table, network_notes, thinned
from swnlp.paper.issuers import issued_documents, issuers_table, joint_issue, of_years
from swnlp.paper.methods import markdown, method_parts
from swnlp.paper.typeface import typeface
from swnlp.paper.values import PaperTable, Said
from swnlp.paper.word import Figure, write_figure_docx, write_table_docx, write_text_docx
from swnlp.report.method import method_paragraphs
from swnlp.schema import ACTOR_EVIDENCE
from swnlp.validation.record import last_check


def write_paper(analysis: Analysis, folder: Path | str, choice: PaperChoice | None = None) -> list[Path]:
    """Write the tables, figures and paragraphs of a paper.

    Args:
        analysis: The result.
        folder: Where to; it is made. Files of the same names are replaced.
        choice: How the network is cut, compared and drawn.

    Returns:
        The files, in the order of the paper.

    Raises:
        OutputError: If a file cannot be written.
        AnalysisError: If a place of the choice is unknown, or a group of codes.
        CodesError: If the codebook of the choice is wrong.
        MissingExtraError: If matplotlib is not installed.
        FontError: If there is no Chinese font.
    """
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: 无法建立文件夹 / cannot be made: {error.strerror or error}") from None
    choice = choice or PaperChoice()
    graph = analysis.graph(**choice.network())
    # Asked for first: what is missing is said before anything is written.
    face = chinese_face(choice.font) if choice.figure and graph.number_of_edges() else None
    cross = _crossed(analysis, choice)
    files = [*_distribution(analysis, folder), *_indices(analysis, folder, choice, graph)]
    files += [*_issuers(analysis, folder, choice), *_adoption(analysis, folder)]
    if cross is not None:
        files += write_both(crosstab_table(cross), folder, crosstab_evidence(cross))
    files += _methods(analysis, folder, choice, graph)
    return [*files, *(_figure(analysis, folder, choice, graph, face) if face else ())]


def _distribution(analysis: Analysis, folder: Path) -> Iterator[Path]:
    tables, kinds = store.table_paths(analysis.folder), analysis.kinds
    checked = checked_note(last_check(analysis.folder))
    table = distribution_table(tables, analysis.run, analysis.place_names, checked=checked)
    with (
        closing(read_actor_mentions(tables, kinds)) as once,
        closing(read_actor_mentions(tables, kinds)) as again,
    ):
        evidence = actor_evidence(tables, kinds, analysis.place_names, once, again)
        yield from write_both(table, folder, evidence)
    path = folder / f"{table.name}_evidence.csv"
    with closing(read_actor_mentions(tables, kinds)) as rows:
        write_table_csv(pa.RecordBatchReader.from_batches(ACTOR_EVIDENCE, rows), path)
    yield path


def _indices(analysis: Analysis, folder: Path, choice: PaperChoice, graph: nx.Graph) -> Iterator[Path]:
    parts = {
        part.name: analysis.graph(place=part.place, years=part.years, **choice.network())
        for part in choice.parts
    }
    settings = choice.settled(analysis.settings)
    notes = network_notes(settings, limits=thinned(choice.alpha, choice.backbone))
    yield from write_both(indices_table(graph, parts, notes, view=settings.view, top=choice.top), folder)


def _issuers(analysis: Analysis, folder: Path, choice: PaperChoice) -> Iterator[Path]:
    """Write who issues with whom, where documents have issuers: a matrix and a network for each period."""
    rows = analysis.table("documents", columns=["doc_id", "date", "issued", "reprint_of"]).to_pylist()
    counted = [row for row in rows if analysis.settings.keep_duplicates or row["reprint_of"] is None]
    dates = {row["doc_id"]: row["issued"] or row["date"] for row in counted}
    documents = issued_documents(analysis.table("issuers").to_pylist(), dates)
    if not documents:
        return
    spans = [(part.name, part.years) for part in choice.parts if part.years is not None]
    periods = {WHOLE: documents} | {Said(name, ""): of_years(documents, years) for name, years in spans}
    yield from write_both(issuers_table(periods), folder)
    stems = ["joint_issue", *(f"joint_issue_{first}-{last}" for _, (first, last) in spans)]
    for stem, (said, part) in zip(stems, periods.items(), strict=True):
        graph = joint_issue(part)
        graph.graph["title"] = f"联合发文 {said.zh}"
        lay_out(graph, seed=analysis.settings.seed, engine=analysis.settings.graph_engine)
        path = folder / f"{stem}.gexf"
        write_gexf(graph, path)
        yield path


def _adoption(analysis: Analysis, folder: Path) -> Iterator[Path]:
    """Write when places first cite policies, where they do."""
    with closing(read_policy_mentions(store.table_paths(analysis.folder))) as mentions:
        found = adoptions(mentions)
    if found:
        names = analysis.place_names
        yield from write_both(adoption_table(found, names), folder, adoption_evidence(found, names))


def _crossed(analysis: Analysis, choice: PaperChoice) -> Crossed | None:
    """Return the two groups of codes that are asked for, or that the run's codes have; None where there are none."""
    asked = choice.codes is not None or choice.rows is not None or choice.columns is not None
    if not asked and not (analysis.run.get("codes") or analysis.run.get("codings")):
        return None
    coding = analysis.coding(choice.codes)
    if not asked and len(coding.groups) < 2:
        return None
    return crossed(coding, choice.rows, choice.columns, unit=choice.unit)


def _methods(analysis: Analysis, folder: Path, choice: PaperChoice, graph: nx.Graph) -> list[Path]:
    settings = choice.settled(analysis.settings)
    said = Said(**method_paragraphs(analysis, graph, settings))
    notes = [
        lexicon_note(analysis.run),
        *network_notes(settings, limits=thinned(choice.alpha, choice.backbone)),
    ]
    parts = method_parts(said, notes)
    docx, text = folder / "methods.docx", folder / "methods.md"
    write_text_docx(parts, docx)
    with replacing(text) as file:
        file.write(markdown(parts).encode("utf-8"))
    return [docx, text]


def _figure(
    analysis: Analysis, folder: Path, choice: PaperChoice, graph: nx.Graph, face: Face
) -> Iterator[Path]:
    settings, counts = choice.settled(analysis.settings), analysis.run["counts"]
    stem = folder / "figure1_network"
    with typeface(face, characters(drawn_part(graph)) + legend_text()) as type_:
        picture = compose(graph, type_, settings, labels=choice.labels)
        yield from write_figure(picture, type_, stem)
        png = png_bytes(picture, type_)
    note = figure_note(
        picture, settings, limits=thinned(choice.alpha, choice.backbone), documents=count_documents(analysis),
        sentences=counts["sentences"],
    )  # fmt: skip
    pairs = VIEWS[settings.view]
    caption = Said(f"{pairs.zh}的共现网络", f"Co-occurrence network of {pairs.en}")
    write_figure_docx(Figure(1, caption, png, note), stem.with_suffix(".docx"))
    yield stem.with_suffix(".docx")


def count_documents(analysis: Analysis) -> int:
    """Return how many documents are counted: reprints only if the run counts them."""
    if analysis.settings.keep_duplicates:
        return int(analysis.run["counts"]["documents"])
    return int(analysis.table("documents", columns=["reprint_of"])["reprint_of"].null_count)


def write_both(table: PaperTable, folder: Path, evidence: Evidence | None = None) -> Iterator[Path]:
    """Write a table as .docx and .xlsx, and yield both."""
    docx, xlsx = folder / f"{table.name}.docx", folder / f"{table.name}.xlsx"
    write_table_docx(table, docx)
    yield docx
    write_table_xlsx(table, xlsx, evidence)
    yield xlsx
