"""`swnlp kwic`: words in context, on the screen or as a table."""

from __future__ import annotations

from typing import Annotated

import typer

from swnlp.commands.errors import told
from swnlp.commands.options import CsvOut, Folder


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
) -> None:
    """语境索引：每一处提及及其左右文。 Concordance: every place where an entity or words stand, in context."""
    with told(folder):
        from rich.console import Console

        from swnlp.analysis import open_analysis
        from swnlp.report.concordance import concordance_report

        found = open_analysis(folder).kwic(query, width)
        if out is not None:
            import pyarrow as pa

            from swnlp.export import write_table_csv

            write_table_csv(pa.Table.from_pandas(found, preserve_index=False), out)
        console = Console(highlight=False)
        for line in concordance_report(found, query, top=top, width=width, colour=console.is_terminal):
            console.print(line, soft_wrap=True)
        if out is not None:
            console.print(f"已写入 {out}  written there", markup=False, soft_wrap=True)
