"""`swnlp indicators`: one indicator across places and years."""

from __future__ import annotations

from typing import Annotated

import typer

from swnlp.commands.errors import told
from swnlp.commands.options import Folder, Json
from swnlp.commands.output import Output


def indicators(
    folder: Folder,
    subject: Annotated[
        str | None,
        typer.Option(
            help="指标，如 持证社工；不给则列出有哪些。 What is counted; without it, what there is."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """对比各地各年的同一指标。 Line up one indicator across places and years."""
    with told(folder):
        from swnlp.analysis import open_analysis
        from swnlp.report.indicators import show_indicators
        from swnlp.report.machine import indicator_values

        analysis = open_analysis(folder)
        Output("indicators", as_json=as_json).give(
            lambda console: show_indicators(analysis, subject, console),
            lambda: indicator_values(analysis, subject),
        )
