"""A researcher's own codes (编码): concepts written as rules over words, entities, labels and kinds.

A code is what content analysis calls a coding rule (KH Coder, WordStat): 能力建设 stands where 培训 or 督导 does. A file
of codes is a codebook; docs/codes.md is written for its author.
"""

from swnlp.codes.book import Code, Codebook, codebook_from_dict, codebook_to_dict, read_codes
from swnlp.codes.rules import (
    And,
    Characters,
    Entity,
    Kind,
    Label,
    Near,
    Not,
    Or,
    Rule,
    Span,
    Word,
    atoms_of,
    holds,
)
from swnlp.codes.search import Hits, Search

__all__ = [
    "And",
    "Characters",
    "Code",
    "Codebook",
    "Entity",
    "Hits",
    "Kind",
    "Label",
    "Near",
    "Not",
    "Or",
    "Rule",
    "Search",
    "Span",
    "Word",
    "atoms_of",
    "codebook_from_dict",
    "codebook_to_dict",
    "holds",
    "read_codes",
]
