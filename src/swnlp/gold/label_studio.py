"""Label Studio's exports: JSON (tasks with annotations) and JSON-MIN (a text with its labels)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from swnlp.gold.records import Row
from swnlp.gold.values import GoldText, nested, plain_entity

_KINDS = ("labels", "hypertextlabels")
_Found = tuple[int, int, str]


def is_label_studio(row: Row) -> bool:
    """Return whether a record is a task, or a text of JSON-MIN."""
    return (row.has("data") and (row.has("annotations") or row.has("completions"))) or bool(_minimal(row))


def label_studio_text(row: Row, name: str) -> GoldText:
    """Return the annotated text of a task.

    Of several annotations, what all have counts, and what only some have is optional; cancelled ones are left
    out. A span strictly inside another is a nested name.

    Raises:
        GoldError: If the task has no text or no annotation, or a span is wrong.
    """
    if not row.has("data"):
        text = _text_of(row)
        found = [set(_spans(text, [item for key in _minimal(row) for item in row.at(key).items()]))]
    else:
        text = _text_of(row.at("data"))
        key = "annotations" if row.has("annotations") else "completions"
        given = [
            a for a in row.at(key).items() if not (a.has("was_cancelled") and a.at("was_cancelled").value)
        ]
        if not given:
            raise row.wrong("没有标注。", "Has no annotation.")
        found = [set(_of_result(text, a.at("result"))) for a in given]
    times = Counter(span for spans in found for span in spans)
    entities = nested(
        plain_entity(text, *span)._replace(optional=n < len(found)) for span, n in times.items()
    )
    return GoldText(name, text, entities, range(len(text)), str(row.path))


def _minimal(row: Row) -> list[str]:
    """Return the keys of a JSON-MIN record that hold spans."""
    if not isinstance(row.value, dict):
        return []
    return [
        key
        for key, value in row.value.items()
        if isinstance(value, list) and value and isinstance(value[0], dict) and "labels" in value[0]
    ]


def _text_of(row: Row) -> str:
    """Return the text of a task: its "text", else its only value that is a text."""
    if row.has("text"):
        return row.at("text").string()
    values = row.value if isinstance(row.value, dict) else {}
    texts = [key for key, value in values.items() if isinstance(value, str)]
    if len(texts) != 1:
        raise row.wrong("data 中没有“text”。", "There is no 'text' in the data.")
    return row.at(texts[0]).string()


def _of_result(text: str, result: Row) -> Iterator[_Found]:
    """Yield the labelled spans of an annotation; choices, relations and ratings are something else."""
    spans = [item for item in result.items() if item.has("type") and item.at("type").value in _KINDS]
    return _spans(text, [item.at("value") for item in spans])


def _spans(text: str, rows: list[Row]) -> Iterator[_Found]:
    for row in rows:
        start, end = _offsets(text, row)
        for label in row.at("labels").items():
            yield start, end, label.string()


def _offsets(text: str, row: Row) -> tuple[int, int]:
    """Return a span in characters; Label Studio counts UTF-16, in which a rare character is two."""
    start, end = row.at("start").whole(), row.at("end").whole()
    words = row.at("text").string() if row.has("text") else None
    if words is None or text[start:end] == words:
        return row.span(start, end, text)
    units = text.encode("utf-16-le")
    before = len(units[: 2 * start].decode("utf-16-le", "ignore"))
    if text.startswith(words, before) and words:
        return before, before + len(words)
    there = text[start:end][:40]
    raise row.wrong(f"{start}-{end} 处是“{there}”，不是“{words}”。", f"{words!r} does not stand there.")
