"""Numbers found in texts against annotated ones: values with their units, then what they count, where and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from swnlp.annotate import annotator, tagger
from swnlp.gazetteer import load_gazetteer
from swnlp.gold import GoldNumber, NumberText, read_number_file
from swnlp.html import table as html_table
from swnlp.lexicon import load_lexicon
from swnlp.records import Document, Indicator
from swnlp.settings import DEFAULTS

# A text -> the numbers found in it.
FindNumbers = Callable[[str], Sequence[Indicator]]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    right: int = 0
    of: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.of + other.of)

    def __str__(self) -> str:
        return f"{self.right}/{self.of}"


@dataclass(frozen=True, slots=True)
class NumbersEvaluation:
    """How well the numbers of annotated texts were found.

    Attributes:
        texts: How many texts.
        values: Numbers found with their value (and upper value) and unit, of those annotated.
        subjects: Of those annotated, found with a subject that is or contains the one annotated.
        places: Of those with a place annotated, found with it.
        further: Modifiers, changes, ranks and years that agree, of those annotated.
        extra: Rows that no annotated number accounts for, of the rows found.
        missed: Text and annotated number of what was not found, in order.
        unasked: Text and characters of the extra rows, in order.
    """

    texts: int
    values: Share
    subjects: Share
    places: Share
    further: Share
    extra: Share
    missed: tuple[tuple[str, GoldNumber], ...]
    unasked: tuple[tuple[str, str], ...]

    def rows(self) -> list[tuple[str, str, Share]]:
        """Return what is counted, in Chinese and English, and its share; only what was annotated."""
        named = [
            ("数值与单位", "values with units", self.values),
            ("对象", "subjects", self.subjects),
            ("地区", "places", self.places),
            ("修饰、变化、位次、年份", "modifiers, changes, ranks, years", self.further),
            ("多出的行", "extra rows", self.extra),
        ]
        return [row for row in named if row[2].of]

    def _repr_html_(self) -> str:
        return html_table(("", "", ""), ((zh, en, str(share)) for zh, en, share in self.rows()))


def evaluate_numbers(
    paths: str | Path | Sequence[str | Path],
    *,
    lexicon: str | Path | None = None,
    scheme: str = DEFAULTS.scheme,
    find: FindNumbers | None = None,
) -> NumbersEvaluation:
    """Score the numbers that swnlp finds in annotated texts.

    Args:
        paths: CSV files of annotated numbers (gold.read_number_file says which columns).
        lexicon: Folder with the user's own names, words and schemes.
        scheme: Id of the linkage scheme.
        find: Finds the numbers of a text, instead of swnlp.

    Raises:
        GoldError: If a line of a file is wrong (names the file and the line).
    """
    files = [paths] if isinstance(paths, str | Path) else paths
    texts = [text for path in files for text in read_number_file(Path(path))]
    if find is None:
        words = load_lexicon(Path(lexicon) if lexicon is not None else None, scheme=scheme)
        annotate = annotator(words, tagger(words))

        def found_in(text: str) -> Sequence[Indicator]:
            return annotate(Document("", "", None, None, None, None, None, "", "", text)).indicators

        find = found_in
    return score_numbers(texts, find)


def score_numbers(texts: Iterable[NumberText], find: FindNumbers) -> NumbersEvaluation:
    """Find the numbers of annotated texts and score them.

    Each annotated number takes, of the rows with its value and unit, one with its subject and place, if there is any.
    """
    count, values, subjects, places, further, extra = 0, Share(), Share(), Share(), Share(), Share()
    missed: list[tuple[str, GoldNumber]] = []
    unasked: list[tuple[str, str]] = []
    for name, text, scope, numbers in texts:
        count += 1
        left = [row for row in find(text) if row.start in scope]
        rows = len(left)
        for gold in numbers:
            same = [row for row in left if _same_value(row, gold)]
            row = max(
                same, key=lambda row: (gold.subject in row.subject, _has_place(row, gold.place)), default=None
            )
            values += Share(row is not None, 1)
            subjects += Share(row is not None and gold.subject in row.subject, 1)
            places += Share(row is not None and _has_place(row, gold.place), 1 if gold.place else 0)
            further += Share(
                sum(row is not None and _agrees(row, *column) for column in gold.further), len(gold.further)
            )
            if row is None:
                missed.append((name, gold))
            else:
                left.remove(row)
        extra += Share(len(left), rows)
        unasked += [(name, row.text) for row in left]
    return NumbersEvaluation(count, values, subjects, places, further, extra, tuple(missed), tuple(unasked))


def _same_value(row: Indicator, gold: GoldNumber) -> bool:
    return (row.value, row.value_max, row.unit) == (gold.value, gold.value_max, gold.unit)


def _has_place(row: Indicator, place: str) -> bool:
    if not place or row.place_id is None:
        return False
    code = row.place_id.removeprefix("place:")
    divisions = load_gazetteer().divisions
    known = divisions[code].name if code in divisions else code
    return place == known or load_gazetteer().resolve(place).code == code


def _agrees(row: Indicator, column: str, wanted: str) -> bool:
    return wanted in str(getattr(row, column))
