"""Agreement of coders on nominal codes: percent, Holsti, Cohen's kappa, Krippendorff's alpha."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from itertools import combinations, permutations
from typing import NamedTuple

# What each coder gave a unit, in the order of the coders; None where a coder gave nothing.
Values = Sequence[Hashable | None]


class Agreement(NamedTuple):
    """How far coders agree.

    Attributes:
        units: Units that at least two coders coded.
        coders: Coders that coded at least one of them.
        percent: Share of the pairs of coders, over all units, that gave the same code, 0 to 1.
        holsti: Mean over pairs of coders of 2M / (N1 + N2).
        composite: Holsti's composite reliability of the k coders, k PA / (1 + (k-1) PA).
        kappa: Cohen's kappa; of more than two coders the mean over their pairs (Light 1971). None if a pair used
            only one code, or one and the same, so that nothing could be due to chance.
        alpha: Krippendorff's alpha, nominal, with missing values; None if all codes are one.
    """

    units: int
    coders: int
    percent: float | None
    holsti: float | None
    composite: float | None
    kappa: float | None
    alpha: float | None


def agreement(units: Sequence[Values]) -> Agreement:
    """Return the agreement on units that several coders coded.

    Args:
        units: For each unit the code of each coder; all of the same length.

    Source:
        Holsti (1969), Content Analysis for the Social Sciences and Humanities; Cohen (1960), A Coefficient of Agreement
        for Nominal Scales; Light (1971), Measures of Response Agreement for Qualitative Data; Krippendorff (2004), Content
        Analysis, 2nd ed., ch. 11.
    """
    coded = [values for values in units if sum(value is not None for value in values) > 1]
    if not coded:
        return Agreement(0, 0, None, None, None, None, None)
    present = [at for at in range(len(coded[0])) if any(values[at] is not None for values in coded)]
    pairs = [pair for a, b in combinations(present, 2) if (pair := list(_both(coded, a, b)))]
    same = [sum(x == y for x, y in pair) for pair in pairs]
    holsti = _mean([2 * m / (2 * len(pair)) for m, pair in zip(same, pairs, strict=True)])
    kappas = [kappa(pair) for pair in pairs]
    known = [k for k in kappas if k is not None]
    k = len(present)
    return Agreement(
        units=len(coded),
        coders=k,
        percent=sum(same) / sum(map(len, pairs)),
        holsti=holsti,
        composite=None if holsti is None else k * holsti / (1 + (k - 1) * holsti),
        kappa=_mean(known) if len(known) == len(kappas) else None,
        alpha=alpha(coded),
    )


def _both(units: Sequence[Values], a: int, b: int) -> Iterator[tuple[Hashable, Hashable]]:
    for values in units:
        x, y = values[a], values[b]
        if x is not None and y is not None:
            yield x, y


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Return Cohen's kappa of two coders, (observed - expected) / (1 - expected); None if expected is 1.

    Args:
        pairs: The codes of the first and the second coder of each unit.
    """
    n = len(pairs)
    first, second = Counter(x for x, _ in pairs), Counter(y for _, y in pairs)
    # In whole numbers as long as it goes, so that "expected is 1" is exact.
    chance = sum(count * second[code] for code, count in first.items())
    if chance == n * n:
        return None
    observed = sum(x == y for x, y in pairs) / n
    expected = chance / (n * n)
    return (observed - expected) / (1 - expected)


def alpha(units: Sequence[Values]) -> float | None:
    """Return Krippendorff's alpha for nominal data, 1 - observed / expected disagreement; None if all codes are one.

    Units with fewer than two codes do not count.
    """
    weights: dict[tuple[Hashable, Hashable], float] = {}
    for values in units:
        given = [value for value in values if value is not None]
        for pair, count in Counter(permutations(given, 2)).items():
            weights[pair] = weights.get(pair, 0.0) + count / (len(given) - 1)
    totals: dict[Hashable, float] = {}
    for (x, _), weight in weights.items():
        totals[x] = totals.get(x, 0.0) + weight
    if len(totals) < 2:
        return None
    n = sum(totals.values())
    observed = sum(weight for (x, y), weight in weights.items() if x != y)
    expected = (n * n - sum(total * total for total in totals.values())) / (n - 1)
    return 1 - observed / expected
