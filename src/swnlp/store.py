"""A result folder on disk: claimed, locked, written whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from swnlp.errors import AnalysisError, OutputError, SwnlpError
from swnlp.schema import MAPPED, TABLES

MARKER = ".swnlp"
RUN = "run.json"


def table_path(folder: Path, table: str) -> Path:
    """Return where a table of the result is."""
    return folder / "tables" / f"{table}.parquet"


def part_path(folder: Path, key: str, table: str) -> Path:
    """Return where the part of a table is that the map wrote for the batch `key`."""
    return folder / "parts" / f"{key}.{table}.parquet"


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Make the folder ours for the time of a run.

    Raises:
        OutputError: If it can't be written, holds something that is not a result of swnlp, or another run is
            writing into it.
    """
    try:
        _claim(folder)
        lock = FileLock(folder / f"{MARKER}.lock")
        lock.acquire(timeout=0)
    except Timeout:
        raise OutputError(
            f"{folder}: 另一个 swnlp 正在写入此文件夹，请等它结束或换一个 -o。 "
            "Another run is writing into this folder; wait for it or choose another -o."
        ) from None
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        raise OutputError(
            f"{folder}: 无法写入（{error.strerror or error}），请换一个输出文件夹。 Cannot be written; choose another -o."
        ) from None
    try:
        _tidy(folder)
        yield
    finally:
        lock.release()


def _claim(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder}: 是一个文件，不是文件夹。 Is a file, not a folder; choose another -o.")
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / MARKER).exists() and any(folder.iterdir()):
        raise OutputError(
            f"{folder}: 文件夹不为空，且不是 swnlp 的结果；为免覆盖，请换一个 -o。 "
            "The folder holds files that are not a result of swnlp; choose another -o."
        )
    if not (folder / MARKER).exists():
        (folder / MARKER).touch()
    for name in ("tables", "parts"):
        (folder / name).mkdir(exist_ok=True)


def spill_path(folder: Path) -> Path:
    """Return where counting spills what does not fit in memory."""
    return folder / "spill"


def _tidy(folder: Path) -> None:
    """Remove what a killed run left half-written; half-written parts go with `drop_other_parts`."""
    for place in (folder, folder / "tables"):
        for path in place.glob("*.tmp"):
            path.unlink()
    shutil.rmtree(spill_path(folder), ignore_errors=True)


def write_table(table: pa.Table, path: Path) -> None:
    """Write one Parquet file, under a temporary name and then renamed.

    Raises:
        OutputError: If it can't be written; what was there before stays.
    """
    # The process is in the name: on a cluster two may come to make the same part.
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        pq.write_table(table, temporary, compression="zstd")
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise OutputError(
            f"{path}: 无法写入（{error.strerror or error}），已完成的部分仍在。 "
            "Cannot be written; what was done before is kept."
        ) from None


def write_part(folder: Path, key: str, tables: dict[str, pa.Table]) -> None:
    """Write the tables of one batch. `problems` comes last: the part is there when it is.

    Raises:
        OutputError: If one can't be written.
    """
    for name in sorted(MAPPED, key=lambda name: name == "problems"):
        write_table(tables[name], part_path(folder, key, name))


def has_part(folder: Path, key: str) -> bool:
    """Tell whether the part of this batch is there, whole."""
    return part_path(folder, key, "problems").exists()


def read_part(folder: Path, key: str, table: str) -> pa.Table:
    """Return the part of a table that the map wrote for the batch `key`."""
    return pq.read_table(part_path(folder, key, table), schema=MAPPED[table])


