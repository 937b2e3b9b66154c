"""Reads coders' workbooks back: who gave which unit which codes, what they differ on, what was decided."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from swnlp.coding.agreement import Agreement, agreement
from swnlp.coding.forms import differences_form, units_form
from swnlp.coding.scheme import CODEBOOK, NONE, SEPARATORS, Category, Codebook, codebook_of, joined
from swnlp.errors import FormError
from swnlp.forms import FilledForm, FilledRow, Trouble, read_forms
from swnlp.forms.columns import squeezed

# Document, first character, one past the last.
Place = tuple[str, int, int]
Codes = tuple[str, ...]


class CodedUnit(NamedTuple):
    """A unit as a sheet shows it."""

    number: str
    path: str
    text: str


class Final(NamedTuple):
    """A code that was agreed on or decided: the unit, category, code, and who gave it ("decision" for a decision)."""

    place: Place
    category: str
    code: str
    by: Codes


class Reliability(NamedTuple):
    """The agreement of a category, or of one code of it ("" for the whole)."""

    category: str
    code: str
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Coded:
    """What several coders gave.

    Attributes:
        book: The categories, with codes that coders added.
        coders: Their names, in the order of the files.
        units: The units by their place, in order.
        values: (place, category, coder) -> codes; () for none of them. What is not coded is not there.
        decisions: (place, category) -> codes that were decided on.
        troubles: What could not be understood.
    """

    book: Codebook
    coders: tuple[str, ...]
    units: Mapping[Place, CodedUnit]
    values: Mapping[tuple[Place, str, str], Codes]
    decisions: Mapping[tuple[Place, str], Codes] = field(default_factory=dict)
    troubles: tuple[Trouble, ...] = ()

    def given(self, place: Place, category: Category) -> list[Codes | None]:
        """Return what each coder gave a unit, None where nothing."""
        return [self.values.get((place, category.name, coder)) for coder in self.coders]

    def differing(self) -> Iterator[tuple[Place, Category]]:
        """Yield the units and categories to which coders gave different codes, in order."""
        for place in self.units:
            for category in self.book:
                if len({frozenset(v) for v in self.given(place, category) if v is not None}) > 1:
                    yield place, category

    def reliability(self) -> list[Reliability]:
        """Return the agreement of each category and of each of its codes.

        A category of which a unit has one code is one nominal variable, "none" being a value. Of one that may have
        several, and of a single code, the variable is whether a unit has the code; the category's are all of these together.
        """
        found: list[Reliability] = []
        for category in self.book:
            rows = [self.given(place, category) for place in self.units]
            each = {
                code: [[None if v is None else code in v for v in row] for row in rows]
                for code in category.names
            }
            if category.several:
                whole: list[list[Hashable | None]] = [list(row) for own in each.values() for row in own]
            else:
                whole = [[None if v is None else (v[0] if v else NONE) for v in row] for row in rows]
            found.append(Reliability(category.name, "", agreement(whole)))
            found += [Reliability(category.name, code, agreement(values)) for code, values in each.items()]
        return found

    def final(self) -> tuple[list[Final], int]:
        """Return the codes that all who coded a unit gave, or that were decided; and how many are still open."""
        found: list[Final] = []
        undecided = 0
        for place in self.units:
            for category in self.book:
                decided = self.decisions.get((place, category.name))
                given = {
                    coder: v
                    for coder, v in zip(self.coders, self.given(place, category), strict=True)
                    if v is not None
                }
                if decided is None and len({frozenset(v) for v in given.values()}) > 1:
                    undecided += 1
                    continue
                codes = decided if decided is not None else next(iter(given.values()), ())
                by = ("decision",) if decided is not None else tuple(given)
                found += [Final(place, category.name, code, by) for code in codes]
        return found, undecided


def read_coders(paths: Sequence[Path | str], book: Codebook | None = None) -> Coded:
    """Read the workbooks of coders, and one of decisions if it is among them.

    Args:
        paths: The files; a .csv file is the sheet of units of one coder, and needs the codebook.
        book: The codebook; None for those in the workbooks, codes that coders added there included.

    Raises:
        FormError: If a file can't be read, a codebook is missing or wrong, or two files are of one coder.
    """
    books = [book] if book else []
    for path in paths:
        if (found := _codebook_in(path)) is not None:
            books.append(found)
    if not books:
        raise FormError(
            f"{'、'.join(map(str, paths))}：文件中没有编码表，请用 --codebook 给出。 No codebook in the files: give it."
        )
    whole = joined(books)
    gathered = _Gathered(whole)
    for path in paths:
        forms = read_forms(path, [units_form(whole), differences_form(), CODEBOOK])
        if (units := forms.get(units_form(whole).name)) is not None:
            gathered.add_coder(units)
        elif (differences := forms.get(differences_form().name)) is not None:
            gathered.add_decisions(differences)
        else:
            raise FormError(
                f"{path}：没有“单元”表或“分歧”表。 Neither units nor differences are in the file."
            )
    return Coded(
        whole,
        tuple(gathered.coders),
        gathered.units,
        gathered.values,
        gathered.decisions,
        tuple(gathered.troubles),
    )


def _codebook_in(path: Path | str) -> Codebook | None:
    try:
        form = read_forms(path, [CODEBOOK])[CODEBOOK.name]
    except FormError:
        # Not in this file; whatever else is wrong with it is said when its units are read.
        return None
    return codebook_of(form)


class _Gathered:
    """What was read so far."""

    def __init__(self, book: Codebook) -> None:
        self.coders: dict[str, Path] = {}
        self.units: dict[Place, CodedUnit] = {}
        self.values: dict[tuple[Place, str, str], Codes] = {}
        self.decisions: dict[tuple[Place, str], Codes] = {}
        self.troubles: list[Trouble] = []
        self._categories = {category.name: category for category in book}
        self._codes = {
            name: {squeezed(code): code for code in category.names} | {squeezed(NONE): NONE}
            for name, category in self._categories.items()
        }

    def add_coder(self, form: FilledForm) -> None:
        named = (row.cells.get("coder") for row in form.rows)
        coder = next((name for name in named if name), form.path.stem)
        if coder in self.coders:
            raise FormError(
                f"{form.path} 与 {self.coders[coder]} 都是编码员 {coder!r} 的。 Two files are of one coder: leave one away."
            )
        self.coders[coder] = form.path
        self.troubles += form.troubles
        seen: set[Place] = set()
        for row in form.rows:
            if (place := self._place(form, row)) is None:
                continue
            if place in seen:
                message = "这个单元前面已有一行，此行不计。 The unit is there twice: this row does not count."
                self.troubles.append(form.trouble(row, "number", message))
                continue
            seen.add(place)
            shown = CodedUnit(row.cells["number"], row.cells.get("path", ""), row.cells.get("text", ""))
            self.units.setdefault(place, shown)
            for category in self._categories.values():
                key = f"code:{category.name}"
                if (codes := self._read(form, row, key, category)) is not None:
                    self.values[place, category.name, coder] = codes

    def add_decisions(self, form: FilledForm) -> None:
        self.troubles += form.troubles
        for row in form.rows:
            category = self._categories.get(row.cells["category"])
            if category is None:
                message = f"编码表中没有类目 {row.cells['category']!r}。 The codebook has no such category."
                self.troubles.append(form.trouble(row, "category", message))
            elif (place := self._place(form, row)) is not None:
                codes = self._read(form, row, "decision", category)
                if codes is not None:
                    self.decisions[place, category.name] = codes

    def _place(self, form: FilledForm, row: FilledRow) -> Place | None:
        doc_id, start, end = (row.cells[key] for key in ("doc_id", "start", "end"))
        if doc_id and start.isdecimal() and end.isdecimal():
            return doc_id, int(start), int(end)
        key = "start" if doc_id else "doc_id"
        message = "隐藏的位置列被改动，此行不计。 A hidden cell was changed: the row does not count."
        self.troubles.append(form.trouble(row, key, message))
        return None

    def _read(self, form: FilledForm, row: FilledRow, key: str, category: Category) -> Codes | None:
        """Return the codes of a cell, () for "none", None for an empty cell or one that can't be understood."""
        cell = row.cells.get(key, "")
        if not cell:
            return None
        known = self._codes[category.name]
        parts = cell
        for separator in SEPARATORS:
            parts = parts.replace(separator, "\n")
        given = [part.strip() for part in parts.split("\n") if part.strip()]
        unknown = [part for part in given if squeezed(part) not in known]
        codes = tuple(dict.fromkeys(known[squeezed(part)] for part in given if part not in unknown))
        message = ""
        if unknown:
            near = get_close_matches(unknown[0], category.names, n=1, cutoff=0.3)
            hint = f"，是否为 {near[0]!r}？" if near else "。"
            message = (
                f"编码表的“{category.name}”中没有 {unknown[0]!r}{hint}新编码请先写进“编码表”。 Unknown code."
            )
        elif len(codes) > 1 and NONE in codes:
            message = f"“{NONE}”不能与其他编码同时填。 {NONE} and a code at once."
        elif len(codes) > 1 and not category.several:
            message = f"“{category.name}”只能选一个编码。 One code only."
        if message:
            self.troubles.append(form.trouble(row, key, f"{message}（按未编码处理 read as not coded）"))
            return None
        return () if codes == (NONE,) else codes
