"""What of a file's bytes is no text, as sentences."""

from __future__ import annotations

from swnlp.read.encodings import Decoded
from swnlp.read.page import Trouble

# So many stretches are told one by one; a file with more has a common cause.
_MOST = 100


def bad_bytes(decoded: Decoded, data: bytes, member: str = "") -> list[Trouble]:
    """Return a trouble for every stretch of bytes that is no text, and one if another encoding may be right."""
    told = [_unsure(decoded, member)] if decoded.rival else []
    told += [_sentence(decoded, *stretch, len(data), member) for stretch in decoded.bad[:_MOST]]
    more = len(decoded.bad) - _MOST
    if more > 0:
        message = f"另有 {more} 处无法解码的字节，均以 � 标出。 {more} more such stretches, each marked �."
        told.append(Trouble("UndecodableBytes", message, member))
    return told


def _unsure(decoded: Decoded, member: str) -> Trouble:
    message = (
        f"按 {decoded.encoding} 读取，但按 {decoded.rival} 也读得通（字数太少，无法断定）；请核对，必要时另存为 UTF-8。 "
        f"Read as {decoded.encoding}, but it also reads as {decoded.rival}: look at it, and save it as UTF-8 if it is wrong."
    )
    return Trouble("EncodingUnsure", message, member)


def _sentence(decoded: Decoded, start: int, end: int, size: int, member: str) -> Trouble:
    which = f"第 {start} 字节" if end - start == 1 else f"第 {start} 至 {end - 1} 字节"
    bytes_ = f"Byte {start} is" if end - start == 1 else f"Bytes {start} to {end - 1} are"
    cut = "；文件末尾不完整，可能下载中断" if end == size else ""
    return Trouble(
        "UndecodableBytes",
        f"{which}不是有效的 {decoded.encoding} 文字，文中以 � 标出{cut}。 "
        f"{bytes_} no valid {decoded.encoding}, marked � in the text{' (the file is cut short)' if cut else ''}.",
        member,
    )


def no_characters(count: int, member: str = "") -> list[Trouble]:
    """Return the trouble of a text that held NULs or halves of characters."""
    if not count:
        return []
    message = (
        f"文中有 {count} 处空字符或不成对的代理字符，以 � 标出。 "
        f"{count} stretches of NULs or lone surrogates, marked � in the text."
    )
    return [Trouble("UndecodableBytes", message, member)]
