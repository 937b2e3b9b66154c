"""Files of annotated texts: which format is it, by its content, and what is in it?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Literal, get_args

from swnlp.errors import GoldError
from swnlp.gold.conll import is_conll, read_conll
from swnlp.gold.doccano import doccano_text, has_offsets
from swnlp.gold.label_studio import is_label_studio, label_studio_text
from swnlp.gold.own import own_text
from swnlp.gold.records import Row, read_records
from swnlp.gold.values import GoldText, file_stem
from swnlp.lexicon.tables import known_label

Format = Literal["swnlp", "conll", "doccano", "label-studio"]
FORMATS: tuple[Format, ...] = get_args(Format)
_BY_RECORD: dict[Format, Callable[[Row, str], GoldText]] = {
    "swnlp": own_text,
    "doccano": doccano_text,
    "label-studio": label_studio_text,
}


def read_gold_files(paths: Iterable[Path | str], format_: Format | None = None) -> list[GoldText]:
    """Return the annotated texts of files, in their order (see read_gold).

    Raises:
        GoldError: If a file can't be read, or there is no annotated text in any.
    """
    texts = [text for path in paths for text in read_gold(Path(path), format_)]
    if not texts:
        raise GoldError("标注文件中没有文本。 There is no annotated text in the files.")
    return texts


def read_gold(path: Path, format_: Format | None = None) -> list[GoldText]:
    """Return the annotated texts of one file, in its order.

    Labels may also be written in small letters or in Chinese (机构 is ORG); others stay as they are.

    Args:
        path: A file in UTF-8: the project's own JSON or JSONL (gold/own.py), CoNLL columns, or an export of Doccano
            or Label Studio.
        format_: Its format; None to tell it by the content.

    Raises:
        GoldError: If it can't be opened, is of no known format, or a line is wrong; names the file and the line.
    """
    return [_with_known_labels(text) for text in _texts(path, gold_content(path), format_)]


def _with_known_labels(text: GoldText) -> GoldText:
    entities = tuple(e._replace(label=known_label(e.label)) for e in text.entities)
    return text._replace(entities=entities)


def _texts(path: Path, content: str, format_: Format | None) -> list[GoldText]:
    if not content.strip():
        return []
    if format_ == "conll" or (format_ is None and is_conll(content)):
        return read_conll(path, content)
    if format_ is None and content.lstrip()[0] not in "[{":
        raise GoldError.at(
            path, 1,
            "认不出标注格式；可用 --format 指定。 Not a known format of annotation; name it with --format "
            f"({', '.join(FORMATS)}).",
        )  # fmt: skip
    rows = read_records(path, content)
    for row in rows:
        if not isinstance(row.value, dict):
            raise row.wrong("应为 JSON 对象。", "Expected a JSON object.")
    if not rows:
        return []
    read, alone, stem = _BY_RECORD[format_ or _format_of(rows)], len(rows) == 1, file_stem(path)
    return [
        read(row, _name(row, stem if alone else f"{stem}#{number}")) for number, row in enumerate(rows, 1)
    ]


def gold_content(path: Path) -> str:
    """Return the text of a file of annotation.

    Raises:
        GoldError: If it can't be opened or is no UTF-8; names the file and the line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise GoldError(f"{path}: 无法打开文件。 Cannot open the file: {error.strerror}.") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GoldError.at(
            path,
            data.count(b"\n", 0, error.start) + 1,
            "不是 UTF-8 编码，请另存为 UTF-8。 Not UTF-8; save it so.",
        ) from None


def _name(row: Row, otherwise: str) -> str:
    identity = row.value.get("id")
    if isinstance(identity, str) and identity:
        return row.at("id").string()
    return str(identity) if isinstance(identity, int) else otherwise


def _format_of(rows: Sequence[Row]) -> Format:
    """Return the format of records, by the keys of the first that has any of a format."""
    for row in rows:
        if is_label_studio(row):
            return "label-studio"
        if row.has("entities"):
            return "doccano" if has_offsets(row) else "swnlp"
        if row.has("label") or row.has("labels"):
            return "doccano"
    raise rows[0].wrong(
        "认不出标注格式：没有 entities、label 或 annotations。",
        "Not a known format of annotation: no entities, label or annotations.",
    )
