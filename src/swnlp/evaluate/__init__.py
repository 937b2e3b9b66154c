"""How well names are found: precision, recall and F1 against annotated texts, and every mistake in its context."""

from swnlp.evaluate.evaluation import Evaluation, Tag, evaluate, outer_names, score_texts
from swnlp.evaluate.mistakes import WORDS, Mistake
from swnlp.evaluate.numbers import NumbersEvaluation, Share, evaluate_numbers, score_numbers
from swnlp.evaluate.scores import ALL, Predicted, Scores, Tally

__all__ = [
    "ALL",
    "WORDS",
    "Evaluation",
    "Mistake",
    "NumbersEvaluation",
    "Predicted",
    "Scores",
    "Share",
    "Tag",
    "Tally",
    "evaluate",
    "evaluate_numbers",
    "outer_names",
    "score_numbers",
    "score_texts",
]
