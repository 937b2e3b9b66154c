"""`swnlp codes`: a researcher's own codes, counted and crossed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from swnlp.commands.errors import told
from swnlp.commands.options import Folder

# The units of content.codes.UNITS, which would be slow to import here.
Unit = Literal["sentence", "paragraph", "section", "document"]


def codes(
    folder: Folder,
    book: Annotated[
        Path | None,
        typer.Argument(
            metavar="[CODES.toml]",
            help="编码表；不给则用 analyze --codes 的。 Codebook. [default: the run's]",
            show_default=False,
        ),
    ] = None,
    rows: Annotated[
        str | None, typer.Option(help="交叉表的行：一组编码的名称。 Group of codes for the rows of a table.")
    ] = None,
    columns: Annotated[
        str | None, typer.Option(help="交叉表的列；默认同行。 Group for the columns. [default: the same]")
    ] = None,
    unit: Annotated[
        Unit, typer.Option(help="交叉表以什么为单位。 What counts once in that table.")
    ] = "sentence",
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="写入各表与全部编码句子的文件夹。 Folder for all tables."),
    ] = None,
) -> None:
    """自定义编码：每个编码的频次、句数、篇数，编码交叉表，全部编码句子。 Your own codes: counts, cross table, sentences."""
    with told(folder):
        from rich.console import Console

        from swnlp.analysis import open_analysis
        from swnlp.content.files import write_frame
        from swnlp.report.codes import codes_report, cross_report

        coded = open_analysis(folder).coding(book)
        console = Console(highlight=False)
        console.print(codes_report(coded), soft_wrap=not console.is_terminal)
        tables = {"codes": coded.counts, "coded": coded.sentences}
        if rows is not None or columns is not None:
            table = coded.crosstab(rows or columns, columns or rows, unit=unit)
            console.print(cross_report(table, unit), soft_wrap=not console.is_terminal)
            tables["crosstab"] = table.rename_axis(columns=None).reset_index()
        if out is not None:
            for name, table in tables.items():
                path = write_frame(table, out / f"{name}.csv")
                console.print(f"已写入 {path}  written", markup=False, soft_wrap=True)
