"""`swnlp analyze`: reports in, tables and the graph out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from swnlp.commands.choose import choose
from swnlp.commands.errors import told
from swnlp.commands.options import (
    ChosenScheme,
    Codes,
    Json,
    Meta,
    Model,
    Names,
    Ner,
    PathPattern,
    Paths,
    Quiet,
    SettingsFile,
    TextColumn,
)
from swnlp.commands.output import Output
from swnlp.commands.progress import progress_bar
from swnlp.settings import DEFAULTS, SegmenterName, View, Window


def analyze(
    paths: Paths,
    out: Annotated[Path, typer.Option("--out", "-o", help="结果文件夹。 Result folder.")] = Path("out"),
    lexicon: Names = None,
    scheme: ChosenScheme = None,
    window: Annotated[
        Window | None, typer.Option(help=f"共现窗口。 Unit of co-occurrence. [default: {DEFAULTS.window}]")
    ] = None,
    view: Annotated[
        View | None, typer.Option(help=f"网络视图。 Which pairs the graph shows. [default: {DEFAULTS.view}]")
    ] = None,
    min_count: Annotated[
        int | None,
        typer.Option(min=1, help=f"边的最低共现次数。 Least co-occurrences. [default: {DEFAULTS.min_count}]"),
    ] = None,
    segmenter: Annotated[
        SegmenterName | None, typer.Option(help=f"分词器。 Word segmenter. [default: {DEFAULTS.segmenter}]")
    ] = None,
    model: Model = None,
    ner: Ner = None,
    codes: Codes = None,
    codings: Annotated[
        Path | None,
        typer.Option(help="人工编码（swnlp codebook 的 final.csv）。 Codes that people gave (final.csv)."),
    ] = None,
    text_column: TextColumn = None,
    meta: Meta = None,
    path_pattern: PathPattern = None,
    corrections: Annotated[
        Path | None,
        typer.Option(help="swnlp check --read 写出的更正文件。 Corrections that swnlp check --read wrote."),
    ] = None,
    keep_duplicates: Annotated[
        bool | None,
        typer.Option(
            "--keep-duplicates/--no-keep-duplicates", help="转载也计数。 Count reprints too. [default: no]"
        ),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="进程数。 Processes. [default: the cores]", show_default=False)
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="Dask 调度器地址。 Address of a Dask scheduler (tcp://...).")
    ] = None,
    memory: Annotated[
        str, typer.Option(help="汇总可用的内存，超出写到磁盘。 Memory for counting; more spills.")
    ] = "256MB",
    settings: SettingsFile = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """分析报告，写出数据表与网络。 Analyse reports; write tables and the graph."""
    with told(out):
        from swnlp.report.machine import summary_values
        from swnlp.report.page import PAGE, attempt_page
        from swnlp.report.terminal import summary
        from swnlp.workflow import analyze as run

        chosen = choose(
            paths, settings, lexicon=lexicon, scheme=scheme, window=window, view=view, min_count=min_count,
            segmenter=segmenter, model=model, ner=ner, codes=codes, codings=codings, text_column=text_column,
            meta=meta, path_pattern=path_pattern, corrections=corrections, keep_duplicates=keep_duplicates,
        )  # fmt: skip
        with progress_bar(quiet) as progress:
            analysis = run(
                paths,
                out,
                settings=chosen.settings,
                settings_file=chosen.path,
                lexicon=chosen.lexicon,
                workers=workers or os.cpu_count() or 1,
                scheduler=scheduler,
                memory=memory,
                progress=progress,
            )
        problem = attempt_page(analysis)
        Output("analyze", as_json, quiet).give(
            lambda console: console.print(summary(analysis, problem)), lambda: summary_values(analysis)
        )
    if failed := [*analysis.run["failed"], *([PAGE] if problem else ())]:
        typer.echo(f"没有写出 not written: {'、'.join(failed)}", err=True)
        raise typer.Exit(3)
