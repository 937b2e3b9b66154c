"""Writes the workbook of a check: what to judge, sentences to read for what was missed, and how to do it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from swnlp import store
from swnlp.analysis import Analysis
from swnlp.errors import AnalysisError, SettingsError
from swnlp.export.workbook import workbook
from swnlp.forms import Cells, write_form, write_notes
from swnlp.lexicon.tables import LABELS
from swnlp.resources import read_toml
from swnlp.validation.columns import check_form, label_choices, missed_form, sentences_form
from swnlp.validation.context import Context, Contexts
from swnlp.validation.sample import Drawn, Of, draw, draw_sentences

MOST = 5_000
_FOUND = "；"


def write_check(
    analysis: Analysis, path: Path | str, *, of: Of = "mentions", n: int = 200, seed: int = 0
) -> list[Drawn]:
    """Write a spreadsheet of a stratified sample, to be judged by a person and read back by `read_check`.

    For mentions it also has a random sample of sentences, a quarter of n, to be read for names that were missed.

    Args:
        analysis: The result.
        path: The .xlsx file.
        of: What is judged.
        n: How many, 1 to 5,000.
        seed: Which; the same seed draws the same sample.

    Returns:
        What was drawn.

    Raises:
        AnalysisError: If the result has none of these.
        SettingsError: If n is out of range, or `path` is no .xlsx.
        OutputError: If the file cannot be written.
    """
    if not 1 <= n <= MOST:
        raise SettingsError(f"n: 应在 1 到 {MOST} 之间 / should be 1 to {MOST}, got {n}")
    if Path(path).suffix.lower() != ".xlsx":
        raise SettingsError(f"{path}：文件名应以 .xlsx 结尾 / should end in .xlsx")
    drawn = draw(analysis, of, n, seed)
    if not drawn:
        raise AnalysisError(f"结果中没有可抽查的 {of} / the result has no {of} to check")
    choices = label_choices(analysis)
    with workbook(path) as book:
        write_notes(book, "说明 how to", _how_to(of, drawn, seed))
        write_form(book, check_form(of, choices), _rows(analysis, of, drawn))
        if of == "mentions":
            write_form(book, sentences_form(), _sentence_rows(analysis, max(1, n // 4), seed))
            write_form(book, missed_form(choices), ())
        book.worksheets()[1].activate()
    return drawn


def _how_to(of: Of, drawn: Sequence[Drawn], seed: int) -> Iterator[str]:
    words = read_toml("check_sheet.toml")
    sizes = {d.candidate.stratum: d.size for d in drawn}
    counts = Counter(d.candidate.stratum for d in drawn)
    for language in ("zh", "en"):
        yield from words[language]["start"]
        yield from words[language][of]
        if of == "mentions":
            yield from words[language]["missed"]
        yield from words[language]["end"]
        yield ""
    yield f"# 抽样 sample（seed {seed}）"
    for name, count in sorted(counts.items()):
        yield f"{name}：{sizes[name]} 中抽 {count}  ({count} of {sizes[name]})"


def _rows(analysis: Analysis, of: Of, drawn: Sequence[Drawn]) -> Iterator[Cells]:
    contexts = Contexts(analysis, (d.candidate.row["doc_id"] for d in drawn))
    names = _names(analysis)
    run = str(analysis.run["key"])[:16]
    for number, (candidate, size) in enumerate(drawn, 1):
        row = candidate.row
        at = contexts.of(row["doc_id"], row["start"], row["end"])
        values = {
            "number": number, "path": at.path, "section": at.section, "sentence": at.text,
            "doc_id": row["doc_id"], "start": row["start"], "end": row["end"],
            "stratum": candidate.stratum, "size": size, "run": run,
        }  # fmt: skip
        spans = [(row["start"], row["end"])] if of != "edges" else _both(row)
        text, marks = _bracketed(at, spans)
        yield Cells(values | _of_kind(analysis, of, row, names) | {"sentence": text}, marks)


def _both(row: Mapping[str, Any]) -> list[tuple[int, int]]:
    spans = [*row["source_spans"], *row["target_spans"]]
    return [(int(start), int(end)) for start, _, end in (span.partition("-") for span in spans)]


def _bracketed(at: Context, spans: Iterable[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """Return a text with 【】 around spans, and where these stand in it: a .csv file keeps brackets, no colours.

    A span inside another has no brackets of its own.
    """
    text, marks, done = "", [], 0
    outer: list[tuple[int, int]] = []
    for start, end in sorted({(s - at.start, e - at.start) for s, e in spans}, key=lambda s: (s[0], -s[1])):
        if 0 <= start < end <= len(at.text) and (not outer or start >= outer[-1][1]):
            outer.append((start, end))
    for start, end in outer:
        text += at.text[done:start] + "【"
        marks.append((len(text), len(text) + end - start))
        text += at.text[start:end] + "】"
        done = end
    return text + at.text[done:], marks


def _names(analysis: Analysis) -> dict[str, str]:
    known = analysis.table("entities", columns=["entity_id", "name"])
    return dict(zip(known["entity_id"].to_pylist(), known["name"].to_pylist(), strict=True))


def _of_kind(
    analysis: Analysis, of: Of, row: Mapping[str, Any], names: Mapping[str, str]
) -> dict[str, object]:
    if of == "edges":
        spans = {key: " ".join(row[key]) for key in ("source_spans", "target_spans")}
        ends = {"source_id": row["source"], "target_id": row["target"]}
        return ends | {key: row[key] for key in ("source_name", "target_name")} | spans
    if of == "indicators":
        columns = ("text", "year", "subject", "qualifier", "unit", "change")
        values: dict[str, object] = {column: row[column] for column in columns}
        place = analysis.place_names.get(row["place_id"], row["place_id"])
        return values | {"value": _amount(row["value"], row["value_max"]), "place": place}
    shown = {
        "text": row.get("surface", row["text"]),
        "label": row["label"],
        "label_name": f"{read_toml('words.toml')['labels'][row['label']][0]} {row['label']}",
        "entity": names.get(row["entity_id"], row["entity_id"]),
        "entity_id": row["entity_id"],
    }
    if of == "links":
        others = [names.get(other, other) for other in row["candidates"]]
        return shown | {"rule": row["rule"], "candidates": " | ".join(others)}
    return shown | {"kind": row["kind"]}


def _amount(low: Decimal | None, high: Decimal | None) -> str:
    ends = [f"{value.normalize():f}" for value in (low, high) if value is not None]
    return "–".join(ends)


def _sentence_rows(analysis: Analysis, n: int, seed: int) -> Iterator[Cells]:
    drawn = draw_sentences(analysis, n, seed)
    contexts = Contexts(analysis, (c.row["doc_id"] for c in drawn))
    found = _mentions_in(analysis, {(c.row["doc_id"], c.row["sentence_id"]) for c in drawn})
    zh = read_toml("words.toml")["labels"]
    for number, candidate in enumerate(drawn, 1):
        row = candidate.row
        mentions = found.get((row["doc_id"], row["sentence_id"]), [])
        at = contexts.of(row["doc_id"], row["start"], row["end"])
        text, marks = _bracketed(at, [(m["start"], m["end"]) for m in mentions])
        counts = Counter(m["label"] for m in mentions)
        yield Cells(
            {
                "number": number, "path": at.path, "section": at.section, "sentence": text,
                "found": _FOUND.join(f"{m['text']}（{zh[m['label']][0]}）" for m in mentions),
                "doc_id": row["doc_id"], "start": row["start"], "end": row["end"],
                "counts": " ".join(f"{label}={count}" for label, count in sorted(counts.items())),
            },
            marks,
        )  # fmt: skip


def _mentions_in(
    analysis: Analysis, wanted: set[tuple[str, int]]
) -> dict[tuple[str, int], list[dict[str, Any]]]:
    columns = ["doc_id", "sentence_id", "start", "end", "text", "label"]
    docs = sorted({doc_id for doc_id, _ in wanted})
    table = pq.read_table(
        store.table_path(analysis.folder, "mentions"), columns=columns, filters=[("doc_id", "in", docs)]
    )
    found: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for row in table.to_pylist():
        key = row["doc_id"], row["sentence_id"]
        if key in wanted and row["label"] in LABELS:
            found.setdefault(key, []).append(row)
    return found
