"""`swnlp analyze`: reports in, tables and the graph out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
from swnlp.errors import OutputError
from swnlp.settings import DEFAULTS, SegmenterName, Settings, View, Window

if TYPE_CHECKING:
    from swnlp.analysis import Analysis


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
    per_corpus: Annotated[
        bool,
        typer.Option(
            "--per-corpus",
            help="每个带 corpus.toml 的文件夹各得一个结果：OUT/名称。 A result for each folder with a corpus.toml.",
        ),
    ] = False,
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
        "codings": str(codings) if codings else None,
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
        where = _per_corpus(paths, out, chosen) if per_corpus else {"": (paths, out)}
        from swnlp.workflow import analyze as run

        for name, (given, folder) in where.items():
            with progress_bar(quiet) as progress:
                analysis = run(
                    given,
                    folder,
                    settings=chosen,
                    lexicon=lexicon,
                    workers=workers or os.cpu_count() or 1,
                    scheduler=scheduler,
                    memory=memory,
                    progress=progress,
                )
            from swnlp.report.page import refresh_page

            refresh_page(analysis)
            if not quiet:
                _show(analysis, name)
    if per_corpus and not quiet:
        _show_folders([folder for _, folder in where.values()])


def _per_corpus(
    paths: Sequence[str], out: Path, settings: Settings
) -> dict[str, tuple[Sequence[str | Path], Path]]:
    """Return what is analysed for each corpus, and where its result goes.

    Raises:
        CorpusError: If there is no corpus.
        OutputError: If `out` is a result itself: one result in another would be taken for a part of it.
    """
    from swnlp.read import find_corpora
    from swnlp.store import MARKER

    if (out / MARKER).exists():
        raise OutputError(
            f"{out}: 已是一个结果，不能再放入各语料的结果；请换一个 -o，或先删除它。 "
            "Is a result itself: choose another -o, or delete it first."
        )
    found = find_corpora(paths, settings)
    if found.others:
        typer.echo(
            f"有 {found.others} 个文件不在任何带 corpus.toml 的文件夹里，未分析。 "
            f"{found.others} files belong to no folder with a corpus.toml; they are not analysed.",
            err=True,
        )
    return {name: ([folder], out / name) for name, folder in found.folders.items()}


def _show(analysis: Analysis, name: str) -> None:
    """Print the summary of a result, under its corpus's name if it has one."""
    from rich.console import Console
    from rich.rule import Rule
    from rich.text import Text

    from swnlp.report.terminal import summary

    console = Console()
    if name:
        console.print()
        console.print(Rule(Text(f"语料 corpus: {name}", "bold")))
    console.print(summary(analysis))


def _show_folders(folders: Sequence[Path]) -> None:
    """Say where the results of all corpora are, since the first has run off the screen."""
    typer.echo(f"\n{len(folders)} 个语料，各得一个结果   a result for each corpus:")
    for folder in folders:
        typer.echo(f"  {folder}")
