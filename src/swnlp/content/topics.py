"""Topics of a result: chooses the terms and the number of topics, fits, measures and names them."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from swnlp.content.topic_tables import Topics
from swnlp.count.query import DEFAULT_LIMITS, Limits
from swnlp.count.terms import Unit
from swnlp.count.units import Units, joined, unit_batches, unit_frequencies
from swnlp.errors import AnalysisError
from swnlp.lexicon import WordLists
from swnlp.schema import SECTION_TOPICS, TOPIC_TERMS, TOPICS
from swnlp.topics.choose import Measured, Trial, best, candidates, curve, measure
from swnlp.topics.model import Counts, Method, TopicModel

# More units than this are streamed through the online form of the method.
IN_MEMORY = 100_000
# Units on which the number of topics is chosen and topics are measured, at most.
SAMPLE = 2_000
MOST_TERMS = 20_000
MOST_COMMON = 0.5
RUNS = 3
INITS = 3
LISTED = 30
NAMED_BY = 4
LEAST_WEIGHT = 0.01
_FEW, _SMALL, _LEAST = 4, 100, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicChoice:
    """What topics are asked for.

    Attributes:
        n: How many; None: chosen by coherence and stability.
        method: "nmf" or "lda".
        unit: What has topics: "paragraph", "section" or "document".
        words: Which words are terms.
        min_units: Least units that a term stands in; None: 2, and more in large corpora.
        seed: Of every fit.
        in_memory: More units than this are streamed.
    """

    n: int | None = None
    method: Method = "nmf"
    unit: Unit = "paragraph"
    words: WordLists
    min_units: int | None = None
    seed: int = 0
    in_memory: int = IN_MEMORY


def topics_of(
    tables: Mapping[str, Path],
    choice: TopicChoice,
    *,
    place_names: Mapping[str, str],
    limits: Limits = DEFAULT_LIMITS,
) -> Topics:
    """Return the topics of a result; arguments as of Analysis.topics.

    Raises:
        AnalysisError: If there is too little text, or the number of topics is out of range.
    """
    if choice.unit not in {"paragraph", "section", "document"}:
        raise AnalysisError(
            f"unit: {choice.unit!r} 应为 paragraph、section 或 document / is not one of these"
        )
    df, units = unit_frequencies(tables["terms"], unit=choice.unit, limits=limits)
    terms, number, notes = _vocabulary(df, units, choice)
    _require_enough(units, terms, choice)

    def read() -> Iterator[Units]:
        return unit_batches(tables["terms"], number, unit=choice.unit)

    sample = _sample(read, units)
    trials = [] if choice.n is not None else curve(
        sample, candidates(units), method=choice.method, seed=choice.seed, runs=RUNS
    )  # fmt: skip
    n = choice.n if choice.n is not None else best(trials)
    model = TopicModel(n, method=choice.method, n_init=INITS, max_iter=1_000, random_state=choice.seed)
    notes += [*_size_notes(units, choice)]
    if units > choice.in_memory:
        model.fit_batches(lambda: (batch.counts for batch in read()))
    else:
        whole = joined(read())
        assert whole is not None
        model.fit(whole.counts)
    found = measure(model, sample, seed=choice.seed, runs=RUNS)
    weights, main, words = _weights(model, read())
    for note in notes:
        warnings.warn(note, stacklevel=3)
    return Topics(
        topics=_topic_rows(found, terms, main, words),
        topic_terms=_term_rows(found, terms),
        curve=_curve_rows(trials, found, n),
        model=model,
        terms=tuple(terms),
        unit=choice.unit,
        notes=tuple(notes),
        section_topics_table=weights,
        _tables=tables,
        _place_names=place_names,
        _limits=limits,
    )


def _vocabulary(df: pa.Table, units: int, choice: TopicChoice) -> tuple[list[str], dict[str, int], list[str]]:
    """Return the terms in order, the column of each word, and what was left out that one may miss.

    A term stands in at least `min_units` units and at most half of them (as summed over its synonyms).
    """
    held: dict[str, int] = {}
    words: dict[str, str] = {}
    for word, n in zip(df["term"].to_pylist(), df["units"].to_pylist(), strict=True):
        term = choice.words.term_of(word)
        if term is not None:
            held[term] = held.get(term, 0) + n
            words[word] = term
    least = choice.min_units if choice.min_units is not None else max(2, min(units // 10_000, 20))
    kept = [t for t, n in held.items() if n >= least and (n <= MOST_COMMON * units or t in choice.words.keep)]
    terms = sorted(sorted(kept, key=lambda t: (-held[t], t))[:MOST_TERMS])
    column = {term: i for i, term in enumerate(terms)}
    notes = []
    if len(kept) > MOST_TERMS:
        notes.append(
            f"{len(kept):,} 个词中只用了出现段落最多的 {MOST_TERMS:,} 个。 "
            f"Of {len(kept):,} terms the {MOST_TERMS:,} that stand in most units are used."
        )
    return terms, {word: column[term] for word, term in words.items() if term in column}, notes


def _require_enough(units: int, terms: list[str], choice: TopicChoice) -> None:
    if units < _FEW or len(terms) < _LEAST:
        raise AnalysisError(
            f"语料太小（{units} 个 {choice.unit}，{len(terms)} 个反复出现的词），"
            "不能建立主题模型；可用 swnlp keyness 或共词分析。 "
            f"Too little text for topics: {units} units ({choice.unit}) and {len(terms)} terms that recur."
        )
    if choice.n is not None and not 2 <= choice.n <= min(units, len(terms), 500):
        raise AnalysisError(
            f"主题数应在 2 到 {min(units, len(terms), 500)} 之间 / "
            f"the number of topics must be in that range, got {choice.n}"
        )


def _size_notes(units: int, choice: TopicChoice) -> Iterator[str]:
    if units < _SMALL:
        yield (
            f"只有 {units} 个{_CHINESE[choice.unit]}，主题只能作为阅读线索：主题数、比例与地区差异都不足以作为结论。 "
            f"There are only {units} units ({choice.unit}): topics are hints for reading; their number, shares "
            "and differences between places are no findings."
        )
    if units > choice.in_memory:
        yield (
            f"{units:,} 个{_CHINESE[choice.unit]}超过 {choice.in_memory:,}，改用分批（在线）算法；"
            f"主题数与指标在其中约 {SAMPLE:,} 个上计算。 {units:,} units are more than {choice.in_memory:,}: the online "
            f"form of the method was used; the number of topics and the measures come from about {SAMPLE:,} of them."
        )


_CHINESE = {"paragraph": "段落", "section": "章节", "document": "文献"}


def _sample(read: Callable[[], Iterator[Units]], units: int) -> Counts:
    """Return the counts of at most SAMPLE units, at equal distances through the text; those without a term left out."""
    step = max(units // SAMPLE, 1)
    parts, seen = [], 0
    for batch in read():
        n = batch.counts.shape[0]
        rows = np.arange((-seen) % step, n, step)
        parts.append(Units(batch.keys.slice(0, 0), batch.counts[rows]))
        seen += n
    whole = joined(iter(parts))
    assert whole is not None
    return whole.counts[np.flatnonzero(np.diff(whole.counts.indptr))]


def _weights(model: TopicModel, units: Iterator[Units]) -> tuple[pa.Table, np.ndarray, np.ndarray]:
    """Return schema.SECTION_TOPICS, how many units have each topic as their largest, and the words of each topic."""
    k = model.n_topics
    main, words, parts = np.zeros(k, np.int64), np.zeros(k), []
    for batch in units:
        shares = model.transform(batch.counts)
        size = np.asarray(batch.counts.sum(axis=1)).ravel()
        words += size @ shares
        main += np.bincount(shares.argmax(axis=1)[shares.sum(axis=1) > 0], minlength=k)
        row, topic = np.nonzero(shares >= LEAST_WEIGHT)
        keys = batch.keys.take(pa.array(row))
        columns = {
            "doc_id": keys["doc_id"].combine_chunks().dictionary_encode(),
            **{
                name: keys[name] if name in keys.column_names else pa.nulls(len(row), pa.int64())
                for name in ("section_id", "paragraph_id")
            },
            "topic": pa.array(topic + 1),
            "weight": pa.array(shares[row, topic]),
            "words": pa.array(size[row].astype(np.int64)),
        }
        parts.append(pa.table(columns).cast(_COMPACT))
    return pa.concat_tables(parts).unify_dictionaries(), main, words


# A million units have some million rows: ids once, numbers as small as they are.
_COMPACT = pa.schema(
    [
        ("doc_id", pa.dictionary(pa.int32(), pa.string())),
        ("section_id", pa.int32()),
        ("paragraph_id", pa.int32()),
        ("topic", pa.int16()),
        ("weight", pa.float32()),
        ("words", pa.int32()),
    ]
)
assert _COMPACT.names == SECTION_TOPICS.names


def _topic_rows(found: Measured, terms: list[str], main: np.ndarray, words: np.ndarray) -> pd.DataFrame:
    names = ["、".join(terms[j] for j in top[:NAMED_BY]) for top in found.terms]
    columns = {
        "topic": range(1, len(names) + 1), "name": names, "share": words / max(words.sum(), 1e-300), "units": main,
        "npmi": found.npmi, "c_v": found.c_v, "stability": found.stability,
    }  # fmt: skip
    frame: pd.DataFrame = pd.DataFrame(columns)[TOPICS.names]
    return frame


def _term_rows(found: Measured, terms: list[str]) -> pd.DataFrame:
    order = np.argsort(-found.weights, axis=1, kind="stable")[:, :LISTED]
    rows = [
        (topic + 1, rank + 1, terms[j], float(found.weights[topic, j]))
        for topic, row in enumerate(order)
        for rank, j in enumerate(row.tolist())
        if found.weights[topic, j] > 0
    ]
    return pd.DataFrame(rows, columns=TOPIC_TERMS.names)


def _curve_rows(trials: list[Trial], found: Measured, n: int) -> pd.DataFrame:
    if not trials:
        npmi, stability = float(found.npmi.mean()), float(found.stability.mean())
        trials = [Trial(n, npmi, float(found.c_v.mean()), stability, max(npmi, 0.0) * stability)]
    frame = pd.DataFrame(trials)
    return frame.assign(chosen=frame["n_topics"] == n)
