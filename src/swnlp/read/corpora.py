"""Which corpora lie below what the user named: the folders with a corpus.toml, each to be analysed by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from swnlp.errors import CorpusError
from swnlp.read.corpus_file import NAME
from swnlp.read.files import find_files, printable
from swnlp.read.remote import is_url
from swnlp.settings import DEFAULTS, Settings


@dataclass(frozen=True, slots=True)
class Corpora:
    """The corpora below some folders.

    Attributes:
        folders: Folder of each, by its name, in the order of the names.
        others: Files of reports that belong to none.
    """

    folders: Mapping[str, Path]
    others: int


def find_corpora(paths: Sequence[Path | str], settings: Settings = DEFAULTS) -> Corpora:
    """Find the corpora that hold reports.

    A corpus is the topmost folder with a corpus.toml; one within it belongs to it. It is called as its folder, and
    where two folders are called the same, as much of their path as tells them apart.

    Raises:
        MissingPathError: If a path does not exist.
        CorpusError: If there is no corpus, a path is a URL, or a corpus.toml is wrong.
    """
    if urls := [str(path) for path in paths if is_url(path)]:
        raise CorpusError(
            f"{urls[0]}: --per-corpus 只用于本机的文件夹。 Folders of this machine only, not URLs."
        )
    roots = [Path(path) for path in paths]
    files, _ = find_files(roots, settings)
    found: dict[Path, Path] = {}
    others = 0
    for file in files:
        folder = _corpus_of(Path(str(file.path)), roots)
        if folder is None:
            others += 1
        else:
            found.setdefault(folder.resolve(), folder)
    if not found:
        given = "、".join(printable(str(path)) for path in paths)
        raise CorpusError(
            f"{given}: 其中没有带 {NAME} 的报告文件夹，请去掉 --per-corpus。 "
            f"No folder of reports with a {NAME}; leave out --per-corpus."
        )
    return Corpora(dict(sorted(zip(_names(list(found)), found.values(), strict=True))), others)


def _corpus_of(path: Path, roots: Sequence[Path]) -> Path | None:
    """Return the topmost folder with a corpus.toml on the way from what was named to a file."""
    for root in roots:
        if root.is_dir() and path.is_relative_to(root):
            way = [p for p in reversed(path.parents) if p == root or p.is_relative_to(root)]
            if folder := next((p for p in way if (p / NAME).is_file()), None):
                return folder
    return None


def _names(folders: Sequence[Path]) -> list[str]:
    longest = max(len(folder.parts) for folder in folders)
    for length in range(1, longest + 1):
        names = ["-".join(part.strip("/\\:") for part in folder.parts[-length:]) for folder in folders]
        if len(set(names)) == len(names):
            return [printable(name) for name in names]
    raise AssertionError("resolved folders differ")
