"""The sentences behind an edge, on the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from swnlp.analysis import Analysis
from swnlp.resources import read_toml

HIGHLIGHT = ("bold cyan", "bold magenta")
# Sentences that are printed at once: one by one takes several times as long.
_AT_ONCE = 200


def show_evidence(analysis: Analysis, a: str, b: str, console: Console) -> None:
    """Print the sentences in which two entities co-occur, their names highlighted.

    On a terminal with colours the names are coloured; elsewhere they stand in 【】, so that a file keeps them.

    Raises:
        AnalysisError: If either is unknown.
    """
    ids = [analysis.find(name) for name in (a, b)]
    names = [analysis.name_of(entity) for entity in ids]
    if ids[0] == ids[1]:
        console.print(_one_entity(analysis, ids[0], (a, b)), markup=False, soft_wrap=True)
        return
    evidence = analysis.evidence_table([(ids[0], ids[1])])
    unit = read_toml("words.toml")["windows"][analysis.settings.window]
    if not len(evidence):
        console.print(
            f"{names[0]} 与 {names[1]} 没有在同一{unit[0]}中分别出现（一个名称在另一个之内不算）。 "
            f"They never share a {unit[1]} as two names of which neither lies in the other.",
            markup=False, soft_wrap=True,
        )  # fmt: skip
        return
    console.print(_how_often(analysis, ids, len(evidence)), style="bold", markup=False)
    for batch in evidence.to_batches(max_chunksize=_AT_ONCE):
        _print_rows(batch.to_pylist(), console)


def _print_rows(rows: Sequence[Mapping[str, Any]], console: Console) -> None:
    if console.is_terminal and not console.no_color:
        console.print(Text("\n").join(line for row in rows for line in _coloured(row)))
        return
    text = "\n".join(line for row in rows for line in _bracketed(row))
    if console.is_terminal:
        console.print(Text(text))
    else:
        console.out(text, highlight=False)


def _where(row: Mapping[str, Any]) -> str:
    section = f" · {row['section']}" if row["section"] else ""
    return f"\n{row['path']}{section} · {row['start']}-{row['end']}"


def _spans(row: Mapping[str, Any]) -> list[tuple[int, int, str]]:
    """Return where in the sentence the names stand, and the look of each."""
    found = []
    for style, side in zip(HIGHLIGHT, (row["source_spans"], row["target_spans"]), strict=True):
        for span in side:
            first, last = (int(n) - row["start"] for n in span.split("-"))
            found.append((first, last, style))
    return found


def _coloured(row: Mapping[str, Any]) -> Iterator[Text]:
    yield Text(_where(row), style="dim")
    sentence = Text(row["text"])
    for first, last, style in _spans(row):
        sentence.stylize(style, first, last)
    yield sentence


def _bracketed(row: Mapping[str, Any]) -> Iterator[str]:
    yield _where(row)
    text: str = row["text"]
    marks = [mark for first, last, _ in _spans(row) for mark in ((first, "【"), (last, "】"))]
    for at, mark in sorted(marks, reverse=True):
        text = text[:at] + mark + text[at:]
    yield text


def _how_often(analysis: Analysis, ids: Sequence[str], sentences: int) -> str:
    """Return the heading of the evidence: how many windows, and in how many sentences the names stand there."""
    a, b = (analysis.name_of(entity) for entity in ids)
    if analysis.settings.window == "sentence":
        return f"{a} × {b}：{sentences} 句 sentences"
    chinese, english = read_toml("words.toml")["windows"][analysis.settings.window]
    windows = analysis.windows(*ids)
    return f"{a} × {b}：{windows} {chinese}（名称所在 {sentences} 句） {windows} {english}s, {sentences} sentences in them"


def _one_entity(analysis: Analysis, entity_id: str, given: tuple[str, str]) -> str:
    """Say that two names are one thing, and how often it is mentioned."""
    row = analysis.entity(entity_id)
    same = f"{given[0]} 与 {given[1]} 是同一实体" if given[0] != given[1] else "同一个实体"
    return (
        f"{same}：{row['name']}（频次 {row['mentions']}，{row['sentences']} 句，{row['documents']} 篇），"
        "与自身不算共现。 "
        f"Both are one entity, mentioned {row['mentions']} times in {row['sentences']} sentences of "
        f"{row['documents']} document(s); nothing co-occurs with itself."
    )
