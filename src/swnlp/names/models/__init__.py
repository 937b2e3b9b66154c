"""Names by a model, for people, places and bodies that no rule finds: LAC, or any spaCy pipeline of the user's.

A model only adds: what it finds counts where no rule is sure of anything. Rules know what a name is in official
prose (GUIDELINES) and give it its exact edges; a model knows more people and foreign places.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

from swnlp.errors import SettingsError
from swnlp.names.candidates import Candidate, Proposer
from swnlp.names.people.reading import NameReader
from swnlp.names.places.words import has_name

# A text -> (start, end, label) of the names that a model sees in it.
Model = Callable[[str], Sequence[tuple[int, int, str]]]

# What a model's names are worth; lower than any rule that is nearly always right.
SCORES = {"PERSON": 0.75, "ORG": 0.6, "PLACE": 0.6}
_SURE = 0.5
_SHORTEST = 2
_FOREIGN = re.compile(r"[·•・‧A-Za-z]")
_MARKS = re.compile(r"[,，。;；:：!！?？\n“”\"《》()（）、]")


@lru_cache(maxsize=1)
def load_model(name: str) -> Model:
    """Return the model that a setting names; the last one is kept, since a run asks for it before it begins.

    Args:
        name: "lac", or "spacy:" and the name of an installed spaCy package or the folder of a pipeline.

    Raises:
        SettingsError: If there is no such model.
        MissingExtraError: If the package that it needs is not installed.
    """
    if name == "lac":
        from swnlp.names.models.lac import lac_model

        return lac_model()
    kind, _, which = name.partition(":")
    if kind == "spacy" and which:
        from swnlp.names.models.spacy_model import spacy_model

        return spacy_model(which)
    raise SettingsError(
        f"ner: 没有 {name!r}；可用 lac，或 spacy:包名或文件夹 / is no model: use lac, or spacy:PACKAGE_OR_FOLDER"
    )


def proposer(name: str) -> Proposer:
    """Return the family of a model; it comes last and proposes where no earlier family is sure."""
    model = load_model(name)
    method = f"model:{name.partition(':')[0]}"

    def propose(view: str, earlier: Sequence[Candidate]) -> Iterator[Candidate]:
        taken = sorted((c.start, c.end) for c in earlier if c.score > _SURE)
        free = _free_of(taken)
        for start, end, label in model(view):
            if free(start, end) and _plausible(view[start:end], label):
                yield Candidate(start, end, label, None, method, SCORES[label])

    return propose


def _plausible(name: str, label: str) -> bool:
    """Refuse what official prose fools a model with: ordinary words (新能源汽车), and people without a surname."""
    if len(name) < _SHORTEST or _MARKS.search(name):
        return False
    if label == "PERSON":
        return _names().exact(name, 0, len(name)) or _FOREIGN.search(name) is not None
    return has_name(name)


@cache
def _names() -> NameReader:
    return NameReader()


def _free_of(taken: Sequence[tuple[int, int]]) -> Callable[[int, int], bool]:
    """Return the test whether a span touches none of `taken`, which is in order and may overlap."""
    starts = [start for start, _ in taken]
    furthest: list[int] = []
    for _, end in taken:
        furthest.append(max(end, furthest[-1] if furthest else 0))

    def free(start: int, end: int) -> bool:
        at = bisect_right(starts, end - 1) - 1
        return at < 0 or furthest[at] <= start

    return free
