"""A hook of mkdocs: puts the tables of swnlp.schema, with what each column means, where a page asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from swnlp import schema

MARK = "<!-- tables of swnlp.schema -->"


def on_page_markdown(markdown: str, **_: Any) -> str:  # noqa: ANN401
    """Return a page's text with the tables in it; mkdocs calls this for each page."""
    return markdown.replace(MARK, "\n".join(_lines())) if MARK in markdown else markdown


def _lines() -> Iterator[str]:
    for name, table in vars(schema).items():
        if isinstance(table, pa.Schema) and not name.startswith("_"):
            yield from (f"### {name}", "", "| column | type | meaning |", "|---|---|---|")
            for field in table:
                meaning = (field.metadata or {}).get(b"meaning", b"").decode().replace("|", "\\|")
                yield f"| `{field.name}` | {field.type} | {meaning} |"
            yield ""
