"""`swnlp analyze`: reports in, tables and the graph out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from swnlp.errors import OutputError
from swnlp.settings import DEFAULTS, SegmenterName, Settings, View, Window

if TYPE_CHECKING:
    from rich.console import RenderableType

    from swnlp.analysis import Analysis
    from swnlp.records import Problem


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
    per_corpus: Annotated[
        bool,
        typer.Option(
            "--per-corpus",
            help="每个带 corpus.toml 的文件夹各得一个结果：OUT/名称。 A result for each folder with a corpus.toml.",
        ),
    ] = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """分析报告，写出数据表与网络。 Analyse reports; write tables and the graph."""
    with told(out):
        from swnlp.report.machine import summary_values
        from swnlp.report.page import PAGE, attempt_page
        from swnlp.workflow import analyze as run

        chosen = choose(
            paths, settings, lexicon=lexicon, scheme=scheme, window=window, view=view, min_count=min_count,
            segmenter=segmenter, model=model, ner=ner, codes=codes, codings=codings, text_column=text_column,
            meta=meta, path_pattern=path_pattern, corrections=corrections, keep_duplicates=keep_duplicates,
        )  # fmt: skip
        where = _per_corpus(paths, out, chosen.settings) if per_corpus else {"": (paths, out)}
        found: dict[str, Analysis] = {}
        problems: dict[str, Problem | None] = {}
        for name, (given, folder) in where.items():
            with progress_bar(quiet) as progress:
                found[name] = run(
                    given,
                    folder,
                    settings=chosen.settings,
                    settings_file=chosen.path,
                    lexicon=chosen.lexicon,
                    workers=workers or os.cpu_count() or 1,
                    scheduler=scheduler,
                    memory=memory,
                    progress=progress,
                )
            problems[name] = attempt_page(found[name])
        Output("analyze", as_json, quiet).give(
            lambda console: console.print(*_shown(found, problems), sep="\n"),
            lambda: (
                {"corpora": {name: summary_values(analysis) for name, analysis in found.items()}}
                if per_corpus
                else summary_values(found[""])
            ),
        )
    if failed := [
        *(f"{analysis.folder / file}" for analysis in found.values() for file in analysis.run["failed"]),
        *(f"{found[name].folder / PAGE}" for name, problem in problems.items() if problem),
    ]:
        typer.echo(f"没有写出 not written: {'、'.join(failed)}", err=True)
        raise typer.Exit(3)


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


def _shown(found: Mapping[str, Analysis], problems: Mapping[str, Problem | None]) -> Iterator[RenderableType]:
    """Yield the summary of each result, under its corpus's name if it has one; then where they all are."""
    from rich.rule import Rule
    from rich.text import Text

    from swnlp.report.terminal import summary

    for name, analysis in found.items():
        if name:
            yield Rule(Text(f"语料 corpus: {name}", "bold"))
        yield summary(analysis, problems[name])
    if "" not in found:
        # The first has run off the screen by now.
        yield Text(f"\n{len(found)} 个语料，各得一个结果   a result for each corpus:")
        yield from (Text(f"  {analysis.folder}", overflow="fold") for analysis in found.values())
