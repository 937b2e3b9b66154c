"""Terms for a researcher's lexicon: phrases that a result holds often, with examples and a guess of their label."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import pandas as pd

from swnlp.content.sentence_words import sentence_words, stretches
from swnlp.count.query import DEFAULT_LIMITS, Limits
from swnlp.keywords import Phrase, find_phrases
from swnlp.lexicon import WordLists
from swnlp.resources import read_toml
from swnlp.schema import CANDIDATES
from swnlp.segment import make_segmenter
from swnlp.settings import SegmenterName

EXAMPLES = 3


def suggestions_of(
    tables: Mapping[str, Path],
    *,
    words: WordLists,
    segmenter: SegmenterName,
    min_count: int,
    limits: Limits = DEFAULT_LIMITS,
) -> pd.DataFrame:
    """Return candidates for a lexicon (schema.CANDIDATES), the highest score first; arguments as of Analysis.suggest."""
    cut = make_segmenter(segmenter)

    def runs() -> Iterator[list[str]]:
        for sentence in sentence_words(tables, cut, limits=limits):
            yield from stretches(sentence)

    found = find_phrases(runs, lambda word: words.is_term(word) or word in words.keep, min_count=min_count)
    examples = _examples(tables, found, limits)
    rows = [
        (
            p.text,
            guessed_label(p.text),
            None,
            None,
            p.occurrences,
            p.score,
            p.pmi,
            p.entropy,
            " | ".join(examples[p.text]),
        )
        for p in found
    ]
    return pd.DataFrame(rows, columns=CANDIDATES.names)


def _examples(tables: Mapping[str, Path], found: Sequence[Phrase], limits: Limits) -> dict[str, list[str]]:
    """Return the first sentences that hold each phrase, as one line each."""
    examples: dict[str, list[str]] = {phrase.text: [] for phrase in found}
    waiting = dict.fromkeys(examples)
    for sentence in sentence_words(tables, lambda text: [text], limits=limits):
        if not waiting:
            break
        for phrase in [p for p in waiting if p in sentence.text]:
            examples[phrase].append(" ".join(sentence.text.split()))
            if len(examples[phrase]) == EXAMPLES:
                del waiting[phrase]
    return examples


def guessed_label(text: str) -> str | None:
    """Return the label whose head noun a phrase ends in, the longest one; None if it ends in none.

    No guess is an ACTOR: that needs a kind, which is for the researcher to say.
    """
    heads = _heads()
    return next((heads[text[i:]] for i in range(1, len(text)) if text[i:] in heads), None)


@cache
def _heads() -> dict[str, str]:
    """Return head noun -> label, from the word lists of the name families."""
    lists = {
        "WORK": read_toml("names_works.toml")["heads"].values(),
        "EVENT": read_toml("names_events.toml")["heads"].values(),
        "PROGRAM": read_toml("names_programs.toml")["heads"].values(),
        "POLICY": read_toml("names_documents.toml")["genres"].values(),
        "ORG": [read_toml("bodies.toml")[key] for key in ("institutions", "councils", "teams")],
        "GROUP": [" ".join(read_toml("groups.toml")[key]) for key in ("sure", "people")],
    }
    return {
        head: label
        for label, words in lists.items()
        for text in words
        for head in text.split()
        if len(head) > 1
    }
