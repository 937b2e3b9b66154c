"""Numbers as text: one format for every table, so that two runs can be compared line by line."""

from __future__ import annotations

from collections.abc import Sequence

from bench.measure import Spread

NONE = "–"


def markdown(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table: the first column to the left, the others to the right."""
    marks = ["---", *["--:"] * (len(header) - 1)]
    return "\n".join("| " + " | ".join(row) + " |" for row in (header, marks, *rows))


def seconds(value: Spread) -> str:
    return f"{value.median:.2f} ({value.least:.2f}–{value.most:.2f})"


def ratio(value: Spread) -> str:
    # Slow things need no decimals, fast ones three.
    digits = 1 if value.median >= 10 else 3
    return f"{value.median:.{digits}f} ({value.least:.{digits}f}–{value.most:.{digits}f})"


def rate(value: float) -> str:
    return f"{value:,.0f}"


def megabytes(value: float) -> str:
    return f"{value / 1e6:,.0f}" if value else NONE
