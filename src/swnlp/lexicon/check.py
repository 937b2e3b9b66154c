"""What is wrong or useless in a lexicon folder: every finding at once, where reading it stops at the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from swnlp.errors import LexiconError
from swnlp.lexicon.schemes import read_scheme, shipped_schemes
from swnlp.lexicon.stopwords import LISTS, load_word_lists
from swnlp.lexicon.tables import numbered_names, read_words
from swnlp.lexicon.values import Entry, Scheme
from swnlp.view import simplified_view

Problem = Literal["error", "duplicate", "conflict", "circle", "chain", "unknown kind", "never matches"]


class Finding(NamedTuple):
    """Something to look at: what, the entry, where (file:line), and a sentence in both languages."""

    problem: Problem
    entry: str
    where: str
    message: str


class _Row(NamedTuple):
    entry: Entry
    where: str


def check_folder(folder: Path, *, scheme: str, text: Iterable[str] | None = None) -> list[Finding]:
    """Return all findings about a lexicon folder, by file and line within each kind of problem.

    Args:
        folder: The folder.
        scheme: Id of the linkage scheme whose kinds an ACTOR may have; of the folder's own or of those that ship.
        text: Documents in which every entry should occur; None: not looked at.

    Raises:
        LexiconError: If there is no such folder.
    """
    if not folder.is_dir():
        raise LexiconError(f"{folder}: 词典文件夹不存在 / no such lexicon folder")
    findings: list[Finding] = []
    rows: list[_Row] = []
    words: dict[str, list[str]] = {}
    schemes = shipped_schemes()
    for path in sorted(p for p in folder.iterdir() if p.suffix in {".tsv", ".csv", ".txt", ".toml"}):
        try:
            _read(path, rows, words, schemes)
        except LexiconError as error:
            findings.append(Finding("error", "", path.name, str(error)))
    try:
        load_word_lists(folder)
    except LexiconError as error:
        if str(error) not in {finding.message for finding in findings}:
            findings.append(Finding("error", "", folder.name, str(error)))
    findings += [*_repeated(rows), *_repeated_words(words), *_aliases(rows)]
    findings += _kinds(rows, schemes, scheme)
    if text is not None:
        findings += _unmatched(rows, words, text)
    return findings


def _read(path: Path, rows: list[_Row], words: dict[str, list[str]], schemes: dict[str, Scheme]) -> None:
    data = path.read_bytes()
    if path.name in LISTS:
        return
    if path.suffix == ".txt":
        for number, word in enumerate(read_words(data, path), 1):
            words.setdefault(word.word, []).append(f"{path.name} ({number})")
    elif path.suffix == ".toml":
        own = read_scheme(data, path, schemes)
        schemes[own.scheme_id] = own
    else:
        for number, entry in numbered_names(data, path):
            if isinstance(entry, Entry):
                rows.append(_Row(entry, f"{path.name}:{number}"))
            else:
                words.setdefault(entry.word, []).append(f"{path.name}:{number}")


def _repeated(rows: Sequence[_Row]) -> Iterator[Finding]:
    first: dict[str, _Row] = {}
    for row in rows:
        other = first.setdefault(simplified_view(row.entry.surface), row)
        if other is row:
            continue
        if other.entry[1:] == row.entry[1:]:
            yield Finding(
                "duplicate",
                row.entry.surface,
                row.where,
                f"与 {other.where} 重复，删去一行即可 / the same as {other.where}",
            )
        else:
            yield Finding(
                "conflict", row.entry.surface, row.where,
                f"{_what(row.entry)}；而 {other.where} 为 {_what(other.entry)} / is defined otherwise in {other.where}",
            )  # fmt: skip


def _repeated_words(words: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    for word, places in words.items():
        if len(places) > 1:
            yield Finding(
                "duplicate", word, places[-1], f"普通词重复：{'、'.join(places)} / the word stands twice"
            )


def _what(entry: Entry) -> str:
    return " ".join(filter(None, (entry.label, entry.kind, f"→ {entry.name}" if entry.name else None)))


def _aliases(rows: Sequence[_Row]) -> Iterator[Finding]:
    """Yield circles of aliases once each, and aliases of what is an alias itself."""
    target = {r.entry.surface: r.entry.name for r in rows if r.entry.name and r.entry.name != r.entry.surface}
    told: set[frozenset[str]] = set()
    for row in rows:
        way = [row.entry.surface]
        while (following := target.get(way[-1])) is not None and following not in way:
            way.append(following)
        if following is not None:
            circle = way[way.index(following) :]
            if frozenset(circle) not in told and row.entry.surface in circle:
                told.add(frozenset(circle))
                yield Finding(
                    "circle", row.entry.surface, row.where,
                    f"循环归并：{' → '.join([*circle, following])} / aliases go in a circle",
                )  # fmt: skip
        elif len(way) > 2:
            yield Finding(
                "chain", row.entry.surface, row.where,
                f"归并对象本身又归并为别名：{' → '.join(way)}，请直接写 {way[-1]} / give the last name at once",
            )  # fmt: skip


def _kinds(rows: Sequence[_Row], schemes: Mapping[str, Scheme], scheme: str) -> Iterator[Finding]:
    if scheme not in schemes:
        yield Finding(
            "error",
            scheme,
            "",
            f"没有名为 {scheme!r} 的联动框架 / no such scheme; there are: {', '.join(sorted(schemes))}",
        )
        return
    known = [actor.kind for actor in schemes[scheme].actors]
    for row in rows:
        if row.entry.label == "ACTOR" and row.entry.kind not in known:
            yield Finding(
                "unknown kind", row.entry.surface, row.where,
                f"联动框架 {scheme} 中没有类别 {row.entry.kind!r} / no such kind of actor; there are: {', '.join(known)}",
            )  # fmt: skip


def _unmatched(
    rows: Sequence[_Row], words: Mapping[str, Sequence[str]], text: Iterable[str]
) -> Iterator[Finding]:
    places = {simplified_view(r.entry.surface): (r.entry.surface, r.where) for r in reversed(rows)}
    places |= {simplified_view(word): (word, where[0]) for word, where in words.items()}
    missing = dict.fromkeys(places)
    for document in text:
        view = simplified_view(document)
        for key in [key for key in missing if key in view]:
            del missing[key]
    for key in missing:
        surface, where = places[key]
        yield Finding(
            "never matches",
            surface,
            where,
            "在结果的文献中从未出现 / stands in none of the result's documents",
        )
