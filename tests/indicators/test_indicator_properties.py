"""Whatever the text: no crash, exact offsets, linear time."""

import time
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

PIECES = [
    *"全市 持证社工 社工站 1830人 其中 中级 438人 ， 。 、 （ ） ( ) “ ” 《 》 由 2019年的 553 增加到 现在的 近".split(),
    *"2000万元 % 5.4% 百分之 三分之一 两成 十余个 数十名 1,100万 5-6万元 — ~ 至 分别 达到 万分之16.26 10.89".split(),
    *"初级、中级、高级 80元、150元、200元 位居全省第5 每人每月 不低于 以上 的 比上年 同比增长 下降 去年 1名".split(),
    *"“十四五”时期 第 十 亿 万 年 月 日 : ； 3.2.3 G60 和 12个县（区）全部建立 🙂 ㍿ １２３ 9.1∶42.3".split(),
    " ",
    "\n",
    "\u200b",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_random_mixtures_have_exact_offsets(read, text):
    last = 0
    for row in read(text):
        assert text[row.start : row.end] == row.text
        assert 0 <= row.start < row.end <= len(text)
        assert row.start >= last or row.rank is not None
        last = max(last, row.end if row.rank is None else last)
        assert row.value is None or isinstance(row.value, Decimal)
        assert row.value_max is None or (row.value is not None and row.value_max > row.value)


@given(st.text(max_size=200))
def test_any_text_is_read(read, text):
    for row in read(text.replace("\r", "")):
        assert row.text


def cpu(read, text):
    """Return the least processor time of three readings: other programs on the machine do not count."""
    times = []
    for _ in range(3):
        start = time.process_time()
        read(text)
        times.append(time.process_time() - start)
    return min(times)


def test_time_grows_with_the_length(read):
    """Nothing that is repeated without end costs more than its length: four times the text is no sixteen times the time."""
    for piece in (
        "1",
        "1,",
        "一",
        "1、",
        "1元、",
        "(",
        "“",
        "由1元",
        "社会组织、",
        "增长",
        "每",
        "第一",
        "2019年",
        "1-",
        "百分之",
    ):
        assert cpu(read, piece * 8000) < 9 * cpu(read, piece * 2000) + 0.1, piece
