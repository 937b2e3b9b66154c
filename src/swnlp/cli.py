"""The `swnlp` command: arguments in, exit codes out; the work is in the package.

Exit codes: 0 something was analysed, 1 nothing could be, 2 a wrong call, 3 analysed, but a file of the result could not
be made (its tables are there), 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TextIO

import typer
from typer.core import TyperGroup

from swnlp import __version__
from swnlp.commands.cowords import cowords
from swnlp.commands.errors import told as _errors
from swnlp.commands.keyness import keyness
from swnlp.commands.keywords import keywords
from swnlp.commands.kwic import kwic
from swnlp.commands.lexicon import lexicon_app
from swnlp.commands.topics import topics
from swnlp.errors import SettingsError
from swnlp.settings import DEFAULTS, PairWeight, SegmenterName, Settings, View, Window

if TYPE_CHECKING:
    from swnlp.engine import Progress

# As in gold.files and tag.files, which would be slow to import here.
Format = Literal["swnlp", "conll", "doccano", "label-studio"]
ModelOption = Annotated[
    Path | None, typer.Option("--model", help="swnlp train 写出的模型。 Model that swnlp train wrote.")
]
NerOption = Annotated[
    str | None,
    typer.Option(
        "--ner",
        help="补充人名、地名、机构名的模型：lac 或 spacy:名称。 Model for more people, places, bodies: lac, spacy:NAME.",
    ),
]
TextColumnOption = Annotated[
    str | None,
    typer.Option("--text-column", help="表格中正文一列的列名。 Column of tables that holds the text."),
]
MetaOption = Annotated[
    Path | None,
    typer.Option(
        "--meta", help="你自己的文献信息表（CSV，按路径合并）。 Your own columns, joined by path (CSV)."
    ),
]
PathPatternOption = Annotated[
    str | None,
    typer.Option("--path-pattern", help='路径含义，如 "{year}/{city}.txt"。 What parts of the paths mean.'),
]
TagFormat = Literal["html", "jsonl", "conll", "doccano"]

# In the order in which they are used; what is not named here comes last.
_ORDER = (
    "analyze", "report", "show", "read", "graph", "kwic", "indicators", "keyness", "keywords", "cowords", "topics",
    "lexicon", "tag", "evaluate", "train",
)  # fmt: skip


class _InOrder(TyperGroup):
    """The commands as a newcomer meets them."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401  (typer brings a click of its own)
        known = super().list_commands(ctx)
        return sorted(known, key=lambda name: _ORDER.index(name) if name in _ORDER else len(_ORDER))


app = typer.Typer(
    cls=_InOrder,
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    help="从一批城市报告到实体、证据与共现网络。 From a folder of Chinese city reports to entities, evidence and a graph.",
)

_STAGES = {
    "map": "分析 analysing",
    "reduce": "汇总 counting",
    "export": "导出 exporting",
    "done": "完成 done",
}

# Commands that ask a finished result; each in a file of its own.
app.command()(keyness)
app.command()(kwic)
app.command()(cowords)
app.command()(topics)
app.command()(keywords)
app.add_typer(lexicon_app, name="lexicon")


def main() -> None:
    """Run the command."""
    # Arrow's own allocator keeps what it frees; over many parts that is a third of the memory of a run.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    for stream in (sys.stdout, sys.stderr):
        _write_chinese(stream)
    app()


def _write_chinese(stream: TextIO) -> None:
    """Write UTF-8 where the system's own encoding has no Chinese (a file or pipe on a Western Windows)."""
    try:
        "五社联动".encode(stream.encoding or "utf-8")
    except UnicodeEncodeError:
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"swnlp {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="版本。 Show the version.")
    ] = False,
) -> None:
    pass


