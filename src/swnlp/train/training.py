"""Annotated files to a model: fit, measure by cross-validation, write with a card that says what it was made from."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zlib import crc32

from swnlp.errors import SettingsError, TrainingError
from swnlp.evaluate import ALL, Scores, outer_names
from swnlp.evaluate.scores import labels_of
from swnlp.export.files import replacing
from swnlp.extras import require
from swnlp.gold import Format, GoldText, read_gold_files
from swnlp.lexicon import Lexicon, load_lexicon
from swnlp.model import FORMAT, TABLES, NameModel, make_model
from swnlp.settings import DEFAULTS
from swnlp.tag import name_tagger
from swnlp.train.examples import Examples, example_maker
from swnlp.train.fit import (
    LEAST_EXAMPLES,
    LEAST_SEEN,
    NAME_WEIGHT,
    TOLERANCE,
    C,
    can_fit,
    fit,
    fit_model,
    joined,
)

DEFAULT_FOLDS = 5
_METHOD = "logistic regression, binary features, L2 penalty, L-BFGS; weights rounded to tenths"
_FEATURES = (
    "head noun and its kind, length, boundaries before and inside, first and following word, class of the words "
    "before, neighbouring places and bodies (names/scoring.py); of quotes also the form of the reading, the noun "
    "inside, the list it is in and its signs (names/quoted/evidence.py)"
)


@dataclass(frozen=True, slots=True)
class Training:
    """A fitted model and what it was made from.

    Attributes:
        weights: Feature -> weight, for each of model.TABLES.
        kept: Tables with too few examples, which keep the weights that ship.
        scores: Of every text with weights fitted without its fold, by file and, under ALL, for all; empty if there was
            no cross-validation.
        card: What it was made from, how, and how well it does; plain values.
    """

    weights: dict[str, dict[str, float]]
    kept: tuple[str, ...]
    scores: dict[str, Scores]
    card: dict[str, Any]

    @property
    def model(self) -> NameModel:
        """Return the model, as `load_model` reads it from the file."""
        return make_model(self.weights)

    def to_json(self) -> str:
        """Return the content of the model file; the same annotation and words give the same."""
        content = {"format": FORMAT, "card": self.card, "weights": self.weights}
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"

    def write(self, path: Path | str) -> None:
        """Write the model file.

        Raises:
            OutputError: If it can't be written.
        """
        with replacing(path) as file:
            # A file name that is no UTF-8 becomes a JSON escape.
            file.write(self.to_json().encode(errors="backslashreplace"))

    def __repr__(self) -> str:
        size = sum(len(weights) for weights in self.weights.values())
        return f"Training({size} weights from {self.card['texts']} annotated texts)"


def train(
    paths: str | Path | Sequence[str | Path],
    *,
    format: Format | None = None,
    folds: int = DEFAULT_FOLDS,
    date: str | None = None,
    lexicon: str | Path | None = None,
    scheme: str = DEFAULTS.scheme,
) -> Training:
    """Fit the weights by which names are told from ordinary words to annotated texts.

    Every reading that the rules make of a head noun or a quote is an example: its features, and whether an
    annotator marked that span. A logistic regression is fitted for each of model.TABLES.

    Args:
        paths: Annotated files, as for `swnlp evaluate`; they replace the project's own training data.
        format: Their format; None to tell each by its content.
        folds: Folds of the cross-validation by text, at least 2; 0 for none.
        date: ISO date for the card; None for none. Never the clock's, so that the same data give the same bytes.
        lexicon: Folder with the user's own names, words and schemes.
        scheme: Id of the linkage scheme.

    Raises:
        GoldError: If a line of a file is wrong (names the file and the line).
        TrainingError: If no table has enough examples, or fewer than two texts are to be cross-validated.
        SettingsError: If `folds` or `date` is wrong.
        MissingExtraError: If scikit-learn is not installed.
    """
    _check(folds, date)
    require("sklearn", extra="train")
    files = list(dict.fromkeys(Path(p) for p in ([paths] if isinstance(paths, str | Path) else paths)))
    texts = read_gold_files(files, format)
    words = load_lexicon(Path(lexicon) if lexicon is not None else None, scheme=scheme)
    examples_of = example_maker(words)
    parts = [examples_of(text) for text in texts]
    examples = joined(parts)
    kept = tuple(name for name in TABLES if not can_fit(examples[name]))
    if len(kept) == len(TABLES):
        raise TrainingError(
            f"标注太少：每类至少要有 {LEAST_EXAMPLES} 个名称与 {LEAST_EXAMPLES} 个非名称。请增加标注文本。 "
            "Too little annotation to learn from: give more texts."
        )
    scores = cross_validated(texts, parts, folds, words) if folds else {}
    card = {
        "swnlp": version("swnlp"),
        "scikit-learn": version("scikit-learn"),
        "date": date,
        "method": _METHOD,
        "features": _FEATURES,
        "c": dict(C),
        "name_weight": dict(NAME_WEIGHT),
        "tolerance": TOLERANCE,
        "least_seen": LEAST_SEEN,
        "texts": len(texts),
        "data": [_file_card(path, texts, scores.get(str(path))) for path in files],
        "lexicon": [{"file": name, "sha256": sha256} for name, sha256 in words.sources],
        "scheme": scheme,
        "examples": {name: {"examples": len(e.names), "names": sum(e.names)} for name, e in examples.items()},
        "kept_as_shipped": list(kept),
        "cross_validation": {
            "folds": folds,
            "by": "text",
            "scores": scores[ALL].to_dict() if scores else None,
        },
    }
    return Training(fit(parts), kept, scores, card)


def _check(folds: int, date: str | None) -> None:
    if folds < 0 or folds == 1:
        raise SettingsError(f"folds：应为 0 或至少 2，得到 {folds}。 folds must be 0 or at least 2.")
    if date is not None:
        try:
            Date.fromisoformat(date)
        except ValueError:
            raise SettingsError(f"日期应如 2026-11-24，得到 {date!r}。 A date is YYYY-MM-DD.") from None


def _file_card(path: Path, texts: Sequence[GoldText], scores: Scores | None) -> dict[str, Any]:
    texts = [text for text in texts if text.file == str(path)]
    names = [e for text in texts for e in text.entities if e.outer]
    counts = Counter(e.label for e in names if not e.optional)
    return {
        "file": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "texts": len(texts),
        "sources": len({text.source for text in texts}),
        "characters": sum(len(text.scope) for text in texts),
        "names": {label: counts[label] for label in sorted(counts)},
        "optional": sum(e.optional for e in names),
        "scores": scores.to_dict() if scores else None,
    }


def fold_of(texts: Sequence[GoldText], folds: int) -> list[int]:
    """Return the fold of each text: paragraphs of one text share it, and folds have about as many texts.

    Raises:
        TrainingError: If they are all of one text.
    """
    sources = sorted({text.source for text in texts}, key=lambda source: (crc32(source.encode()), source))
    if len(sources) < 2:
        raise TrainingError(
            "交叉验证至少需要两个文本（编号去掉末尾数字后不同）；用 --folds 0 略过。 "
            "Cross-validation needs paragraphs of at least two texts; --folds 0 goes without."
        )
    fold = {source: i % folds for i, source in enumerate(sources)}
    return [fold[text.source] for text in texts]


def cross_validated(
    texts: Sequence[GoldText], parts: Sequence[Mapping[str, Examples]], folds: int, lexicon: Lexicon
) -> dict[str, Scores]:
    """Return the scores by file and for all (ALL), each text tagged with weights fitted without its fold.

    It holds out the weights only: word lists, and labels that no weights decide, are as they are.
    """
    own = fold_of(texts, folds)
    files = dict.fromkeys([text.file for text in texts])
    scores = {name: Scores(labels_of(t for t in texts if t.file == name)) for name in files}
    scores[ALL] = Scores(labels_of(texts))
    for fold in sorted(set(own)):
        rest = [part for part, mine in zip(parts, own, strict=True) if mine != fold]
        tag = outer_names(name_tagger(lexicon, fit_model(rest)))
        for text, mine in zip(texts, own, strict=True):
            if mine == fold:
                found = list(tag(text.text))
                scores[text.file].add(text, found)
                scores[ALL].add(text, found)
    return scores
