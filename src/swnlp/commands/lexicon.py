"""`swnlp lexicon`: make, check and look into a lexicon of one's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from swnlp.commands.errors import told
from swnlp.commands.help import Bilingual, shown
from swnlp.commands.options import CsvOut, Folder, Json, Keep, Lexicon, Quiet, Stop
from swnlp.commands.output import Output
from swnlp.settings import DEFAULTS

if TYPE_CHECKING:
    from swnlp.lexicon.check import Finding

lexicon_app = typer.Typer(
    no_args_is_help=True,
    help="自定义词典：提出候选、检查、查看归并。 Your own lexicon: candidates, checks, merges.",
)


@lexicon_app.command(cls=Bilingual, epilog=shown("lexicon suggest"))
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
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """从结果中找出可能成词的短语，附例句与猜测的标签。 Phrases that may be terms, with examples and a guess."""
    with told(folder):
        from swnlp.analysis import open_analysis
        from swnlp.content.files import write_frame
        from swnlp.lexicon import load_word_lists
        from swnlp.report.machine import rows_of
        from swnlp.report.words import suggestions_report

        words = load_word_lists(lexicon, stop=stop, keep=keep)
        found = open_analysis(folder).suggest(min_count=min_count, words=words)
        path = write_frame(found, out)
        Output("lexicon suggest", as_json, quiet).give(
            lambda console: suggestions_report(found, path),
            lambda: {"rows": rows_of(found), "files": [str(path)]},
        )


@lexicon_app.command(cls=Bilingual, epilog=shown("lexicon check"))
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
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """检查词典：重复、矛盾、循环归并、未知类别、从未出现的词条。 Check a lexicon; exit code 1 if there is a finding."""
    with told(folder):
        from swnlp.analysis import open_analysis
        from swnlp.lexicon.check import check_folder
        from swnlp.report.machine import finding_values

        text = None
        if result is not None:
            text = open_analysis(result).table("documents", columns=["text"])["text"].to_pylist()
        findings = check_folder(folder, scheme=scheme, text=text)
        Output("lexicon check", as_json, quiet).give(
            lambda console: typer.echo("\n".join(_finding_lines(findings))),
            lambda: {"rows": finding_values(findings)},
        )
    if findings:
        raise typer.Exit(1)


def _finding_lines(findings: Sequence[Finding]) -> Iterator[str]:
    for finding in findings:
        yield f"{finding.where}: {_PROBLEMS[finding.problem]} {finding.entry}  {finding.message}"
    yield f"{len(findings)} 处 findings" if findings else "没有发现问题。 Nothing to complain of."


_PROBLEMS = {
    "error": "错误 error",
    "duplicate": "重复 duplicate",
    "conflict": "矛盾 conflict",
    "circle": "循环归并 circle",
    "chain": "连环归并 chain",
    "unknown kind": "未知类别 unknown kind",
    "never matches": "从未出现 never matches",
}


@lexicon_app.command(cls=Bilingual, epilog=shown("lexicon merges"))
def merges(
    folder: Folder,
    out: CsvOut = None,
    every: Annotated[
        bool, typer.Option("--all", help="也列出与实体同名的。 Also surfaces that are the entity's own name.")
    ] = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """列出每个写法归并到了哪个实体、依据哪条规则、还有哪些可能。 How each surface came to its entity."""
    with told(folder):
        from swnlp.analysis import open_analysis
        from swnlp.content.files import write_frame
        from swnlp.report.machine import rows_of
        from swnlp.report.words import merges_report

        found = open_analysis(folder).merges(every=every)
        written = [write_frame(found, out)] if out is not None else []
        Output("lexicon merges", as_json, quiet).give(
            lambda console: None if written else merges_report(found),
            lambda: {"rows": rows_of(found)},
            written,
        )
