"""Names in quotes: the quotes of a text, the evidence around each, and which of them names something."""

from swnlp.names.quoted.family import forms, proposer, quoted_contexts, quoted_heads

__all__ = ["forms", "proposer", "quoted_contexts", "quoted_heads"]
