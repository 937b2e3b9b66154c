"""Examples to weights: a logistic regression for each table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from swnlp.extras import require
from swnlp.model import TABLES, NameModel, make_model, shipped_model
from swnlp.train.examples import Examples

# Inverse strength of the L2 penalty (smaller: flatter); quotes have the most features, so a stronger penalty.
C: dict[str, float] = {"POLICY": 1.0, "PROGRAM": 1.0, "WORK": 1.0, "EVENT": 1.0, "quoted": 0.7}
# How many others a name counts for. Readings that are names are few, and the decision (names/decide.py) asks for more
# than an even chance: weighted so, F1 is higher on texts that were not seen.
NAME_WEIGHT: dict[str, float] = {"POLICY": 1.5, "PROGRAM": 1.5, "WORK": 2.0, "EVENT": 1.0, "quoted": 2.0}
SEED = 0
TOLERANCE = 1e-4
MOST_STEPS = 3000
# A head noun that the texts have fewer times gets no weight of its own; that of its kind must do.
LEAST_SEEN = 5
# Of each kind, names and others: with fewer there is nothing to learn, and a table keeps the weights that ship.
LEAST_EXAMPLES = 5


def joined(parts: Iterable[Mapping[str, Examples]]) -> dict[str, Examples]:
    """Return the examples of several texts, by table."""
    result = {name: Examples() for name in TABLES}
    for part in parts:
        for name, examples in part.items():
            result[name].features += examples.features
            result[name].names += examples.names
            result[name].seen += examples.seen
    return result


def can_fit(examples: Examples) -> bool:
    """Return whether there are enough names and others to learn from."""
    names = sum(examples.names)
    return min(names, len(examples.names) - names) >= LEAST_EXAMPLES


def fit(
    parts: Iterable[Mapping[str, Examples]], base: NameModel | None = None
) -> dict[str, dict[str, float]]:
    """Return the weights of every table, fitted to the examples of these texts.

    Args:
        parts: The examples of each text, by table.
        base: Gives the weights of a table that there are too few examples for; None for the model that ships.

    Raises:
        MissingExtraError: If scikit-learn is not installed.
    """
    base = base or shipped_model()
    return {
        name: fitted(examples, C[name], NAME_WEIGHT[name]) if can_fit(examples) else base.weights(name)
        for name, examples in joined(parts).items()
    }


def fit_model(parts: Iterable[Mapping[str, Examples]]) -> NameModel:
    """Return the model of the weights that `fit` gives."""
    return make_model(fit(parts))


def fitted(examples: Examples, c: float, name_weight: float = 1.0) -> dict[str, float]:
    """Return the weights of a logistic regression, rounded to tenths, without those that round to zero.

    Binary features, L2 penalty, L-BFGS. `bias` comes first, then the features in code point order. The same
    examples give the same weights.

    Source:
        Fan, Chang, Hsieh, Wang & Lin (2008), JMLR 9, 1871-1874 (the objective); scikit-learn.
    """
    extraction = require("sklearn.feature_extraction", extra="train")
    linear = require("sklearn.linear_model", extra="train")
    rare = {key for key, times in examples.seen.items() if times < LEAST_SEEN}
    rows = [dict.fromkeys((key for key in keys if key not in rare), 1) for keys in examples.features]
    vectorizer = extraction.DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    model = linear.LogisticRegression(
        C=c,
        class_weight={False: 1.0, True: name_weight},
        max_iter=MOST_STEPS,
        tol=TOLERANCE,
        random_state=SEED,
    )
    model.fit(matrix, examples.names)
    found = dict(zip(vectorizer.feature_names_, model.coef_[0].tolist(), strict=True))
    rounded = {key: round(found[key], 1) for key in sorted(found)}
    return {"bias": round(float(model.intercept_[0]), 1) + 0.0} | {k: w for k, w in rounded.items() if w}
