"""Rows that were judged wrong, and names that were missed, to corrections of later runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from swnlp.amend import decimal_of
from swnlp.forms import FilledForm, FilledRow, Trouble
from swnlp.forms.columns import squeezed
from swnlp.lexicon import Correction
from swnlp.lexicon.tables import LABELS
from swnlp.validation.columns import REASONS, SCOPES, Choices
from swnlp.validation.context import Contexts
from swnlp.validation.entities import Entities
from swnlp.validation.sample import Of

_YEAR = re.compile(r"(?:19|20)\d\d")


class _Refused(Exception):
    """A cell from which nothing follows, and why."""

    def __init__(self, key: str, message: str) -> None:
        self.key, self.message = key, message


class Proposals:
    """Gathers corrections from rows; what can't be understood becomes a trouble with its cell."""

    def __init__(self, choices: Choices, entities: Entities, contexts: Contexts) -> None:
        self.corrections: list[Correction] = []
        self.troubles: list[Trouble] = []
        self._choices, self._entities, self._contexts = choices, entities, contexts

    def of_row(self, of: Of, sheet: FilledForm, row: FilledRow) -> None:
        """Add what follows from a row that was judged wrong."""
        rules = {
            "mentions": self._mention,
            "links": self._link,
            "edges": self._edge,
            "indicators": self._indicator,
        }
        try:
            found = list(rules[of](row))
        except _Refused as refused:
            message = (
                f"{refused.message}（判断照计，更正未采用 the verdict counts, the correction was not taken）"
            )
            self.troubles.append(sheet.trouble(row, refused.key, message))
            return
        source = f"{sheet.path.name} {sheet.sheet} {row.number}"
        self.corrections += [correction._replace(source=source) for correction in found]

    def of_missed(self, sentences: FilledForm | None, missed: FilledForm | None) -> list[tuple[str, str]]:
        """Add the names that were missed; return (sentence, label) of each that was understood."""
        if missed is None or sentences is None:
            if missed is not None and missed.rows:
                message = "有漏标但没有“句子”表，无法定位；请一并读入。 What was missed needs the sheet of sentences too."
                self.troubles.append(missed.trouble(missed.rows[0], "number", message))
            return []
        places = {row.cells["number"]: row for row in sentences.rows}
        taken: set[tuple[str, int, int]] = set()
        found: list[tuple[str, str]] = []
        for row in missed.rows:
            try:
                correction = self._missed(row, places, taken)
            except _Refused as refused:
                self.troubles.append(missed.trouble(row, refused.key, refused.message))
                continue
            source = f"{missed.path.name} {missed.sheet} {row.number}"
            self.corrections.append(correction._replace(source=source))
            found.append((row.cells["number"], correction.label))
            if not places[row.cells["number"]].cells["checked"]:
                message = (
                    "此句没有标为已查，不计入召回率。 Its sentence is not marked as read: it is not counted."
                )
                self.troubles.append(missed.trouble(row, "number", message))
        return found

    def _span(self, row: FilledRow) -> tuple[str, int, int]:
        """Return where a row stands in which document.

        Raises:
            _Refused: If its hidden cells were changed, or the result has no such document.
        """
        doc_id, start, end = (row.cells[key] for key in ("doc_id", "start", "end"))
        if not (start.isdecimal() and end.isdecimal() and int(start) < int(end)):
            raise _Refused("start", "隐藏的位置列被改动。 The hidden columns of the place were changed.")
        if not self._contexts.has(doc_id):
            raise _Refused("doc_id", f"结果中没有文献 {doc_id!r}。 The result has no such document.")
        return doc_id, int(start), int(end)

    def _scope(self, row: FilledRow) -> bool:
        given = row.cells.get("scope", "")
        scope = SCOPES.get(squeezed(given))
        if scope is None:
            raise _Refused("scope", f"看不懂的范围 {given!r}，应为 此处 或 全部。 Should be 此处 or 全部.")
        return scope

    def _mention(self, row: FilledRow) -> Iterator[Correction]:
        doc_id, start, end = self._span(row)
        text, label = self._contexts.text(doc_id, start, end), _known(row)
        if text != row.cells["text"]:
            raise _Refused(
                "text",
                f"文中此处现在是 {text!r}，与表中不符。 The text has changed since the sample was drawn.",
            )
        everywhere = self._scope(row)
        right = self._label(row, "right_label")
        whole = row.cells.get("right_text", "")
        entity = row.cells.get("right_entity", "")
        drop = Correction("drop", text, label, doc_id, start, end)
        if right == ("", None) or (right is None and not whole and not entity):
            yield _scoped(drop, everywhere)
            return
        new_label, new_kind = right or (label, row.cells.get("kind") or None)
        span = self._around(doc_id, (start, end), whole) if whole else (start, end)
        if span == (start, end) and new_label == label and (right is None or label != "ACTOR"):
            if not entity:
                raise _Refused("right_label", "更正与原结果相同。 The correction is what was found.")
            link = Correction("link", text, label, doc_id, start, end, entity_id=self._entity(row, label))
            yield _scoped(link, everywhere)
            return
        yield _scoped(drop, everywhere)
        new = self._contexts.text(doc_id, *span)
        add = Correction(
            "add", new, new_label, doc_id, *span, new_kind, self._entity(row, new_label) if entity else None
        )
        yield _scoped(add, everywhere)
        if everywhere and add.entity_id:
            yield _scoped(add._replace(action="link"), everywhere)

    def _around(self, doc_id: str, span: tuple[int, int], whole: str) -> tuple[int, int]:
        """Return where in the sentence the right text stands: the place that shares most with the wrong one."""
        first, last = self._contexts.sentence(doc_id, *span)
        text = self._contexts.text(doc_id, first, last)
        starts = [first + m.start() for m in re.finditer(f"(?={re.escape(whole)})", text)]
        shared = [
            (min(at + len(whole), span[1]) - max(at, span[0]), -at)
            for at in starts
            if at < span[1] and span[0] < at + len(whole)
        ]
        if not shared:
            raise _Refused(
                "right_text",
                f"原文此处没有 {whole!r}，请照原文抄写。 These characters do not stand there: copy them.",
            )
        at = -max(shared)[1]
        return at, at + len(whole)

    def _label(self, row: FilledRow, key: str) -> tuple[str, str | None] | None:
        given = row.cells.get(key, "")
        if not given:
            return None
        found = self._choices.read(given)
        if found is None:
            offered = "、".join(self._choices.offered)
            raise _Refused(key, f"未知标签 {given!r}，应为：{offered}。 Unknown label; choose from the list.")
        return found

    def _entity(self, row: FilledRow, label: str, key: str = "right_entity") -> str:
        given = row.cells.get(key, "")
        found = self._entities.find(label, given)
        if found is None:
            raise _Refused(
                key,
                f"不能确定 {given!r} 指哪个实体，请填实体号。 Several things, or none, are called that: give the id.",
            )
        return found

    def _link(self, row: FilledRow) -> Iterator[Correction]:
        doc_id, start, end = self._span(row)
        label = _known(row)
        if not row.cells.get("right_entity"):
            raise _Refused(
                "right_entity", "没有填正确的实体，无从更正。 No right entity is given: nothing to correct."
            )
        text = self._contexts.text(doc_id, start, end)
        entity = self._entity(row, label)
        link = Correction("link", text, label, doc_id, start, end, entity_id=entity)
        yield _scoped(link, self._scope(row))

    def _edge(self, row: FilledRow) -> Iterator[Correction]:
        given = row.cells.get("reason", "")
        doc_id, *_ = self._span(row)
        known = {
            squeezed(form): at for at, reason in enumerate(REASONS) for form in (reason, *reason.split())
        }
        at = known.get(squeezed(given))
        if at is None:
            message = (
                f"看不懂 {given!r}，请从列表中选。 Choose from the list."
                if given
                else "没有选错在哪里。 Nothing is chosen."
            )
            raise _Refused("reason", message)
        if at == len(REASONS) - 1:
            return
        side = ("source", "target")[at]
        label = row.cells[f"{side}_id"].partition(":")[0].upper()
        if label not in LABELS:
            raise _Refused(f"{side}_id", "隐藏的实体号被改动。 The hidden id was changed.")
        for span in row.cells[f"{side}_spans"].split():
            first, _, last = span.partition("-")
            if first.isdecimal() and last.isdecimal():
                text = self._contexts.text(doc_id, int(first), int(last))
                yield Correction("drop", text, label, doc_id, int(first), int(last))

    def _indicator(self, row: FilledRow) -> Iterator[Correction]:
        doc_id, start, end = self._span(row)
        cells = row.cells
        number = Correction("drop number", self._contexts.text(doc_id, start, end), "", doc_id, start, end)
        if (year := cells.get("right_year", "")) and not _YEAR.fullmatch(year):
            raise _Refused("right_year", f"{year!r} 不是四位年份。 Not a year of four digits.")
        value = cells.get("right_value", "")
        if value and decimal_of(value) is None:
            raise _Refused(
                "right_value", f"{value!r} 不是数字，请换算成基本单位。 Not a number: give it in base units."
            )
        given = {
            "place_id": self._entities.place(cells["right_place"]) if cells.get("right_place") else "",
            "year": year,
            "subject": cells.get("right_subject", ""),
            "value": value,
            "unit": cells.get("right_unit", ""),
        }
        changes = tuple((name, new) for name, new in given.items() if new)
        yield number._replace(action="set number", changes=changes) if changes else number

    def _missed(
        self, row: FilledRow, sentences: Mapping[str, FilledRow], taken: set[tuple[str, int, int]]
    ) -> Correction:
        number, text = row.cells["number"], row.cells["text"]
        if number not in sentences:
            raise _Refused("number", f"“句子”表中没有句号 {number!r}。 There is no sentence of that number.")
        if not text:
            raise _Refused("text", "没有填漏掉的名称。 The name that was missed is empty.")
        found = self._label(row, "label")
        if not found or not found[0]:
            raise _Refused("label", "没有填标签。 The label is empty.")
        doc_id, first, last = self._span(sentences[number])
        stretch = self._contexts.text(doc_id, first, last)
        spans = ((first + m.start(), first + m.end()) for m in re.finditer(re.escape(text), stretch))
        span = next((s for s in spans if (doc_id, *s) not in taken), None)
        if span is None:
            raise _Refused(
                "text",
                f"第 {number} 句中没有（另一处）{text!r}，请照原文抄写。 It does not stand in that sentence (once more).",
            )
        taken.add((doc_id, *span))
        label, kind = found
        entity = self._entity(row, label, "entity") if row.cells.get("entity") else None
        return _scoped(Correction("add", text, label, doc_id, *span, kind, entity), self._scope(row))


def _scoped(correction: Correction, everywhere: bool) -> Correction:
    return correction._replace(doc_id="", start=-1, end=-1) if everywhere else correction


def _known(row: FilledRow) -> str:
    label = row.cells["label"]
    if label not in LABELS:
        raise _Refused("label", f"隐藏的标签号 {label!r} 被改动。 The hidden label was changed.")
    return label
