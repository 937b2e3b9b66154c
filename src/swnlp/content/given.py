"""Codes that people gave, as mentions of a result: label CODE, so that all that counts mentions counts them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from swnlp.codes.given import Given, GivenCodes
from swnlp.content.codes import LABEL
from swnlp.schema import MENTIONS, to_table

METHOD = "coder"
_COLUMNS = ["doc_id", "section_id", "paragraph_id", "sentence_id", "start", "end", "text"]


def given_mentions(
    codes: GivenCodes, tables: Mapping[str, Path], *, without: Iterable[str] = ()
) -> tuple[pa.Table, list[Given]]:
    """Return given codes as rows of schema.MENTIONS, one for each sentence that they cover, and those that fit no sentence.

    A code is about what the sentence says, not one of the names in it, so it is apart from all of them (`outer_start` is
    its own) and makes edges with each.

    Args:
        codes: What people gave.
        tables: Parquet file of the table sentences.
        without: Documents that don't count (reprints).
    """
    wanted = sorted({given.doc_id for given in codes.codes})
    rows = pq.read_table(
        tables["sentences"], columns=_COLUMNS, filters=[("doc_id", "in", wanted)] if wanted else None
    ).to_pylist()
    sentences: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        sentences.setdefault(row["doc_id"], []).append(row)
    for own in sentences.values():
        own.sort(key=lambda row: row["start"])
    aside = set(without)
    found: list[tuple[object, ...]] = []
    lost: list[Given] = []
    for given in codes.codes:
        covered = _covered(given, sentences.get(given.doc_id, []))
        if not covered:
            lost.append(given)
        for row in covered if given.doc_id not in aside else ():
            found.append(_mention(given, row, -1 - len(found)))
    return to_table(MENTIONS, found), lost


def _covered(given: Given, sentences: list[dict[str, Any]]) -> list[dict[str, Any]]:
    at = max(bisect_right(sentences, given.start, key=lambda row: row["start"]) - 1, 0)
    return [row for row in sentences[at:] if row["start"] < given.end and given.start < row["end"]]


def _mention(given: Given, row: dict[str, Any], apart: int) -> tuple[object, ...]:
    first, last, text = row["start"], row["end"], row["text"]
    start, end = max(given.start, first), min(given.end, last)
    return (
        given.doc_id, row["section_id"], row["paragraph_id"], row["sentence_id"], start, end,
        text[start - first : end - first], LABEL, given.category or None, f"code:{given.code}", METHOD, 1.0, False,
        apart,
    )  # fmt: skip
