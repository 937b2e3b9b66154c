"""The codebook of human coders: categories and their codes, from a table (.csv, .xlsx) or from what coders filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from swnlp.codes import Codebook as Rules
from swnlp.codes import read_codes
from swnlp.errors import FormError
from swnlp.forms import Cells, Column, FilledForm, Form, read_forms
from swnlp.forms.columns import squeezed

# What a coder gives a unit to which no code of a category applies; an empty cell is not coded yet.
NONE = "无"
YES = "是"
# The category of codes that are in no group.
UNGROUPED = "编码"
_YES = frozenset({"是", "y", "yes", "true", "1", "多选", "√"})
# Headings that the sheets have anyway.
RESERVED = frozenset(
    squeezed(name)
    for name in (
        "单元",
        "unit",
        "文献",
        "document",
        "章节",
        "section",
        "原文",
        "text",
        "备注",
        "note",
        "文献号",
        "起",
        "止",
    )
)
SEPARATORS = "；;\n"

CODEBOOK = Form(
    "编码表 codebook",
    (
        Column("category", "类目", "category", "asked", 18, needed=True),
        Column("code", "编码", "code", "asked", 24, needed=True),
        Column("note", "说明", "definition", "asked", 50),
        Column("words", "提示词", "words", "asked", 40),
        Column("several", "多选", "several", "asked", 8, (YES,)),
    ),
)


class Code(NamedTuple):
    """A code: its name, what it means, words that suggest it."""

    name: str
    note: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Category:
    """A category (类目) and its codes; `several` if a unit may have more than one of them."""

    name: str
    codes: tuple[Code, ...]
    several: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Names of its codes."""
        return tuple(code.name for code in self.codes)


Codebook = tuple[Category, ...]


def read_codebook(path: Path | str) -> Codebook:
    """Read a codebook from a table with the columns 类目, 编码 and, if wanted, 说明, 提示词 and 多选; or a codes .toml.

    Words of a cell are separated by ；, ;, 、 or |. An empty category is that of the row above. For .toml see `of_rules`.

    Raises:
        FormError: If it can't be read or a row is wrong (names the row).
        CodesError: If a .toml is wrong (docs/codes.md).
    """
    if is_rules(path):
        return of_rules(read_codes(path))
    form = read_forms(path, [CODEBOOK])[CODEBOOK.name]
    return codebook_of(form)


def is_rules(path: Path | str) -> bool:
    """Return whether a file is one of codes with rules (docs/codes.md), by its name."""
    return Path(path).suffix.lower() == ".toml"


def of_rules(book: Rules) -> Codebook:
    """Return the categories of codes with rules: their groups, each with several codes to a unit, defined by note or rule.

    Raises:
        FormError: If a group or a code has a name that a coder's sheet can't have.
    """
    codes: dict[str, dict[str, Code]] = {}
    for number, code in enumerate(book.codes, 1):
        category = code.group or UNGROUPED
        _, message = _wrong(category, code.name, codes)
        if message:
            raise FormError(f"{book.file}：第 {number} 个编码 code {number}：{message}")
        note = code.note or " ".join(code.text.split())
        codes.setdefault(category, {})[code.name] = Code(code.name, note)
    return tuple(Category(name, tuple(own.values()), several=True) for name, own in codes.items())


def codebook_of(form: FilledForm) -> Codebook:
    """Return the codebook that a filled-in table says; errors as for `read_codebook`."""
    codes: dict[str, dict[str, Code]] = {}
    several: set[str] = set()
    category = ""
    for row in form.rows:
        cells = row.cells
        category, name = cells["category"] or category, cells["code"]
        key, message = _wrong(category, name, codes)
        if message:
            raise FormError(f"{form.path}：{form.trouble(row, key, message)}")
        words = cells.get("words", "")
        for separator in "；;、|":
            words = words.replace(separator, "\n")
        own = tuple(word.strip() for word in words.split("\n") if word.strip())
        codes.setdefault(category, {})[name] = Code(name, cells.get("note", ""), own)
        if cells.get("several", "").casefold() in _YES:
            several.add(category)
    if not codes:
        raise FormError(f"{form.path}：编码表是空的。 The codebook is empty.")
    return tuple(Category(name, tuple(own.values()), name in several) for name, own in codes.items())


def _wrong(category: str, name: str, codes: dict[str, dict[str, Code]]) -> tuple[str, str]:
    if not category:
        return "category", "没有类目。 The category is empty."
    if squeezed(category) in RESERVED:
        return (
            "category",
            f"类目不能叫 {category!r}，表中已有同名的列。 That name is taken by a column of the sheet.",
        )
    if not name or any(separator in name for separator in SEPARATORS):
        return "code", "编码为空或含分号。 The code is empty or has a semicolon."
    if squeezed(name) == squeezed(NONE):
        return "code", f"“{NONE}”表示没有编码，不能作编码名。 {NONE} stands for no code."
    if squeezed(name) in {squeezed(other) for other in codes.get(category, ())}:
        return "code", f"编码 {name!r} 重复。 The code is there twice."
    return "", ""


def joined(books: Iterable[Codebook]) -> Codebook:
    """Return the categories of several codebooks as one; a coder may have added codes."""
    codes: dict[str, dict[str, Code]] = {}
    several: set[str] = set()
    for category in (category for book in books for category in book):
        own = codes.setdefault(category.name, {})
        for code in category.codes:
            own.setdefault(code.name, code)
        if category.several:
            several.add(category.name)
    return tuple(Category(name, tuple(own.values()), name in several) for name, own in codes.items())


def codebook_rows(book: Codebook) -> Iterator[Cells]:
    """Yield the rows of a codebook's table."""
    for category in book:
        for code in category.codes:
            yield Cells(
                {
                    "category": category.name, "code": code.name, "note": code.note,
                    "words": "；".join(code.words), "several": YES if category.several else "",
                }
            )  # fmt: skip
