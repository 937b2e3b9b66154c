"""A file is there whole or not at all."""

from __future__ import annotations

import io
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from swnlp.errors import OutputError

# What etree.xmlfile gives; lxml has no public name for it.
XmlFile: TypeAlias = Any


@contextmanager
def replacing(path: Path | str) -> Iterator[BinaryIO]:
    """Open a new file beside `path` for writing; it becomes `path` when the block ends without an error.

    Whoever reads `path` meanwhile sees the old file or the new one, never a part.

    Raises:
        OutputError: If the file cannot be written; `path` is then as it was.
    """
    path = Path(path)
    # Not tempfile: its files are readable by their owner alone, and results lie in folders that people share.
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with draft.open("xb") as file:
            yield file
        draft.replace(path)
    except OSError as error:
        reason = error.strerror or error
        raise OutputError(f"{path}: 无法写入。 Cannot be written: {reason}.") from error
    finally:
        with suppress(OSError):
            draft.unlink()


def write_lines(path: Path | str, lines: Iterable[str], *, encoding: str = "utf-8") -> None:
    """Write lines of text, whole or not at all.

    Raises:
        OutputError: If the file cannot be written; `path` is then as it was.
    """
    with replacing(path) as file:
        text = io.TextIOWrapper(file, encoding=encoding, newline="\n")
        text.writelines(f"{line}\n" for line in lines)
        text.flush()
        text.detach()
