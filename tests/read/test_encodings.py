"""read/encodings.py: bytes to text; what is no text is marked in its place, and said."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swnlp.errors import ReadError
from swnlp.read.encodings import clean, common_share, decode

REPORT = "全县现有持证社会工作者九十七名，建成乡镇社工站十二个，服务困境儿童二千三百余人次。"
TRADITIONAL = "社區社會工作服務站由社會組織承接，為長者和困境兒童提供專業服務，居民滿意度持續提升。"


def plain(data, **notes):
    """Return text and encoding of bytes that are text throughout."""
    decoded = decode(data, **notes)
    assert decoded.bad == ()
    return decoded.text, decoded.encoding


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
    assert plain(REPORT.encode(encoding)) == (REPORT, name)


def test_big5_is_not_taken_for_gb18030_though_that_accepts_its_bytes():
    data = TRADITIONAL.encode("big5")
    assert data.decode("gb18030") != TRADITIONAL

    assert plain(data) == (TRADITIONAL, "big5hkscs")


def test_traditional_text_in_gbk_is_not_taken_for_big5():
    assert plain(TRADITIONAL.encode("gbk")) == (TRADITIONAL, "gb18030")


def test_two_characters_are_enough():
    assert plain("联通".encode("gbk")) == ("联通", "gb18030")


@pytest.mark.parametrize("declared", ["utf-8", "big5", "iso-8859-1", "no-such-charset"])
def test_a_wrong_declaration_does_not_mislead(declared):
    page = f'<meta charset="{declared}"><p>{REPORT}</p>'

    assert plain(page.encode("gbk"), html=True) == (page, "gb18030")


def test_a_utf8_page_that_declares_gb2312_is_utf8():
    page = f'<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>{REPORT}</p>'

    assert plain(page.encode(), html=True) == (page, "utf-8")


def test_how_sure_an_encoding_is_stays_known():
    assert decode(REPORT.encode()).margin is None
    assert decode(REPORT.encode("utf-16")).margin is None
    assert 0.5 < (decode(REPORT.encode("gb18030")).margin or 0) <= 1
    assert 0.4 < (decode(TRADITIONAL.encode("big5")).margin or 0) <= 1
    assert decode(REPORT.encode("gb18030")).rival is None


def test_one_character_that_reads_in_two_encodings_is_told_unless_the_page_says_which():
    data = "常".encode("gb18030")
    assert data.decode("big5") == "都"

    assert decode(data)[1:] == ("gb18030", (), 0.0, "big5hkscs")
    page = b'<meta charset="%s"><p>' + data + b"</p>"
    assert decode(page % b"big5", html=True).text.endswith("都</p>")
    assert decode(page % b"big5", html=True).rival is None
    assert decode(page % b"gbk", html=True).text.endswith("常</p>")


@pytest.mark.parametrize(
    ("declared", "real", "text"),
    [
        ("gb2312", "big5", TRADITIONAL),
        ("big5", "utf-8", TRADITIONAL),
        ("iso-8859-1", "gb18030", REPORT),
        ("windows-1252", "utf-8", REPORT),
        ("utf-16", "gb18030", REPORT),
        ("gbk", "utf-16", REPORT),
        ("shift_jis", "big5", TRADITIONAL),
    ],
)
def test_the_charset_that_a_page_declares_is_no_proof(declared, real, text):
    page = f'<?xml version="1.0" encoding="{declared}"?><html><meta charset="{declared}"><p>{text}</p></html>'

    assert plain(page.encode(real), html=True)[0] == page


def test_a_cut_utf8_file_loses_only_its_last_character():
    data = REPORT.encode()[:-1]

    decoded = decode(data)
    assert decoded.text == REPORT[:-1] + "\ufffd"
    assert decoded.bad == ((len(data) - 2, len(data)),)


def test_a_broken_byte_in_the_middle_of_utf8_is_no_reason_for_another_encoding():
    data = REPORT.encode() + b"\xff" + REPORT.encode()

    decoded = decode(data)
    at = len(REPORT.encode())
    assert decoded[:3] == (f"{REPORT}\ufffd{REPORT}", "utf-8", ((at, at + 1),))


def test_bytes_that_follow_each_other_are_one_stretch():
    decoded = decode(b"ab\xff\xfe\xffcd" + REPORT.encode() + b"\xff" + REPORT.encode())

    assert decoded.text == f"ab\ufffdcd{REPORT}\ufffd{REPORT}"
    assert [b - a for a, b in decoded.bad] == [3, 1]


def test_a_cut_gbk_file_loses_only_its_last_character():
    data = REPORT.encode("gbk")[:-1]

    decoded = decode(data)
    assert decoded[:3] == (REPORT[:-1] + "\ufffd", "gb18030", ((len(data) - 1, len(data)),))


def test_a_cut_utf16_file_loses_only_its_last_character():
    data = REPORT.encode("utf-16")[:-1]

    assert decode(data)[:3] == (REPORT[:-1] + "\ufffd", "utf-16", ((len(data) - 1, len(data)),))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_known_by_its_characters(encoding):
    assert decode(REPORT.encode(encoding)) == (REPORT, encoding, (), None, None)
    assert decode(REPORT.encode(encoding)[:-1]).text == REPORT[:-1] + "\ufffd"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le"])
def test_a_lone_zero_is_marked_and_its_bytes_are_named(encoding):
    data = f"{REPORT}\0\0{REPORT}".encode(encoding)

    decoded = decode(data)
    assert decoded.text == f"{REPORT}\ufffd{REPORT}"
    ((start, end),) = decoded.bad
    assert data[start:end].strip(b"\0") == b""
    assert end - start == (4 if "16" in encoding else 2)


def test_many_zeros_are_each_named():
    data = codecs.BOM_UTF16_LE + ("社工志愿者参与社区服务😀\0" * 150_000).encode("utf-16-le")
    bad = decode(data).bad

    assert len(bad) == 150_000
    assert all(data[zero.start : zero.end] == b"\0\0" for zero in bad)


def test_a_lone_surrogate_in_utf8_is_three_bytes_that_are_no_text():
    data = REPORT.encode() + "\ud800".encode("utf-8", "surrogatepass") + REPORT.encode()

    assert decode(data).text == f"{REPORT}\ufffd{REPORT}"
    assert [b - a for a, b in decode(data).bad] == [3]


def test_mostly_broken_bytes_are_no_text():
    with pytest.raises(ReadError, match="not a text file"):
        decode(bytes(range(128, 256)) * 20)
    with pytest.raises(ReadError, match="not a text file"):
        decode(b"\1\0\0\0" * 100)


def test_text_that_comes_from_no_encoding_is_cleaned_too():
    assert clean("甲\0\0乙\ud800丙") == ("甲\ufffd乙\ufffd丙", 2)
    assert clean("甲\r\n乙") == ("甲\n乙", 0)


def test_every_line_ending_becomes_one_line_feed():
    assert decode("甲\r\n乙\r丙\u2028丁\x0c戊\x85己\n庚".encode())[0] == "甲\n乙\n丙\n丁\n戊\n己\n庚"


def test_byte_order_marks_inside_a_text_go():
    assert decode("\ufeff南平\ufeff市".encode())[0] == "南平市"


def test_a_western_text_is_left_to_statistics_and_loses_nothing():
    data = "Le rapport présente l'évolution du travail social, été comme hiver. ".encode("cp1252") * 5

    text, encoding = plain(data)
    assert text.encode(encoding) == data
    assert text.startswith("Le rapport pr")


def test_the_share_of_common_characters_tells_text_from_noise():
    assert common_share(REPORT) > 0.7
    assert common_share(REPORT.encode().decode("gb18030", "ignore")) < 0.2
    assert common_share("plain ASCII") == 0


CONTROLS = "".join(map(chr, (*range(9), *range(14, 32))))


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters=CONTROLS)))
def test_utf8_always_comes_back_but_for_line_endings_and_marks(text):
    decoded = decode(text.encode())
    expected = text.replace("\r\n", "\n")
    for ending in "\r\f\v\x85\u2028\u2029":
        expected = expected.replace(ending, "\n")

    assert decoded.text == expected.replace("\ufeff", "")
    assert decoded.encoding in ("utf-8", "utf-8-sig")
    assert decoded.bad == ()


@given(st.binary(max_size=200))
def test_any_bytes_are_text_with_marks_or_one_clear_error(data):
    try:
        decoded = decode(data)
    except ReadError:
        return
    decoded.text.encode("utf-8")
    assert "\0" not in decoded.text
    assert list(decoded.bad) == sorted(decoded.bad)
    assert all(0 <= start < end <= len(data) for start, end in decoded.bad)
