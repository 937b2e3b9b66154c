"""Table 3, 联合发文: which bodies issue documents together, in all and in each period; and the network of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import networkx as nx

from swnlp.paper.values import Cell, Column, Panel, PaperTable, Said

# A wider matrix does not fit a page; the network file has all.
MOST_BODIES = 20


@dataclass(frozen=True, slots=True)
class Issued:
    """A document and the bodies that issued it, in order; `year` is None where it has no date."""

    bodies: tuple[str, ...]
    year: int | None


def issued_documents(
    issuers: Sequence[Mapping[str, object]], dates: Mapping[str, str | None]
) -> list[Issued]:
    """Return the documents with a body that issued them.

    Args:
        issuers: Rows of schema.ISSUERS.
        dates: Date of each document that counts (ISO 8601, or None); others are left out.
    """
    bodies: dict[str, dict[str, None]] = {}
    for row in sorted(issuers, key=lambda row: (str(row["doc_id"]), int(str(row["order"])))):
        if row["doc_id"] in dates:
            bodies.setdefault(str(row["doc_id"]), {})[str(row["name"])] = None
    found = []
    for doc_id, names in bodies.items():
        date = dates[doc_id]
        found.append(Issued(tuple(names), int(date[:4]) if date and date[:4].isdecimal() else None))
    return found


def of_years(documents: Sequence[Issued], years: tuple[int, int]) -> list[Issued]:
    """Return the documents of the years, both included."""
    return [d for d in documents if d.year is not None and years[0] <= d.year <= years[1]]


def joint_issue(documents: Sequence[Issued]) -> nx.Graph:
    """Return the network of bodies: nodes with the number of their documents, edges with that of their joint ones."""
    counts = Counter(body for d in documents for body in d.bodies)
    pairs = Counter(pair for d in documents for pair in combinations(sorted(d.bodies), 2))
    graph = nx.Graph()
    for body, n in sorted(counts.items()):
        graph.add_node(f"org:{body}", label=body, entity_label="ORG", mentions=n, documents=n)
    for (a, b), n in sorted(pairs.items()):
        graph.add_edge(f"org:{a}", f"org:{b}", weight=n, documents=n)
    return graph


def issuers_table(periods: Mapping[Said, Sequence[Issued]]) -> PaperTable:
    """Return table 3: a matrix for each period; the diagonal has each body's documents.

    Args:
        periods: The documents of each, the whole first.
    """
    panels = []
    left = 0
    for i, (said, documents) in enumerate(periods.items()):
        panel, more = _matrix(documents)
        left = max(left, more)
        lead = chr(ord("A") + i)
        panels.append(
            panel._replace(
                title=Said(
                    f"{lead} {said.zh}（{len(documents)} 篇）",
                    f"{said.en or said.zh}, {len(documents)} documents",
                )
            )
        )
    return PaperTable(
        name="table3_issuers",
        number=3,
        caption=Said("发文机关联合发文矩阵", "Documents issued jointly by each two bodies"),
        panels=panels,
        notes=[
            Said(
                "数字为联合发文的篇数，对角线为该机关参与发文的篇数；转载的文献只计一次，机关名称按文件所写。"
                + (f"只列发文最多的 {MOST_BODIES} 个机关，另有 {left} 个见网络文件。" if left else ""),
                "Cells count documents issued together, the diagonal all of a body's documents; bodies as the "
                f"documents name them.{f' The {MOST_BODIES} most active bodies; the network file has all.' if left else ''}",
            )
        ],
    )


def _matrix(documents: Sequence[Issued]) -> tuple[Panel, int]:
    """Return the matrix of the most active bodies, and how many are left out."""
    counts = Counter(body for d in documents for body in d.bodies)
    bodies = sorted(counts, key=lambda body: (-counts[body], body))
    shown = bodies[:MOST_BODIES]
    pairs = Counter(pair for d in documents for pair in combinations(sorted(d.bodies), 2))
    columns = [Column(Said("发文机关", "Body")), *(Column(Said(str(i + 1), "")) for i in range(len(shown)))]
    rows: list[list[Cell]] = []
    for i, body in enumerate(shown):
        cells = [counts[body] if a == body else pairs[min(a, body), max(a, body)] for a in shown]
        rows.append([f"{i + 1} {body}", *cells])
    return Panel(columns, rows), len(bodies) - len(shown)
