"""Documents and works (POLICY, WORK): titles with and without 《》, their genre, document numbers."""

from swnlp.names.documents.family import proposer

__all__ = ["proposer"]
