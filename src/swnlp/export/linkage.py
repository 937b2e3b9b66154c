"""The five-society table to a workbook: kinds by place, with initiatives by place, and kinds with each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path
from typing import TypeVar

import pyarrow as pa

from swnlp.export.rows_xml import write_batches
from swnlp.export.workbook import workbook, write_sheet

Key = TypeVar("Key")
NOTES = (
    "共同提及不等于合作；未提及不等于没有。 Co-mention is not cooperation; not mentioned is not absence.",
)
NOT_MENTIONED = "未提及"
UNKNOWN_PLACE = "未定地区"
# Column of schema.LINKAGE -> heading.
_HEADINGS = {
    "place": "地区",
    "kind_name": "主体",
    "initiative": "政策与项目",
    "together": "共同提及",
    "windows": "次数",
    "planned": "其中计划",
    "negated": "其中否定",
    "documents": "篇数",
    "text": "原文出处（首次）",
    "path": "文件",
    "start": "起",
    "end": "止",
}


def write_linkage_xlsx(
    path: Path | str,
    *,
    kinds: Mapping[str, str],
    place_names: Mapping[str, str],
    mentions: pa.Table,
    rows: Iterable[pa.RecordBatch],
    pairs: pa.Table,
    window: str,
    most_rows: int,
) -> None:
    """Write the sheets 主体×地区, 主体×政策与项目×地区 and 主体共现; what is never mentioned says 未提及.

    Args:
        path: The file; it is replaced only once the new one is complete.
        kinds: Name of each kind of actor, in order.
        place_names: Name of each place id.
        mentions: Columns place_id, kind, mentions.
        rows: In batches, schema.LINKAGE.
        pairs: Table schema.KIND_PAIRS.
        window: The word for the unit of co-occurrence (句), for the notes.
        most_rows: Rows of the second sheet; linkage.csv has all.

    Raises:
        OutputError: If the file cannot be written.
    """
    named: dict[str | None, str] = {None: UNKNOWN_PLACE}
    named.update(place_names)
    by_kind = [(row["place_id"], row["kind"], row["mentions"]) for row in mentions.to_pylist()]
    by_pair = [(row["place_id"], (row["first"], row["second"]), row["windows"]) for row in pairs.to_pylist()]
    both = {pair: f"{kinds[pair[0]]} × {kinds[pair[1]]}" for pair in combinations(kinds, 2)}
    unit = f"次数为同{window}共现的{window}数。 Windows in which both are mentioned."
    with workbook(path) as book:
        header, cells = _crossed(by_kind, kinds, named)
        notes = ("频次：各地区章节中提及各主体的次数。 Mentions in the sections about each place.", *NOTES)
        write_sheet(book, "主体×地区", header, cells, notes=notes, frozen_columns=1)
        write_batches(
            book, "主体×政策与项目×地区", list(_HEADINGS.values()), (batch.select(list(_HEADINGS)) for batch in rows),
            notes=(unit, *NOTES), most_rows=most_rows,
        )  # fmt: skip
        header, cells = _crossed(by_pair, both, named)
        write_sheet(book, "主体共现", header, cells, notes=(unit, *NOTES), frozen_columns=1, width=24)


def _crossed(
    counts: Iterable[tuple[str | None, Key, int]],
    columns: Mapping[Key, str],
    places: Mapping[str | None, str],
) -> tuple[list[str], list[list[object]]]:
    """Return header and rows of places by columns, with a last row of sums."""
    found: dict[str | None, dict[Key, int]] = {}
    for place, key, n in counts:
        row = found.setdefault(place, {})
        row[key] = row.get(key, 0) + n
    rows: list[list[object]] = [
        [places.get(place, place), *(row.get(key) or NOT_MENTIONED for key in columns)]
        for place, row in found.items()
    ]
    sums = [sum(row.get(key, 0) for row in found.values()) for key in columns]
    return ["地区", *columns.values()], [*rows, ["合计", *sums]]
