"""TextRank: words that stand near many words that stand near many words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import scipy.sparse as sp  # type: ignore[import-untyped]

WINDOW = 5
DAMPING = 0.85
_SETTLED, _MOST = 1e-9, 200


def textrank(sentences: Iterable[Sequence[str]], *, window: int = WINDOW) -> dict[str, float]:
    """Return the weighted PageRank of each word in the graph of words that stand near each other.

    An edge's weight is how often two different words lie fewer than `window` words apart in a sentence.

    Args:
        sentences: The words of a document that may be keywords, sentence by sentence, in order.
        window: Words that are neighbours of each other.

    Returns:
        Word -> rank, largest first, then by first appearance; ranks sum to 1. Empty without words.

    Source:
        Mihalcea & Tarau (2004), TextRank: Bringing Order into Texts, with damping 0.85.
    """
    number: dict[str, int] = {}
    pairs: list[tuple[int, int]] = []
    for words in sentences:
        codes = [number.setdefault(word, len(number)) for word in words]
        for i, a in enumerate(codes):
            pairs += [(a, b) for b in codes[i + 1 : i + window] if a != b]
    n = len(number)
    if not n:
        return {}
    ends = np.array(pairs, np.int64).reshape(-1, 2)
    one_way = sp.coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(n, n)).tocsr()
    ranks = _pagerank(one_way + one_way.T)
    order = np.argsort(-ranks.round(12), kind="stable")
    words_of = list(number)
    return {words_of[i]: float(ranks[i]) for i in order.tolist()}


def _pagerank(weights: sp.csr_array) -> np.ndarray:
    n = weights.shape[0]
    strength = np.asarray(weights.sum(axis=1)).ravel()
    spread = (sp.diags_array(1 / np.where(strength > 0, strength, 1.0)) @ weights).T.tocsr()
    ranks = np.full(n, 1 / n)
    for _ in range(_MOST):
        # What has no neighbour gives its rank to all.
        lost = ranks[strength == 0].sum() / n
        following = (1 - DAMPING) / n + DAMPING * (spread @ ranks + lost)
        done = np.abs(following - ranks).sum() < _SETTLED
        ranks = following
        if done:
            break
    return ranks
