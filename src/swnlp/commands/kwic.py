"""`swnlp kwic`: words in context, on the screen or as a table."""

from __future__ import annotations

from typing import Annotated

import typer

from swnlp.commands.errors import told
from swnlp.commands.options import CsvOut, Folder, Json, Quiet
from swnlp.commands.output import Output


def kwic(
    folder: Folder,
    query: Annotated[
        str,
        typer.Argument(
            metavar="QUERY",
            help="实体的名称、别名或 id，否则按字面查找。 An entity, else words as they stand.",
        ),
    ],
    width: Annotated[int, typer.Option(min=0, help="左右各几个字。 Characters on each side.")] = 20,
    top: Annotated[int, typer.Option(min=1, help="屏幕上最多几行。 How many lines to show.")] = 100,
    out: CsvOut = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """语境索引：每一处提及及其左右文。 Concordance: every place where an entity or words stand, in context."""
    with told(folder):
        from swnlp.analysis import open_analysis
        from swnlp.content.files import write_frame
        from swnlp.report.concordance import show_concordance
        from swnlp.report.machine import rows_of

        found = open_analysis(folder).kwic(query, width)
        Output("kwic", as_json, quiet).give(
            lambda console: show_concordance(found, query, console, top=top, width=width),
            lambda: {"query": query, "rows": rows_of(found)},
            [write_frame(found, out)] if out is not None else [],
        )