def part_rows(folder: Path, key: str, table: str) -> int:
    """Return how many rows a part has, without reading them."""
    return int(pq.read_metadata(part_path(folder, key, table)).num_rows)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Say in one sentence that the result can't be written, whoever of Arrow, DuckDB or the system finds out.

    Raises:
        OutputError: If it can't; the parts stay.
    """
    try:
        yield
    except (OSError, duckdb.IOException) as error:
        if isinstance(error, SwnlpError):
            raise
        for path in folder.rglob("*.tmp"):
            path.unlink(missing_ok=True)
        raise OutputError(
            f"{folder}: 无法写入（{error}），已完成的部分仍在。 Cannot be written; what was done before is kept."
        ) from None


def join_parts(
    folder: Path,
    keys: Sequence[str],
    table: str,
    extra: pa.Table | None = None,
    change: Callable[[pa.Table], pa.Table] | None = None,
) -> None:
    """Write a table of the result from its parts, in the order of `keys`, each changed; `extra` rows come first."""
    path = table_path(folder, table)
    temporary = path.with_name(path.name + ".tmp")
    with pq.ParquetWriter(temporary, MAPPED[table], compression="zstd") as writer:
        if extra is not None and extra.num_rows:
            writer.write_table(extra)
        for key in keys:
            part = read_part(folder, key, table)
            writer.write_table(part if change is None else change(part))
    temporary.replace(path)


def append_rows(folder: Path, table: str, rows: Iterable[pa.RecordBatch]) -> None:
    """Write a table of the result again with more rows at its end, a row group at a time."""
    path = table_path(folder, table)
    temporary = path.with_name(path.name + ".tmp")
    with (
        pq.ParquetFile(path) as old,
        pq.ParquetWriter(temporary, MAPPED[table], compression="zstd") as writer,
    ):
        # The rows may be made of the table itself: it is replaced when they have all come.
        for group in range(old.num_row_groups):
            writer.write_table(old.read_row_group(group))
        for batch in rows:
            writer.write_batch(batch)
    temporary.replace(path)


def drop_other_parts(folder: Path, keys: Iterable[str]) -> None:
    """Remove the parts that this run does not use, and what an interrupted one left half-written."""
    keep = set(keys)
    for path in (folder / "parts").iterdir():
        if path.name.split(".")[0] not in keep or path.suffix == ".tmp":
            path.unlink()


def table_paths(folder: Path) -> dict[str, Path]:
    """Return where each table of a result is."""
    return {name: table_path(folder, name) for name in TABLES}


def read_table(
    folder: Path,
    table: str,
    *,
    columns: Sequence[str] | None = None,
    filters: Sequence[tuple[str, str, object]] | None = None,
) -> pa.Table:
    """Return a table of the result, or some of its columns and rows (filters as for pyarrow.parquet.read_table).

    Raises:
        AnalysisError: If there is no such table, or the folder lacks it.
    """
    if table not in TABLES:
        raise AnalysisError(f"no table {table!r}; there are: {', '.join(TABLES)}")
    path = table_path(folder, table)
    if not path.exists():
        raise AnalysisError(
            f"{folder}: 缺少 {path.name}，请重新运行 swnlp analyze。 The table is missing; run again."
        )
    wanted = list(columns) if columns is not None else None
    if not filters:
        # Not pq.read_table, which imports pandas.
        with pq.ParquetFile(path) as file:
            return file.read(columns=wanted)
    return pq.read_table(path, columns=wanted, filters=list(filters))


def paragraphs(folder: Path, doc_ids: Iterable[str]) -> dict[str, list[tuple[int, str]]]:
    """Return the number and text of every paragraph of some documents."""
    table = pq.read_table(
        table_path(folder, "sentences"),
        columns=["doc_id", "paragraph_id", "text"],
        filters=[("doc_id", "in", sorted(doc_ids))],
    )
    found: dict[str, list[tuple[int, str]]] = {}
    for row in table.to_pylist():
        own = found.setdefault(row["doc_id"], [])
        if own and own[-1][0] == row["paragraph_id"]:
            own[-1] = (row["paragraph_id"], own[-1][1] + row["text"])
        else:
            own.append((row["paragraph_id"], row["text"]))
    return found


def paragraph_texts(folder: Path, wanted: Collection[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Return the text of some paragraphs, by document and number; the table is read in pieces."""
    docs = pa.array(sorted({doc_id for doc_id, _ in wanted}), pa.string())
    found: dict[tuple[str, int], list[str]] = {}
    file = pq.ParquetFile(table_path(folder, "sentences"))
    for batch in file.iter_batches(columns=["doc_id", "paragraph_id", "text"]):
        for row in batch.filter(pc.is_in(batch["doc_id"], docs)).to_pylist():
            place = (row["doc_id"], row["paragraph_id"])
            if place in wanted:
                found.setdefault(place, []).append(row["text"])
    return {place: "".join(texts) for place, texts in found.items()}


def sizes(folder: Path, exports: Sequence[str]) -> dict[str, int]:
    """Return the bytes of every file of a result, by its path in the folder."""
    names = [*exports, *(f"tables/{table}.parquet" for table in TABLES)]
    return {name: (folder / name).stat().st_size for name in names}


def is_whole(folder: Path, key: str) -> bool:
    """Tell whether the folder holds the finished result with this key, none of its files failed, gone or cut."""
    path = folder / RUN
    if not path.is_file():
        return False
    run = json.loads(path.read_text(encoding="utf-8"))
    files: dict[str, int] = run.get("files", {})
    there = all(
        (folder / name).is_file() and (folder / name).stat().st_size == n for name, n in files.items()
    )
    return bool(files) and there and not run.get("failed") and run.get("key") == key


def write_run(folder: Path, run: dict[str, Any]) -> None:
    """Write run.json; it comes last, so a folder that has it is a whole result."""
    path = folder / RUN
    temporary = path.with_name(RUN + ".tmp")
    temporary.write_text(json.dumps(run, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    temporary.replace(path)


def read_run(folder: Path) -> dict[str, Any]:
    """Return run.json.

    Raises:
        AnalysisError: If the folder is not a finished result.
    """
    path = folder / RUN
    if not path.is_file():
        what = "分析没有完成" if (folder / MARKER).exists() else "不是 swnlp 的结果文件夹"
        raise AnalysisError(
            f"{folder}: {what}，请先运行 swnlp analyze。 Not a finished result; run swnlp analyze first."
        )
    run: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return run


def forget_run(folder: Path) -> None:
    """Remove run.json before anything else of an older result is replaced."""
    (folder / RUN).unlink(missing_ok=True)


def count_rows(folder: Path, table: str) -> int:
    """Return how many rows a table of the result has, without reading them."""
    return int(pq.read_metadata(table_path(folder, table)).num_rows)
