"""Bytes to text: which encoding makes them Chinese? A byte that fits none is marked in its place and reported."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from charset_normalizer import from_bytes

from swnlp.errors import ReadError
from swnlp.view import simplified_view

# About the 480 most frequent characters of modern Chinese: two thirds of any official text, and almost none of
# what comes out of a wrong decoding. Which of them is where in the ranking does not matter.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形"
    "相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展"
    "五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先"
    "回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速"
    "花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越"
    "织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往市克何除消构府称太准精值号率族维划选"
    "标写存候亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严镇乡街村协服推落督评项"
)
_PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》【】—…·　")
_SAMPLE = 20_000
_CHINESE = 0.35
# Nearer than this, two encodings may both be right; only a few characters are ever so near.
_SURE = 0.15
_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,5}=\s{0,5}["']?\s{0,5}([A-Za-z0-9_\-]{2,20})""")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Pages that declare an old standard are written in the newest that holds it.
_FAMILY = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "utf8": "utf-8",
    "utf-8": "utf-8",
}


# What stands in the text where bytes are no text.
MARK = "\ufffd"
# More than this share of bytes that fit no encoding: it is no text.
_BROKEN = 0.1
_FEW = 3
_CONTROLS = re.compile("[\x01-\x08\x0e-\x19\x1c-\x1f]")
_NO_TEXT = re.compile("[\\0\ud800-\udfff]+")


class BadBytes(NamedTuple):
    """A stretch of a file that is no text: first byte, one past the last."""

    start: int
    end: int


class Choice(NamedTuple):
    """An encoding, and how sure it is.

    Attributes:
        encoding: By a name that Python's codecs know.
        margin: By how much its share of common Chinese characters is above the next encoding's (0 to 1); None where no
            such comparison decided: for a byte order mark, valid UTF-8, and what is no Chinese.
        rival: An encoding in which the bytes read as Chinese nearly as well, if there is one.
    """

    encoding: str
    margin: float | None = None
    rival: str | None = None


class Decoded(NamedTuple):
    """A file's text, its encoding by a name that Python's codecs know, and what of the file is no text.

    `margin` and `rival` are those of the `Choice` of the encoding.
    """

    text: str
    encoding: str
    bad: tuple[BadBytes, ...] = ()
    margin: float | None = None
    rival: str | None = None


def decode(data: bytes, *, html: bool = False) -> Decoded:
    """Return the text of a file and the name of the encoding that it was in.

    In this order: a byte order mark; UTF-8 if every byte is valid; else whichever of UTF-8, the encoding that an
    HTML page declares, GB 18030 and Big5 gives the largest share of common Chinese characters (GB 18030 accepts
    nearly any bytes, so that it decodes is no proof); charset-normalizer, if none of them reads as Chinese.

    Args:
        data: The file.
        html: Whether to look for a declaration in the file.

    Returns:
        The text, every line ending (CR LF, CR, form feed, U+0085, U+2028, U+2029) as one line feed, and no
        U+FEFF. Each stretch of bytes that is not valid in the encoding of the rest, and each of zero bytes, is one
        U+FFFD in the text and is listed in `bad`.

    Raises:
        ReadError: If more than a tenth of the file is such bytes: then it is no text.
    """
    choice = choose(data, html=html)
    encoding = choice.encoding
    text, bad = _marked(data, encoding)
    if "\0" in text:
        text, zeros = _without_zeros(text, data, encoding)
        bad = sorted([*bad, *zeros])
    # A file that was cut short may be filled up with zeros.
    size = len(data.rstrip(b"\0"))
    broken = sum(end - start for start, end in bad if start < size) + len(_CONTROLS.findall(text))
    if broken > max(_FEW, _BROKEN * size) or (bad and not text.strip(f"{MARK} \t\r\n\ufeff")):
        raise ReadError("这不是文本文件。 This is not a text file (too many bytes fit no encoding).")
    return Decoded(_one_line_ending(text), encoding, tuple(bad), choice.margin, choice.rival)


def clean(text: str) -> tuple[str, int]:
    """Return a text with each run of NULs and lone surrogates as one U+FFFD, and how many runs there were.

    For text that does not come from bytes in an encoding, but from JSON, Word, PDF or a spreadsheet.
    """
    if text.isascii() and "\0" not in text:
        return text, 0
    text, count = _NO_TEXT.subn(MARK, text)
    return _one_line_ending(text), count


