"""Which edges are more than chance: p-values against a null that keeps every entity's frequency, and their correction."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy.stats import hypergeom  # type: ignore[import-untyped]

from swnlp.inference import adjusted

Array = NDArray[np.float64]


class Margins(NamedTuple):
    """What the null keeps of each pair: `total` draws, of which `x` and `y` are the two entities'; `both` were seen.

    `possible` is the number of pairs that could have been seen, the family over which p-values are corrected.
    """

    both: Array
    x: Array
    y: Array
    total: int
    possible: int


class Tested(NamedTuple):
    """Edges with `p_value` and `q_value`, and the least q-value that entities of these frequencies could have reached."""

    edges: pa.Table
    attainable: float


def with_p_values(edges: pa.Table, entities: pa.Table, *, windows: int, two_mode: bool) -> Tested:
    """Test the edges of a view.

    One mode: the windows that name x and those that name y are drawn independently from all `windows`, as many as
    there are of each (hypergeometric, one-sided). Two modes: of all co-occurrences in the view (sum of `windows`
    over its edges), those of the one side and those of the other are drawn so, which keeps the strength of both
    sides' nodes (Fisher's exact test on the bipartite matrix). q-values are Benjamini-Hochberg over all pairs that
    the view could have, seen or not.

    Args:
        edges: Table schema.EDGES of one view; in two modes its sources are the one side, its targets the other.
        entities: Table schema.ENTITIES of its nodes.
        windows: How many windows there are in all.
        two_mode: Whether the edges join two kinds of nodes that have no edges among themselves.

    Source:
        Tumminello et al. (2011), Statistically Validated Networks in Bipartite Complex Systems; Benjamini &
        Hochberg (1995), Controlling the False Discovery Rate.
    """
    margins = _two_mode(edges) if two_mode else _one_mode(edges, entities, windows)
    p = upper_tail(margins)
    q = adjusted(p, margins.possible)
    best = adjusted(upper_tail(margins._replace(both=np.minimum(margins.x, margins.y))), margins.possible)
    columns = edges.append_column("p_value", pa.array(p)).append_column("q_value", pa.array(q))
    return Tested(columns, float(best.min(initial=1.0)))


def significant(found: Tested, alpha: float) -> tuple[pa.Table, str | None]:
    """Return the edges with q <= alpha; or all of them and a sentence, if none could ever get there.

    A corpus can be so small that the most extreme counts stay above alpha; an empty graph would read as a finding.
    """
    if found.attainable <= alpha or not len(found.edges):
        return found.edges.filter(pc.less_equal(found.edges["q_value"], alpha)), None
    return found.edges, (
        f"语料太小，无法检验："
        f"即使总是共同出现，校正 p 值最小也只有 {found.attainable:.3g}，达不到 {alpha:g}，因此未作筛选。 "
        "The corpus is too small for a test: even names that always stand together would have an adjusted p of "
        f"{found.attainable:.3g}, above {alpha:g}; no edge was left out."
    )


def upper_tail(margins: Margins) -> Array:
    """Return P(X >= both) for X hypergeometric."""
    both, x, y, total, _ = margins
    tail: Array = hypergeom.sf(both - 1, total, x, y)
    return np.clip(tail, 0.0, 1.0)


def _one_mode(edges: pa.Table, entities: pa.Table, windows: int) -> Margins:
    n = len(entities)
    both, x, y = (_floats(edges[name]) for name in ("windows", "source_windows", "target_windows"))
    return Margins(both, x, y, windows, n * (n - 1) // 2)


def _two_mode(edges: pa.Table) -> Margins:
    weights = _floats(edges["windows"])
    rows, left = _strengths(edges["source"], weights)
    columns, right = _strengths(edges["target"], weights)
    return Margins(weights, rows[left], columns[right], int(weights.sum()), len(rows) * len(columns))


def _strengths(ends: pa.ChunkedArray, weights: Array) -> tuple[Array, NDArray[np.int64]]:
    """Return the strength of each node of one side, and which node each edge has there."""
    codes = ends.combine_chunks().dictionary_encode()
    index: NDArray[np.int64] = codes.indices.to_numpy().astype(np.int64)
    strengths: Array = np.bincount(index, weights, minlength=len(codes.dictionary)).astype(np.float64)
    return strengths, index


def _floats(column: pa.ChunkedArray) -> Array:
    values: Array = column.to_numpy().astype(np.float64)
    return values
