"""An evaluation on the terminal: scores by label, then mistakes in their context."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from swnlp.evaluate import ALL, WORDS, Evaluation, Mistake, NumbersEvaluation, Scores
from swnlp.resources import read_toml
from swnlp.train import Training

_LONGEST = 40


def evaluation_report(evaluation: Evaluation, mistakes: int) -> RenderableType:
    """Return the scores and, below them, so many of the mistakes."""
    title = f"{evaluation.texts} 个标注文本  annotated texts"
    parts: list[RenderableType] = [scores_table(evaluation.scores, title)]
    if evaluation.mistakes:
        parts.append(_kinds(evaluation.mistakes))
        parts += _listed(evaluation.mistakes[:mistakes])
        if (more := len(evaluation.mistakes) - mistakes) > 0:
            parts.append(
                Text(f"另有 {more} 处，用 --errors 或 -o 查看。  {more} more: --errors N, or -o DIR.", "dim")
            )
    return Group(*parts)


def numbers_report(evaluation: NumbersEvaluation, mistakes: int) -> RenderableType:
    """Return the shares of numbers that were found, and so many of those that were not, or were too many."""
    table = Table(
        title=f"{evaluation.texts} 个标注文本的数字  numbers of annotated texts",
        title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False, show_header=False,
    )  # fmt: skip
    for chinese, english, share in evaluation.rows():
        table.add_row(f"{chinese} {english}", str(share), f"{share.right / share.of:.3f}")
    missed = [
        Text.assemble(("漏 missed", "red"), f"  {name}  {gold.subject} {gold.value} {gold.unit}")
        for name, gold in evaluation.missed
    ]
    extra = [Text.assemble(("多 extra", "yellow"), f"  {name}  {text}") for name, text in evaluation.unasked]
    return Group(table, *[*missed, *extra][:mistakes])


def training_report(training: Training, path: Path) -> RenderableType:
    """Return the cross-validated scores of a model, and where it was written."""
    card = training.card
    parts: list[RenderableType] = []
    if training.scores:
        folds = card["cross_validation"]["folds"]
        parts.append(
            scores_table(training.scores[ALL], f"{folds} 折交叉验证（按文本）  cross-validation by text")
        )
    if training.kept:
        kept = "、".join(training.kept)
        parts.append(
            Text(
                f"样本太少，沿用自带的权重：{kept}。  Too few examples, weights as shipped: {kept}.", "yellow"
            )
        )
    parts.append(Text(f"已写入 {path}，用 --model {path} 使用。  Written there; use it with --model."))
    return Group(*parts)


def scores_table(scores: Scores, title: str) -> Table:
    """Return precision (P), recall (R) and F1 by label, strict and overlapping."""
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("标签\nlabel", no_wrap=True)
    table.add_column("标注数\ngold", justify="right")
    for column in ("严格 P\nstrict", "R", "F1", "重叠 P\noverlap", "R", "F1"):
        table.add_column(column, justify="right", no_wrap=True)
    words = read_toml("words.toml")["labels"]
    for label, strict, loose in scores.rows():
        cells = [f"{x:.3f}" for t in (strict, loose) for x in (t.precision, t.recall, t.f1)]
        name = "合计 ALL" if label == ALL else f"{words[label][0]} {label}" if label in words else label
        table.add_row(Text(name), str(strict.gold), *cells, style="bold" if label == ALL else None)
    return table


def _kinds(found: Iterable[Mistake]) -> Text:
    times = Counter(mistake.what for mistake in found)
    parts = [f"{chinese} {english} {times[what]}" for what, (chinese, english) in WORDS.items()]
    return Text.assemble((f"错误 {times.total()} 处  mistakes", "bold"), "：" + "，".join(parts) + "\n")


def _listed(found: Iterable[Mistake]) -> Iterator[Text]:
    for mistake in found:
        chinese, english = WORDS[mistake.what]
        gold = _named(mistake.label, mistake.name)
        predicted = _named(mistake.predicted_label, mistake.predicted_name)
        yield Text.assemble(
            (f"{chinese} {english}  ", "bold"),
            (f"标注 gold {gold}  ", "green") if gold else "",
            (f"预测 predicted {predicted}  ", "red") if predicted else "",
            (f"{mistake.text_id}:{mistake.start}-{mistake.end}", "dim"),
        )
        around = f"    {mistake.before}【{_short(mistake.text)}】{mistake.after}"
        yield Text(" ".join(around.split("\n")))


def _named(label: str | None, name: str | None) -> str:
    return f"{label}“{_short(name)}”" if label and name is not None else ""


def _short(name: str) -> str:
    name = " ".join(name.split("\n"))
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
