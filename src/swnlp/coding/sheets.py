"""Writes the workbooks of coders: each its own, with the same units, instructions and codebook; and what they differ on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from swnlp.coding.forms import differences_form, units_form
from swnlp.coding.reading import Coded
from swnlp.coding.scheme import CODEBOOK, NONE, SEPARATORS, Codebook, codebook_rows
from swnlp.coding.suggest import Suggest
from swnlp.coding.units import Unit
from swnlp.errors import OutputError, SettingsError
from swnlp.export.workbook import workbook
from swnlp.forms import Cells, write_form, write_notes
from swnlp.resources import read_toml

_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
DIFFERENCES = "分歧.xlsx"


def write_coders(
    units: Sequence[Unit], book: Codebook, coders: Sequence[str], folder: Path, *, suggest: Suggest | None
) -> list[Path]:
    """Write a workbook for each coder, the same but for its name: no coder sees what another gave.

    Args:
        units: What is coded.
        book: The codebook.
        coders: Names of the coders.
        folder: Where to; made if missing.
        suggest: What is suggested; None for nothing, which a test of reliability needs.

    Returns:
        The files.

    Raises:
        SettingsError: If there is no coder, or two of one name.
        OutputError: If a file can't be written, or is there already: it may have been filled in.
    """
    names = [name.strip() for name in coders]
    if not names or len(set(names)) < len(names) or not all(names):
        raise SettingsError(
            f"编码员应有不同的名字，得到 {'、'.join(coders) or '无'} / coders need names that differ"
        )
    paths = [folder / f"编码-{_NOT_IN_A_NAME.sub('_', name)}.xlsx" for name in names]
    there = [str(path) for path in paths if path.exists()]
    if there or len(set(paths)) < len(paths):
        raise OutputError(
            f"{'、'.join(there) or folder}：文件已存在，可能已填写；请移走或换一个 -o。 "
            "Is there already and may be filled in: move it or choose another -o."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: 无法建立文件夹 / cannot be made: {error.strerror or error}") from None
    for name, path in zip(names, paths, strict=True):
        with workbook(path) as sheets:
            write_notes(sheets, "说明 how to", _how_to(book, len(units), suggested=suggest is not None))
            write_form(
                sheets,
                units_form(book, suggested=suggest is not None),
                _unit_rows(units, book, name, suggest),
            )
            write_form(sheets, CODEBOOK, codebook_rows(book))
            sheets.worksheets()[1].activate()
    return paths


def _how_to(book: Codebook, units: int, *, suggested: bool) -> Iterator[str]:
    words = read_toml("coding_sheet.toml")
    for language in ("zh", "en"):
        yield from words[language]["start"]
        if suggested:
            yield from words[language]["suggested"]
        yield from words[language]["end"]
        yield ""
    yield f"# 单元 units: {units}"
    for category in book:
        many = "可多选 several" if category.several else "单选 one"
        yield f"{category.name}（{many}）：{'、'.join(category.names)}、{NONE}"


def _unit_rows(units: Iterable[Unit], book: Codebook, coder: str, suggest: Suggest | None) -> Iterator[Cells]:
    for unit in units:
        cells: dict[str, object] = {
            "number": unit.number, "path": unit.path, "section": unit.section, "text": unit.text,
            "doc_id": unit.doc_id, "start": unit.start, "end": unit.end, "coder": coder,
        }  # fmt: skip
        if suggest is not None:
            for category, codes in zip(book, suggest(unit), strict=True):
                cells[f"hint:{category.name}"] = SEPARATORS[0].join(codes)
        yield Cells(cells)


def write_differences(coded: Coded, path: Path) -> int:
    """Write every unit and category that coders differ on, with a column to decide in; return how many there are.

    Raises:
        OutputError: If the file can't be written.
    """
    found = list(_differences(coded))
    with workbook(path) as sheets:
        write_form(sheets, differences_form(coded.coders), found)
        write_form(sheets, CODEBOOK, codebook_rows(coded.book))
    return len(found)


def _differences(coded: Coded) -> Iterator[Cells]:
    for place, category in coded.differing():
        yield Cells(
            {
                "number": coded.units[place].number,
                "path": coded.units[place].path,
                "text": coded.units[place].text,
                "category": category.name,
                **{
                    f"coder:{name}": _shown(values)
                    for name, values in zip(coded.coders, coded.given(place, category), strict=True)
                },
                "doc_id": place[0], "start": place[1], "end": place[2],
                "decision": _shown(coded.decisions.get((place, category.name))),
            }
        )  # fmt: skip


def _shown(codes: tuple[str, ...] | None) -> str:
    return "" if codes is None else SEPARATORS[0].join(codes) or NONE
