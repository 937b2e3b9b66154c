"""A model of names from a researcher's own annotation: fitted, measured on texts it did not see, and written."""

from swnlp.train.training import DEFAULT_FOLDS, Training, cross_validated, fold_of, train

__all__ = ["DEFAULT_FOLDS", "Training", "cross_validated", "fold_of", "train"]
