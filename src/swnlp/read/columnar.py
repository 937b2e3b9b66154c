"""Parquet to rows: columns of text, numbers and days; others are passed over."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from swnlp.errors import ReadError
from swnlp.read.page import Taken
from swnlp.read.rows import Row, documents_of
from swnlp.settings import Settings


def take(data: bytes, settings: Settings) -> Taken:
    """Read a Parquet file."""
    try:
        table = pq.ParquetFile(BytesIO(data)).read(use_threads=False)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise ReadError(
            f"Parquet 文件损坏或不完整（{str(error)[:100]}），请重新导出。 "
            "The Parquet file is damaged or cut short: export it again."
        ) from None
    names = [field.name for field in table.schema if _is_plain(field.type)]
    columns = [[_text(value) for value in table[name].to_pylist()] for name in names]
    rows: list[Row] = [(0, names), *enumerate(zip(*columns, strict=True), 1)]
    return documents_of(rows, "parquet", text_column=settings.text_column)


def _is_plain(kind: Any) -> bool:  # noqa: ANN401
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return any(
        test(kind)
        for test in (
            pa.types.is_string,
            pa.types.is_large_string,
            pa.types.is_string_view,
            pa.types.is_integer,
            pa.types.is_floating,
            pa.types.is_boolean,
            pa.types.is_temporal,
        )
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)