@app.command()
def analyze(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="报告的文件或文件夹。 Files or folders of reports."),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="结果文件夹。 Result folder.")] = Path("out"),
    lexicon: Annotated[
        Path | None, typer.Option(help="自定义词典文件夹。 Folder with your own names, words and schemes.")
    ] = None,
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
    model: ModelOption = None,
    ner: NerOption = None,
    text_column: TextColumnOption = None,
    meta: MetaOption = None,
    path_pattern: PathPatternOption = None,
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
    settings: Annotated[
        Path | None, typer.Option(help="设置文件（TOML）。 Settings file; options override it.")
    ] = None,
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
        "text_column": text_column,
        "meta": str(meta) if meta else None,
        "path_pattern": path_pattern,
        "keep_duplicates": keep_duplicates or None,
    }
    with _errors(out):
        chosen = Settings.from_toml(settings) if settings else DEFAULTS
        chosen = replace(chosen, **{name: value for name, value in options.items() if value is not None})
        from swnlp.workflow import analyze as run

        with _progress(quiet) as progress:
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


@app.command()
def report(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="结果文件夹。 Result folder.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="网页文件。 Where to. [default: OUT/report.html]")
    ] = None,
) -> None:
    """重新生成结果网页。 Write the report page of a result again."""
    with _errors(folder):
        from swnlp.analysis import open_analysis
        from swnlp.report.page import PAGE, write_page

        path = out or folder / PAGE
        write_page(open_analysis(folder), path)
    typer.echo(f"{path}: 已生成，用浏览器打开 / written: open it in a browser")


@app.command()
def read(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="报告的文件或文件夹。 Files or folders of reports."),
    ],
    text: Annotated[
        bool,
        typer.Option(
            "--text", help="显示全文，去除的部分标出。 Show the whole text, what is dropped marked."
        ),
    ] = False,
    text_column: TextColumnOption = None,
    meta: MetaOption = None,
    path_pattern: PathPatternOption = None,
    settings: Annotated[Path | None, typer.Option(help="设置文件（TOML）。 Settings file.")] = None,
) -> None:
    """显示从文件中读出了什么、去除了什么及原因。 Show what is taken from files, and what is dropped and why."""
    options: dict[str, Any] = {
        "text_column": text_column,
        "meta": str(meta) if meta else None,
        "path_pattern": path_pattern,
    }
    with _errors(Path()):
        chosen = Settings.from_toml(settings) if settings else DEFAULTS
        chosen = replace(chosen, **{name: value for name, value in options.items() if value is not None})
        from rich.console import Console

        from swnlp.read import find_files
        from swnlp.report.reading import show_reading

        files, problems = find_files(paths, chosen)
        totals = show_reading(files, problems, chosen, Console(highlight=False), text=text)
    if not totals.documents:
        raise typer.Exit(1)


@app.command()
def show(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="结果文件夹。 Result folder.")],
    a: Annotated[str, typer.Argument(help="名称、别名或 id。 A name, an alias or an id.")],
    b: Annotated[str, typer.Argument(help="另一个。 Another.")],
) -> None:
    """显示两个实体同句出现的原文。 Show the sentences in which two entities co-occur."""
    with _errors(folder):
        from rich.console import Console

        from swnlp.analysis import open_analysis
        from swnlp.report.terminal import show_evidence

        show_evidence(open_analysis(folder), a, b, Console(highlight=False))


@app.command()
def indicators(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="结果文件夹。 Result folder.")],
    subject: Annotated[
        str | None,
        typer.Option(
            help="指标，如 持证社工；不给则列出有哪些。 What is counted; without it, what there is."
        ),
    ] = None,
) -> None:
    """对比各地各年的同一指标。 Line up one indicator across places and years."""
    with _errors(folder):
        from rich.console import Console

        from swnlp.analysis import open_analysis
        from swnlp.report.indicators import show_indicators

        show_indicators(open_analysis(folder), subject, Console(highlight=False))


