"""`swnlp show`: the sentences behind an edge."""

from __future__ import annotations

from typing import Annotated

import typer

from swnlp.commands.errors import told
from swnlp.commands.options import Folder


def show(
    folder: Folder,
    a: Annotated[str, typer.Argument(help="名称、别名或 id。 A name, an alias or an id.")],
    b: Annotated[str, typer.Argument(help="另一个。 Another.")],
) -> None:
    """显示两个实体同句出现的原文。 Show the sentences in which two entities co-occur."""
    with told(folder):
        from rich.console import Console

        from swnlp.analysis import open_analysis
        from swnlp.report.terminal import show_evidence

        show_evidence(open_analysis(folder), a, b, Console(highlight=False))
