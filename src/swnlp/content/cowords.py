"""Co-word analysis of a result: chooses the terms, counts them together, calls stage 10, writes its files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from swnlp.content.files import table_sheet, write_frame, write_text
from swnlp.content.names import entity_names
from swnlp.count.query import DEFAULT_LIMITS, Limits
from swnlp.count.terms import Of, Unit, UnitCounts, count_terms, count_together
from swnlp.cowords import (
    Clusters,
    cluster_terms,
    dendrogram_svg,
    dendrogram_text,
    equivalence,
    ochiai,
    strategic_diagram,
)
from swnlp.cowords.clusters import Linkage
from swnlp.errors import AnalysisError
from swnlp.export.dl import write_dl
from swnlp.export.sheets import Sheet, write_sheets
from swnlp.html import table as html_table
from swnlp.lexicon import WordLists

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_TERMS = 500
# A theme is called by so many of its most frequent terms.
_NAMED_BY = 3
_SMALL = 30


@dataclass(frozen=True, slots=True, eq=False)
class Cowords:
    """A co-word analysis of n terms.

    Attributes:
        frequencies: One row a term, most frequent first: term, count, units, documents, cluster.
        cowords: Units that have both of two terms (共词矩阵); a term's own units on the diagonal.
        ochiai: Ochiai coefficients (相似矩阵), 0 to 1.
        dissimilarity: 1 - ochiai (相异矩阵).
        linkage: One row a merge (凝聚过程): step, left, right (a term, or the step that made it), distance, terms.
        clusters: One row a cluster: cluster, name, size, terms, count.
        strategic: One row a cluster (战略坐标): centrality (x), density (y), quadrant.
        silhouettes: Mean silhouette width by number of clusters; empty if that was given.
        units: Units that have any term.
        unit: What a unit is.
        notes: What to know before anything is concluded.
    """

    frequencies: pd.DataFrame
    cowords: pd.DataFrame
    ochiai: pd.DataFrame
    dissimilarity: pd.DataFrame
    linkage: pd.DataFrame
    clusters: pd.DataFrame
    strategic: pd.DataFrame
    silhouettes: pd.Series
    units: int
    unit: Unit
    notes: tuple[str, ...]
    _found: Clusters

    @property
    def dendrogram(self) -> str:
        """The dendrogram as text."""
        return dendrogram_text(self._found.tree, list(self.cowords.index))

    @property
    def dendrogram_svg(self) -> str:
        """The dendrogram as an SVG image."""
        return dendrogram_svg(self._found.tree, list(self.cowords.index), self._found.of.tolist())

    def write(self, folder: Path | str) -> list[Path]:
        """Write cowords.xlsx (all tables), the matrices as UCINET DL, tables as CSV, the dendrogram; return their paths.

        Raises:
            OutputError: If one can't be written.
        """
        return list(_written(self, Path(folder)))

    def __repr__(self) -> str:
        return f"Cowords({len(self.frequencies)} terms in {self.units} {self.unit}s, {len(self.clusters)} clusters)"

    def _repr_html_(self) -> str:
        return html_table(list(self.frequencies.columns), self.frequencies.head(20).itertuples(index=False))


def cowords_of(
    tables: Mapping[str, Path],
    *,
    n: int,
    of: Of,
    unit: Unit,
    words: WordLists,
    labels: Sequence[str] | None = None,
    method: Linkage = "ward",
    clusters: int | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Cowords:
    """Return the co-word analysis of the n most frequent terms; arguments as of Analysis.cowords."""
    if not 2 <= n <= MOST_TERMS:
        raise AnalysisError(f"n 应在 2 到 {MOST_TERMS} 之间 / n must be from 2 to {MOST_TERMS}, got {n}")
    counted = count_terms(tables, of=of, limits=limits)
    chosen, terms = _choose(counted, n, words, entity_names(tables, labels) if of == "entities" else None)
    if len(terms) < 2:
        raise AnalysisError(
            "可用的词不足两个，请检查停用词与保留词 / fewer than two terms are left to be counted"
        )
    if clusters is not None and not 2 <= clusters <= len(terms):
        raise AnalysisError(
            f"clusters 应在 2 到 {len(terms)} 之间 / must be from 2 to {len(terms)}, got {clusters}"
        )
    found = count_together(tables, chosen, of=of, unit=unit, limits=limits)
    similar = ochiai(found.together)
    grouped = cluster_terms(similar, method=method, clusters=clusters)
    frequencies = _frequencies(found, terms, grouped)
    return Cowords(
        frequencies=frequencies,
        cowords=_square(found.together, terms),
        ochiai=_square(similar, terms),
        dissimilarity=_square(1 - similar, terms),
        linkage=_merges(grouped, terms),
        clusters=_cluster_rows(frequencies),
        strategic=_strategic(equivalence(found.together), grouped, _cluster_rows(frequencies)),
        silhouettes=pd.Series(grouped.silhouettes, name="silhouette", dtype=float).rename_axis("clusters"),
        units=found.units,
        unit=unit,
        notes=tuple(_notes(found, unit, len(terms), n)),
        _found=grouped,
    )


def _choose(
    counted: pa.Table, n: int, words: WordLists, names: Mapping[str, str] | None
) -> tuple[list[tuple[str, int]], list[str]]:
    """Return each word or id that is counted, with its term's number, and the terms: most frequent first, then by name."""
    members: dict[str, list[str]] = {}
    counts: dict[str, int] = {}
    for word, count in zip(counted["term"].to_pylist(), counted["count"].to_pylist(), strict=True):
        if names is not None and word not in names:
            continue
        term = words.term_of(word) if names is None else words.name_of(names[word])
        if term is not None:
            members.setdefault(term, []).append(word)
            counts[term] = counts.get(term, 0) + count
    terms = sorted(counts, key=lambda term: (-counts[term], term))[:n]
    return [(word, i) for i, term in enumerate(terms) for word in members[term]], terms


