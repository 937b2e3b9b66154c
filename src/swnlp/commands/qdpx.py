"""`swnlp qdpx`: codings to and from NVivo, ATLAS.ti and MAXQDA."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from swnlp.commands.errors import told
from swnlp.commands.options import Folder

# As coding.units.UnitKind, which would be slow to import here.
UnitKind = Literal["sentence", "paragraph"]


def qdpx(
    folder: Folder,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            help="导出到的 .qdpx；读入时是写入各表的文件夹。 The .qdpx to write; with --read a folder for the tables.",
        ),
    ],
    codings: Annotated[
        list[Path] | None,
        typer.Option(
            "--codings",
            metavar="FILE",
            help="编码员的表（可多次）；不给则导出提及。 Coders' workbooks to export. [default: mentions]",
            show_default=False,
        ),
    ] = None,
    book: Annotated[
        Path | None, typer.Option("--codebook", help="编码表，表中没有时给出。 Codebook, if not in them.")
    ] = None,
    read: Annotated[
        Path | None,
        typer.Option(
            "--read", metavar="FILE.qdpx", help="读入其他软件的项目。 Read a project of another program."
        ),
    ] = None,
    unit: Annotated[
        UnitKind, typer.Option(help="读入时以什么为单元计算信度。 Unit of agreement.")
    ] = "sentence",
) -> None:
    """与 NVivo、ATLAS.ti、MAXQDA 交换编码（REFI-QDA .qdpx）。 Exchange codings with other programs."""
    with told(folder):
        from rich.console import Console

        from swnlp.analysis import open_analysis
        from swnlp.coding import read_codebook
        from swnlp.coding.exchange import export_project, import_project, over_units, sources_of

        console = Console(highlight=False)
        analysis = open_analysis(folder)
        if read is None:
            count = export_project(analysis, out, codings or (), read_codebook(book) if book else None)
            console.print(
                f"{count} 处编码，已写入 {out}  codings written there", markup=False, soft_wrap=True
            )
            return
        from swnlp.coding import units_of, write_codings
        from swnlp.report.coding import reliability_report

        imported = import_project(analysis, read)
        texts = {source.doc_id: source.text for source in sources_of(analysis)}
        path = write_codings(imported.codings, texts, out / "codings.csv")
        console.print(f"读入 {len(imported.codings)} 处编码  codings read", markup=False)
        for trouble in imported.troubles:
            console.print(f"未读 not read: {trouble}", markup=False, soft_wrap=True, style="yellow")
        coded = over_units(imported, units_of(analysis, unit))
        console.print(reliability_report(coded, [path], 0), soft_wrap=not console.is_terminal)
