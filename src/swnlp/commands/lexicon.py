"""`swnlp lexicon`: make, check and look into a lexicon of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from swnlp.commands.errors import told
from swnlp.commands.options import CsvOut, Folder, Keep, Lexicon, Stop
from swnlp.settings import DEFAULTS

lexicon_app = typer.Typer(
    no_args_is_help=True,
    help="自定义词典：提出候选、检查、查看归并。 Your own lexicon: candidates, checks, merges.",
)


@lexicon_app.command()
def suggest(
    folder: Folder,
    out: Annotated[
        Path,
        typer.Option(
            "--out", "-o", help="写入的 CSV，改好后放进词典文件夹。 CSV to review; --lexicon takes it back."
        ),
    ] = Path("候选词.csv"),
    min_count: Annotated[int, typer.Option(min=2, help="最低频次。 Least occurrences.")] = 3,
    lexicon: Lexicon = None,
    stop: Stop = None,
    keep: Keep = None,
) -> None:
    """从结果中找出可能成词的短语，附例句与猜测的标签。 Phrases that may be terms, with examples and a guess."""
    with told(folder):
        from rich.console import Console

        from swnlp.analysis import open_analysis
        from swnlp.content.files import write_frame
        from swnlp.lexicon import load_word_lists
        from swnlp.report.words import suggestions_report

        words = load_word_lists(lexicon, stop=stop, keep=keep)
        found = open_analysis(folder).suggest(min_count=min_count, words=words)
        write_frame(found, out)
        console = Console(highlight=False)
        console.print(suggestions_report(found, out), soft_wrap=not console.is_terminal)


@lexicon_app.command()
def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="词典文件夹。 Lexicon folder.")],
    result: Annotated[
        Path | None,
        typer.Option(
            "--in",
            metavar="OUT",
            help="在此结果中查找从未出现的词条。 Result in which every entry should occur.",
        ),
    ] = None,
    scheme: Annotated[str, typer.Option(help="联动框架。 Linkage scheme.")] = DEFAULTS.scheme,
) -> None:
    """检查词典：重复、矛盾、循环归并、未知类别、从未出现的词条。 Check a lexicon; exit code 1 if there is a finding."""
    with told(folder):
        from swnlp.analysis import open_analysis
        from swnlp.lexicon.check import check_folder

        text = None
        if result is not None:
            text = open_analysis(result).table("documents", columns=["text"])["text"].to_pylist()
        findings = check_folder(folder, scheme=scheme, text=text)
    for finding in findings:
        typer.echo(f"{finding.where}: {_PROBLEMS[finding.problem]} {finding.entry}  {finding.message}")
    if findings:
        typer.echo(f"{len(findings)} 处 findings")
        raise typer.Exit(1)
    typer.echo("没有发现问题。 Nothing to complain of.")


_PROBLEMS = {
    "error": "错误 error",
    "duplicate": "重复 duplicate",
    "conflict": "矛盾 conflict",
    "circle": "循环归并 circle",
    "chain": "连环归并 chain",
    "unknown kind": "未知类别 unknown kind",
    "never matches": "从未出现 never matches",
}


@lexicon_app.command()
def merges(
    folder: Folder,
    out: CsvOut = None,
    every: Annotated[
        bool, typer.Option("--all", help="也列出与实体同名的。 Also surfaces that are the entity's own name.")
    ] = False,
) -> None:
    """列出每个写法归并到了哪个实体、依据哪条规则、还有哪些可能。 How each surface came to its entity."""
    with told(folder):
        from rich.console import Console

        from swnlp.analysis import open_analysis
        from swnlp.content.files import write_frame
        from swnlp.report.words import merges_report

        found = open_analysis(folder).merges(every=every)
        console = Console(highlight=False)
        if out is not None:
            console.print(f"已写入 {write_frame(found, out)}  written", markup=False, soft_wrap=True)
        else:
            console.print(merges_report(found), soft_wrap=not console.is_terminal)
