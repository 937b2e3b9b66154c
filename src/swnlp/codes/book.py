"""Reads a codebook (.toml): the codes, their rules, and where in the file one is wrong."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from swnlp.codes.parse import MOST_DEPTH, NO_PLACE, RuleError, is_place, parse_rule
from swnlp.codes.rules import And, Near, Not, Or, Reference, Rule, depth_of, needs_something
from swnlp.errors import CodesError
from swnlp.lexicon.tables import decode
from swnlp.settings import Window

_FIELDS = ("name", "rule", "within", "group", "note")
# Rules that refer to rules could grow without end.
MOST_PARTS = 20_000
_RULE_LINE = re.compile(r"^[ \t]*(?:rule|\"rule\"|'rule')[ \t]*=[ \t]*", re.MULTILINE)
# A character of a basic string as it stands in the file.
_WRITTEN = re.compile(r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\.|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Code:
    """A code.

    Attributes:
        name: Its name.
        text: Its rule as written.
        rule: The rule, with those of other codes in place of references.
        within: The unit that the rule is decided over: sentence, paragraph or section.
        group: What it is one of (a dimension: 政策工具, 服务领域); the kind of its entity. None if nothing.
        note: What it means, for the codebook.
    """

    name: str
    text: str
    rule: Rule
    within: Window = "sentence"
    group: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Codebook:
    """The codes of a file, in its order; `file` is its name and `sha256` of its bytes."""

    file: str
    sha256: str
    codes: tuple[Code, ...]


def read_codes(path: str | Path) -> Codebook:
    """Read a codebook.

    Raises:
        CodesError: If it can't be read, or a code is wrong (names the file, line and column).
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CodesError(f"{path}: 读不到编码文件 / cannot be read: {error.strerror or error}") from None
    text = decode(data, path)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CodesError(f"{path}: 不是正确的 TOML / not valid TOML: {error}") from None
    rows = _rows(table, path)
    places = _Places(path, text, len(rows))
    codes = [_code(row, i, places) for i, row in enumerate(rows)]
    _check_names(codes, places)
    book = Codebook(path.name, hashlib.sha256(data).hexdigest(), tuple(codes))
    return _resolved(book, places)


def codebook_to_dict(book: Codebook) -> dict[str, Any]:
    """Return a codebook as plain values, for JSON; rules as they are written."""
    codes = [{"rule": row.pop("text"), **row} for row in map(asdict, book.codes) if row.pop("rule")]
    return {"file": book.file, "sha256": book.sha256, "codes": codes}


def codebook_from_dict(data: Mapping[str, Any]) -> Codebook:
    """Return the codebook that `codebook_to_dict` gave."""
    codes = [
        Code(row["name"], row["rule"], parse_rule(row["rule"]), row["within"], row["group"], row["note"])
        for row in data["codes"]
    ]
    return _resolved(Codebook(data["file"], data["sha256"], tuple(codes)), _Places(Path(data["file"]), "", 0))


def _rows(table: dict[str, Any], path: Path) -> list[dict[str, Any]]:
    rows = table.get("code")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise CodesError(f"{path}: 没有 [[code]] / holds no code: begin each one with [[code]]")
    if unknown := sorted(set(table) - {"code"}):
        raise CodesError(f"{path}: 不认识 {unknown[0]!r}，每个编码写在 [[code]] 下 / only [[code]] is known")
    return rows


class _Places:
    """Where in the file the rules stand, so that an error can say so."""

    def __init__(self, path: Path, text: str, codes: int) -> None:
        self.path, self.text = path, text
        found = [match.end() for match in _RULE_LINE.finditer(text)]
        # A rule that itself holds a line like `rule = ` is written to confuse; then no line is named.
        self.starts = found if len(found) == codes else []

    def error(self, number: int, name: str, message: str, at: int = 0) -> CodesError:
        """Return the error for the code `number`, `at` a character of its rule."""
        what = f"[[code]] {name}: {message}"
        if number >= len(self.starts):
            return CodesError(f"{self.path}: {what}")
        offset = self._offset(self.starts[number], at)
        line = self.text.count("\n", 0, offset) + 1
        column = offset - (self.text.rfind("\n", 0, offset) + 1) + 1
        return CodesError(f"{self.path}:{line}:{column}: {what}")

    def _offset(self, start: int, at: int) -> int:
        """Return the character of the file that is the character `at` of the string that begins at `start`."""
        opening = next((q for q in ("'''", '"""', "'", '"') if self.text.startswith(q, start)), "")
        start += len(opening)
        if len(opening) == 3:
            start += len(re.match(r"\r?\n|", self.text[start : start + 2]).group())  # type: ignore[union-attr]
        if opening[:1] != '"':
            return start + at
        for i, written in enumerate(_WRITTEN.finditer(self.text, start)):
            if i == at:
                return written.start()
        return start


