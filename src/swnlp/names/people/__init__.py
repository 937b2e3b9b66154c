"""People's names (PERSON): where something says that one stands there, and how long it is."""

from swnlp.names.people.family import proposer

__all__ = ["proposer"]
