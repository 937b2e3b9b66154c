"""The folders of text that the children read: the whole, a part of it, and what they warm up on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bench.corpus import ENOUGH, Corpus, Document, read_corpus, real_folder
from bench.generate import SEED, UNIT, write_corpus

WARM_CHARS = 20_000


class Text(NamedTuple):
    """A folder and how many characters its files have."""

    folder: Path
    chars: int


class Texts:
    """Makes folders of text below a temporary one, each once."""

    def __init__(self, root: Path, given: Path | None = None, seed: int = SEED) -> None:
        self.root = root
        self.seed = seed
        self.real = read_corpus(real_folder(given))
        self._made: dict[str, Text] = {}

    def generated(self, chars: int, seed: int | None = None) -> Text:
        """Return a folder of generated documents."""
        seed = self.seed if seed is None else seed
        name = f"generated-{chars}-{seed}"
        if name not in self._made:
            folder = self.root / name
            self._made[name] = Text(folder, write_corpus(folder, self.real.texts, chars, seed))
        return self._made[name]

    def warm(self, chars: int = WARM_CHARS) -> Text:
        """Return text to warm up on: other documents than those that are timed."""
        return self.generated(chars, self.seed + 1)

    def whole(self, chars: int | None = None) -> Text:
        """Return generated text if a number of characters is given or the real text is short, else the real."""
        if chars is not None or self.real.chars < ENOUGH:
            return self.generated(chars or UNIT)
        if "real" not in self._made:
            self._made["real"] = _write(self.root / "real", self.real.documents)
        return self._made["real"]

    def part(self, whole: Text, share: float) -> Text:
        """Return the beginning of each document, that share of it."""
        if share >= 1:
            return whole
        name = f"{whole.folder.name}-{share}"
        if name not in self._made:
            cut = [
                Document(d.name, d.text[: int(len(d.text) * share)])
                for d in read_corpus(whole.folder).documents
            ]
            self._made[name] = _write(self.root / name, cut)
        return self._made[name]


def _write(folder: Path, documents: Sequence[Document]) -> Text:
    for document in documents:
        path = folder / document.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(document.text, encoding="utf-8")
    return Text(folder, Corpus(folder, tuple(documents)).chars)
