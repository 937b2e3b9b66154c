"""Honours, awards and rankings without quotes: 获评|国家生态文明建设示范区, 捧回|第三届江西公益项目大赛铜奖."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from swnlp.lexicon import Lexicon
from swnlp.names.candidates import Candidate, Proposer
from swnlp.names.edges import edges_of
from swnlp.names.heads import Limits, Neighbours
from swnlp.names.scoring import HeadRule, without_marks


def proposer(lexicon: Lexicon) -> Proposer:
    """Propose titles that were won; one that is only striven for scores low."""
    del lexicon  # known names are proposed by their own family
    rule = HeadRule("names_works.toml", "WORK", limits=Limits(least=1))

    def propose(text: str, earlier: Sequence[Candidate]) -> Iterable[Candidate]:
        edges, near = edges_of(text), Neighbours(earlier)
        found = rule.readings(text, rule.heads.find(text), edges, near)
        return list(rule.candidates(text, without_marks(text, found), edges, near))

    return propose
