"""Stage 4, text to words, cut around the names: a word never crosses the edge of one."""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from swnlp.lexicon import Word
from swnlp.settings import DEFAULTS, SegmenterName

# Where jieba cuts and rjieba does not: at - and _, and at a full stop that is no decimal point.
_JIEBA_CUTS = re.compile(r"([-_]+|\.(?![0-9])|(?<=\.[0-9])\.|(?<=\.[0-9]{2})\.)")

# Text in, words out; the words join back to the text.
Segmenter = Callable[[str], list[str]]


def make_segmenter(name: SegmenterName = DEFAULTS.segmenter, words: Sequence[Word] = ()) -> Segmenter:
    """Return a segmenter of its own: no two share a dictionary.

    Args:
        name: "rjieba" (the same algorithm and dictionary as jieba, in Rust) or "jieba", the reference.
        words: Plain words of the user's, with jieba's semantics: a frequency where one is given, else one high
            enough for the word to be cut out whole.
    """
    return _rjieba(words) if name == "rjieba" else _jieba(words)


def _rjieba(words: Sequence[Word]) -> Segmenter:
    from rjieba import Jieba

    segmenter = Jieba()
    for word in words:
        freq = word.freq if word.freq is not None else segmenter.suggest_freq(word.word)
        segmenter.add_word(word.word, freq, word.pos or "")
    whole: Segmenter = segmenter.cut

    def cut(text: str) -> list[str]:
        if "." not in text and "-" not in text and "_" not in text:
            return whole(text)
        return [word for piece in _JIEBA_CUTS.split(text) if piece for word in whole(piece)]

    return cut


def _jieba(words: Sequence[Word]) -> Segmenter:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    # jieba's module-level functions share one mutable dictionary across the process.
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(cache_folder())
    for word in words:
        tokenizer.add_word(word.word, word.freq, word.pos)
    cut: Segmenter = tokenizer.lcut
    return cut


def cache_folder() -> Path:
    """Return (and make) the user's own cache folder; jieba's default is the temp folder that all users share."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = base / "swnlp"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def cut(text: str, edges: Iterable[int], segmenter: Segmenter) -> list[str]:
    """Cut a text into words.

    Args:
        text: The text.
        edges: Offsets that must be word edges: starts and ends of names, in any order, repeats allowed.
        segmenter: Cuts the text between the edges.

    Returns:
        The words, in order; they join back to the text.
    """
    words: list[str] = []
    at = 0
    for edge in sorted({*edges, len(text)} - {0}):
        words += segmenter(text[at:edge])
        at = edge
    return words