def _code(row: dict[str, Any], number: int, places: _Places) -> Code:
    name = row.get("name")
    if not isinstance(name, str) or not name.strip() or "\n" in name:
        raise places.error(number, f"{number + 1}", "缺少 name / lacks a name")
    for key, value in row.items():
        if key not in _FIELDS:
            near = get_close_matches(key, _FIELDS, n=1)
            hint = f"，是否为 / did you mean {near[0]!r}?" if near else f"：{'、'.join(_FIELDS)}"
            raise places.error(number, name, f"不认识 {key!r} / no such key{hint}")
        if not isinstance(value, str):
            raise places.error(number, name, f"{key} 应为文字（加引号）/ must be text in quotes: {value!r}")
    if not row.get("rule", "").strip():
        raise places.error(number, name, "缺少 rule / lacks a rule")
    within = row.get("within", "sentence")
    if within not in get_args(Window):
        raise places.error(
            number, name, f"within 应为 {'、'.join(get_args(Window))} / must be one of these, got {within!r}"
        )
    try:
        rule = parse_rule(row["rule"])
    except RuleError as error:
        raise places.error(number, name, str(error), error.at) from None
    return Code(name.strip(), row["rule"], rule, within, row.get("group"), row.get("note"))


def _check_names(codes: list[Code], places: _Places) -> None:
    seen: set[str] = set()
    for number, code in enumerate(codes):
        if code.name in seen:
            raise places.error(number, code.name, "名称重复 / the name is used twice")
        seen.add(code.name)


def _resolved(book: Codebook, places: _Places) -> Codebook:
    """Return the book with the rules of other codes in place of references.

    Raises:
        CodesError: If there is no such code, or a code comes back to itself.
    """
    rules = {code.name: code.rule for code in book.codes}
    codes = []
    for number, code in enumerate(book.codes):
        try:
            rule = _Expansion(rules).of(code.name)
            if depth_of(rule) > MOST_DEPTH:
                raise RuleError("各编码相互引用过深 / references go too deep")
            if not needs_something(rule):
                raise RuleError("规则不能只有“非” / a rule can't be made of `not` alone")
        except RuleError as error:
            at = re.search("(?:code|编码)[:：]", code.text, re.IGNORECASE)
            raise places.error(number, code.name, str(error), at.start() if at else 0) from None
        codes.append(replace(code, rule=rule))
    return replace(book, codes=tuple(codes))


class _Expansion:
    """Writes out the rule of one code; stops at one that comes back to itself or grows without end."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self._rules = rules
        self._parts = 0
        self._way: list[str] = []

    def of(self, name: str) -> Rule:
        """Return the rule of a code without references."""
        if name in self._way:
            raise RuleError(f"编码引用自身 / comes back to itself: {' → '.join((*self._way, name))}")
        if name not in self._rules:
            near = get_close_matches(name, self._rules, n=3, cutoff=0.3)
            hint = f"；相近的有 / close to it: {'、'.join(near)}" if near else ""
            raise RuleError(f"没有编码 {name!r} / no such code{hint}")
        self._way.append(name)
        rule = self._written_out(self._rules[name])
        self._way.pop()
        return rule

    def _written_out(self, rule: Rule) -> Rule:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise RuleError("各编码相互引用，规则过长 / rules that refer to each other grow too long")
        match rule:
            case Reference(name):
                return self.of(name)
            case And(parts) | Or(parts):
                return type(rule)(tuple(map(self._written_out, parts)))
            case Not(part):
                return Not(self._written_out(part))
            case Near(left, right):
                return replace(rule, left=self._place(left), right=self._place(right))
        return rule

    def _place(self, rule: Rule) -> Rule:
        found = self._written_out(rule)
        if not is_place(found):
            raise RuleError(NO_PLACE)
        return found
