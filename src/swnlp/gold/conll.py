"""CoNLL columns: a character or a word a line, its tag (BIO, BIOES, BMES, BILOU) last, an empty line between sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from swnlp.errors import GoldError
from swnlp.gold.values import Entity, GoldText, file_stem, plain_entity
from swnlp.records import Name

_TAG = re.compile(r"O|[BIESMLU]-\S+")
# A new text: 「# id = …」 as this module writes it, 「# newdoc id = …」 of CoNLL-U, -DOCSTART- of CoNLL-2003.
_NEW_TEXT = re.compile(r"# (?:newdoc )?id = (.*)")
_DOCSTART = "-DOCSTART-"


def is_conll(content: str) -> bool:
    """Return whether the first line with a word in it ends in a tag, or no line has a word and one begins a text."""
    headed = False
    for line in content.split("\n"):
        if line.strip():
            tagged = line.startswith(_DOCSTART) or bool(_TAG.fullmatch(_columns(line)[-1]))
            if tagged or not line.startswith("# "):
                return tagged
            headed = headed or _NEW_TEXT.fullmatch(line.rstrip()) is not None
    return headed


def _columns(line: str) -> list[str]:
    """Return the first and the last column of a line that is not empty; a line of one column gives one.

    Columns are set apart by tabs, else by spaces. Before a tab, the first may be any character, a tab too.
    """
    if "\t" not in line:
        columns = line.split()
        return [columns[0], columns[-1]] if len(columns) > 1 else columns
    head, _, tag = line.rpartition("\t")
    return [head[:1] + head[1:].partition("\t")[0], tag.strip()]


class _Reader:
    """Gathers the lines of one text."""

    def __init__(self, path: Path, name: str) -> None:
        self.path, self.name = path, name
        self.pieces: list[str] = []
        self.entities: list[tuple[int, int, str]] = []
        self.size = 0
        self.tagged = False
        self._open: tuple[int, str] | None = None
        self._word = ""

    def word(self, word: str, tag: str) -> None:
        """Add a word."""
        prefix, _, label = tag.partition("-")
        if self._open and (prefix in "OBSU" or label != self._open[1]):
            self._close()
        if _are_words(self._word, word):
            self._add(" ")
        if prefix != "O" and self._open is None:
            self._open = (self.size, label)
        self._word, self.tagged = word, True
        self._add(word)
        if prefix in "ESLU":
            self._close()

    def line_end(self) -> None:
        """End a sentence."""
        self._close()
        self._word = ""
        self._add("\n")

    def text(self) -> GoldText:
        """Return the annotated text."""
        self._close()
        text = "".join(self.pieces)
        entities: tuple[Entity, ...] = tuple(plain_entity(text, *e) for e in self.entities)
        return GoldText(self.name, text, entities, range(len(text)), str(self.path))

    def _add(self, piece: str) -> None:
        self.pieces.append(piece)
        self.size += len(piece)

    def _close(self) -> None:
        if self._open:
            start, label = self._open
            self.entities.append((start, self.size, label))
            self._open = None


def _are_words(before: str, after: str) -> bool:
    """Return whether a space stands between two words: both Latin, and not single characters."""
    if len(before) + len(after) < 3 or not before:
        return False
    return before[-1].isascii() and before[-1].isalnum() and after[0].isascii() and after[0].isalnum()


def read_conll(path: Path, content: str) -> list[GoldText]:
    """Return the texts of a file: what stands between the lines that begin a text, else all of it.

    Words are joined as Chinese is written, without spaces; an empty line is a line feed.

    Raises:
        GoldError: At a line of one column, or whose last column is no tag.
    """
    texts: list[GoldText] = []
    reader = _Reader(path, file_stem(path))
    named = False
    lines = content.split("\n")
    for number, line in enumerate(lines[:-1] if not lines[-1] else lines, 1):
        new = _NEW_TEXT.match(line)
        if new or line.startswith(_DOCSTART):
            if named or reader.tagged:
                texts.append(reader.text())
            name = new.group(1).rstrip("\r") if new else f"{file_stem(path)}-{len(texts) + 1}"
            reader, named = _Reader(path, name), new is not None
        elif not line or (not line.strip() and "\t" not in line):
            reader.line_end()
        else:
            columns = _columns(line)
            if len(columns) > 1 and columns[0] and _TAG.fullmatch(columns[1]):
                reader.word(*columns)
            elif not line.startswith("# "):
                raise GoldError.at(
                    path, number,
                    f"应为“字 标签”，标签如 O、B-ORG、I-ORG，得到 {line[:40]!r}。 "
                    "Expected a word and its tag (O, B-ORG, I-ORG, ...).",
                )  # fmt: skip
    return [*texts, reader.text()] if named or reader.tagged else texts


def to_conll(tagged: Iterable[tuple[str, str, Iterable[Name]]]) -> Iterator[str]:
    """Yield the lines of each tagged text (id, text, names): a character, a tab and its BIO tag; outer names only.

    A line feed of the text is an empty line.
    """
    for name, text, names in tagged:
        tags = ["O"] * len(text)
        for n in names:
            if n.outer:
                tags[n.start : n.end] = [f"B-{n.label}", *[f"I-{n.label}"] * (n.end - n.start - 1)]
        yield f"# id = {' '.join(name.split())}\n"
        yield from (
            "\n" if char == "\n" else f"{char}\t{tag}\n" for char, tag in zip(text, tags, strict=True)
        )
