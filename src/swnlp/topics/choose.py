"""How many topics: coherence and stability for each number, and the number with the best of both."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning

from swnlp.topics.coherence import cv_coherence, npmi_coherence
from swnlp.topics.model import Counts, Method, TopicModel, top_terms
from swnlp.topics.stability import agreement

TOP = 10
SHARE = 0.8


class Trial(NamedTuple):
    """One number of topics: mean NPMI and C_V, stability from 0 to 1, and the score that decides."""

    n_topics: int
    npmi: float
    c_v: float
    stability: float
    score: float


class Measured(NamedTuple):
    """A model's topics: weights of terms, the indices of the top terms of each, its NPMI, C_V and stability."""

    weights: NDArray[np.float64]
    terms: list[list[int]]
    npmi: NDArray[np.float64]
    c_v: NDArray[np.float64]
    stability: NDArray[np.float64]


def candidates(units: int) -> list[int]:
    """Return the numbers of topics to try: at least ten units a topic (but always two topics), 30 topics at most."""
    most = min(30, max(2, units // 10))
    return [k for k in (2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30) if k <= most]


def measure(
    model: TopicModel,
    counts: Counts,
    *,
    seed: int,
    runs: int,
    windows: Counts | None = None,
) -> Measured:
    """Measure a fitted model's topics.

    Stability is the agreement with `runs` further fits, each with a seed of its own on a random 80 % of the units.

    Args:
        model: The model.
        counts: Counts that the further fits draw from, csr, shape (n_units, n_terms).
        seed: Of the draws; the fits have seed + 1, seed + 2, ...
        runs: How many further fits; stability is NaN with none.
        windows: Counts over whose rows coherence is measured; None for `counts`.

    Source:
        Greene, O'Callaghan & Cunningham (2014), How Many Topics? Stability Analysis for Topic Models, for fits on parts.
    """
    windows = counts if windows is None else windows
    weights = most_coherent(rankings(model), windows)
    terms = top_terms(weights, TOP)
    together, inside = term_windows(windows, terms)
    n = windows.shape[0]
    with _unsettled():
        refits = [_refit(model, counts, seed + run) for run in range(1, runs + 1)]
    own = [agreement(model.components_, refit.components_) for refit in refits]
    return Measured(
        weights,
        terms,
        npmi_coherence(together, n, inside),
        cv_coherence(together, n, inside),
        np.mean(own, axis=0) if own else np.full(len(terms), np.nan),
    )


def rankings(model: TopicModel) -> list[NDArray[np.float64]]:
    """Return the weights by which a model's topics can be told by their terms, rows sum to 1.

    Of LDA its distributions; of NMF its factor, the factor without idf, and the words that fall to each topic: the first
    tells topics apart best where there is much text, the last where there is little.
    """
    if model.method == "lda":
        return [model.components_]
    return [_to_one(found) for found in (model.components_, model.components_ / model.idf_, model.words_)]


def _to_one(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    total = weights.sum(axis=1, keepdims=True)
    shares: NDArray[np.float64] = weights / np.where(total > 0, total, 1.0)
    return shares


def most_coherent(found: Sequence[NDArray[np.float64]], windows: Counts) -> NDArray[np.float64]:
    """Return the weights whose top terms have the largest mean NPMI over the rows of `windows`, the first of equals."""

    def coherence(weights: NDArray[np.float64]) -> float:
        together, inside = term_windows(windows, top_terms(weights, TOP))
        return round(float(npmi_coherence(together, windows.shape[0], inside).mean()), 9)

    return max(found, key=coherence) if len(found) > 1 else found[0]


def term_windows(
    counts: Counts, topics: Sequence[Sequence[int]]
) -> tuple[NDArray[np.int64], list[list[int]]]:
    """Return in how many rows each two of the topics' terms stand, and the topics' terms as indices of that matrix."""
    columns = sorted({term for topic in topics for term in topic})
    place = {term: i for i, term in enumerate(columns)}
    presence = (counts[:, columns] > 0).astype(np.int64)
    together = np.asarray((presence.T @ presence).todense(), dtype=np.int64)
    # A term of the topics may be in no row of a sample.
    np.fill_diagonal(together, np.maximum(np.diag(together), 1))
    return together, [[place[term] for term in topic] for topic in topics]


def _refit(model: TopicModel, counts: Counts, seed: int) -> TopicModel:
    n = counts.shape[0]
    kept = np.sort(np.random.default_rng(seed).choice(n, max(int(SHARE * n), min(n, 2)), replace=False))
    return TopicModel(model.n_topics, method=model.method, max_iter=100, random_state=seed).fit(counts[kept])


def curve(counts: Counts, numbers: Sequence[int], *, method: Method, seed: int, runs: int) -> list[Trial]:
    """Fit and measure a model for each number of topics; score = max(mean NPMI, 0) * stability.

    Args:
        counts: Counts of terms, csr, shape (n_units, n_terms).
        numbers: Numbers of topics.
        method: As of TopicModel.
        seed: Of all fits.
        runs: Further fits for the stability of each.
    """
    trials = []
    for k in numbers:
        with _unsettled():
            model = TopicModel(k, method=method, random_state=seed).fit(counts)
        found = measure(model, counts, seed=seed, runs=runs)
        npmi, stability = float(found.npmi.mean()), float(found.stability.mean())
        trials.append(Trial(k, npmi, float(found.c_v.mean()), stability, max(npmi, 0.0) * stability))
    return trials


@contextmanager
def _unsettled() -> Iterator[None]:
    """Let trial fits end before they have converged to the last digit; the top terms have long settled."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        yield


def best(trials: Sequence[Trial]) -> int:
    """Return the number with the largest score, the smallest of equals."""
    return max(trials, key=lambda trial: (round(trial.score, 9), -trial.n_topics)).n_topics
