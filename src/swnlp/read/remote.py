"""Files at URLs (s3://, hdfs://, https://, ...): listed and read through fsspec, only when the user names one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Any

from swnlp.errors import CorpusError, MissingPathError, ReadError
from swnlp.extras import require
from swnlp.read.corpus_file import NAME, Corpus, corpus_of, matcher


def is_url(path: object) -> bool:
    """Tell whether a path is a URL: it has a scheme and ://, and no drive letter is so long."""
    scheme, mark, _ = str(path).partition("://")
    return bool(mark) and len(scheme) > 1 and scheme.isascii() and scheme[0].isalpha()


@dataclass(frozen=True, slots=True)
class RemotePath:
    """A file at a URL; what reading needs of a `pathlib.Path`."""

    url: str

    def __str__(self) -> str:
        return self.url

    @property
    def name(self) -> str:
        """The last part of the URL's path."""
        return PurePosixPath(self.url).name

    @property
    def suffix(self) -> str:
        """Its ending, with the dot."""
        return PurePosixPath(self.url).suffix

    def open(self, mode: str = "rb") -> IO[bytes]:
        """Open the file.

        Raises:
            OSError: If it can't be opened, whatever the file system's own error.
        """
        try:
            file: IO[bytes] = _fsspec().open(self.url, mode).open()
        except OSError:
            raise
        except Exception as error:
            raise OSError(0, str(error)) from None
        return file

    def read_bytes(self) -> bytes:
        """Return the file's bytes."""
        with self.open() as file:
            return file.read()


def list_files(url: str) -> Iterator[tuple[RemotePath, str, int, Corpus]]:
    """Yield the files below a URL, in path order: where, path below the URL, bytes, and the corpus.toml's facts.

    A corpus.toml in the folder that is named decides which files are documents, as on disk.

    Raises:
        MissingExtraError: If fsspec, or the file system's own package, is not installed.
        MissingPathError: If there is nothing at the URL.
        ReadError: If it can't be listed.
    """
    try:
        system, root = _fsspec().core.url_to_fs(url)
        if not system.exists(root):
            raise MissingPathError(f"{url}: 路径不存在。 No such file or folder.")
        found = system.find(root, detail=True)
    except (OSError, ValueError, ImportError) as error:
        if isinstance(error, MissingPathError):
            raise
        raise ReadError(f"{url}: 无法打开（{error}）。 Cannot be opened.") from None
    yield from _documents(system, root.rstrip("/"), found)


def _documents(
    system: Any,  # noqa: ANN401
    root: str,
    found: dict[str, Any],
) -> Iterator[tuple[RemotePath, str, int, Corpus]]:
    listed = f"{root}/{NAME}"
    corpus = _corpus(system, listed) if listed in found else Corpus()
    wanted = matcher(corpus.documents) if corpus.documents else None
    for path in sorted(found):
        below = path[len(root) :].lstrip("/") or PurePosixPath(path).name
        if any(part.startswith(".") for part in below.split("/")):
            continue
        if wanted is None or wanted.fullmatch(below):
            yield RemotePath(system.unstrip_protocol(path)), below, int(found[path]["size"] or 0), corpus


def _corpus(system: Any, path: str) -> Corpus:  # noqa: ANN401
    try:
        folder = PurePosixPath(path).parent.name
        return corpus_of(tomllib.loads(system.cat_file(path).decode("utf-8")), path, folder)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise CorpusError(f"{path}: 无法读取。 Cannot be read: {error}") from None


def _fsspec() -> Any:  # noqa: ANN401
    return require("fsspec", extra="remote")
