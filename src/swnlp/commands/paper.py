"""`swnlp paper`: tables, figures and a methods paragraph for a manuscript."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from swnlp.commands.errors import told
from swnlp.commands.options import Folder, Json, Quiet
from swnlp.commands.output import Output
from swnlp.settings import PairWeight, View

# As paper.choice.CodeUnit, which would be slow to import here.
CodeUnit = Literal["sentence", "paragraph", "section", "document"]


def paper(
    folder: Folder,
    out: Annotated[
        Path, typer.Option("--out", "-o", help="写入表、图与方法说明的文件夹。 Folder for the files.")
    ] = Path("paper"),
    period: Annotated[
        list[str] | None,
        typer.Option(
            help="表 2 的时期列，如 2019-2021 或 起步期=2019-2021，可重复。 Period of table 2; may be repeated."
        ),
    ] = None,
    place: Annotated[
        list[str] | None,
        typer.Option(help="表 2 的地区列，如 南平市，可重复。 Place of table 2; may be repeated."),
    ] = None,
    view: Annotated[View | None, typer.Option(help="网络视图。 Which pairs. [default: the run's]")] = None,
    min_count: Annotated[
        int | None, typer.Option(min=1, help="边的最低共现次数。 Least windows of an edge.")
    ] = None,
    pair_weight: Annotated[
        PairWeight | None, typer.Option(help="共现的计数方式。 How a window counts.")
    ] = None,
    alpha: Annotated[
        float | None, typer.Option(min=0, max=1, help="边的校正 p 值上限。 Largest corrected p of an edge.")
    ] = None,
    backbone: Annotated[
        float | None, typer.Option(min=0, max=1, help="骨干网络的显著性水平。 Level of the disparity filter.")
    ] = None,
    top: Annotated[int, typer.Option(min=1, help="表 2 列出几个节点。 Nodes in panel B of table 2.")] = 15,
    labels: Annotated[
        int, typer.Option(min=0, max=50, help="图中最多标几个名称。 Most names in the figure.")
    ] = 50,
    codes: Annotated[
        Path | None,
        typer.Option(
            help="表 5 的编码表（.toml）。 Codebook of table 5. [default: the run's]", show_default=False
        ),
    ] = None,
    rows: Annotated[
        str | None,
        typer.Option(help="表 5 的行：一组编码，如 政策工具。 Group of codes in the rows of table 5."),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(help="表 5 的列：另一组编码。 Group in its columns. [default: the next group]"),
    ] = None,
    unit: Annotated[CodeUnit, typer.Option(help="表 5 以什么为单位。 What counts once in it.")] = "sentence",
    figure: Annotated[
        bool,
        typer.Option(help="是否画网络图（需要 swnlp[paper]）。 Draw the network, which takes swnlp[paper]."),
    ] = True,
    font: Annotated[
        Path | None,
        typer.Option(help="图用的字体文件。 Font file of the figure. [default: found on the system]"),
    ] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """论文用的表、图与方法说明：三线表（Word、Excel）、网络图、中英文方法段落。 Tables, figure, method for a paper."""
    with told(folder):
        from swnlp.analysis import open_analysis
        from swnlp.paper import PaperChoice, Part

        parts = [Part.of_years(text) for text in period or ()] + [Part.of_place(text) for text in place or ()]
        choice = PaperChoice(
            parts=tuple(parts),
            view=view,
            min_count=min_count,
            pair_weight=pair_weight,
            alpha=alpha,
            backbone=backbone,
            top=top,
            labels=labels,
            figure=figure,
            font=str(font) if font else None,
            codes=str(codes) if codes else None,
            rows=rows,
            columns=columns,
            unit=unit,
        )
        written = open_analysis(folder).paper(out, choice)
        Output("paper", as_json, quiet).give(lambda console: None, dict, written)
