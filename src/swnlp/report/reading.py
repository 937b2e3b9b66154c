"""What was taken from files, what was dropped and why: the page behind `swnlp read`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rich.console import Console
from rich.text import Text

from swnlp.read import Reading, SourceFile, read_file
from swnlp.records import Document, Dropped, Problem
from swnlp.resources import read_toml
from swnlp.settings import Settings

_SHOWN = 60
_KEPT_ENDS = 2


@dataclass(slots=True)
class Totals:
    """What all files gave together: documents, characters kept and dropped by reason, problems."""

    files: int = 0
    documents: int = 0
    kept: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    problems: int = 0


def show_reading(
    files: Iterable[SourceFile],
    problems: Iterable[Problem],
    settings: Settings,
    console: Console,
    *,
    text: bool = False,
) -> Totals:
    """Read files one after the other and print what was taken from each.

    Args:
        files: The files.
        problems: What was met when they were looked for.
        settings: How files are read.
        console: Where to print.
        text: Print the whole text, what was dropped struck out (off a terminal: in ⟦ ⟧).

    Returns:
        The sums, which are printed too.
    """
    totals = Totals()
    for problem in problems:
        totals.problems += 1
        console.print(_problem(problem), soft_wrap=True)
    for file in files:
        totals.files += 1
        reading = read_file(file, settings)
        for part in _reading(reading, totals, text=text, marked=not console.is_terminal):
            console.print(part, soft_wrap=True)
    console.print(_sum(totals), soft_wrap=True)
    return totals


def _reading(reading: Reading, totals: Totals, *, text: bool, marked: bool) -> Iterator[Text]:
    for document in reading.documents:
        totals.documents += 1
        totals.kept += _kept(document)
        for dropped in document.dropped:
            totals.dropped[dropped.reason] += dropped.end - dropped.start
        yield _head(document)
        yield from _facts(document)
        yield from (_whole(document, marked=marked),) if text else _outline(document)
    for problem in reading.problems:
        totals.problems += 1
        yield _problem(problem)


def _head(document: Document) -> Text:
    return Text.assemble("\n", (document.path, "bold"), (f"  {document.encoding}{_margin(document)}", "dim"))


def _margin(document: Document) -> str:
    return "" if document.encoding_margin is None else f"（领先 margin {document.encoding_margin:.2f}）"


def _facts(document: Document) -> Iterator[Text]:
    """Yield what the document says of itself; 无 where it does not say."""
    issuers = "、".join(f"{i.name}（{i.level or '?'}）" for i in document.issuers)
    facts = {
        "标题 title": document.title,
        "日期 date": document.date,
        "来源 source": document.source,
        "体裁 genre": document.genre,
        "文号 number": document.doc_number,
        "发文 issuers": issuers or None,
        "成文 issued": document.issued,
        "施行 in force": document.in_force,
        "地区 place": document.place,
        "其他列 columns": "；".join(f"{name}={value}" for name, value in document.metadata) or None,
    }
    for name, value in facts.items():
        if value or name.startswith("标题"):
            yield Text.assemble(f"  {name}  ", (_short(value or "无 none"), "" if value else "dim"))


def _outline(document: Document) -> Iterator[Text]:
    """Yield what was kept, by its first and last lines, and what was dropped."""
    lines = [line for line in _kept_lines(document) if line.strip()]
    tables = len({cell.table_id for cell in document.cells})
    also = f"，{len(document.headings)} 个标题 headings" if document.headings else ""
    also += f"，{tables} 个表 tables（{len(document.cells)} 格 cells）" if tables else ""
    yield Text.assemble(("  保留 kept  ", "green"), f"{_kept(document):,} 字，{len(lines)} 段{also}")
    ends = lines if len(lines) <= 2 * _KEPT_ENDS else [*lines[:_KEPT_ENDS], "……", *lines[-_KEPT_ENDS:]]
    for line in ends:
        yield Text.assemble("    ", (_short(line), "dim" if line == "……" else ""))
    for dropped in document.dropped:
        yield _dropped(document, dropped)


def _dropped(document: Document, dropped: Dropped) -> Text:
    chars = dropped.end - dropped.start
    return Text.assemble(
        ("  去除 dropped  ", "yellow"),
        f"{reason_words(dropped.reason)}  {chars:,} 字  ",
        (_short(document.text[dropped.start : dropped.end]), "dim"),
    )


def reason_words(reason: str) -> str:
    """Return why something was dropped, in Chinese and English."""
    chinese: str | None = read_toml("words.toml")["dropped"].get(reason)
    return f"{chinese} {reason}" if chinese else reason


def _whole(document: Document, *, marked: bool) -> Text:
    """Return the whole text with what was dropped set off."""
    shown, at = Text(), 0
    for start, end, _ in document.dropped:
        shown.append(document.text[at:start])
        piece = document.text[start:end]
        shown.append(f"⟦{piece}⟧" if marked else piece, "strike dim")
        at = end
    shown.append(document.text[at:])
    return shown


def _problem(problem: Problem) -> Text:
    return Text.assemble(("\n  问题 problem  ", "red"), (problem.path, "bold"), f"  {problem.message}")


def _sum(totals: Totals) -> Text:
    dropped = "，".join(f"{reason_words(reason)} {chars:,}" for reason, chars in totals.dropped.most_common())
    return Text.assemble(
        ("\n合计 total  ", "bold"),
        f"{totals.files} 个文件 files，{totals.documents} 篇 documents，保留 kept {totals.kept:,} 字，"
        f"去除 dropped {totals.dropped.total():,} 字{f'（{dropped}）' if dropped else ''}，"
        f"{totals.problems} 个问题 problems",
    )


def _kept(document: Document) -> int:
    return len(document.text) - sum(end - start for start, end, _ in document.dropped)


def _kept_lines(document: Document) -> Iterator[str]:
    at = 0
    for start, end, _ in document.dropped:
        yield from document.text[at:start].split("\n")
        at = end
    yield from document.text[at:].split("\n")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
