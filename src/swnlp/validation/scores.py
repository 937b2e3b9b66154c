"""Precision of a stratified sample and recall of sampled sentences, each with a Wilson interval."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt
from typing import NamedTuple

from scipy.stats import binomtest, norm  # type: ignore[import-untyped]

LEVEL = 0.95


class Score(NamedTuple):
    """A share that was estimated from a sample.

    Attributes:
        name: The stratum (a label, a kind), or 合计.
        size: How many there are in all.
        judged: How many a person judged.
        right: How many of these are right; of a weighted total, the share times `judged`.
        share: Estimate, 0 to 1; None if nothing was judged.
        low: Lower end of its 95 % interval.
        high: Upper end.
    """

    name: str
    size: int
    judged: int
    right: float
    share: float | None
    low: float | None
    high: float | None


def wilson(right: float, n: float, level: float = LEVEL) -> tuple[float, float]:
    """Return the Wilson score interval of a share; counts need not be whole (an effective sample size).

    Args:
        right: Successes, 0 to n.
        n: Trials, above 0.
        level: Confidence level.

    Source:
        Wilson (1927), Probable Inference, the Law of Succession, and Statistical Inference; whole counts by SciPy.
    """
    if float(right).is_integer() and float(n).is_integer():
        found = binomtest(int(right), int(n)).proportion_ci(level, method="wilson")
        return float(found.low), float(found.high)
    z = float(norm.ppf(0.5 + level / 2))
    p = right / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def stratum_scores(counts: Iterable[tuple[str, int, int, int]]) -> list[Score]:
    """Return the precision of each stratum.

    Args:
        counts: (name, size, judged, right) of each.
    """
    return [_score(name, size, judged, float(right)) for name, size, judged, right in counts]


def _score(name: str, size: int, judged: int, right: float) -> Score:
    if not judged:
        return Score(name, size, 0, 0.0, None, None, None)
    return Score(name, size, judged, right, right / judged, *wilson(right, judged))


def total_score(strata: Sequence[Score]) -> Score:
    """Return the precision of all strata together, each weighted by its size; strata that nobody judged are left out.

    The interval is Wilson's with the effective sample size, p(1-p) over the variance of the stratified estimate, and
    never more than were judged; without variance (all right, or none) Kish's effective size of the weights.

    Source:
        Korn & Graubard (1998), Confidence Intervals for Proportions With Small Expected Number of Positive Counts
        Estimated From Survey Data; Kish (1965), Survey Sampling.
    """
    judged = [s for s in strata if s.judged]
    size, n = sum(s.size for s in judged), sum(s.judged for s in judged)
    if not n or not size:
        return Score("合计", sum(s.size for s in strata), 0, 0.0, None, None, None)
    weights = [s.size / size for s in judged]
    shares = [s.right / s.judged for s in judged]
    p = sum(w * share for w, share in zip(weights, shares, strict=True))
    variance = sum(
        w * w * share * (1 - share) / s.judged for w, share, s in zip(weights, shares, judged, strict=True)
    )
    kish = 1 / sum(w * w / s.judged for w, s in zip(weights, judged, strict=True))
    effective = min(p * (1 - p) / variance if variance > 0 else kish, float(n))
    return Score("合计", size, n, p * n, p, *wilson(p * effective, effective))


def recall_scores(counts: Iterable[tuple[str, int, int, float]]) -> list[Score]:
    """Return the recall of each label: what was found and right, over that and what was missed.

    Args:
        counts: (label, found in the sentences, missed there, precision of the label) of each.

    Returns:
        Scores in which `size` is what was found, `judged` that and what was missed, `right` what was found and right; the
        share is over `right` and what was missed.
    """
    scores = []
    for label, found, missed, precision in counts:
        right = found * precision
        n = right + missed
        interval = wilson(right, n) if n else (None, None)
        scores.append(Score(label, found, found + missed, right, right / n if n else None, *interval))
    return scores
