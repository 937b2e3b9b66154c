"""`swnlp train`: a model of names from one's own annotation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from swnlp.commands.errors import told
from swnlp.commands.options import Gold, GoldFormat, Json, Names, Quiet, Scheme
from swnlp.commands.output import Output
from swnlp.settings import DEFAULTS


def train(
    gold: Gold,
    out: Annotated[Path, typer.Option("--out", "-o", help="写入的模型文件（JSON）。 Model file to write.")],
    format_: GoldFormat = None,
    folds: Annotated[
        int, typer.Option(help="交叉验证的折数，0 为不做。 Folds of the cross-validation; 0 for none.")
    ] = 5,
    date: Annotated[
        str | None, typer.Option(help="写入模型卡的日期。 Date for the model's card, as 2026-11-24.")
    ] = None,
    lexicon: Names = None,
    scheme: Scheme = DEFAULTS.scheme,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """用自己的标注训练名称模型（--model 使用）。 Fit a model of names to your annotation, for --model."""
    with told(out):
        from swnlp.report.machine import training_values
        from swnlp.report.scores import training_report
        from swnlp.train import train as run

        training = run(gold, format=format_, folds=folds, date=date, lexicon=lexicon, scheme=scheme)
        training.write(out)
        Output("train", as_json, quiet).give(
            lambda console: training_report(training, out),
            lambda: {**training_values(training), "files": [str(out)]},
        )
