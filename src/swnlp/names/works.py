"""Honours, awards and rankings without quotes: 获评|国家生态文明建设示范区, 捧回|第三届江西公益项目大赛铜奖."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from swnlp.lexicon import Lexicon
from swnlp.model import NameModel
from swnlp.names.candidates import Candidate, Proposer
from swnlp.names.edges import edges_of
from swnlp.names.heads import Limits, Neighbours
from swnlp.names.scoring import HeadRule


def head_rule(model: NameModel | None = None) -> HeadRule:
    """Return the rule of titles that end in a head noun."""
    return HeadRule("names_works.toml", "WORK", model, limits=Limits(least=1))


def proposer(lexicon: Lexicon, model: NameModel | None = None) -> Proposer:
    """Propose titles that were won; one that is only striven for scores low."""
    del lexicon  # known names are proposed by their own family
    rule = head_rule(model)

    def propose(text: str, earlier: Sequence[Candidate]) -> Iterable[Candidate]:
        edges, near = edges_of(text), Neighbours(earlier)
        found = rule.readings(text, rule.heads.find(text), edges, near)
        # 入选|为|标杆社工站
        return [c for c in rule.candidates(text, found, edges, near) if text[c.start] != "为"]

    return propose
