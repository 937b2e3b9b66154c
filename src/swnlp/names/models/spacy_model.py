"""The entities of any spaCy pipeline as names of people, places and bodies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from swnlp.errors import SettingsError

if TYPE_CHECKING:
    from swnlp.names.models import Model

# The labels of OntoNotes, CoNLL and MSRA pipelines.
_LABELS = {
    "PERSON": "PERSON", "PER": "PERSON", "NR": "PERSON",
    "ORG": "ORG", "NT": "ORG",
    "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE", "NS": "PLACE", "PLACE": "PLACE",
}  # fmt: skip


def spacy_model(name: str) -> Model:
    """Return the model of an installed spaCy package, or of a pipeline in a folder.

    Raises:
        SettingsError: If there is none, or if it is swnlp's own.
    """
    import spacy

    try:
        nlp = spacy.load(Path(name) if Path(name).is_dir() else name)
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"ner: 打不开 spaCy 模型 {name!r} / is no spaCy package or pipeline folder: {error}"
        ) from None
    if "swnlp_names" in nlp.pipe_names:
        raise SettingsError(f"ner: {name!r} 就是 swnlp 自己 / is swnlp's own pipeline")

    def names(text: str) -> list[tuple[int, int, str]]:
        return [
            (ent.start_char, ent.end_char, _LABELS[ent.label_])
            for ent in nlp(text).ents
            if ent.label_ in _LABELS
        ]

    return names
