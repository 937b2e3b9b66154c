"""`swnlp keyness`: what sets one place, year or other group of texts apart."""

from __future__ import annotations

from typing import Annotated

import typer

from swnlp.commands.errors import told
from swnlp.commands.options import CsvOut, Folder, Json, Keep, Lexicon, Of, Quiet, Stop
from swnlp.commands.output import Output


def keyness(
    folder: Folder,
    by: Annotated[
        str,
        typer.Option(help="按什么分组：place、year 或文献的任一列。 place, year, or a column of documents."),
    ] = "place",
    of: Annotated[Of, typer.Option(help="词或实体。 Words or entities.")] = "words",
    min_count: Annotated[int, typer.Option(min=1, help="最低总频次。 Least occurrences in all.")] = 3,
    alpha: Annotated[
        float, typer.Option(min=0, max=1, help="校正 p 值上限；1 为全部。 Largest corrected p; 1 for all.")
    ] = 0.05,
    top: Annotated[int, typer.Option(min=1, help="屏幕上每组列几个。 How many to list of each group.")] = 10,
    out: CsvOut = None,
    lexicon: Lexicon = None,
    stop: Stop = None,
    keep: Keep = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """比较各地区（年份等）的特征词：对数似然、对数比与校正 p 值。 What sets each place (or year, ...) apart."""
    with told(folder):
        from swnlp.analysis import open_analysis
        from swnlp.content.files import write_frame
        from swnlp.lexicon import load_word_lists
        from swnlp.report.machine import rows_of
        from swnlp.report.words import keyness_report

        words = load_word_lists(lexicon, stop=stop, keep=keep)
        analysis = open_analysis(folder)
        found = analysis.keyness(by=by, of=of, min_count=min_count, alpha=alpha, words=words)
        Output("keyness", as_json, quiet).give(
            lambda console: keyness_report(found, top=top, alpha=alpha),
            lambda: {"by": by, "of": of, "alpha": alpha, "rows": rows_of(found)},
            [write_frame(found, out)] if out is not None else [],
        )