def choose(data: bytes, *, html: bool = False) -> Choice:
    """Return the encoding of a file, in the order that `decode` describes."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return Choice(encoding)
    if b"\0" in data and (encoding := _utf16(data)):
        return Choice(encoding)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return Choice("utf-8")
    declared = _declared(data, html=html)
    encodings = dict.fromkeys((*declared, "utf-8", "gb18030", "big5hkscs"))
    # Of equals the first wins: then the page's own word counts.
    shares = sorted(((_share_of(data, name), name) for name in encodings), key=lambda pair: -pair[0])
    (share, encoding), (next_share, rival) = shares[:2]
    if share < _CHINESE:
        return Choice(_utf16(data) or _by_statistics(data))
    margin = round(share - next_share, 4)
    sure = margin >= _SURE or next_share < _CHINESE or encoding in declared
    return Choice(encoding, margin, None if sure else rival)


def _utf16(data: bytes) -> str:
    """Return which UTF-16 without a byte order mark reads as Chinese, or ""."""
    share, name = max((_share_of(data, name), name) for name in ("utf-16-le", "utf-16-be"))
    return name if share >= _CHINESE else ""


def _marked(data: bytes, encoding: str) -> tuple[str, list[BadBytes]]:
    """Decode, with one U+FFFD for each stretch of bytes that is not valid."""
    bad: list[BadBytes] = []
    codecs.register_error("swnlp", _marker(bad))
    return data.decode(encoding, "swnlp"), bad


def _marker(bad: list[BadBytes]) -> Callable[[UnicodeError], tuple[str, int]]:
    def mark(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        if bad and bad[-1].end == error.start:
            bad[-1] = BadBytes(bad[-1].start, error.end)
            return "", error.end
        bad.append(BadBytes(error.start, error.end))
        return MARK, error.end

    return mark


def _without_zeros(text: str, data: bytes, encoding: str) -> tuple[str, Iterable[BadBytes]]:
    """Mark runs of U+0000; in every encoding here but UTF-16 and UTF-32 that is a zero byte, and nothing else is."""
    width = {"utf-16": 2, "utf-32": 4}.get(encoding[:6], 1)
    if width == 1:
        found = [BadBytes(*match.span()) for match in re.finditer(rb"\0+", data)]
    else:
        found = list(_wide_zeros(text, encoding[:6], 0 if encoding.endswith(("le", "be")) else width))
    return re.sub("\0+", MARK, text), found


def _wide_zeros(text: str, encoding: str, at: int) -> Iterator[BadBytes]:
    """Yield where in the file runs of U+0000 stand, given the byte at which the text begins."""
    done = 0
    for match in re.finditer("\0+", text):
        start = at + len(text[done : match.start()].encode(f"{encoding}-le"))
        at = start + len(match[0].encode(f"{encoding}-le"))
        done = match.end()
        yield BadBytes(start, at)


def _declared(data: bytes, *, html: bool) -> tuple[str, ...]:
    match = _DECLARED.search(data[:4096]) if html else None
    encoding = match and _FAMILY.get(match[1].decode("ascii").lower())
    return (encoding,) if encoding else ()


def _share_of(data: bytes, encoding: str) -> float:
    """Return the share of common Chinese characters among all that are not ASCII; for judging only."""
    text = data[: 4 * _SAMPLE].decode(encoding, "replace")[:_SAMPLE]
    return common_share(text)


def common_share(text: str) -> float:
    """Return the share (0 to 1) of common characters among a text's characters beyond ASCII."""
    beyond = [c for c in simplified_view(text) if c > "\x7f"]
    if not beyond:
        return 0.0
    return sum(c in _COMMON or c in _PUNCTUATION for c in beyond) / len(beyond)


def _by_statistics(data: bytes) -> str:
    best = from_bytes(data[:200_000], cp_exclusion=["utf_7", "utf_8", "utf_16", "utf_32"]).best()
    return "utf-8" if best is None else best.encoding


def _one_line_ending(text: str) -> str:
    for old in ("\r\n", "\r", "\f", "\v", "\x85", "\u2028", "\u2029"):
        text = text.replace(old, "\n")
    return text.replace("\ufeff", "")
