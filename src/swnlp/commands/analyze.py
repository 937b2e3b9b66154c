"""`swnlp analyze`: reports in, tables and the graph out."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from swnlp.commands.errors import told
from swnlp.commands.options import (
    Codes,
    Meta,
    Model,
    Names,
    Ner,
    PathPattern,
    Paths,
    SettingsFile,
    TextColumn,
)
from swnlp.commands.progress import progress_bar
from swnlp.settings import DEFAULTS, SegmenterName, Settings, View, Window


def analyze(
    paths: Paths,
    out: Annotated[Path, typer.Option("--out", "-o", help="结果文件夹。 Result folder.")] = Path("out"),
    lexicon: Names = None,
    scheme: Annotated[
        str | None, typer.Option(help=f"联动框架。 Linkage scheme. [default: {DEFAULTS.scheme}]")
    ] = None,
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
    text_column: TextColumn = None,
    meta: Meta = None,
    path_pattern: PathPattern = None,
    corrections: Annotated[
        Path | None,
        typer.Option(help="swnlp check --read 写出的更正文件。 Corrections that swnlp check --read wrote."),
    ] = None,
    keep_duplicates: Annotated[
        bool, typer.Option("--keep-duplicates", help="转载也计数。 Count reprints too.")
    ] = False,
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
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="不显示进度与摘要。 No progress, no summary.")
    ] = False,
) -> None:
    """分析报告，写出数据表与网络。 Analyse reports; write tables and the graph."""
    options: dict[str, Any] = {
        "scheme": scheme,
        "window": window,
        "view": view,
        "min_count": min_count,
        "segmenter": segmenter,
        "model": str(model) if model else None,
        "ner": ner,
        "codes": str(codes) if codes else None,
        "text_column": text_column,
        "meta": str(meta) if meta else None,
        "path_pattern": path_pattern,
        "corrections": str(corrections) if corrections else None,
        "keep_duplicates": keep_duplicates or None,
    }
    with told(out):
        chosen = Settings.from_toml(settings) if settings else DEFAULTS
        chosen = replace(chosen, **{name: value for name, value in options.items() if value is not None})
        from swnlp.workflow import analyze as run

        with progress_bar(quiet) as progress:
            analysis = run(
                paths,
                out,
                settings=chosen,
                lexicon=lexicon,
                workers=workers or os.cpu_count() or 1,
                scheduler=scheduler,
                memory=memory,
                progress=progress,
            )
        from swnlp.report.page import PAGE, attempt_page

        problem = attempt_page(analysis)
    if not quiet:
        from rich.console import Console

        from swnlp.report.terminal import summary

        Console().print(summary(analysis, problem))
    if failed := [*analysis.run["failed"], *([PAGE] if problem else ())]:
        typer.echo(f"没有写出 not written: {'、'.join(failed)}", err=True)
        raise typer.Exit(3)
