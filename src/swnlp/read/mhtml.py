"""A page saved whole by a browser (.mhtml) to its text: the first page in it; pictures and styles are passed over."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

from swnlp.errors import ReadError
from swnlp.read.encodings import decode
from swnlp.read.page import Item, Taken
from swnlp.read.troubles import bad_bytes
from swnlp.read.webpage import read_page
from swnlp.settings import Settings


def take(data: bytes, settings: Settings) -> Taken:
    """Read the page that a .mhtml file holds."""
    part = _page_of(message_from_bytes(data))
    content = part.get_payload(decode=True) if part is not None else None
    if not isinstance(content, bytes) or not content.strip():
        raise ReadError(
            "其中没有网页正文，请用浏览器重新另存为 .html。 It holds no page: save it again from the browser, as .html."
        )
    decoded = decode(content, html=True)
    page = read_page(decoded.text)
    return Taken([Item(page, decoded.encoding, margin=decoded.margin)], bad_bytes(decoded, content))


def _page_of(message: Message) -> Message | None:
    return next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
