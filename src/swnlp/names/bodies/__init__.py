"""Bodies (ORG): state, party and mass organs, institutions, companies, by their grammar and their nouns."""

from swnlp.names.bodies.family import proposer

__all__ = ["proposer"]
