"""names/works.py: honours won, not striven for."""

import pytest

from swnlp.lexicon import Lexicon, Scheme
from swnlp.names.decide import decide
from swnlp.names.works import proposer
from swnlp.view import simplified_view

PROPOSE = proposer(Lexicon(Scheme("none", "无", "none", ())))


def names(text: str) -> list[str]:
    """Return the outer names that this family alone would find."""
    return [text[n.start : n.end] for n in decide(list(PROPOSE(simplified_view(text), []))) if n.outer]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("短片获全省社区治理案例大赛一等奖，", ["全省社区治理案例大赛一等奖"]),
        ("全县连续三年入围全国县域综合实力百强县。", ["全国县域综合实力百强县"]),
        ("我区获评国家生态文明建设示范区。", ["国家生态文明建设示范区"]),
        ("街道荣获全国民政系统先进集体称号。", ["全国民政系统先进集体"]),
    ],
)
def test_what_follows_a_verb_of_winning_is_a_title(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    "text", ["争创全国文明城市，", "加快建设示范区。", "招募志愿者300人。", "落实奖补资金。"]
)
def test_a_title_striven_for_and_ordinary_words_are_none(text):
    assert names(text) == []
