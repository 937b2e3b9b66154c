"""The project's own format: one document, a list of paragraphs, or one a line (JSONL).

A record has a "text" (or a "text_file", relative to the folder above that of the gold file, else to its own), if
wanted an "id" and a "scope", and "entities". An entity has a "label", its "text" and either "start" or "nth"
(0-based occurrence of its text); "core" and "alt" are other spans inside it that count as the same name; an
"optional" one is neither asked for nor held against a prediction; one with "outer" false lies inside another.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

from swnlp.gold.records import Row
from swnlp.gold.values import Entity, GoldText, Span, unwrapped
from swnlp.records import Name


def own_text(row: Row, name: str) -> GoldText:
    """Return the annotated text of a record.

    Raises:
        GoldError: If the record is wrong: no text, an entity that does not stand where it should, ...
    """
    text = row.at("text").string() if row.has("text") else _from_file(row.at("text_file"))
    scope = range(len(text))
    if row.has("scope"):
        ends = [item.whole() for item in row.at("scope").items()]
        if len(ends) != 2:
            raise row.at("scope").wrong("scope 应为 [起, 止]。", "A scope is [start, end].")
        scope = range(*ends)
    entities = tuple(_entity(text, item) for item in row.at("entities").items())
    return GoldText(name, text, entities, scope, str(row.path))


def _from_file(row: Row) -> str:
    name = row.string()
    if PurePosixPath(name).is_absolute() or PureWindowsPath(name).is_absolute() or ".." in Path(name).parts:
        raise row.wrong(
            "text_file 必须在标注文件的文件夹之内。", "A text_file must lie in the gold file's own folders."
        )
    folder = row.path.parent
    found = next((p for p in (folder.parent / name, folder / name) if p.is_file()), folder.parent / name)
    try:
        return found.read_text(encoding="utf-8")
    except OSError as error:
        raise row.wrong(f"无法打开 {found}。", f"Cannot open it: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise row.wrong(
            f"{found} 不是 UTF-8 编码，请另存为 UTF-8。", "It is not UTF-8; save it so."
        ) from None


def _entity(text: str, row: Row) -> Entity:
    label = row.at("label").string()
    start, end = _span(text, row)
    spans = {unwrapped(text, start, end)}
    others = [row.at("core")] if row.has("core") else []
    others += row.at("alt").items() if row.has("alt") else []
    for other in others:
        part = other.string()
        if part and (at := text.find(part, start, end)) >= 0:
            spans.add(unwrapped(text, at, at + len(part)))
    kind = row.at("kind").string() if row.has("kind") else None
    optional = row.has("optional") and bool(row.at("optional").value)
    outer = not row.has("outer") or bool(row.at("outer").value)
    return Entity(start, end, label, frozenset(spans), optional, outer, kind)


def _span(text: str, row: Row) -> Span:
    if not row.has("text"):
        return row.span(row.at("start").whole(), row.at("end").whole(), text)
    words = row.at("text").string()
    if not words:
        raise row.wrong("实体文字为空。", "The text of the entity is empty.")
    start = row.at("start").whole() if row.has("start") else _occurrence(text, words, row)
    end = row.at("end").whole() if row.has("end") else start + len(words)
    if text[start:end] != words:
        there = text[start:end][:40]
        raise row.wrong(f"{start}-{end} 处是“{there}”，不是“{words}”。", f"{words!r} does not stand there.")
    return start, end


def _occurrence(text: str, words: str, row: Row) -> int:
    nth, at = row.at("nth").whole() if row.has("nth") else 0, -1
    for _ in range(nth + 1):
        at = text.find(words, at + 1)
        if at < 0:
            raise row.wrong(f"“{words}”没有出现 {nth + 1} 次。", f"{words!r} does not occur {nth + 1} times.")
    return at


def to_jsonl(tagged: Iterable[tuple[str, str, Iterable[Name]]]) -> Iterator[str]:
    """Yield a line for each tagged text (id, text, names): every name, nested ones with `outer` false."""
    for name, text, names in tagged:
        entities = [
            {
                "start": n.start,
                "end": n.end,
                "label": n.label,
                "text": text[n.start : n.end],
                **({"kind": n.kind} if n.kind else {}),
                "outer": n.outer,
                "method": n.method,
                "score": n.score,
            }
            for n in names
        ]
        yield json.dumps({"id": name, "text": text, "entities": entities}, ensure_ascii=False) + "\n"
