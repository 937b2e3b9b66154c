"""Fit the weights by which names are told from ordinary words, on annotated texts.

    pip install scikit-learn
    python scripts/fit_weights.py GOLD.json [GOLD.json ...] [--folds 5] [--write]

Every reading of a head noun (names/scoring.py) and of a quote (names/quoted_evidence.py) in the annotated texts is
an example: its features, and whether an annotator marked that span. A logistic regression is fitted for each table.
The script prints how well the whole pipeline does with weights fitted on other texts, then how the tables would
change; --write changes them in src/swnlp/resources/names_*.toml, and nothing else. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch
from zlib import crc32

from gold_texts import Entity, GoldText, Scores, read_gold, unwrapped

import swnlp
from swnlp.lexicon import Lexicon, load_lexicon
from swnlp.names import documents, events, programs, quoted, works
from swnlp.names.candidates import Candidate, Proposer
from swnlp.names.edges import Edges, edges_of
from swnlp.names.find import FAMILIES
from swnlp.names.heads import Neighbours, Reading
from swnlp.names.plain_documents import tail_end
from swnlp.names.quoted_evidence import evidence
from swnlp.names.quoted_evidence import features as quote_features
from swnlp.names.quotes import quotes
from swnlp.names.scoring import Contexts, HeadRule
from swnlp.names.scoring import features as head_features
from swnlp.resources import read_toml
from swnlp.view import simplified_view

try:
    from sklearn.feature_extraction import DictVectorizer  # type: ignore[import-untyped]
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
except ModuleNotFoundError as missing:
    if missing.name != "sklearn":
        raise
    sys.exit("scikit-learn is not installed. Run: pip install scikit-learn")

RESOURCES = Path(__file__).parents[1] / "src" / "swnlp" / "resources"
SEED = 0
MOST_STEPS = 3000
# A head noun that the texts have fewer times gets no weight of its own; that of its kind must do.
LEAST_SEEN = 5
HEAD = "head:"
_TITLES = re.compile("《[^《》]*(?:《[^《》]*》[^《》]*)*》")


class Table(NamedTuple):
    """A weights table: resource file, key, and C, the inverse strength of the L2 penalty (smaller: flatter)."""

    resource: str
    key: str
    c: float


# By the label of the head rule; quotes have the most features, so a stronger penalty.
TABLES = {
    "POLICY": Table("names_documents.toml", "weights", 1.0),
    "PROGRAM": Table("names_programs.toml", "weights", 1.0),
    "WORK": Table("names_works.toml", "weights", 1.0),
    "EVENT": Table("names_events.toml", "weights", 1.0),
    "quoted": Table("names_programs.toml", "quoted_weights", 0.7),
}
Weights = dict[str, float]


@dataclass(slots=True)
class Examples:
    """Examples for one table: features, whether it is a name, and how often each head noun was seen."""

    features: list[list[str]] = field(default_factory=list)
    names: list[bool] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    def add(self, features: list[str], name: bool) -> None:
        """Add one example."""
        self.features.append(features)
        self.names.append(name)

    def __add__(self, other: Examples) -> Examples:
        return Examples(self.features + other.features, self.names + other.names, self.seen + other.seen)


class Readings(NamedTuple):
    """What one head rule had to choose from in one text."""

    rule: HeadRule
    readings: list[Reading]
    edges: Edges
    near: Neighbours


def example_maker(lexicon: Lexicon) -> Callable[[GoldText], dict[str, Examples]]:
    """Compile the families and return the function from an annotated text to its examples for each table."""
    earlier = [family.proposer(lexicon) for family in FAMILIES[: FAMILIES.index(quoted)]]
    by_head = [family.proposer(lexicon) for family in (documents, programs, works, events)]

    def examples_of(gold: GoldText) -> dict[str, Examples]:
        text = simplified_view(gold.text)
        known: list[Candidate] = []
        for propose in earlier:
            known += propose(text, known)
        examples = {"quoted": quote_examples(gold, text, known)}
        for readings in readings_of(text, known, by_head):
            examples[readings.rule.label] = head_examples(gold, text, readings)
        return examples

    return examples_of


def readings_of(text: str, known: Sequence[Candidate], proposers: Iterable[Proposer]) -> list[Readings]:
    """Return the readings that each family's head rule is given to score."""
    noted: list[Readings] = []

    def note(
        rule: HeadRule, _: str, readings: Iterable[Reading], edges: Edges, near: Neighbours
    ) -> Iterator[Candidate]:
        noted.append(Readings(rule, list(readings), edges, near))
        return iter(())

    # Every family hands its readings to this method, with its own limits and exclusions applied.
    with patch.object(HeadRule, "candidates", note):
        for propose in proposers:
            list(propose(text, known))
    return noted


