"""lexicon/stopwords.py: which words are terms, and as what they are counted."""

import pytest

from swnlp.errors import LexiconError
from swnlp.lexicon import load_lexicon, load_word_lists
from swnlp.lexicon.stopwords import stop_words


def lists(tmp_path, **texts):
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return load_word_lists(**{name: tmp_path / f"{name}.txt" for name in texts})


def test_what_ships():
    words = load_word_lists()
    assert not any(map(words.is_term, ("的", "以及", "推进", "重要", "我市", "县", "2023", "12.5")))
    assert all(map(words.is_term, ("社区", "五社联动", "志愿者", "老年人", "治理")))
    assert all(word == word.strip() and word for word in stop_words())


def test_the_users_lists_win(tmp_path):
    words = lists(tmp_path, stop="社区 治理\n# 志愿者\n", keep="县，推进\n")
    assert not words.is_term("社区") and not words.is_term("治理")
    assert words.is_term("县") and words.is_term("推进") and words.is_term("志愿者")


def test_only_the_words_to_keep(tmp_path):
    (tmp_path / "keep.txt").write_text("社区\n", encoding="utf-8")
    words = load_word_lists(keep=tmp_path / "keep.txt", only=True)
    assert words.is_term("社区") and not words.is_term("志愿者")
    with pytest.raises(LexiconError, match="保留词"):
        load_word_lists(only=True)


def test_synonyms_are_counted_as_the_first_word_of_their_line(tmp_path):
    words = lists(tmp_path, synonyms="老年人 老人 长者\n社区 社 区\n年度 老头\n")
    assert words.term_of("老人") == words.term_of("长者") == words.term_of("老年人") == "老年人"
    # A synonym of one character is counted as its word; one that is counted as a stop word is not.
    assert words.term_of("社") == "社区"
    assert words.term_of("老头") is None


def test_a_folder_brings_its_lists_and_aliases(tmp_path):
    (tmp_path / "停用词.txt").write_text("儿童\n", encoding="utf-8")
    (tmp_path / "同义词.txt").write_text("老年人,老人\n", encoding="utf-8")
    (tmp_path / "名称.csv").write_text("名称,标签,类别,归并为\n积分制,项目,,红枫积分\n", encoding="utf-8")
    words = load_word_lists(tmp_path)
    assert words.term_of("儿童") is None
    assert words.term_of("老人") == "老年人"
    assert words.term_of("积分制") == "红枫积分"
    # The lists are no plain words of the segmenter's.
    assert load_lexicon(tmp_path).words == ()


def test_circles_and_contradictions_are_errors(tmp_path):
    with pytest.raises(LexiconError, match="循环"):
        lists(tmp_path, synonyms="甲词 乙词\n乙词 甲词\n")
    with pytest.raises(LexiconError, match="两个词"):
        lists(tmp_path, synonyms="甲词 丙词\n乙词 丙词\n")
