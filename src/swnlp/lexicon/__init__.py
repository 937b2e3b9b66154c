"""Schemes, names, words and aliases: the user's own files, read, checked, and merged over resources/."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from swnlp.errors import LexiconError
from swnlp.lexicon.corrections import read_corrections
from swnlp.lexicon.schemes import read_scheme, shipped_schemes
from swnlp.lexicon.stopwords import LISTS, WordLists, load_word_lists
from swnlp.lexicon.tables import checked, read_names, read_words
from swnlp.lexicon.values import (
    Correction,
    Entry,
    Lexicon,
    Scheme,
    SchemeActor,
    Word,
    lexicon_from_dict,
    lexicon_to_dict,
)
from swnlp.resources import read_bytes
from swnlp.settings import DEFAULTS

__all__ = [
    "Correction",
    "Entry",
    "Lexicon",
    "Scheme",
    "SchemeActor",
    "Word",
    "WordLists",
    "lexicon_from_dict",
    "lexicon_to_dict",
    "load_lexicon",
    "load_word_lists",
]


def load_lexicon(
    folder: Path | None = None, *, scheme: str = DEFAULTS.scheme, corrections: str | Path | None = None
) -> Lexicon:
    """Read the names that ship with swnlp and, over them, the files of a user's folder.

    Args:
        folder: Holds any of: tables of names (.tsv or .csv, with a header of name, label and, if wanted, kind
            and alias_of), plain words in jieba's userdict format (.txt), linkage schemes (.toml). None for
            only what ships. Lists of stop words, of words to keep and of synonyms (stopwords.LISTS) are left to
            `load_word_lists`.
        scheme: Id of the linkage scheme to use; a scheme of the user's with that id wins.
        corrections: File that `swnlp check --read` wrote (lexicon.corrections). What it adds everywhere are entries
            of the user's, and go before those of the folder.

    Raises:
        LexiconError: If a line is wrong (names the file and the line) or there is no such scheme.
    """
    entries = tuple(read_names(read_bytes("names.tsv"), Path("resources/names.tsv")))
    schemes = shipped_schemes()
    user_entries: list[Entry] = []
    words: list[Word] = []
    sources: list[tuple[str, str]] = []
    for path in _user_files(folder) if folder is not None else ():
        data = path.read_bytes()
        sources.append((path.name, hashlib.sha256(data).hexdigest()))
        if path.suffix == ".txt":
            words += read_words(data, path)
        elif path.suffix == ".toml":
            own = read_scheme(data, path, schemes)
            schemes[own.scheme_id] = own
        else:
            for entry in read_names(data, path):
                if isinstance(entry, Word):
                    words.append(entry)
                else:
                    user_entries.append(entry)
    if scheme not in schemes:
        raise LexiconError(
            f"没有名为 {scheme!r} 的联动框架 / no scheme {scheme!r}; there are: {', '.join(sorted(schemes))}"
        )
    corrected: tuple[Correction, ...] = ()
    if corrections is not None:
        corrected, sha = read_corrections(corrections)
        sources.append((Path(corrections).name, sha))
        user_entries = _with_added(user_entries, corrected)
    mine = {entry.surface for entry in user_entries}
    return Lexicon(
        scheme=schemes[scheme],
        entries=tuple(e for e in entries if isinstance(e, Entry) and e.surface not in mine),
        user_entries=checked(user_entries),
        words=tuple(words),
        sources=tuple(sources),
        corrections=corrected,
    )


def _with_added(entries: Iterable[Entry], corrections: Iterable[Correction]) -> list[Entry]:
    """Return entries with the names that a person added everywhere, which take the place of those of one surface."""
    added = {
        c.text: Entry(c.text, c.label, c.kind) for c in corrections if c.everywhere and c.action == "add"
    }
    return [*(entry for entry in entries if entry.surface not in added), *added.values()]


def _user_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise LexiconError(f"{folder}: 词典文件夹不存在 / no such lexicon folder")
    files = [p for p in folder.iterdir() if p.suffix in {".tsv", ".csv", ".txt", ".toml"} and p.is_file()]
    found = sorted(p for p in files if p.name not in LISTS)
    if not files:
        raise LexiconError(f"{folder}: 没有 .tsv、.csv、.txt 或 .toml 词典文件 / holds no lexicon file")
    return found
