"""A topic model with scikit-learn's manners: counts in, shares of topics out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal, Self, TypeAlias

import numpy as np
import scipy.sparse as sp  # type: ignore[import-untyped]
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.decomposition import NMF, LatentDirichletAllocation, MiniBatchNMF
from sklearn.preprocessing import normalize
from sklearn.utils import check_random_state
from sklearn.utils.validation import check_is_fitted, validate_data
from threadpoolctl import threadpool_limits

Method = Literal["nmf", "lda"]
Array = NDArray[np.float64]
# A matrix of counts, or anything that scikit-learn takes for one; neither it nor scipy.sparse has types.
Counts: TypeAlias = Any
Batches = Callable[[], Iterable[Counts]]
_Inner: TypeAlias = Any
_Tags: TypeAlias = Any
# Passes over a corpus that is streamed.
EPOCHS = {"nmf": 5, "lda": 3}
_LDA_ITERATIONS = 50
# Sweeps of coordinate descent, and the largest change of the last one, below what is ever shown.
_SWEEPS, _SETTLED = 500, 1e-10


class TopicModel(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Topics of counts, by non-negative matrix factorisation of tf-idf or by latent Dirichlet allocation.

    Args:
        n_topics: How many.
        method: "nmf" (Frobenius norm; rows are sublinear tf-idf, ln(1 + count) * idf, of length 1) or "lda" (variational
            Bayes on the counts).
        n_init: LDA only: how many random beginnings to try; the one with the largest bound of the likelihood is kept.
        max_iter: Most iterations over data that is held in memory.
        random_state: Seed.

    Attributes:
        components_: Weight of each term in each topic, shape (n_topics, n_terms), rows sum to 1; the topics with the
            largest share of the text, by terms, first.
        shares_: Each topic's share of the text, by terms, shape (n_topics,).
        words_: How many of each term's occurrences fall to each topic, shape (n_topics, n_terms): each unit's counts,
            divided by its shares.
        idf_: Inverse document frequency of each term, ln((1 + n) / (1 + df)) + 1.

    Source:
        Manning, Raghavan & Schütze (2008), ch. 6.4.1, for sublinear tf; Lee & Seung (1999), Learning the Parts of Objects
        by Non-negative Matrix Factorization; Lefèvre, Bach & Févotte (2011) for its online form; Blei, Ng & Jordan
        (2003), Latent Dirichlet Allocation; Hoffman, Blei & Bach (2010), Online Learning for LDA.
    """

    def __init__(
        self,
        n_topics: int = 10,
        *,
        method: Method = "nmf",
        n_init: int = 1,
        max_iter: int = 200,
        random_state: int | None = 0,
    ) -> None:
        self.n_topics = n_topics
        self.method = method
        self.n_init = n_init
        self.max_iter = max_iter
        self.random_state = random_state

    def fit(self, X: Counts, y: object = None) -> Self:
        """Fit to counts of terms, shape (n_units, n_terms), dense or sparse, none negative."""
        X = self._checked(X, reset=True)
        self.idf_ = _idf(np.asarray((X > 0).sum(axis=0)).ravel(), X.shape[0])
        weighed = self._weighed(X)
        # One thread: small matrices are faster so, and sums come out the same on any number of cores.
        with threadpool_limits(1):
            if self.method == "lda":
                self._inner = self._best_of(weighed, [self._lda(seed).fit(weighed) for seed in self._seeds()])
            else:
                self._inner = self._nmf(min(X.shape)).fit(weighed)
            return self._finish([X])

    def fit_batches(self, batches: Batches) -> Self:
        """Fit to counts that come in batches (sparse, of the same terms) as often as `batches` is called.

        Memory is bounded by a batch and n_topics * n_terms, however many units there are.
        """
        df: NDArray[np.int64] | int = 0
        n = 0
        for X in batches():
            df, n, self.n_features_in_ = (
                df + np.bincount(X.indices, minlength=X.shape[1]),
                n + X.shape[0],
                X.shape[1],
            )
        self.idf_ = _idf(np.asarray(df), n)
        with threadpool_limits(1):
            self._inner = self._begun(self._weighed(next(iter(batches()))), n)
            for _ in range(EPOCHS[self.method]):
                for X in batches():
                    self._inner.partial_fit(self._weighed(X))
            return self._finish(batches())

    def transform(self, X: Counts) -> Array:
        """Return each unit's shares of topics, shape (n_units, n_topics); rows sum to 1, or are 0 without a known term."""
        check_is_fitted(self)
        with threadpool_limits(1):
            return self._shares(self._checked(X, reset=False))

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """Return topic1, topic2, ...: the columns of `transform`."""
        check_is_fitted(self)
        del input_features
        return np.array([f"topic{i + 1}" for i in range(self.n_topics)], dtype=object)

    def __sklearn_tags__(self) -> _Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        tags.input_tags.positive_only = True
        return tags

    def _checked(self, X: Counts, *, reset: bool) -> Counts:
        X = validate_data(
            self, X, reset=reset, accept_sparse="csr", dtype=np.float64, ensure_non_negative=True
        )
        return sp.csr_array(X)

    def _nmf(self, rank: int) -> _Inner:
        init = "nndsvda" if self.n_topics <= rank else "random"
        return NMF(self.n_topics, init=init, max_iter=self.max_iter, random_state=self.random_state)

    def _lda(self, seed: int, **online: object) -> _Inner:
        how = online or {"learning_method": "batch", "max_iter": min(self.max_iter, _LDA_ITERATIONS)}
        return LatentDirichletAllocation(self.n_topics, random_state=seed, **how)

    def _begun(self, first: Counts, n: int) -> _Inner:
        """Return the online model to go on with: of LDA the beginning that fits the first batch best."""
        if self.method == "nmf":
            return MiniBatchNMF(self.n_topics, init="nndsvda", random_state=self.random_state)
        models = [self._lda(seed, learning_method="online", total_samples=n) for seed in self._seeds()]
        for model in models if len(models) > 1 else ():
            for _ in range(EPOCHS["lda"]):
                model.partial_fit(first)
        return self._best_of(first, models)

    def _seeds(self) -> list[int]:
        chance = check_random_state(self.random_state)
        return [int(seed) for seed in chance.randint(2**31 - 1, size=self.n_init)]

    @staticmethod
    def _best_of(X: Counts, models: list[_Inner]) -> _Inner:
        return max(models, key=lambda model: model.score(X)) if len(models) > 1 else models[0]

    def _weighed(self, X: Counts) -> Counts:
        if self.method == "lda":
            return X
        # Not in place: the counts are the caller's.
        weighed = sp.csr_array(X, dtype=np.float64, copy=True)
        np.log1p(weighed.data, out=weighed.data)
        return normalize(weighed.multiply(self.idf_[None, :]).tocsr())

    def _shares(self, X: Counts) -> Array:
        weighed = self._weighed(X)
        weights = (
            self._inner.transform(weighed)
            if self.method == "lda"
            else _solved(weighed, self._inner.components_)
        )
        weights[np.diff(X.indptr) == 0] = 0.0
        total = weights.sum(axis=1, keepdims=True)
        shares: Array = weights / np.where(total > 0, total, 1.0)
        return shares

    def _finish(self, batches: Iterable[Any]) -> Self:
        """Put the topics in order of their share, and give the weights of their terms."""
        self.words_: Array = np.sum([np.asarray((X.T @ self._shares(X)).T) for X in batches], axis=0)
        sums = self.words_.sum(axis=1)
        order = np.argsort(-sums, kind="stable")
        for name in ("components_", "exp_dirichlet_component_"):
            if hasattr(self._inner, name):
                setattr(self._inner, name, getattr(self._inner, name)[order])
        self.words_ = self.words_[order]
        self.shares_: Array = sums[order] / max(sums.sum(), 1e-300)
        components = self._inner.components_
        total = components.sum(axis=1, keepdims=True)
        self.n_iter_: int = getattr(self._inner, "n_iter_", EPOCHS[self.method])
        self.components_: Array = components / np.where(total > 0, total, 1.0)
        return self


def _solved(X: Counts, H: Array) -> Array:
    """Return the non-negative W that brings W H nearest to X, each row by itself, whatever rows stand beside it.

    Cyclic coordinate descent as in scikit-learn's NMF, which stops when a whole batch has settled instead.
    """
    gram, target = H @ H.T, np.asarray(X @ H.T)
    W = np.zeros_like(target)
    for _ in range(_SWEEPS):
        before = W.copy()
        for k in np.flatnonzero(np.diag(gram) > 0):
            step = (target[:, k] - W @ gram[:, k]) / gram[k, k]
            W[:, k] = np.maximum(W[:, k] + step, 0.0)
        if np.abs(W - before).max(initial=0.0) < _SETTLED:
            break
    return W


def _idf(df: NDArray[np.int64], n: int) -> Array:
    found: Array = np.log((1 + n) / (1 + df)) + 1
    return found


def top_terms(components: Array, n: int) -> list[list[int]]:
    """Return the indices of each topic's n terms of largest weight, best first; terms without weight are left out."""
    order = np.argsort(-components, axis=1, kind="stable")[:, :n]
    return [[int(j) for j in row if components[i, j] > 0] for i, row in enumerate(order)]
