"""read/encodings.py: bytes to text, and never a replaced byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swnlp.errors import ReadError
from swnlp.read.encodings import common_share, decode

REPORT = "全县现有持证社会工作者九十七名，建成乡镇社工站十二个，服务困境儿童二千三百余人次。"
TRADITIONAL = "社區社會工作服務站由社會組織承接，為長者和困境兒童提供專業服務，居民滿意度持續提升。"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
        ("gb2312", "gb18030"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
    ],
)
def test_simplified_text_comes_back_whatever_its_encoding(encoding, name):
    assert decode(REPORT.encode(encoding), "a.txt") == (REPORT, name)


def test_big5_is_not_taken_for_gb18030_though_that_accepts_its_bytes():
    data = TRADITIONAL.encode("big5")
    assert data.decode("gb18030") != TRADITIONAL

    assert decode(data, "a.txt") == (TRADITIONAL, "big5hkscs")


def test_traditional_text_in_gbk_is_not_taken_for_big5():
    assert decode(TRADITIONAL.encode("gbk"), "a.txt") == (TRADITIONAL, "gb18030")


def test_two_characters_are_enough():
    assert decode("联通".encode("gbk"), "a.txt") == ("联通", "gb18030")


@pytest.mark.parametrize("declared", ["utf-8", "big5", "iso-8859-1", "no-such-charset"])
def test_a_wrong_declaration_does_not_mislead(declared):
    page = f'<meta charset="{declared}"><p>{REPORT}</p>'

    assert decode(page.encode("gbk"), "a.html", html=True) == (page, "gb18030")


def test_a_utf8_page_that_declares_gb2312_is_utf8():
    page = f'<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>{REPORT}</p>'

    assert decode(page.encode(), "a.html", html=True) == (page, "utf-8")


def test_a_cut_utf8_file_names_the_byte():
    data = REPORT.encode()[:-1]

    with pytest.raises(ReadError, match=f"{len(data) - 2}.*utf-8"):
        decode(data, "a.txt")


def test_a_broken_byte_in_the_middle_of_utf8_is_no_reason_for_another_encoding():
    data = REPORT.encode() + b"\xff" + REPORT.encode()

    with pytest.raises(ReadError, match=str(len(REPORT.encode()))):
        decode(data, "a.txt")


def test_a_cut_gbk_file_names_the_byte():
    data = REPORT.encode("gbk")[:-1]

    with pytest.raises(ReadError, match=f"{len(data) - 1}.*gb18030"):
        decode(data, "a.txt")


def test_every_line_ending_becomes_one_line_feed():
    assert decode("甲\r\n乙\r丙\u2028丁\x0c戊\x85己\n庚".encode(), "a.txt")[0] == "甲\n乙\n丙\n丁\n戊\n己\n庚"


def test_byte_order_marks_inside_a_text_go():
    assert decode("\ufeff南平\ufeff市".encode(), "a.txt")[0] == "南平市"


def test_a_western_text_is_left_to_statistics_and_loses_nothing():
    data = "Le rapport présente l'évolution du travail social, été comme hiver. ".encode("cp1252") * 5

    text, encoding = decode(data, "a.txt")
    assert text.encode(encoding) == data
    assert text.startswith("Le rapport pr")


def test_the_share_of_common_characters_tells_text_from_noise():
    assert common_share(REPORT) > 0.7
    assert common_share(REPORT.encode().decode("gb18030", "ignore")) < 0.2
    assert common_share("plain ASCII") == 0


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_utf8_always_comes_back_but_for_line_endings_and_marks(text):
    decoded, encoding = decode(text.encode(), "a.txt")
    plain = text.replace("\r\n", "\n")
    for ending in "\r\f\v\x85\u2028\u2029":
        plain = plain.replace(ending, "\n")

    assert decoded == plain.replace("\ufeff", "")
    assert encoding in ("utf-8", "utf-8-sig")


@given(st.binary(max_size=200))
def test_any_bytes_are_text_without_surrogates_or_one_clear_error(data):
    try:
        text, _ = decode(data, "a.txt")
    except ReadError:
        return
    text.encode("utf-8")
