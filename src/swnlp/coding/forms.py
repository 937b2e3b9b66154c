"""The sheets of human coding: units with a column of each category, and what coders differ on."""

from __future__ import annotations

from collections.abc import Sequence

from swnlp.coding.scheme import NONE, Codebook
from swnlp.forms import Column, Form


def units_form(book: Codebook, *, suggested: bool = False) -> Form:
    """Return the form of units to code: a column of each category, after that of what is suggested."""
    asked: list[Column] = []
    for category in book:
        if suggested:
            asked.append(Column(f"hint:{category.name}", f"建议·{category.name}", "suggested", width=16))
        choices = (*category.names, NONE)
        asked.append(Column(f"code:{category.name}", category.name, category.name, "asked", 18, choices))
    return Form(
        "单元 units",
        (
            Column("number", "单元", "unit", width=10, needed=True),
            Column("path", "文献", "document", width=18),
            Column("section", "章节", "section", width=14),
            Column("text", "原文", "text", width=70),
            *asked,
            Column("note", "备注", "note", "asked", 24),
            Column("doc_id", "文献号", "doc_id", "kept", needed=True),
            Column("start", "起", "start", "kept", needed=True),
            Column("end", "止", "end", "kept", needed=True),
            Column("coder", "编码员", "coder", "kept"),
        ),
    )


def differences_form(coders: Sequence[str] = ()) -> Form:
    """Return the form of what coders differ on; the columns of the coders are only shown."""
    return Form(
        "分歧 differences",
        (
            Column("number", "单元", "unit", width=10, needed=True),
            Column("path", "文献", "document", width=18),
            Column("text", "原文", "text", width=70),
            Column("category", "类目", "category", width=14, needed=True),
            *(Column(f"coder:{name}", f"编码员 {name}", f"编码员 {name}", width=18) for name in coders),
            Column("decision", "裁定", "decision", "asked", 20, needed=True),
            Column("note", "备注", "note", "asked", 24),
            Column("doc_id", "文献号", "doc_id", "kept", needed=True),
            Column("start", "起", "start", "kept", needed=True),
            Column("end", "止", "end", "kept", needed=True),
        ),
    )
