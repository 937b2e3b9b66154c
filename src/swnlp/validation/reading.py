"""Reads a check back: verdicts, what was missed, what to correct; every cell that can't be understood is told."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from swnlp.analysis import Analysis
from swnlp.errors import FormError
from swnlp.forms import FilledForm, FilledRow, Form, Trouble, read_forms
from swnlp.forms.columns import squeezed
from swnlp.lexicon import Correction
from swnlp.validation.columns import (
    SHEETS,
    VERDICTS,
    Choices,
    check_form,
    label_choices,
    missed_form,
    sentences_form,
)
from swnlp.validation.context import Contexts
from swnlp.validation.entities import Entities
from swnlp.validation.proposals import Proposals
from swnlp.validation.sample import KINDS, Of
from swnlp.validation.scores import Score, recall_scores, stratum_scores, total_score


@dataclass(frozen=True, slots=True)
class Reading:
    """A check that was read back.

    Attributes:
        of: What was judged.
        run: First characters of the key of the run that the sample was drawn from, "" if the column is gone.
        files: (name, SHA-256) of each file.
        strata: Precision of each stratum.
        total: Precision of all, strata weighted by their size.
        recall: Recall of each label; empty if no sentence was read for what was missed.
        sentences: How many sentences were read for that.
        rows: How many rows the sheet has.
        unsure: How many are marked unsure.
        corrections: What follows for later runs.
        troubles: What could not be understood, in the order of the sheets.
    """

    of: Of
    run: str
    files: tuple[tuple[str, str], ...]
    strata: tuple[Score, ...]
    total: Score
    recall: tuple[Score, ...]
    sentences: int
    rows: int
    unsure: int
    corrections: tuple[Correction, ...]
    troubles: tuple[Trouble, ...]


@dataclass(slots=True)
class _Tally:
    """Counts of one stratum while rows are read."""

    size: int = 0
    judged: int = 0
    right: int = 0


@dataclass(slots=True)
class _Counted:
    """What the verdicts add up to."""

    strata: dict[str, _Tally] = field(default_factory=dict)
    unsure: int = 0
    wrong: list[FilledRow] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


def read_check(analysis: Analysis, paths: Sequence[Path | str]) -> Reading:
    """Read a spreadsheet that `write_check` wrote and a person filled in; several .csv files for its several sheets.

    Rows may be sorted, left out or unfilled. Whatever is wrong in a row costs only that row, and is in `troubles`.

    Raises:
        FormError: If a file can't be read, is no check, or lacks a column without which nothing can be said.
    """
    choices = label_choices(analysis)
    known = {of: check_form(of, choices) for of in KINDS}  # type: ignore[arg-type]
    forms = _forms(paths, [*known.values(), sentences_form(), missed_form(choices)])
    of = next((of for of in KINDS if SHEETS[of] in forms), None)  # type: ignore[index]
    if of is None:
        raise FormError(
            f"{'、'.join(map(str, paths))}：没有抽查表（提及、归并、共现或指标）。 None of the sheets is a check."
        )
    return _read(analysis, of, forms, choices, paths)  # type: ignore[arg-type]


def _forms(paths: Sequence[Path | str], known: Sequence[Form]) -> dict[str, FilledForm]:
    forms: dict[str, FilledForm] = {}
    for path in paths:
        for name, form in read_forms(path, known).items():
            if name in forms:
                raise FormError(
                    f"{path} 与 {forms[name].path} 是同一种表，请一次读一份。 The same sheet twice: read one at a time."
                )
            forms[name] = form
    return forms


def _read(
    analysis: Analysis,
    of: Of,
    forms: Mapping[str, FilledForm],
    choices: Choices,
    paths: Sequence[Path | str],
) -> Reading:
    sheet = forms[SHEETS[of]]
    counted = _counted(sheet)
    strata = stratum_scores((name, t.size, t.judged, t.right) for name, t in sorted(counted.strata.items()))
    sentences = forms.get(sentences_form().name)
    missed = forms.get(missed_form(choices).name)
    doc_ids = [row.cells["doc_id"] for form in (sheet, sentences) if form for row in form.rows]
    proposals = Proposals(choices, Entities(analysis), Contexts(analysis, doc_ids))
    for row in counted.wrong:
        proposals.of_row(of, sheet, row)
    lost = proposals.of_missed(sentences, missed)
    checked = [row for row in sentences.rows if row.cells["checked"]] if sentences else []
    recall = _recall(sentences, checked, lost, strata) if sentences and checked else ()
    return Reading(
        of=of,
        run=next((row.cells["run"] for row in sheet.rows if row.cells.get("run")), ""),
        files=tuple((Path(p).name, hashlib.sha256(Path(p).read_bytes()).hexdigest()) for p in paths),
        strata=tuple(strata),
        total=total_score(strata),
        recall=tuple(recall),
        sentences=len(checked),
        rows=len(sheet.rows),
        unsure=counted.unsure,
        corrections=tuple(proposals.corrections),
        troubles=tuple(
            [*(t for form in forms.values() for t in form.troubles), *counted.troubles, *proposals.troubles]
        ),
    )


def _counted(sheet: FilledForm) -> _Counted:
    found = _Counted()
    for row in sheet.rows:
        cells = row.cells
        if not cells["stratum"] or not cells["size"].isdecimal():
            key = "size" if cells["stratum"] else "stratum"
            message = "隐藏的列（层、层内总数）被清空，此行不计。 A hidden cell was emptied: the row does not count."
            found.troubles.append(sheet.trouble(row, key, message))
            continue
        tally = found.strata.setdefault(cells["stratum"], _Tally())
        tally.size = max(tally.size, int(cells["size"]))
        if not (given := cells["verdict"]):
            found.troubles += _unjudged(sheet, row)
            continue
        verdict = squeezed(given)
        if verdict not in VERDICTS:
            message = f"看不懂的判断 {given!r}，应为 对、错 或 不确定；此行不计。 No verdict: the row does not count."
            found.troubles.append(sheet.trouble(row, "verdict", message))
        elif (right := VERDICTS[verdict]) is None:
            found.unsure += 1
        else:
            tally.judged += 1
            tally.right += right
            found.wrong += [] if right else [row]
            found.troubles += _contradicted(sheet, row) if right else ()
    return found


def _filled_in(row: FilledRow) -> str | None:
    """Return the first column of a correction that a row has, None if it has none."""
    return next((key for key, cell in row.cells.items() if key.startswith("right_") and cell), None)


def _unjudged(sheet: FilledForm, row: FilledRow) -> Iterator[Trouble]:
    if (key := _filled_in(row)) is not None:
        message = "填了更正但没有判断，更正未采用。 A correction without a verdict: not taken."
        yield sheet.trouble(row, key, message)


def _contradicted(sheet: FilledForm, row: FilledRow) -> Iterator[Trouble]:
    if (key := _filled_in(row)) is not None:
        message = (
            "判断为“对”却填了更正，更正未采用。 Judged right but corrected: the correction was not taken."
        )
        yield sheet.trouble(row, key, message)


def _recall(
    sentences: FilledForm,
    checked: Sequence[FilledRow],
    lost: Sequence[tuple[str, str]],
    strata: Sequence[Score],
) -> list[Score]:
    """Return the recall of each label in the sentences that were read.

    What was found there counts as right as often as the label's sample was (the total's precision stands in for a label
    that nobody judged).
    """
    found: Counter[str] = Counter()
    for row in checked:
        for part in row.cells["counts"].split():
            label, _, count = part.partition("=")
            found[label] += int(count) if count.isdecimal() else 0
    read = {row.cells["number"] for row in checked}
    missed = Counter(label for number, label in lost if number in read)
    overall = total_score(strata).share
    precision = {s.name: s.share for s in strata if s.share is not None}
    fallback = 1.0 if overall is None else overall
    return recall_scores(
        (label, found[label], missed[label], precision.get(label, fallback))
        for label in sorted({*found, *missed})
    )
