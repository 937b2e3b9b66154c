"""Applies a person's corrections to what was found in a document, and logs each one that was applied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from swnlp.lexicon import Correction
from swnlp.records import Amended, Indicator, Link, Name
from swnlp.view import simplified_view

METHOD = "correction"
Span = tuple[int, int]
# (label, simplified surface)
_Surface = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Amendments:
    """Corrections, prepared to be looked up by document and by surface.

    Attributes:
        exact: doc_id -> corrections at one place of it.
        stop: Surfaces that are no name anywhere.
        added: Surfaces that the lexicon has from a correction; they are found as its entries are.
        linked: Surfaces that stand for another entity everywhere.
    """

    exact: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    stop: Mapping[_Surface, Correction] = field(default_factory=dict)
    added: Mapping[_Surface, Correction] = field(default_factory=dict)
    linked: Mapping[_Surface, Correction] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.exact or self.stop or self.added or self.linked)


def amendments(corrections: Iterable[Correction]) -> Amendments:
    """Sort corrections by what they need to be looked up with."""
    exact: dict[str, list[Correction]] = {}
    everywhere: dict[str, dict[_Surface, Correction]] = {"drop": {}, "add": {}, "link": {}}
    for correction in corrections:
        if correction.everywhere:
            everywhere[correction.action][correction.label, simplified_view(correction.text)] = correction
        else:
            exact.setdefault(correction.doc_id, []).append(correction)
    return Amendments(
        {doc_id: tuple(own) for doc_id, own in exact.items()},
        everywhere["drop"],
        everywhere["add"],
        everywhere["link"],
    )


def amended_names(
    names: Sequence[Name], text: str, sentences: Sequence[Span], own: Sequence[Correction], known: Amendments
) -> tuple[list[Name], list[Amended]]:
    """Return the names after corrections, and what was done.

    Args:
        names: Names of the text, by start, longest first.
        text: The document's text; offsets are its characters.
        sentences: Spans that an added name may not leave, in order.
        own: Corrections at places of this document.
        known: Those for everywhere.

    Returns:
        Names in the same order, `outer` set anew. An added name replaces those that it crosses or equals.
    """
    log: list[Amended] = []
    kept = list(_without_stopped(names, text, known, log))
    for correction in own:
        span = correction.start, correction.end
        if correction.action not in ("drop", "add") or text[span[0] : span[1]] != correction.text:
            continue
        if correction.action == "drop":
            gone = [n for n in kept if (n.start, n.end, n.label) == (*span, correction.label)]
            kept = [n for n in kept if n not in gone]
            log += [_logged(correction, n, text, before=n.label, after="") for n in gone]
        elif any(start <= span[0] and span[1] <= end for start, end in sentences):
            gone = [n for n in kept if _rivals(n, span)]
            new = Name(*span, correction.label, correction.kind, METHOD, 1.0, True)
            kept = [*(n for n in kept if n not in gone), new]
            before = " | ".join(f"{n.label} {text[n.start : n.end]}" for n in gone)
            log.append(_logged(correction, new, text, before=before, after=correction.label))
    return _nested_anew(kept), log


def _without_stopped(
    names: Iterable[Name], text: str, known: Amendments, log: list[Amended]
) -> Iterator[Name]:
    if not (known.stop or known.added):
        yield from names
        return
    for name in names:
        key = name.label, simplified_view(text[name.start : name.end])
        if (stopped := known.stop.get(key)) is not None and name.method != METHOD:
            log.append(_logged(stopped, name, text, before=name.label, after=""))
            continue
        if (entry := known.added.get(key)) is not None and name.method == "known:user":
            log.append(_logged(entry, name, text, before="", after=name.label))
        yield name


def _rivals(name: Name, span: Span) -> bool:
    """Whether a name crosses a span or claims the very same characters."""
    start, end = span
    apart = name.end <= start or end <= name.start
    inside = (start <= name.start and name.end <= end) or (name.start <= start and end <= name.end)
    return (name.start, name.end) == span or not (apart or inside)


def _nested_anew(names: Iterable[Name]) -> list[Name]:
    found, reach = [], -1
    for name in sorted(names, key=lambda n: (n.start, -n.end)):
        found.append(name._replace(outer=name.end > reach))
        reach = max(reach, name.end)
    return found


def amended_links(
    names: Sequence[Name], links: Iterable[Link], text: str, own: Sequence[Correction], known: Amendments
) -> tuple[tuple[Link, ...], list[Amended]]:
    """Return the links of names after corrections, and what was done; a correction of one place goes before others.

    The entity that a link had before stays among its candidates.
    """
    here = {(c.start, c.end, c.label): c for c in own if c.entity_id and c.action in ("add", "link")}
    log: list[Amended] = []
    found: list[Link] = []
    for name, link in zip(names, links, strict=True):
        surface = text[name.start : name.end]
        correction = here.get((name.start, name.end, name.label))
        if correction is None or correction.text != surface:
            correction = known.linked.get((name.label, simplified_view(surface)))
        if correction is None or correction.entity_id is None or correction.entity_id == link.entity_id:
            found.append(link)
            continue
        found.append(Link(correction.entity_id, METHOD, 1.0, (link.entity_id,), None))
        log.append(_logged(correction, name, text, before=link.entity_id, after=correction.entity_id))
    return tuple(found), log


def amended_numbers(
    numbers: Sequence[Indicator], text: str, own: Sequence[Correction]
) -> tuple[tuple[Indicator, ...], list[Amended]]:
    """Return the numbers of a document after corrections, and what was done."""
    here = {(c.start, c.end): c for c in own if c.action.endswith("number")}
    log: list[Amended] = []
    found: list[Indicator] = []
    for number in numbers:
        correction = here.get((number.start, number.end))
        if correction is None or (correction.text and correction.text != number.text):
            found.append(number)
            continue
        if correction.action == "drop number":
            log.append(_logged(correction, number, text, before=number.subject, after=""))
            continue
        new = number._replace(**dict(_fields(correction)))
        changed = [name for name, _ in correction.changes]
        before, after = (
            "; ".join(f"{name}={'' if getattr(value, name) is None else getattr(value, name)}" for name in changed)
            for value in (number, new)
        )  # fmt: skip
        found.append(new)
        log.append(_logged(correction, number, text, before=before, after=after))
    return tuple(found), log


def _fields(correction: Correction) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a number that change; a value that is no number is empty."""
    for name, value in correction.changes:
        if name == "year":
            yield "year", int(value) if value.isdecimal() else None
            yield "year_by", METHOD
        elif name == "value":
            yield "value", decimal_of(value)
            yield "value_max", None
        else:
            yield name, value
            if name == "place_id":
                yield "place_by", METHOD


def decimal_of(value: str) -> Decimal | None:
    """Return a plain number (1,234.5) as an exact decimal, None for anything else."""
    try:
        found = Decimal(value.replace(",", "").strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _logged(
    correction: Correction, found: Name | Indicator, text: str, *, before: str, after: str
) -> Amended:
    surface = text[found.start : found.end]
    return Amended(
        correction.line, correction.action, found.start, found.end, surface, correction.label, before, after
    )
