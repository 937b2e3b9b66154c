"""Validation by sample: what a person says of a part of a result, and what follows for all of it and for later runs."""

from swnlp.validation.corrections import write_corrections
from swnlp.validation.reading import Reading, read_check
from swnlp.validation.record import Check, last_check, write_check_record
from swnlp.validation.sample import Of
from swnlp.validation.scores import Score, recall_scores, stratum_scores, total_score, wilson
from swnlp.validation.sheets import write_check

__all__ = [
    "Check",
    "Of",
    "Reading",
    "Score",
    "last_check",
    "read_check",
    "recall_scores",
    "stratum_scores",
    "total_score",
    "wilson",
    "write_check",
    "write_check_record",
    "write_corrections",
]