def _frequencies(found: UnitCounts, terms: Sequence[str], grouped: Clusters) -> pd.DataFrame:
    frame: pd.DataFrame = found.held.drop_columns("term").to_pandas()
    frame.insert(0, "term", list(terms))
    return frame.assign(cluster=grouped.of)


def _square(matrix: NDArray[np.generic], terms: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame(matrix, index=list(terms), columns=list(terms))


def _merges(grouped: Clusters, terms: Sequence[str]) -> pd.DataFrame:
    n = len(terms)

    def name(node: float) -> str:
        return terms[int(node)] if node < n else f"#{int(node) - n + 1}"

    rows = [
        (step, name(left), name(right), distance, int(size))
        for step, (left, right, distance, size) in enumerate(grouped.tree, 1)
    ]
    return pd.DataFrame(rows, columns=["step", "left", "right", "distance", "terms"])


def _cluster_rows(frequencies: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for cluster, own in frequencies.groupby("cluster"):
        names = own["term"].tolist()
        rows.append(
            (cluster, "、".join(names[:_NAMED_BY]), len(own), "、".join(names), int(own["count"].sum()))
        )
    return pd.DataFrame(rows, columns=["cluster", "name", "size", "terms", "count"])


def _strategic(strength: NDArray[np.float64], grouped: Clusters, clusters: pd.DataFrame) -> pd.DataFrame:
    themes = pd.DataFrame(strategic_diagram(strength, grouped.of))
    themes.insert(1, "name", clusters["name"])
    return themes


def _notes(found: UnitCounts, unit: Unit, terms: int, n: int) -> Iterator[str]:
    if terms < n:
        yield f"只有 {terms} 个词可用，少于所要的 {n} 个。 Only {terms} terms are there, fewer than the {n} asked for."
    if found.units < _SMALL:
        yield (
            f"只有 {found.units} 个计数单位（{unit}），共词次数太少，类团只能作为阅读线索。 "
            f"There are only {found.units} units ({unit}): counts are small, and clusters no more than a hint for reading."
        )


def _written(found: Cowords, folder: Path) -> Iterator[Path]:
    matrices = {
        "cowords": ("共词矩阵", found.cowords),
        "ochiai": ("Ochiai 相似矩阵", found.ochiai),
        "dissimilarity": ("相异矩阵", found.dissimilarity),
    }
    lists = {
        "frequencies": ("词频", found.frequencies),
        "linkage": ("凝聚过程", found.linkage),
        "clusters": ("类团", found.clusters),
        "strategic": ("战略坐标", found.strategic),
    }
    sheets = {"词频": table_sheet(found.frequencies)}
    sheets |= {name: _matrix_sheet(frame) for name, frame in matrices.values()}
    sheets |= {name: table_sheet(frame) for name, frame in lists.values() if name != "词频"}
    yield write_text(folder / "dendrogram.txt", found.dendrogram)
    yield write_text(folder / "dendrogram.svg", found.dendrogram_svg)
    write_sheets(sheets, folder / "cowords.xlsx")
    yield folder / "cowords.xlsx"
    for file, (_, frame) in matrices.items():
        write_dl(frame.to_numpy(), list(frame.index), folder / f"{file}.dl")
        yield folder / f"{file}.dl"
    for file, (_, frame) in lists.items():
        yield write_frame(frame, folder / f"{file}.csv")


def _matrix_sheet(frame: pd.DataFrame) -> Sheet:
    rows = ([name, *row] for name, row in zip(frame.index, frame.to_numpy().tolist(), strict=True))
    return Sheet(["", *frame.columns], rows)
