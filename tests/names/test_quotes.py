"""names/quotes.py: which marks belong together, on clean pages and on broken ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swnlp.names.quoted.quotes import quotes


def inner(text: str) -> list[str]:
    """Return what stands inside each quote, in order."""
    return [text[q.inner_start : q.inner_end] for q in quotes(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("实施“春泥”计划和「晚晴」行动", ["春泥", "晚晴"]),
        ('打造"河畔议事"品牌', ["河畔议事"]),
        ("推进”十四五”规划", ["十四五"]),
        ("推出”银发课堂“和“四点半学堂”", ["银发课堂", "四点半学堂"]),
        ("以“‘三社’聚力 同心筑家”为主题", ["‘三社’聚力 同心筑家", "三社"]),
        ("‘护航“小组第三次活动", ["护航"]),
    ],
)
def test_marks_pair_as_a_reader_would_pair_them(text, expected):
    assert inner(text) == expected


def test_a_lost_second_mark_ends_the_quote_at_the_next_sign():
    text = "“橘灯、“渡口书屋”和“河灯”三个项目"

    first, *others = quotes(text)

    assert (text[first.inner_start : first.inner_end], first.lost) == ("橘灯", "end")
    assert [text[q.inner_start : q.inner_end] for q in others] == ["渡口书屋", "河灯"]


def test_a_lost_first_mark_is_reported_where_the_second_stands():
    text = "社工站承接的小雨点”助学计划已落地"

    (quote,) = quotes(text)

    assert quote.lost == "start"
    assert text[quote.start] == "”"


def test_two_faults_in_one_line_do_not_pair_with_each_other():
    text = "实施“山歌伴读计划,针对老人推出”阿公有约”巡访服务"

    assert inner(text) == ["山歌伴读计划", "阿公有约"]


def test_a_quote_does_not_go_on_in_the_next_line():
    assert [q.lost for q in quotes("一、“邻里行动\n二、敬老”行动")] == ["end", "start"]


def test_an_apostrophe_is_no_quote():
    assert quotes("it's a rock'n'roll day") == []


@given(st.text(alphabet="“”‘’\"'「」『』甲乙、,。\n", max_size=60))
def test_every_quote_lies_in_the_text_and_holds_its_words(text):
    found = quotes(text)

    assert all(0 <= q.start <= q.inner_start <= q.inner_end <= q.end <= len(text) for q in found)
    assert all("\n" not in text[q.start : q.end] for q in found)
