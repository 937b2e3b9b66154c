"""CSV and TSV to rows, however Excel or a crawler wrote them: UTF-16, semicolons, empty rows, breaks inside a cell."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from swnlp.read.encodings import decode
from swnlp.read.page import Taken, Trouble
from swnlp.read.rows import documents_of
from swnlp.read.troubles import bad_bytes
from swnlp.settings import Settings

_SEPARATORS = ",\t;|"
_SAMPLE = 20_000
_MOST_LINES = 50


def take(data: bytes, settings: Settings) -> Taken:
    """Read a file of values that a comma, tab, semicolon or bar parts."""
    decoded = decode(data)
    rows = list(enumerate(_rows(decoded.text), 1))
    taken = documents_of(rows, decoded.encoding, text_column=settings.text_column)
    taken.items[:] = [item._replace(margin=decoded.margin) for item in taken.items]
    taken.troubles[:0] = bad_bytes(decoded, data)
    if _is_unclosed(decoded.text):
        message = (
            "引号不成对，可能有几行并作一行；请用 Excel 打开后另存为 .xlsx。 "
            "A quotation mark is never closed, rows may have run together: save it as .xlsx."
        )
        taken.troubles.append(Trouble("UnclosedQuote", message))
    return taken


def table_of(data: bytes) -> list[list[str]]:
    """Return the rows of a file of values."""
    return list(_rows(decode(data).text))


def _rows(text: str) -> Iterator[list[str]]:
    text, separator = _separator(text)
    # A cell may be a whole report; the module's own limit is 128 kB, and set for the whole process.
    csv.field_size_limit(max(csv.field_size_limit(), 2**31 - 1))
    yield from csv.reader(StringIO(text, newline=""), delimiter=separator)


def _separator(text: str) -> tuple[str, str]:
    """Return the text without Excel's own line for it (sep=;), and what parts its values."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first) == 5:
        return rest, first[4]
    counts = [{mark: line.count(mark) for mark in _SEPARATORS} for line in _lines(text)]
    if not counts:
        return text, ","
    # The mark that stands in the most lines; of equals the one that stands there most often, then the comma.
    best = max(
        _SEPARATORS,
        key=lambda mark: (sum(c[mark] > 0 for c in counts), sum(c[mark] for c in counts[:1]), mark == ","),
    )
    return text, best


def _lines(text: str) -> Iterator[str]:
    """Yield the first lines without what is quoted in them."""
    sample = text[:_SAMPLE]
    bare = "".join(sample.split('"')[::2])
    for line in bare.split("\n")[:_MOST_LINES]:
        if line:
            yield line


def _is_unclosed(text: str) -> bool:
    return text.count('"') % 2 == 1
