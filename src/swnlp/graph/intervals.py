"""How much an edge hangs on single documents: a bootstrap interval of its count."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from scipy.sparse import csr_array  # type: ignore[import-untyped]

ROUNDS = 1000


def with_intervals(
    edges: pa.Table, by_document: pa.Table, *, documents: int, seed: int, level: float = 0.95
) -> pa.Table:
    """Add `low` and `high`: the percentile interval of each edge's windows when documents are drawn again.

    Args:
        edges: Table schema.EDGES.
        by_document: Columns source, target, doc_id, windows (count.reduce.count_by_document).
        documents: How many documents there are, with and without the pairs.
        seed: Seed of the draws.
        level: Share of draws that the interval holds.

    Source:
        Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 13; documents are the units drawn.
    """
    pairs = zip(edges["source"].to_pylist(), edges["target"].to_pylist(), strict=True)
    row_of = {pair: row for row, pair in enumerate(pairs)}
    counted = zip(by_document["source"].to_pylist(), by_document["target"].to_pylist(), strict=True)
    rows = np.array([row_of[pair] for pair in counted], np.int64)
    docs = by_document["doc_id"].combine_chunks().dictionary_encode()
    known = len(docs.dictionary)
    values = by_document["windows"].to_numpy().astype(np.float64)
    shape = (len(edges), max(documents, known, 1))
    counts = csr_array((values, (rows, docs.indices.to_numpy())), shape=shape)
    random = np.random.default_rng(seed)
    drawn = random.multinomial(shape[1], np.full(shape[1], 1 / shape[1]), size=ROUNDS)
    sums = counts @ drawn.T
    low, high = np.quantile(sums, [(1 - level) / 2, (1 + level) / 2], axis=1) if len(edges) else ([], [])
    return edges.append_column("low", pa.array(low, pa.float64())).append_column(
        "high", pa.array(high, pa.float64())
    )
