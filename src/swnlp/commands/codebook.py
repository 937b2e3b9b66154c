"""`swnlp codebook`: units for several coders, and how far they agree."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from swnlp.commands.errors import told
from swnlp.commands.options import Folder

# As coding.units.UnitKind, which would be slow to import here.
UnitKind = Literal["sentence", "paragraph"]


def codebook(
    folder: Folder,
    out: Annotated[
        Path, typer.Option("--out", "-o", help="写入的文件夹。 Folder for the coders' files and the results.")
    ] = Path("编码"),
    coders: Annotated[
        str, typer.Option(help="编码员的名字，逗号隔开。 Names of the coders, by commas.")
    ] = "A,B",
    unit: Annotated[UnitKind, typer.Option(help="编码单元：句或段。 What is coded.")] = "sentence",
    n: Annotated[
        int | None,
        typer.Option(
            "--n",
            "-n",
            min=1,
            help="随机抽几个单元；默认全部。 Units, at random. [default: all]",
            show_default=False,
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="随机种子。 Seed of the draw.")] = 0,
    book: Annotated[
        Path | None,
        typer.Option(
            "--codebook",
            help="编码表（.csv、.xlsx：类目,编码,说明,提示词,多选；或规则 .toml）。 Codebook. [default: actors and status]",
            show_default=False,
        ),
    ] = None,
    suggest: Annotated[
        bool, typer.Option("--suggest/--no-suggest", help="给出建议的编码。 Suggest codes.")
    ] = True,
    read: Annotated[
        list[Path] | None,
        typer.Option(
            "--read",
            metavar="FILE",
            help="读回编码员的文件（可多次），及裁定后的 分歧.xlsx。 Read coders' files back.",
        ),
    ] = None,
) -> None:
    """人工编码：写出各编码员的表；读回后给出信度、分歧与一致的编码。 Human coding: sheets, agreement, differences."""
    with told(folder):
        from rich.console import Console

        from swnlp.analysis import open_analysis
        from swnlp.coding import read_codebook
        from swnlp.report.coding import coders_lines, reliability_report

        console = Console(highlight=False)
        analysis = open_analysis(folder)
        if not read:
            from swnlp.coding import hand_out

            names = coders.replace("，", ",").split(",")
            paths, units = hand_out(
                analysis, out, coders=names, unit=unit, n=n, seed=seed, codebook=book, suggest=suggest
            )
            for line in coders_lines(paths, units, folder):
                console.print(line, markup=False, soft_wrap=True)
            return
        from swnlp.coding import collect

        coded, files, open_ones = collect(read, out, read_codebook(book) if book else None)
        console.print(reliability_report(coded, files, open_ones), soft_wrap=not console.is_terminal)