@app.command()
def graph(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="结果文件夹。 Result folder.")],
    file: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            help="写入的文件，格式看后缀：.gexf .graphml .csv .net（Pajek） .dl（UCINET） .xlsx（邻接矩阵） "
            ".json（VOSviewer）；或一个文件夹。 File to write; its suffix is the format. Or a folder.",
        ),
    ],
    view: Annotated[
        View | None, typer.Option(help="网络视图。 Which pairs the graph shows. [default: the run's]")
    ] = None,
    place: Annotated[
        str | None, typer.Option(help="只算关于此地（及其下辖）的章节。 Only sections about this place.")
    ] = None,
    years: Annotated[
        str | None,
        typer.Option(metavar="YEAR[-YEAR]", help="只算这些年份的文件。 Only documents of these years."),
    ] = None,
    min_count: Annotated[
        int | None, typer.Option(min=1, help="边的最低共现次数。 Least co-occurrences. [default: the run's]")
    ] = None,
    pair_weight: Annotated[
        PairWeight | None,
        typer.Option(
            help="边的权重：full 共现次数，fractional 每次计 1/(k-1)。 Windows, or 1/(k-1) for each. [default: the run's]"
        ),
    ] = None,
    alpha: Annotated[
        float | None,
        typer.Option(
            min=0, max=1, help="只留校正 p 值不超过此值的边。 Keep edges of at most this adjusted p."
        ),
    ] = None,
    backbone: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="骨干网络：差异过滤水平。 Level of the disparity filter."),
    ] = None,
    ego: Annotated[
        str | None, typer.Option(help="只看此实体与其邻居。 Only the neighbourhood of this entity.")
    ] = None,
    intervals: Annotated[
        bool,
        typer.Option("--intervals", help="加每条边的自助法区间。 Add a bootstrap interval of each edge."),
    ] = False,
) -> None:
    """写出一个网络：选地区、年份、显著性、骨干、中心。 Write a network: of a place, of years, tested, thinned out."""
    with _errors(folder):
        from swnlp.analysis import open_analysis
        from swnlp.export import network_files, write_network
        from swnlp.graph import lay_out
        from swnlp.report.network import network_lines, why_empty

        network_files(file)
        analysis = open_analysis(folder)
        found = analysis.graph(
            view=view, place=place, years=_years(years), min_count=min_count, pair_weight=pair_weight,
            alpha=alpha, backbone=backbone, ego=ego, intervals=intervals,
        )  # fmt: skip
        laid_out = lay_out(found, seed=analysis.settings.seed, engine=analysis.settings.graph_engine)
        narrowed = any(given is not None for given in (place, years, min_count, alpha, backbone))
        empty = why_empty(analysis, view, narrowed=narrowed)
        for line in network_lines(found, write_network(found, file), empty=empty, laid_out=laid_out):
            typer.echo(line)


def _years(given: str | None) -> tuple[int, int] | None:
    """Return the first and last year of 2021 or 2019-2023."""
    if given is None:
        return None
    found = re.fullmatch(r"(\d{4})(?:[-–—~～:](\d{4}))?", given.strip())
    if found is None:
        raise SettingsError(f"--years: {given!r} 应为 2021 或 2019-2023 / should be 2021 or 2019-2023")
    return int(found[1]), int(found[2] or found[1])


@app.command()
def evaluate(
    gold: Annotated[
        list[Path],
        typer.Argument(
            metavar="GOLD...",
            help="标注文件：swnlp JSON/JSONL、CoNLL、Doccano、Label Studio。 Annotated files in any of these formats.",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="另存为 CSV 与 JSON 的文件夹。 Folder for CSV and JSON."),
    ] = None,
    format_: Annotated[
        Format | None, typer.Option("--format", help="标注格式。 Format of the files. [default: by content]")
    ] = None,
    labels: Annotated[
        str | None,
        typer.Option(help="只算这些标签，如 PLACE,ORG。 Labels that count. [default: all annotated]"),
    ] = None,
    errors: Annotated[int, typer.Option(min=0, help="列出几处错误。 How many mistakes to list.")] = 20,
    lexicon: Annotated[
        Path | None, typer.Option(help="自定义词典文件夹。 Folder with your own names, words and schemes.")
    ] = None,
    scheme: Annotated[str, typer.Option(help="联动框架。 Linkage scheme.")] = DEFAULTS.scheme,
    model: ModelOption = None,
    ner: NerOption = None,
) -> None:
    """对照标注计算精确率、召回率与 F1，列出错误。 Score the names found against annotated texts; list mistakes."""
    with _errors(out or Path()):
        from rich.console import Console

        from swnlp.evaluate import evaluate as run
        from swnlp.lexicon.tables import known_label
        from swnlp.report.scores import evaluation_report

        wanted = (
            [known_label(label.strip()) for label in labels.split(",") if label.strip()] if labels else None
        )
        result = run(
            gold, format=format_, labels=wanted, lexicon=lexicon, scheme=scheme, model=model, ner=ner
        )
        if out is not None:
            result.write(out)
        console = Console(highlight=False)
        console.print(evaluation_report(result, errors), soft_wrap=not console.is_terminal)
        if out is not None:
            console.print(
                f"已写入 {out}：scores.csv、mistakes.csv、evaluation.json  written there",
                markup=False, soft_wrap=True,
            )  # fmt: skip


