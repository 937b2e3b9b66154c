"""Annotated files to an evaluation: tag each text, score the names, list what was wrong; and to files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from swnlp.errors import OutputError, SettingsError
from swnlp.evaluate.mistakes import Mistake, mistakes
from swnlp.evaluate.scores import Predicted, Scores, Tally, labels_of
from swnlp.export import safe_cell
from swnlp.export.files import replacing
from swnlp.gold import Format, GoldText, read_gold_files
from swnlp.html import table as html_table
from swnlp.lexicon import load_lexicon
from swnlp.model import load_model
from swnlp.records import Name
from swnlp.settings import DEFAULTS
from swnlp.tag import name_tagger

# A text -> the names predicted in it.
Tag = Callable[[str], Iterable[Predicted]]
_MATCHES = ("strict", "overlapping")
_COUNTS = ("gold", "found", "predicted", "right", "precision", "recall", "f1")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How well names were found in annotated texts.

    Attributes:
        texts: How many annotated texts.
        scores: The tallies, by kind of match and label.
        mistakes: What was strictly wrong, in the order of the texts.
    """

    texts: int
    scores: Scores
    mistakes: tuple[Mistake, ...]

    @property
    def total(self) -> Tally:
        """Return the strict tally of all labels (micro average)."""
        return sum(self.scores.tallies["strict"].values(), Tally())

    def __repr__(self) -> str:
        t = self.total
        return (
            f"Evaluation({self.texts} texts, {t.gold} names: precision {t.precision:.3f}, recall {t.recall:.3f}, "
            f"F1 {t.f1:.3f}, {len(self.mistakes)} mistakes)"
        )

    def _repr_html_(self) -> str:
        header = ("", "names", "precision", "recall", "F1", "F1, overlapping")
        rows = (
            (label, t.gold, f"{t.precision:.3f}", f"{t.recall:.3f}", f"{t.f1:.3f}", f"{loose.f1:.3f}")
            for label, t, loose in self.scores.rows()
        )
        return html_table(header, rows)

    def write(self, folder: Path | str) -> list[Path]:
        """Write scores.csv, mistakes.csv (UTF-8 with BOM, no cell is a formula), evaluation.json; return the paths.

        Raises:
            OutputError: If they can't be written.
        """
        folder = Path(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{folder}: 无法写入。 Cannot be written: {error.strerror}.") from None
        by_label = self.scores.to_dict()
        rows = (
            [label, match, *(counts[match][key] for key in _COUNTS)]
            for label, counts in by_label.items()
            for match in _MATCHES
        )
        _write_csv(folder / "scores.csv", ("label", "match", *_COUNTS), rows)
        _write_csv(folder / "mistakes.csv", Mistake._fields, self.mistakes)
        content = {
            "texts": self.texts,
            "scores": by_label,
            "mistakes": [mistake._asdict() for mistake in self.mistakes],
        }
        with replacing(folder / "evaluation.json") as file:
            # A file name that is no UTF-8 becomes a JSON escape.
            file.write(
                (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode(errors="backslashreplace")
            )
        return [folder / name for name in ("scores.csv", "mistakes.csv", "evaluation.json")]


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with replacing(path) as file:
        lines = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        csv.writer(lines).writerow(header)
        csv.writer(lines).writerows([safe_cell(cell) for cell in row] for row in rows)
        lines.flush()
        lines.detach()


def evaluate(
    paths: str | Path | Sequence[str | Path],
    *,
    format: Format | None = None,
    labels: Sequence[str] | None = None,
    lexicon: str | Path | None = None,
    scheme: str = DEFAULTS.scheme,
    model: str | Path | None = None,
    ner: str | None = None,
    tag: Tag | None = None,
) -> Evaluation:
    """Score the names that swnlp finds in annotated texts.

    A prediction is right if its label and span are those of an annotated name, quotes and brackets around either
    left out; `overlapping` asks for the label and a shared character. Predictions are the outer names.

    Args:
        paths: Annotated files (gold.read_gold says which formats).
        format: Their format; None to tell each by its content.
        labels: Labels that count; None for all that the files are annotated with.
        lexicon: Folder with the user's own names, words and schemes.
        scheme: Id of the linkage scheme.
        model: File that `swnlp train` wrote; None for the weights that ship.
        ner: A model for people, places and bodies that no rule finds (names.models.load_model); None for none.
        tag: Finds (start, end, label) in a text, instead of swnlp: another system to compare with.

    Raises:
        GoldError: If a line of a file is wrong (names the file and the line).
        SettingsError: If none of the labels is in the files.
        ModelError: If the model file is wrong.

    Source:
        Micro averages as in Tjong Kim Sang & De Meulder (2003), CoNLL-2003, strict; optional names as described
        in the project's annotation manual.
    """
    texts = read_gold_files([paths] if isinstance(paths, str | Path) else paths, format)
    return score_texts(texts, tag or swnlp_tag(lexicon, scheme, model, ner), labels)


def swnlp_tag(
    lexicon: str | Path | None = None,
    scheme: str = DEFAULTS.scheme,
    model: str | Path | None = None,
    ner: str | None = None,
) -> Tag:
    """Return the function from a text to the outer names that swnlp finds in it."""
    words = load_lexicon(Path(lexicon) if lexicon is not None else None, scheme=scheme)
    return outer_names(name_tagger(words, load_model(model), ner))


def outer_names(find: Callable[[str], Iterable[Name]]) -> Tag:
    """Return the function from a text to the spans and labels of its outer names."""
    return lambda text: [(n.start, n.end, n.label) for n in find(text) if n.outer]


def score_texts(texts: Sequence[GoldText], tag: Tag, labels: Sequence[str] | None = None) -> Evaluation:
    """Tag annotated texts and score what was found.

    Raises:
        SettingsError: If none of the labels wanted is in the texts.
    """
    known, wanted = labels_of(texts), labels_of(texts, labels)
    if not known & wanted and known:
        raise SettingsError(
            f"标注中没有这些标签：{'、'.join(sorted(wanted))}；有的是 {'、'.join(sorted(known))}。 "
            "None of these labels is in the annotation."
        )
    scores = Scores(wanted)
    found = [m for text in texts for m in mistakes(text, scores.add(text, tag(text.text)))]
    return Evaluation(len(texts), scores, tuple(found))
