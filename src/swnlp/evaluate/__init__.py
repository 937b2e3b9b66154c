"""How well names are found: precision, recall and F1 against annotated texts, and every mistake in its context."""

from swnlp.evaluate.evaluation import Evaluation, Tag, evaluate, outer_names, score_texts
from swnlp.evaluate.mistakes import WORDS, Mistake
from swnlp.evaluate.scores import ALL, Predicted, Scores, Tally

__all__ = [
    "ALL",
    "WORDS",
    "Evaluation",
    "Mistake",
    "Predicted",
    "Scores",
    "Tag",
    "Tally",
    "evaluate",
    "outer_names",
    "score_texts",
]