@app.command()
def tag(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="报告的文件或文件夹。 Files or folders of reports."),
    ],
    format_: Annotated[
        TagFormat,
        typer.Option(
            "--format", help="输出格式；html 供阅读，其余供标注软件与程序。 html to look at, others to use."
        ),
    ],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="写入的文件。 File to write. [default: the terminal]")
    ] = None,
    lexicon: Annotated[
        Path | None, typer.Option(help="自定义词典文件夹。 Folder with your own names, words and schemes.")
    ] = None,
    scheme: Annotated[str, typer.Option(help="联动框架。 Linkage scheme.")] = DEFAULTS.scheme,
    model: ModelOption = None,
    ner: NerOption = None,
) -> None:
    """标出文中的名称。 Write the text of reports with the names in it."""
    with _errors(out or Path()):
        from swnlp.tag import formatted, tag_files, write_tagged

        tagged = tag_files(
            paths,
            lambda problem: typer.echo(f"{problem.path}: {problem.message}", err=True),
            settings=replace(DEFAULTS, scheme=scheme, ner=ner),
            lexicon=lexicon,
            model=model,
        )
        if out is not None:
            write_tagged(tagged, format_, out)
        else:
            sys.stdout.writelines(formatted(tagged, format_))


@app.command()
def train(
    gold: Annotated[
        list[Path],
        typer.Argument(
            metavar="GOLD...", help="标注文件，格式同 evaluate。 Annotated files, as for evaluate."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="写入的模型文件（JSON）。 Model file to write.")],
    format_: Annotated[
        Format | None, typer.Option("--format", help="标注格式。 Format of the files. [default: by content]")
    ] = None,
    folds: Annotated[
        int, typer.Option(help="交叉验证的折数，0 为不做。 Folds of the cross-validation; 0 for none.")
    ] = 5,
    date: Annotated[
        str | None, typer.Option(help="写入模型卡的日期。 Date for the model's card, as 2026-11-24.")
    ] = None,
    lexicon: Annotated[
        Path | None, typer.Option(help="自定义词典文件夹。 Folder with your own names, words and schemes.")
    ] = None,
    scheme: Annotated[str, typer.Option(help="联动框架。 Linkage scheme.")] = DEFAULTS.scheme,
) -> None:
    """用自己的标注训练名称模型（--model 使用）。 Fit a model of names to your annotation, for --model."""
    with _errors(out):
        from rich.console import Console

        from swnlp.report.scores import training_report
        from swnlp.train import train as run

        training = run(gold, format=format_, folds=folds, date=date, lexicon=lexicon, scheme=scheme)
        training.write(out)
        console = Console(highlight=False)
        console.print(training_report(training, out), soft_wrap=not console.is_terminal)


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[Progress], None] | None]:
    """Show a bar on stderr, if that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = ("{task.description}", BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("读取 reading", total=None)

        def say(progress: Progress) -> None:
            bar.update(
                task,
                description=_STAGES[progress.stage],
                completed=progress.bytes_done,
                total=progress.bytes_total or None,
            )

        yield say
