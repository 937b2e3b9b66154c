"""Stage 10, what sets a group of texts apart: log-likelihood, log-ratio and corrected p-values of every term (特征词)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy.special import xlogy  # type: ignore[import-untyped]
from scipy.stats import chi2  # type: ignore[import-untyped]

from swnlp.errors import AnalysisError
from swnlp.inference import Array, adjusted, llr
from swnlp.schema import KEYNESS

MIN_COUNT = 3
PER = 10_000
_MEASURES = tuple(name for name in KEYNESS.names if name not in {"group_name", "name"})


def keyness(
    counted: pa.Table,
    *,
    min_count: int = MIN_COUNT,
    ignore: Sequence[str] = (),
    alpha: float | None = None,
    rest: str | None = None,
) -> pa.Table:
    """Compare each group with all other groups together, term by term.

    Every term that is counted at least `min_count` times in all is tested in every group, also where the group has
    none of it, and p-values are corrected over all these tests.

    Args:
        counted: Columns group, term, count, documents (count.terms.count_by_group), each pair once.
        min_count: Terms that are rarer in all groups together are not tested; their occurrences still count in
            the sizes.
        ignore: Terms that are not tested (stop words); they too count in the sizes.
        alpha: Return only rows whose q-value is at most this; None for all.
        rest: A group that the others are compared with and that is not tested itself.

    Returns:
        Columns of schema.KEYNESS without the names. Groups in order; within one what it has more of first (by llr,
        largest first), then what it has less of (by llr, largest last).

    Raises:
        AnalysisError: If there are not two groups to compare.
    """
    groups = pc.unique(counted["group"]).sort() if len(counted) else pa.array([], pa.string())
    if len(groups) < 2:
        raise AnalysisError(
            f"只有 {len(groups)} 组文本，没有可比较的对象；请换一个 --by。 "
            f"There are {len(groups)} groups of texts, and keyness compares one with the rest: choose another --by."
        )
    terms, seen, held, sizes = _matrix(counted, groups, min_count, ignore)
    totals, n = seen.sum(axis=0), int(sizes.sum())
    tested = np.array([group != rest for group in groups.to_pylist()])
    groups, seen, held, sizes = groups.filter(pa.array(tested)), seen[tested], held[tested], sizes[tested]
    columns = _measured(seen.ravel(), np.repeat(sizes, len(terms)), totals, n)
    columns |= {
        "group": groups.take(pa.array(np.repeat(np.arange(len(groups)), len(terms)))),
        "term": terms.take(pa.array(np.tile(np.arange(len(terms)), len(groups)))),
        "documents": held.ravel(),
    }
    table = pa.table({name: columns[name] for name in _MEASURES})
    return _ordered(table if alpha is None else table.filter(pc.less_equal(table["q_value"], alpha)))


def log_ratio(count: Array, rest_count: Array, size: Array | float, rest_size: Array | float) -> Array:
    """Return log2 of the ratio of the relative frequencies; a count of 0 is taken as one half.

    1 says twice as frequent, 2 four times, -1 half as frequent.

    Source:
        Hardie (2014), Log Ratio: an informal introduction.
    """
    mine, others = np.where(count > 0, count, 0.5), np.where(rest_count > 0, rest_count, 0.5)
    ratio: Array = np.log2(mine / size) - np.log2(others / rest_size)
    return ratio


def log_likelihood(count: Array, rest_count: Array, size: Array | float, rest_size: Array | float) -> Array:
    """Return 2 (a ln(a/E1) + b ln(b/E2)): the two cells of the counts, as UCREL's log-likelihood wizard has it.

    Source:
        Rayson & Garside (2000), Comparing Corpora using Frequency Profiling.
    """
    both = count + rest_count
    due, rest_due = size * both / (size + rest_size), rest_size * both / (size + rest_size)
    parts = xlogy(count, np.where(count > 0, count / due, 1)) + xlogy(
        rest_count, np.where(rest_count > 0, rest_count / rest_due, 1)
    )
    found: Array = np.maximum(2 * parts, 0.0)
    return found


def _matrix(
    counted: pa.Table, groups: pa.Array, min_count: int, ignore: Sequence[str]
) -> tuple[pa.Array, NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the terms tested, their counts and documents (n_groups, n_terms), and the groups' sizes."""
    row = pc.index_in(counted["group"], value_set=groups).to_numpy()
    count = counted["count"].to_numpy()
    sizes = np.bincount(row, count, minlength=len(groups)).astype(np.int64)
    totals = pa.TableGroupBy(counted, "term").aggregate([("count", "sum")])
    enough = totals.filter(pc.greater_equal(totals["count_sum"], min_count))["term"].combine_chunks().sort()
    terms = enough.filter(pc.invert(pc.is_in(enough, value_set=pa.array(ignore, pa.string()))))
    column = pc.index_in(counted["term"], value_set=terms)
    known = column.is_valid().to_numpy()
    seen, held = (np.zeros((len(groups), len(terms)), np.int64) for _ in range(2))
    at = row[known], column.drop_null().to_numpy()
    seen[at], held[at] = count[known], counted["documents"].to_numpy()[known]
    return terms, seen, held, sizes


def _measured(
    count: NDArray[np.int64], size: NDArray[np.int64], totals: NDArray[np.int64], n: int
) -> dict[str, object]:
    """Return the numbers of every group and term, group by group; `totals` has one number a term."""
    rest, rest_size = np.tile(totals, len(count) // max(len(totals), 1)) - count, n - size
    a, b, mine, others = (values.astype(np.float64) for values in (count, rest, size, rest_size))
    strength = llr(a, a + b, mine, float(n))
    p = chi2.sf(strength, 1)
    return {
        "count": count,
        "rest_count": rest,
        "size": size,
        "rest_size": rest_size,
        "per_10k": PER * a / mine,
        "rest_per_10k": PER * b / others,
        "log_ratio": log_ratio(a, b, mine, others),
        "llr": strength,
        "ll": log_likelihood(a, b, mine, others),
        "p_value": p,
        "q_value": adjusted(p, len(p)),
    }


def _ordered(table: pa.Table) -> pa.Table:
    more = np.sign(table["log_ratio"].to_numpy()) * table["llr"].to_numpy()
    keyed = table.append_column("_order", pa.array(-more)).sort_by(
        [("group", "ascending"), ("_order", "ascending"), ("term", "ascending")]
    )
    return keyed.drop_columns("_order")
