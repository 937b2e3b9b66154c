"""`swnlp report`: the report page of a result, written again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from swnlp.commands.errors import told
from swnlp.commands.options import Folder, Json, Quiet
from swnlp.commands.output import Output


def report(
    folder: Folder,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="网页文件。 Where to. [default: OUT/report.html]")
    ] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """重新生成结果网页。 Write the report page of a result again."""
    with told(folder):
        from swnlp.analysis import open_analysis
        from swnlp.report.page import PAGE, write_page

        path = out or folder / PAGE
        write_page(open_analysis(folder), path)
    Output("report", as_json, quiet).give(
        lambda console: typer.echo(f"{path}: 已生成，用浏览器打开 / written: open it in a browser"),
        lambda: {"files": [str(path)]},
    )
