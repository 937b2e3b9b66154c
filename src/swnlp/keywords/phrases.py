"""Words that make one term together: pointwise mutual information inside, entropy at the edges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from math import log2
from typing import NamedTuple

MIN_COUNT = 3
MIN_PMI = 3.0
MIN_ENTROPY = 1.0
MOST_WORDS = 4
MOST_CHARACTERS = 12
# Different word sequences that are held at once; beyond, those seen once are forgotten.
_HELD = 2_000_000

Sentences = Callable[[], Iterable[Sequence[str]]]


class Phrase(NamedTuple):
    """A candidate: how often it stands, PMI of its loosest joint and entropy of its more fixed side, both in bits."""

    words: tuple[str, ...]
    occurrences: int
    pmi: float
    entropy: float

    @property
    def text(self) -> str:
        """The words as they stand in the text."""
        return "".join(self.words)

    @property
    def score(self) -> float:
        """PMI times entropy: the words hold together, and what stands around them varies."""
        return self.pmi * self.entropy


def find_phrases(
    sentences: Sentences,
    may_begin: Callable[[str], bool],
    *,
    min_count: int = MIN_COUNT,
    min_pmi: float = MIN_PMI,
    min_entropy: float = MIN_ENTROPY,
) -> list[Phrase]:
    """Return sequences of 2 to 4 words that behave like one term, the highest score first.

    For a phrase w = uv, PMI = log2(p(w) / (p(u) p(v))), the least over all places where it can be cut, p being the share of
    all words. The entropy is that of the words before it or that of those after it, the smaller one; the edge of a
    stretch counts as a different neighbour each time. A phrase within a longer one that stands as often is left out.

    Args:
        sentences: Gives the stretches of words between signs and names, in order; called once for every length.
        may_begin: Whether a word may begin or end a phrase; the words between are free.
        min_count: Least occurrences.
        min_pmi: Least PMI, in bits.
        min_entropy: Least entropy, in bits.

    Source:
        Church & Hanks (1990), Word Association Norms, Mutual Information, and Lexicography; Huang & Powers (2003),
        Chinese Word Segmentation Based on Contextual Entropy.
    """
    counts, total = _count(sentences, min_count, may_begin)
    sides = _neighbours(sentences, {words for words in counts if _is_candidate(words, may_begin)})
    found = []
    for words, (before, after) in sides.items():
        phrase = Phrase(
            words, counts[words], _pmi(words, counts, total), min(_entropy(before), _entropy(after))
        )
        if phrase.pmi >= min_pmi and phrase.entropy >= min_entropy:
            found.append(phrase)
    alike: dict[int, list[Phrase]] = {}
    for phrase in found:
        alike.setdefault(phrase.occurrences, []).append(phrase)
    whole = [phrase for phrase in found if not _is_part(phrase, alike[phrase.occurrences])]
    return sorted(whole, key=lambda phrase: (-phrase.score, phrase.words))


def _count(
    sentences: Sentences, min_count: int, may_begin: Callable[[str], bool]
) -> tuple[dict[tuple[str, ...], int], int]:
    """Count words and the sequences of them that occur often enough, one length after the other."""
    singles: Counter[tuple[str, ...]] = Counter((word,) for words in sentences() for word in words)
    kept: dict[tuple[str, ...], int] = {**singles}
    total = singles.total()
    for length in range(2, MOST_WORDS + 1):
        counts: Counter[tuple[str, ...]] = Counter()
        for words in sentences():
            for i in range(len(words) - length + 1):
                gram = tuple(words[i : i + length])
                # A sequence is as rare as its rarest part.
                if kept.get(gram[:-1], 0) >= min_count and kept.get(gram[1:], 0) >= min_count:
                    counts[gram] += 1
            if len(counts) > _HELD:
                counts = Counter({gram: n for gram, n in counts.items() if n > 1})
        kept |= {gram: n for gram, n in counts.items() if n >= min_count}
    return kept, total


def _is_candidate(words: tuple[str, ...], may_begin: Callable[[str], bool]) -> bool:
    return (
        len(words) > 1
        and sum(map(len, words)) <= MOST_CHARACTERS
        and may_begin(words[0])
        and may_begin(words[-1])
    )


def _neighbours(
    sentences: Sentences, candidates: set[tuple[str, ...]]
) -> dict[tuple[str, ...], tuple[Counter[str], Counter[str]]]:
    sides = {words: (Counter[str](), Counter[str]()) for words in sorted(candidates)}
    edge = 0
    for words in sentences():
        for length in range(2, MOST_WORDS + 1):
            for i in range(len(words) - length + 1):
                found = sides.get(tuple(words[i : i + length]))
                if found is None:
                    continue
                edge += 1
                found[0][words[i - 1] if i else f"\n{edge}"] += 1
                found[1][words[i + length] if i + length < len(words) else f"\n{edge}"] += 1
    return sides


def _pmi(words: tuple[str, ...], counts: dict[tuple[str, ...], int], total: int) -> float:
    share = counts[words] / total
    return min(
        log2(share / ((counts[words[:i]] / total) * (counts[words[i:]] / total)))
        for i in range(1, len(words))
    )


def _entropy(counts: Counter[str]) -> float:
    total = counts.total()
    return -sum(n / total * log2(n / total) for n in counts.values()) + 0.0


def _is_part(phrase: Phrase, as_often: Sequence[Phrase]) -> bool:
    return any(len(other.text) > len(phrase.text) and phrase.text in other.text for other in as_often)
