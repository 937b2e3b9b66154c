"""`swnlp evaluate`: the names and numbers found, scored against annotated texts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from swnlp.commands.errors import told
from swnlp.commands.options import (
    Gold,
    GoldFormat,
    Json,
    Labels,
    Model,
    Names,
    Ner,
    Quiet,
    Scheme,
    names_of_labels,
)
from swnlp.commands.output import Output
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
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """对照标注计算精确率、召回率与 F1，列出错误；.csv 为数字标注。 Score names against annotation, and numbers (.csv)."""
    with told(out or Path()):
        from swnlp.evaluate import evaluate as run
        from swnlp.evaluate import evaluate_numbers
        from swnlp.gold import is_number_file
        from swnlp.report.machine import evaluation_values
        from swnlp.report.scores import evaluation_report, numbers_report

        numbers = [path for path in gold if is_number_file(path)]
        names = [path for path in gold if not is_number_file(path)]
        output = Output("evaluate", as_json, quiet)
        scored = evaluate_numbers(numbers, lexicon=lexicon, scheme=scheme) if numbers else None
        if scored is not None and not as_json:
            output.give(lambda console: numbers_report(scored, errors), dict)
        if names:
            result = run(
                names, format=format_, labels=names_of_labels(labels), lexicon=lexicon, scheme=scheme,
                model=model, ner=ner,
            )  # fmt: skip
            output.give(
                lambda console: evaluation_report(result, errors),
                lambda: evaluation_values(result, scored),
                result.write(out) if out is not None else [],
            )
        elif as_json:
            output.give_json(evaluation_values(None, scored))
