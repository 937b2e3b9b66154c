"""`swnlp graph`: a network of a result, written to a file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from swnlp.commands.errors import told
from swnlp.commands.options import Folder, Json, Quiet
from swnlp.commands.output import Output
from swnlp.errors import SettingsError
from swnlp.settings import PairWeight, View


def graph(
    folder: Folder,
    file: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            help="写入的文件，格式看后缀：.gexf .graphml .csv .net（Pajek） .dl（UCINET） .xlsx（邻接矩阵） "
            ".json（VOSviewer）；或一个文件夹。 File to write; its suffix is the format. Or a folder.",
        ),
    ],
    view: Annotated[
        View | None, typer.Option(help="网络视图。 Which pairs the graph shows. [default: the run's]")
    ] = None,
    place: Annotated[
        str | None, typer.Option(help="只算关于此地（及其下辖）的章节。 Only sections about this place.")
    ] = None,
    years: Annotated[
        str | None,
        typer.Option(metavar="YEAR[-YEAR]", help="只算这些年份的文件。 Only documents of these years."),
    ] = None,
    min_count: Annotated[
        int | None, typer.Option(min=1, help="边的最低共现次数。 Least co-occurrences. [default: the run's]")
    ] = None,
    pair_weight: Annotated[
        PairWeight | None,
        typer.Option(
            help="边的权重：full 共现次数，fractional 每次计 1/(k-1)。 Windows, or 1/(k-1) for each. [default: the run's]"
        ),
    ] = None,
    alpha: Annotated[
        float | None,
        typer.Option(
            min=0, max=1, help="只留校正 p 值不超过此值的边。 Keep edges of at most this adjusted p."
        ),
    ] = None,
    backbone: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="骨干网络：差异过滤水平。 Level of the disparity filter."),
    ] = None,
    ego: Annotated[
        str | None, typer.Option(help="只看此实体与其邻居。 Only the neighbourhood of this entity.")
    ] = None,
    intervals: Annotated[
        bool,
        typer.Option("--intervals", help="加每条边的自助法区间。 Add a bootstrap interval of each edge."),
    ] = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """写出一个网络：选地区、年份、显著性、骨干、中心。 Write a network: of a place, of years, tested, thinned out."""
    with told(folder):
        from swnlp.analysis import open_analysis
        from swnlp.export import network_files, write_network
        from swnlp.graph import lay_out
        from swnlp.report.machine import network_values
        from swnlp.report.network import network_lines, why_empty

        network_files(file)
        analysis = open_analysis(folder)
        found = analysis.graph(
            view=view, place=place, years=_years(years), min_count=min_count, pair_weight=pair_weight,
            alpha=alpha, backbone=backbone, ego=ego, intervals=intervals,
        )  # fmt: skip
        laid_out = lay_out(found, seed=analysis.settings.seed, engine=analysis.settings.graph_engine)
        narrowed = any(given is not None for given in (place, years, min_count, alpha, backbone))
        empty = why_empty(analysis, view, narrowed=narrowed)
        written = write_network(found, file)
        lines = network_lines(found, written, empty=empty, laid_out=laid_out)
        Output("graph", as_json, quiet).give(
            lambda console: typer.echo("\n".join(lines)),
            lambda: {**network_values(found), "files": [str(path) for path in written]},
        )


def _years(given: str | None) -> tuple[int, int] | None:
    """Return the first and last year of 2021 or 2019-2023."""
    if given is None:
        return None
    found = re.fullmatch(r"(\d{4})(?:[-–—~～:](\d{4}))?", given.strip())
    if found is None:
        raise SettingsError(f"--years: {given!r} 应为 2021 或 2019-2023 / should be 2021 or 2019-2023")
    return int(found[1]), int(found[2] or found[1])
