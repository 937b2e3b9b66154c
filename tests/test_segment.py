"""segment.py: text to words, cut around the names."""

from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swnlp.lexicon import Word
from swnlp.segment import cut, make_segmenter

SEGMENTERS = ["rjieba", "jieba"]


def ends(words):
    return list(accumulate(map(len, words)))


@pytest.mark.parametrize("name", SEGMENTERS)
def test_a_word_never_crosses_the_edge_of_a_name(name):
    text = "三明市推进老年人助餐服务"
    # A name that no dictionary would cut out: 进老年人助.
    assert not {4, 9} <= set(ends(cut(text, [], make_segmenter(name))))
    assert {4, 9} <= set(ends(cut(text, [4, 9], make_segmenter(name))))


@pytest.mark.parametrize("name", SEGMENTERS)
def test_words_of_the_user_are_cut_out_whole(name):
    text = "街道推行红枫银龄积分制"
    assert "银龄积分制" not in cut(text, [], make_segmenter(name))
    assert "银龄积分制" in cut(text, [], make_segmenter(name, [Word("银龄积分制")]))


def test_two_segmenters_share_no_dictionary():
    make_segmenter("rjieba", [Word("银龄积分制")])
    assert "银龄积分制" not in cut("推行银龄积分制", [], make_segmenter("rjieba"))


@pytest.mark.parametrize("name", SEGMENTERS)
def test_an_empty_text_has_no_words(name):
    assert cut("", [], make_segmenter(name)) == []


PIECES = st.sampled_from(
    ["社会工作者", "五社联动", " ", "\n", "\u3000", "𠮷", "😀", "\u200b", "abc", "12.5%", "“", "，", "鄉鎮"]
)


@given(st.lists(PIECES, max_size=30).map("".join), st.lists(st.integers(0, 60), max_size=8))
@pytest.mark.parametrize("segment", [make_segmenter(name) for name in SEGMENTERS], ids=SEGMENTERS)
def test_words_tile_the_text_and_keep_every_edge(segment, text, edges):
    edges = [edge for edge in edges if edge <= len(text)]
    words = cut(text, edges, segment)
    assert "".join(words) == text
    assert all(words)
    assert set(edges) - {0} <= set(ends(words))


def test_rjieba_cuts_where_jieba_does():
    """Boundaries agree on at least 99.9 % of all real text at hand (docs/performance.md lists what differs)."""
    folder = Path(__file__).parents[1]
    shared = folder.parent / "shared" / "text"
    # The other reports are there in other encodings, too.
    paths = [*folder.glob("corpora/fujian-social-work-2023/*.txt"), *sorted(shared.rglob("*.txt"))]
    ours, reference = (make_segmenter(name) for name in SEGMENTERS)
    both = either = 0
    for path in paths:
        text = path.read_text(encoding="utf-8")
        a, b = set(ends(ours(text))), set(ends(reference(text)))
        both, either = both + len(a & b), either + len(a | b)
    assert both / either >= 0.999


def test_dashes_and_full_stops_are_cut_as_jieba_cuts_them():
    for text in [
        "2023-04-03发布",
        "PM_2.5平均浓度",
        "培育-锻炼-提升",
        "a--b__c",
        "邮箱:abc.61@163.com",
        "3.2.3 预警",
        "23.GEP核算",
        "增长12.5%",
    ]:
        assert make_segmenter("rjieba")(text) == make_segmenter("jieba")(text)
