"""The text of a rule to the rule: the small language of codes, parsed by lark."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedInput, UnexpectedToken
from lark.exceptions import VisitError

from swnlp.codes.rules import (
    And,
    Characters,
    Entity,
    Kind,
    Label,
    Near,
    Not,
    Or,
    Reference,
    Rule,
    Word,
    depth_of,
    needs_something,
    parts_of,
)
from swnlp.lexicon.tables import LABELS, known_label

MOST_APART = 1_000
MOST_CHARACTERS = 20_000
MOST_DEPTH = 100
_TOO_DEEP = "括号嵌套过深 / too many rules inside each other"
NO_PLACE = (
    "near 两边只能是词、实体或它们的“或” / both sides of near must be words or entities, or an `or` of them"
)
# An operator that is a word ends at a space or bracket; in quotes it is a word like any other.
_GRAMMAR = r"""
?start: any
?any: every (_OR every)*
?every: single (_AND single)*
?single: _NOT single -> negated
    | near
near: atom (NEAR atom)*
?atom: _OPEN any _CLOSE
    | FIELD -> field
    | QUOTED -> quoted
    | WORD -> word

_OR.3: /[|｜]+|(?:or|或)(?=[\s()（）]|\Z)/i
_AND.3: /[&＆]+|(?:and|且)(?=[\s()（）]|\Z)/i
_NOT.3: /[!！]|(?:not|非)(?=[\s()（）]|\Z)/i
NEAR.3: /(?:near|pre|邻近|先于)\/[0-9]{1,6}(?=[\s()（）]|\Z)/i
_OPEN: /[(（]/
_CLOSE: /[)）]/
FIELD.2: /(?:entity|label|kind|code|实体|标签|类别|编码)[:：](?:QUOTES|[^\s()（）&|＆｜!！"“”「」]+)/i
QUOTED: /QUOTES/
WORD: /[^\s()（）&|＆｜!！"“”「」:：,，、;；。]+/
%ignore /\s+/
""".replace("QUOTES", r'"[^"\n]+"|“[^”\n]+”|「[^」\n]+」')
_SHOWN = {
    "_OR": "|（或）", "_AND": "&（且）", "_NOT": "!（非）", "NEAR": "near/10", "_OPEN": "(", "_CLOSE": ")",
    "FIELD": "entity:…", "QUOTED": '"…"', "WORD": "词 a word", "$END": "结束 the end",
}  # fmt: skip
_FIELDS = {
    "entity": "entity", "实体": "entity", "label": "label", "标签": "label", "kind": "kind", "类别": "kind", "code": "code",
    "编码": "code",
}  # fmt: skip


class RuleError(ValueError):
    """A rule is wrong at a place of its text (0-based); the book knows the file and the line."""

    def __init__(self, message: str, at: int = 0) -> None:
        super().__init__(message)
        self.at = at


def parse_rule(text: str) -> Rule:
    """Return the rule that a text says; references to other codes are still names.

    Raises:
        RuleError: If it says none.
    """
    if len(text) > MOST_CHARACTERS:
        raise RuleError(f"规则超过 {MOST_CHARACTERS} 字 / the rule is longer than that")
    try:
        rule: Rule = _AsRule().transform(_parser().parse(text))
    except UnexpectedInput as error:
        raise _unexpected(error, text) from None
    except VisitError as error:
        if isinstance(error.orig_exc, RuleError):
            raise error.orig_exc from None
        if isinstance(error.orig_exc, RecursionError):
            raise RuleError(_TOO_DEEP) from None
        raise
    except RecursionError:
        raise RuleError(_TOO_DEEP) from None
    if depth_of(rule) > MOST_DEPTH:
        raise RuleError(_TOO_DEEP)
    if not needs_something(rule):
        raise RuleError(
            "规则不能只有“非”：至少要有一个必须出现的词 / a rule can't be made of `not` alone: it would hold of "
            "every text; name something that must be there"
        )
    return rule


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", propagate_positions=True)


def _unexpected(error: UnexpectedInput, text: str) -> RuleError:
    at = error.pos_in_stream
    ended = isinstance(error, UnexpectedToken) and error.token.type == "$END"
    if not ended and isinstance(at, int) and text[at : at + 1].strip():
        rest = text[at:].split()[0][:12]
        what = f"这里不应是 {rest!r} / {rest!r} is not expected here"
    else:
        at, what = len(text.rstrip()), "规则不完整 / the rule ends too early"
    wanted = error.allowed if isinstance(error, UnexpectedCharacters) else getattr(error, "expected", ())
    shown = "、".join(_SHOWN[name] for name in _SHOWN if name in (wanted or ()))
    return RuleError(f"{what}" + (f"；可以是 / it could be: {shown}" if shown else ""), at)


def _unquoted(text: str) -> str:
    return text[1:-1] if text[:1] in '"“「' else text


class _AsRule(Transformer[Token, Rule]):
    """Turns lark's tree into a rule; the names of the methods are those of the grammar."""

    def any(self, parts: list[Rule]) -> Rule:
        return Or(tuple(parts))

    def every(self, parts: list[Rule]) -> Rule:
        return And(tuple(parts))

    def negated(self, parts: list[Rule]) -> Rule:
        return Not(parts[0])

    def near(self, parts: list[Any]) -> Rule:
        rule, rest = parts[0], parts[1:]
        for operator, right in zip(rest[::2], rest[1::2], strict=True):
            rule = _near(rule, operator, right)
        found: Rule = rule
        return found

    def word(self, tokens: list[Token]) -> Rule:
        return Word(str(tokens[0]))

    def quoted(self, tokens: list[Token]) -> Rule:
        return Characters(_content(tokens[0]))

    def field(self, tokens: list[Token]) -> Rule:
        name, value = re.split("[:：]", tokens[0], maxsplit=1)
        return _MADE[_FIELDS[name.lower()]](_unquoted(value).strip(), tokens[0].start_pos or 0)


def _content(token: Token) -> str:
    text = _unquoted(token)
    if not text.strip():
        raise RuleError("引号里没有内容 / nothing in the quotes", token.start_pos or 0)
    return text


def _near(left: Rule, operator: Token, right: Rule) -> Near:
    name, distance = operator.split("/")
    at = operator.start_pos or 0
    if int(distance) > MOST_APART:
        raise RuleError(f"near 最多相隔 {MOST_APART} 字 / at most so many characters", at)
    if not (is_place(left) and is_place(right)):
        raise RuleError(NO_PLACE, at)
    return Near(left, right, int(distance), name.lower() in ("pre", "先于"))


def is_place(rule: Rule) -> bool:
    """Tell whether a rule says places, and not what holds of the whole unit."""
    return not isinstance(rule, And | Not) and all(map(is_place, parts_of(rule)))


def _label(value: str, at: int) -> Rule:
    label = known_label(value)
    if label not in LABELS:
        raise RuleError(f"没有标签 {value!r} / no such label; there are: {', '.join(LABELS)}", at)
    return Label(label)


_MADE: dict[str, Callable[[str, int], Rule]] = {
    "entity": lambda value, _: Entity(value),
    "kind": lambda value, _: Kind(value),
    "code": lambda value, _: Reference(value),
    "label": _label,
}
