"""`swnlp indicators`: one indicator across places and years."""

from __future__ import annotations

from typing import Annotated

import typer

from swnlp.commands.errors import told
from swnlp.commands.options import Folder


def indicators(
    folder: Folder,
    subject: Annotated[
        str | None,
        typer.Option(
            help="指标，如 持证社工；不给则列出有哪些。 What is counted; without it, what there is."
        ),
    ] = None,
) -> None:
    """对比各地各年的同一指标。 Line up one indicator across places and years."""
    with told(folder):
        from rich.console import Console

        from swnlp.analysis import open_analysis
        from swnlp.report.indicators import show_indicators

        show_indicators(open_analysis(folder), subject, Console(highlight=False))
