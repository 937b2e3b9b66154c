"""Keeps what the last check of each kind gave, in the result folder: checks/mentions.json and .csv."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from swnlp import store
from swnlp.errors import AnalysisError, OutputError
from swnlp.export import write_table_csv
from swnlp.export.files import replacing
from swnlp.validation.reading import Reading
from swnlp.validation.sample import Of
from swnlp.validation.scores import Score

FOLDER = "checks"


@dataclass(frozen=True, slots=True)
class Check:
    """The last check of a result.

    Attributes:
        of: What was judged.
        strata: Precision of each label (of edges of each pair of labels, of indicators of each kind of change).
        total: Precision of all, strata weighted by their size.
        recall: Recall of each label; empty if it was not asked for.
        sentences: Sentences that were read for the recall.
        current: Whether the sample was drawn from the result as it now is in the folder.
    """

    of: Of
    strata: tuple[Score, ...]
    total: Score
    recall: tuple[Score, ...]
    sentences: int
    current: bool


def write_check_record(folder: Path, reading: Reading) -> list[Path]:
    """Write what a check gave into the result folder, as JSON for `last_check` and CSV for people.

    Returns:
        The two files.

    Raises:
        OutputError: If they cannot be written.
    """
    where = folder / FOLDER
    try:
        where.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(f"{where}: 无法建立文件夹 / cannot be made: {error.strerror or error}") from None
    record = {
        "of": reading.of,
        "run": reading.run,
        "files": [{"file": name, "sha256": sha} for name, sha in reading.files],
        "rows": reading.rows,
        "unsure": reading.unsure,
        "sentences": reading.sentences,
        "strata": [s._asdict() for s in reading.strata],
        "total": reading.total._asdict(),
        "recall": [s._asdict() for s in reading.recall],
    }
    path = where / f"{reading.of}.json"
    with replacing(path) as file:
        file.write((json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode())
    table = path.with_suffix(".csv")
    write_table_csv(_table(reading), table)
    return [path, table]


def _table(reading: Reading) -> pa.Table:
    rows = [("precision", *s) for s in (*reading.strata, reading.total)]
    rows += [("recall", *s) for s in reading.recall]
    names = ("measure", *Score._fields)
    return pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))


def last_check(folder: str | Path, of: Of = "mentions") -> Check | None:
    """Return what the last check of a result gave, None if there was none.

    Args:
        folder: The result folder.
        of: What was judged.

    Raises:
        AnalysisError: If the folder is no result, or its record of the check is broken.
    """
    folder = Path(folder)
    run = store.read_run(folder)
    path = folder / FOLDER / f"{of}.json"
    if not path.exists():
        return None
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Check(
            of=of,
            strata=tuple(Score(**s) for s in record["strata"]),
            total=Score(**record["total"]),
            recall=tuple(Score(**s) for s in record["recall"]),
            sentences=record["sentences"],
            current=bool(record["run"]) and str(run["key"]).startswith(record["run"]),
        )
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise AnalysisError(
            f"{path}：抽查记录损坏（{error}），请再次运行 swnlp check --read。 The record is broken: read the check again."
        ) from None
