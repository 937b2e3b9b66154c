"""Which words are no terms: the stop words that ship, and the user's stop list, keep list and synonyms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from swnlp.errors import LexiconError
from swnlp.lexicon.tables import decode, read_names
from swnlp.lexicon.values import Entry
from swnlp.resources import read_toml

# Files of a lexicon folder that are lists of these kinds, not plain words.
LISTS = {
    "stop.txt": "stop", "停用词.txt": "stop",
    "keep.txt": "keep", "保留词.txt": "keep",
    "synonyms.txt": "synonyms", "同义词.txt": "synonyms",
}  # fmt: skip
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class WordLists:
    """What shapes the terms of stage 10.

    Attributes:
        stop: Words that are no terms.
        own_stop: Those of the user's own list, which names of entities are held against as well.
        keep: Words that are terms although they are stop words or one character; of the user's lists only.
        only: Whether nothing but the words to keep are terms.
        synonyms: Word -> the word that it is counted as.
    """

    stop: frozenset[str] = frozenset()
    own_stop: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()
    only: bool = False
    synonyms: dict[str, str] = field(default_factory=dict)

    def is_term(self, word: str) -> bool:
        """Tell whether a word, after its synonyms, is counted: it is kept, or longer than one character and no stop word."""
        if word in self.keep:
            return True
        return not self.only and word not in self.stop and len(word) > 1 and _LETTER.search(word) is not None

    def name_of(self, name: str) -> str | None:
        """Return what an entity's name is counted as, None if the user's lists leave it out."""
        preferred = self.synonyms.get(name, name)
        wanted = preferred in self.keep or not (self.only or {name, preferred} & self.own_stop)
        return preferred if wanted else None

    def term_of(self, word: str) -> str | None:
        """Return the term that a word is counted as, None if it is counted as none."""
        preferred = self.synonyms.get(word, word)
        if preferred == word and word in self.stop and word not in self.keep:
            return None
        return preferred if self.is_term(preferred) else None


@cache
def stop_words() -> frozenset[str]:
    """Return the stop words that ship (resources/stopwords.toml)."""
    groups = read_toml("stopwords.toml")
    return frozenset(word for group in groups.values() for words in group.values() for word in words.split())


def load_word_lists(
    folder: Path | None = None,
    *,
    stop: Path | None = None,
    keep: Path | None = None,
    synonyms: Path | None = None,
    only: bool = False,
) -> WordLists:
    """Read the user's lists over the stop words that ship.

    Args:
        folder: A lexicon folder: its files stop.txt (停用词.txt), keep.txt (保留词.txt) and synonyms.txt (同义词.txt), and
            the aliases of its tables of names.
        stop: A file of further stop words, separated by white space or commas; # begins a comment line.
        keep: A file of words to keep, of the same form.
        synonyms: A file with a word and its synonyms on each line, the word to be counted first.
        only: Whether nothing but the words to keep shall be terms.

    Raises:
        LexiconError: If a file can't be read, a word has two preferred words, synonyms go in a circle, or `only` is
            asked for without a word to keep.
    """
    files = {"stop": [stop], "keep": [keep], "synonyms": [synonyms]}
    pairs: list[tuple[str, str, Path]] = []
    if folder is not None:
        if not folder.is_dir():
            raise LexiconError(f"{folder}: 词典文件夹不存在 / no such lexicon folder")
        for path in sorted(folder.iterdir()):
            if path.name in LISTS:
                files[LISTS[path.name]].append(path)
            elif path.suffix in {".tsv", ".csv"}:
                pairs += _aliases(path)
    for path in filter(None, files["synonyms"]):
        pairs += _synonyms(path)
    kept = frozenset(word for path in filter(None, files["keep"]) for word in _words(path))
    if only and not kept:
        raise LexiconError("没有给出保留词 / there is no keep list to restrict the terms to")
    dropped = frozenset(word for path in filter(None, files["stop"]) for word in _words(path))
    return WordLists((stop_words() - kept) | dropped, dropped, kept - dropped, only, _resolved(pairs))


def _lines(path: Path) -> Iterator[list[str]]:
    try:
        text = decode(path.read_bytes(), path)
    except OSError as error:
        raise LexiconError(f"{path}: 无法读取 / can't be read: {error.strerror}") from None
    for line in text.splitlines():
        if words := re.split(r"[\s,，、;；]+", line.strip().strip(",，")):
            if words[0] and not words[0].startswith("#"):
                yield words


def _words(path: Path) -> Iterator[str]:
    for words in _lines(path):
        yield from words


def _synonyms(path: Path) -> Iterator[tuple[str, str, Path]]:
    for preferred, *others in _lines(path):
        yield from ((other, preferred, path) for other in others if other != preferred)


def _aliases(path: Path) -> Iterator[tuple[str, str, Path]]:
    for entry in read_names(path.read_bytes(), path):
        if isinstance(entry, Entry) and entry.name and entry.name != entry.surface:
            yield entry.surface, entry.name, path


def _resolved(pairs: list[tuple[str, str, Path]]) -> dict[str, str]:
    """Return each word's last preferred word, after chains."""
    direct: dict[str, str] = {}
    for word, preferred, path in pairs:
        if direct.setdefault(word, preferred) != preferred:
            raise LexiconError(
                f"{path}: {word!r} 归并为两个词 / is a synonym of two words: {direct[word]!r}, {preferred!r}"
            )
    return {word: _last(word, direct) for word in direct}


def _last(word: str, direct: dict[str, str]) -> str:
    seen = [word]
    while seen[-1] in direct:
        if direct[seen[-1]] in seen:
            raise LexiconError(
                f"同义词循环归并 / synonyms go in a circle: {' → '.join([*seen, direct[seen[-1]]])}"
            )
        seen.append(direct[seen[-1]])
    return seen[-1]
