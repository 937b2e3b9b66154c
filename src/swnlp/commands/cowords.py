"""`swnlp cowords`: co-word analysis in one command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from swnlp.commands.errors import told
from swnlp.commands.options import (
    Folder,
    Json,
    Keep,
    Labels,
    Lexicon,
    Of,
    Quiet,
    Stop,
    Synonyms,
    names_of_labels,
)
from swnlp.commands.output import Output

# As count.terms.Unit and cowords.clusters.Linkage, which would be slow to import here.
Unit = Literal["sentence", "paragraph", "section", "document"]
Linkage = Literal["average", "complete", "single", "ward"]


def cowords(
    folder: Folder,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="写入矩阵、表格与树状图的文件夹。 Folder for all files."),
    ] = None,
    n: Annotated[int, typer.Option("--n", "-n", help="取最高频的几个词。 How many terms.")] = 50,
    of: Annotated[Of, typer.Option(help="词或实体。 Words or entities.")] = "words",
    unit: Annotated[
        Unit,
        typer.Option(help="共现单位；sentence 只用于实体。 What counts once; sentences for entities only."),
    ] = "paragraph",
    labels: Labels = None,
    linkage: Annotated[
        Linkage, typer.Option(help="聚类方法；average 为 SPSS 的组间联接。 Method of clustering.")
    ] = "ward",
    clusters: Annotated[
        int | None, typer.Option(help="类团数；默认按轮廓系数。 Clusters. [default: by silhouette]")
    ] = None,
    lexicon: Lexicon = None,
    stop: Stop = None,
    keep: Keep = None,
    synonyms: Synonyms = None,
    only_keep: Annotated[
        bool, typer.Option("--only-keep", help="只用保留词。 Only the words of the keep list.")
    ] = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """共词分析：词频、共词矩阵、相似与相异矩阵、聚类、战略坐标。 Co-word analysis."""
    with told(folder):
        from swnlp.analysis import open_analysis
        from swnlp.lexicon import load_word_lists
        from swnlp.report.machine import cowords_values
        from swnlp.report.words import cowords_report

        words = load_word_lists(lexicon, stop=stop, keep=keep, synonyms=synonyms, only=only_keep)
        found = open_analysis(folder).cowords(
            n,
            of=of,
            unit=unit,
            labels=names_of_labels(labels),
            method=linkage,
            clusters=clusters,
            words=words,
        )
        written = found.write(out) if out is not None else []
        Output("cowords", as_json, quiet).give(
            lambda console: cowords_report(found), lambda: cowords_values(found), written
        )
