"""TF-IDF: words that a document has often and few others have."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import scipy.sparse as sp  # type: ignore[import-untyped]

# A sparse matrix; scipy.sparse has no types.
Matrix: TypeAlias = Any


def tfidf(counts: Matrix) -> Matrix:
    """Return tf * idf: tf the term's share of its document's terms, idf = ln((1 + n) / (1 + df)) + 1.

    Args:
        counts: Occurrences, csr, shape (n_documents, n_terms).

    Returns:
        csr of the same shape. In a single document idf is 1, and tf alone decides.

    Source:
        Salton & Buckley (1988), Term-weighting Approaches in Automatic Text Retrieval; idf smoothed as in scikit-learn.
    """
    n = counts.shape[0]
    df = np.bincount(counts.indices, minlength=counts.shape[1])
    idf = np.log((1 + n) / (1 + df)) + 1
    totals = np.asarray(counts.sum(axis=1)).ravel()
    rows = sp.diags_array(1 / np.where(totals > 0, totals, 1.0))
    return sp.csr_array(rows @ counts @ sp.diags_array(idf))
