"""`swnlp evaluate`: the names and numbers found, scored against annotated texts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from swnlp.commands.errors import told
from swnlp.commands.options import Gold, GoldFormat, Labels, Model, Names, Ner, Scheme, names_of_labels
from swnlp.settings import DEFAULTS


def evaluate(
    gold: Gold,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="另存为 CSV 与 JSON 的文件夹。 Folder for CSV and JSON."),
    ] = None,
    format_: GoldFormat = None,
    labels: Labels = None,
    errors: Annotated[int, typer.Option(min=0, help="列出几处错误。 How many mistakes to list.")] = 20,
    lexicon: Names = None,
    scheme: Scheme = DEFAULTS.scheme,
    model: Model = None,
    ner: Ner = None,
) -> None:
    """对照标注计算精确率、召回率与 F1，列出错误；.csv 为数字标注。 Score names against annotation, and numbers (.csv)."""
    with told(out or Path()):
        from rich.console import Console

        from swnlp.evaluate import evaluate as run
        from swnlp.evaluate import evaluate_numbers
        from swnlp.gold import is_number_file
        from swnlp.report.scores import evaluation_report, numbers_report

        console = Console(highlight=False)
        if numbers := [path for path in gold if is_number_file(path)]:
            scored = evaluate_numbers(numbers, lexicon=lexicon, scheme=scheme)
            console.print(numbers_report(scored, errors), soft_wrap=not console.is_terminal)
        names = [path for path in gold if not is_number_file(path)]
        if not names:
            return
        result = run(
            names,
            format=format_,
            labels=names_of_labels(labels),
            lexicon=lexicon,
            scheme=scheme,
            model=model,
            ner=ner,
        )
        if out is not None:
            result.write(out)
        console.print(evaluation_report(result, errors), soft_wrap=not console.is_terminal)
        if out is not None:
            console.print(
                f"已写入 {out}：scores.csv、mistakes.csv、evaluation.json  written there",
                markup=False, soft_wrap=True,
            )  # fmt: skip
