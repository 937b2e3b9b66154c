"""What the terminal shows of human coding: the coders' files, their agreement by category and code, troubles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Group
from rich.table import Table
from rich.text import Text

from swnlp.coding import Coded


def coders_lines(paths: Sequence[Path], units: int, folder: Path) -> Iterator[str]:
    """Yield what was written and what to do with it."""
    yield f"{units} 个单元，已写入 {'、'.join(map(str, paths))}  units written there"
    options = " ".join(f"--read {path}" for path in paths)
    yield f"填好后运行 when filled in: swnlp codebook {folder} {options}"


def reliability_report(coded: Coded, files: Sequence[Path], undecided: int) -> Group:
    """Return the table of agreement, what could not be understood, and what is still open."""
    table = Table(title=f"信度 reliability（{'、'.join(coded.coders)}）", title_justify="left")
    for at, name in enumerate(
        ("类目 category", "编码 code", "单元 units", "一致 percent", "Holsti", "复合信度 composite", "κ", "α")
    ):
        table.add_column(name, justify="left" if at < 2 else "right")
    for category, code, found in coded.reliability():
        shown = [found.percent, found.holsti, found.composite, found.kappa, found.alpha]
        values = ("—" if value is None else f"{value:.3f}" for value in shown)
        table.add_row(category, code, str(found.units), *values, style="" if code else "bold")
    parts: list[Text | Table] = [table]
    parts += [Text(f"未采用 not taken: {trouble}", style="yellow") for trouble in coded.troubles]
    if undecided:
        parts.append(
            Text(
                f"{undecided} 处分歧未裁定；在 分歧.xlsx 的“裁定”列填写后，连同各编码员的文件再次读回。 "
                "Differences are still open: decide on them there, and read it back with the coders' files."
            )
        )
    parts.append(Text(f"已写入 {'、'.join(map(str, files))}  written there"))
    return Group(*parts)
