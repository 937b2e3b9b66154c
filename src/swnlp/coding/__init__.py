"""Human coding: units for several coders, their agreement, and exchange with NVivo, ATLAS.ti and MAXQDA (REFI-QDA)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from swnlp.analysis import Analysis
from swnlp.codes import read_codes
from swnlp.coding.agreement import Agreement, agreement
from swnlp.coding.codings import Coding, codings_of, write_codings, write_tables
from swnlp.coding.reading import Coded, read_coders
from swnlp.coding.scheme import Category, Code, Codebook, is_rules, read_codebook
from swnlp.coding.sheets import DIFFERENCES, write_coders, write_differences
from swnlp.coding.suggest import Suggest, by_result, by_rules, by_words, default_codebook
from swnlp.coding.units import Unit, UnitKind, drawn, units_of
from swnlp.errors import AnalysisError

__all__ = [
    "Agreement",
    "Category",
    "Code",
    "Codebook",
    "Coded",
    "Coding",
    "Unit",
    "agreement",
    "codings_of",
    "collect",
    "hand_out",
    "read_codebook",
    "read_coders",
    "units_of",
    "write_codings",
]


def hand_out(
    analysis: Analysis,
    folder: Path,
    *,
    coders: Sequence[str],
    unit: UnitKind = "sentence",
    n: int | None = None,
    seed: int = 0,
    codebook: Path | str | None = None,
    suggest: bool = True,
) -> tuple[list[Path], int]:
    """Write a workbook for each coder; return the files and how many units each has.

    Args:
        analysis: The result.
        folder: Where to.
        coders: Names of the coders.
        unit: What is coded.
        n: Units drawn at random; None for all.
        seed: Of the draw.
        codebook: A table of categories and codes, or codes with rules (scheme.read_codebook); None for actors and status.
        suggest: Whether codes are suggested.

    Raises:
        FormError: If the codebook is wrong.
        CodesError: If it is one of rules and wrong.
        SettingsError: If the names of the coders do not differ.
        AnalysisError: If the result has no units.
        OutputError: If a file can't be written, or is there already.
    """
    book = read_codebook(codebook) if codebook is not None else default_codebook(analysis)
    units = drawn(units_of(analysis, unit), n, seed)
    if not units:
        raise AnalysisError("结果中没有可编码的单元 / the result has no units to code")
    guess = _suggest(analysis, book, codebook) if suggest else None
    return write_coders(units, book, coders, folder, suggest=guess), len(units)


def _suggest(analysis: Analysis, book: Codebook, path: Path | str | None) -> Suggest:
    if path is None:
        return by_result(analysis)
    return by_rules(analysis, read_codes(path), book) if is_rules(path) else by_words(book)


def collect(
    paths: Sequence[Path | str], folder: Path, book: Codebook | None = None
) -> tuple[Coded, list[Path], int]:
    """Read coders' workbooks back, write the tables and what they differ on into a folder.

    Returns:
        What was coded, the files, and how many units and categories are still open.

    Raises:
        FormError: As for `read_coders`.
        OutputError: If a file can't be written.
    """
    coded = read_coders(paths, book)
    files = write_tables(coded, folder)
    _, undecided = coded.final()
    if undecided:
        path = _free(folder / DIFFERENCES)
        write_differences(coded, path)
        files.append(path)
    return coded, files, undecided


def _free(path: Path) -> Path:
    """Return a path that is not there yet: what was filled in is never written over."""
    free, number = path, 2
    while free.exists():
        free, number = path.with_stem(f"{path.stem}-{number}"), number + 1
    return free
