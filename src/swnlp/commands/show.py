"""`swnlp show`: the sentences behind an edge."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from swnlp.commands.errors import told
from swnlp.commands.options import Folder, Json
from swnlp.commands.output import Output


def show(
    folder: Folder,
    a: Annotated[str, typer.Argument(help="名称、别名或 id。 A name, an alias or an id.")],
    b: Annotated[str, typer.Argument(help="另一个。 Another.")],
    as_json: Json = False,
) -> None:
    """显示两个实体同句出现的原文。 Show the sentences in which two entities co-occur."""
    with told(folder):
        from swnlp.analysis import open_analysis
        from swnlp.report.sentences import show_evidence

        analysis = open_analysis(folder)

        def values() -> Any:  # noqa: ANN401
            # Imported here, since it imports pandas, which takes as long as the rest.
            from swnlp.report.machine import evidence_values

            return evidence_values(analysis, a, b)

        Output("show", as_json=as_json).give(lambda console: show_evidence(analysis, a, b, console), values)
