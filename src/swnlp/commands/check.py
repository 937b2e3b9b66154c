"""`swnlp check`: a sample for a person to judge, and what the judgement says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from swnlp.commands.errors import told
from swnlp.commands.options import Folder

# As validation.sample.Of, which would be slow to import here.
Of = Literal["mentions", "links", "edges", "indicators"]


def check(
    folder: Folder,
    n: Annotated[int, typer.Option("--n", "-n", min=1, help="抽几处。 How many to draw.")] = 200,
    of: Annotated[
        Of,
        typer.Option(help="抽查什么：提及、归并、共现（边）、指标。 What is judged."),
    ] = "mentions",
    seed: Annotated[int, typer.Option(min=0, help="随机种子。 Seed of the sample.")] = 0,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="写入的 .xlsx。 Where to. [default: 抽查-OF.xlsx]", show_default=False
        ),
    ] = None,
    read: Annotated[
        list[Path] | None,
        typer.Option(
            "--read", metavar="FILE", help="读回填好的表（.xlsx、.csv）。 Read a filled-in sheet back."
        ),
    ] = None,
    corrections: Annotated[
        Path | None,
        typer.Option(
            help="更正写入的文件。 Where corrections go. [default: OUT/corrections.csv]", show_default=False
        ),
    ] = None,
) -> None:
    """抽样人工核对：写出抽查表；读回后给出精确率、召回率与更正。 Check by sample: precision, recall, corrections."""
    with told(folder):
        from rich.console import Console

        from swnlp.analysis import open_analysis
        from swnlp.report.checks import drawn_lines, reading_report

        console = Console(highlight=False)
        analysis = open_analysis(folder)
        if not read:
            from swnlp.validation import write_check

            path = out or Path(f"抽查-{of}.xlsx")
            for line in drawn_lines(write_check(analysis, path, of=of, n=n, seed=seed), path, folder):
                console.print(line, markup=False, soft_wrap=True)
            return
        from swnlp.validation import read_check, write_check_record, write_corrections

        reading = read_check(analysis, read)
        where = corrections or folder / "corrections.csv"
        kept = write_corrections(where, reading.corrections) if reading.corrections else None
        files = write_check_record(folder, reading)
        console.print(
            reading_report(reading, analysis, files, kept=kept, where=where),
            soft_wrap=not console.is_terminal,
        )
