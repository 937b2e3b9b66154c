"""`swnlp topics`: what the texts are about."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Annotated, Literal

import typer

from swnlp.commands.errors import told
from swnlp.commands.options import Folder, Json, Keep, Lexicon, Quiet, Stop, Synonyms
from swnlp.commands.output import Output

# As topics.model.Method and the units of count.units, which would be slow to import here.
Method = Literal["nmf", "lda"]
Unit = Literal["paragraph", "section", "document"]


def topics(
    folder: Folder,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="写入各表与全部句子的文件夹。 Folder for all tables.")
    ] = None,
    n: Annotated[
        int | None,
        typer.Option(
            "--n",
            "-n",
            help="主题数；默认按一致性与稳定性选定。 Topics. [default: by coherence and stability]",
        ),
    ] = None,
    method: Annotated[Method, typer.Option(help="方法。 Method.")] = "nmf",
    unit: Annotated[Unit, typer.Option(help="以什么为单位。 What has topics.")] = "paragraph",
    min_weight: Annotated[
        float, typer.Option(min=0, max=1, help="列出句子的最低权重。 Least weight of sentences to write.")
    ] = 0.1,
    seed: Annotated[int | None, typer.Option(min=0, help="随机种子。 Seed. [default: the run's]")] = None,
    lexicon: Lexicon = None,
    stop: Stop = None,
    keep: Keep = None,
    synonyms: Synonyms = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """主题模型：主题、代表词、各地区与年份的比例、全部句子。 Topics, their terms, shares and sentences."""
    with told(folder):
        from swnlp.analysis import open_analysis
        from swnlp.lexicon import load_word_lists
        from swnlp.report.machine import topics_values
        from swnlp.report.words import topics_report

        words = load_word_lists(lexicon, stop=stop, keep=keep, synonyms=synonyms)
        with warnings.catch_warnings():
            # Its warnings are the notes of the result, which are shown below.
            warnings.simplefilter("ignore", UserWarning)
            found = open_analysis(folder).topics(n, method=method, unit=unit, words=words, seed=seed)
        written = found.write(out, min_weight=min_weight) if out is not None else []
        Output("topics", as_json, quiet).give(
            lambda console: topics_report(found), lambda: topics_values(found), written
        )