def head_examples(gold: GoldText, text: str, of_rule: Readings) -> Examples:
    """Return the examples for a head rule; what lies in 《》 or in a name of another label is none of its business."""
    rule, readings, edges, near = of_rule
    marked = {(e.start, e.end): e for e in gold.entities if e.label == rule.label}
    titles = [match.span() for match in _TITLES.finditer(text)]
    # A title may be part of a longer name, and a name part of a title; elsewhere the longer name wins.
    others = (
        [(e.start, e.end) for e in gold.entities if e.label != rule.label] if rule.label != "POLICY" else []
    )
    examples = Examples(seen=Counter(HEAD + noun.noun for noun in rule.heads.find(text)))
    for reading in readings:
        start, end = reading.start, reading.end
        if rule.label == "POLICY":
            end = tail_end(text, end)
        entity = marked.get((start, end))
        if start not in gold.scope or (entity and entity.optional) or _inside(start, end, titles):
            continue
        if not _inside(start, end, [span for span in others if span != (start, end)]):
            examples.add(head_features(reading, text, edges, near, rule.contexts), entity is not None)
    return examples


def _inside(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(a <= start and end <= b for a, b in spans)


def quote_examples(gold: GoldText, text: str, known: Sequence[Candidate]) -> Examples:
    """Return the examples for names in quotes, except quotes of people served and what is optional."""
    undertakings = [e for e in gold.entities if e.label == "PROGRAM"]
    marked = {unwrapped(text, e.start, e.end) for e in undertakings if not e.optional}
    optional = [e for e in undertakings if e.optional]
    served = {(c.start, c.end) for c in known if c.label in ("GROUP", "ACTOR")}
    contexts = Contexts(read_toml("names_programs.toml")["contexts"])
    edges, near = edges_of(text), Neighbours(known)
    examples = Examples()
    for item in evidence(text, quotes(text), edges, near, heads=quoted.quoted_heads(), contexts=contexts):
        if (item.quote.inner_start, item.quote.inner_end) in served:
            continue
        for start, end, form, left in quoted.forms(item):
            if form == "owned" or start not in gold.scope or _touches(start, end, optional):
                continue
            keys = quote_features(item, text, form, left)
            examples.add(keys, unwrapped(text, start, end) in marked)
            examples.seen.update(key for key in keys if key.startswith(HEAD))
    return examples


def _touches(start: int, end: int, entities: Iterable[Entity]) -> bool:
    return any(e.start < end and start < e.end for e in entities)


def fitted(examples: Examples, c: float) -> Weights:
    """Return the weights of a logistic regression, rounded to tenths, without those that round to zero.

    Binary features, L2 penalty, L-BFGS. `bias` comes first, then the features in code point order.
    """
    rare = {key for key, times in examples.seen.items() if times < LEAST_SEEN}
    rows = [dict.fromkeys((key for key in keys if key not in rare), 1) for keys in examples.features]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    model = LogisticRegression(C=c, max_iter=MOST_STEPS, random_state=SEED).fit(matrix, examples.names)
    found = dict(zip(vectorizer.feature_names_, model.coef_[0].tolist(), strict=True))
    rounded = {key: round(found[key], 1) for key in sorted(found)}
    return {"bias": round(float(model.intercept_[0]), 1) + 0.0} | {k: w for k, w in rounded.items() if w}


def fit(parts: Sequence[Mapping[str, Examples]]) -> dict[Table, Weights]:
    """Return the weights of every table, fitted to the examples of these texts."""
    weights: dict[Table, Weights] = {}
    for name, table in TABLES.items():
        examples = sum((part[name] for part in parts), Examples())
        if len(set(examples.names)) < 2:
            sys.exit(f"{name}: the texts hold no names to learn from, or nothing but names: give more texts")
        weights[table] = fitted(examples, table.c)
    return weights


@contextmanager
def installed(weights: Mapping[Table, Weights]) -> Iterator[None]:
    """Let the package read these weights instead of its own, in this process only."""
    with ExitStack() as stack:
        for table, values in weights.items():
            stack.enter_context(patch.dict(read_toml(table.resource), {table.key: values}))
        yield


def fold_of(gold: GoldText, folds: int) -> int:
    """Return the fold of a text: paragraphs of one text share it, and further texts change no other's."""
    return crc32(gold.source.encode()) % folds


def cross_validated(
    gold: Sequence[tuple[str, GoldText]], parts: Sequence[Mapping[str, Examples]], folds: int
) -> dict[str, Scores]:
    """Return the scores of the pipeline by gold file, each text tagged with weights fitted without its fold."""
    scores = {name: Scores() for name, _ in gold}
    for fold in range(folds):
        held_out = [(name, text) for name, text in gold if fold_of(text, folds) == fold]
        rest = [part for (_, text), part in zip(gold, parts, strict=True) if fold_of(text, folds) != fold]
        if not rest:
            sys.exit("--folds needs paragraphs of at least two texts; --folds 0 goes without")
        with installed(fit(rest)):
            nlp = swnlp.load()
        for name, text in held_out:
            scores[name].add(text, [(e.start_char, e.end_char, e.label_) for e in nlp(text.text).ents])
    return scores


def rewritten(content: str, key: str, weights: Mapping[str, float]) -> str:
    """Return a TOML file with the rows of one table replaced; comments and other tables stay as they are."""
    lines = content.splitlines(keepends=True)
    first = lines.index(f"[{key}]\n") + 1
    last = next((i for i in range(first, len(lines)) if lines[i].startswith("[")), len(lines))
    rows = [f"{name if name == 'bias' else json.dumps(name, ensure_ascii=False)} = {weight:.1f}\n"
            for name, weight in weights.items()]  # fmt: skip
    kept = [line for line in lines[first:last] if line.startswith("#") or not line.strip()]
    return "".join([*lines[:first], *rows, *kept, *lines[last:]])


def update(table: Table, weights: Weights, *, write: bool) -> None:
    """Say how many weights of a table differ from the file, and write them if asked to."""
    path = RESOURCES / table.resource
    content = path.read_text(encoding="utf-8")
    before: dict[str, Any] = tomllib.loads(content)[table.key]
    changed = sum(before.get(key) != weights.get(key) for key in before.keys() | weights.keys())
    print(f"{table.resource} [{table.key}]: {len(weights)} weights, {changed} changed")
    if write:
        path.write_text(rewritten(content, table.key, weights), encoding="utf-8", newline="\n")


def main() -> None:
    """Fit, measure, and write if asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("gold", nargs="+", type=Path, help="annotated texts (see gold_texts.py)")
    parser.add_argument(
        "--folds", type=int, default=5, help="folds of the cross-validation; 0: none (default 5)"
    )
    parser.add_argument("--write", action="store_true", help="change the tables in src/swnlp/resources")
    options = parser.parse_args()
    if options.folds < 0 or options.folds == 1:
        parser.error("--folds must be 0 or at least 2")
    try:
        gold = [(path.stem, text) for path in options.gold for text in read_gold(path)]
    except (OSError, ValueError, KeyError) as error:
        sys.exit(f"cannot read the gold files: {error}")
    examples_of = example_maker(load_lexicon())
    parts = [examples_of(text) for _, text in gold]
    if options.folds:
        for name, scores in cross_validated(gold, parts, options.folds).items():
            print(f"{name}: strict, {options.folds} folds by text", *scores.lines(), "", sep="\n")
    for table, weights in fit(parts).items():
        update(table, weights, write=options.write)


if __name__ == "__main__":
    main()
