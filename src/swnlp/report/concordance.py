"""A concordance on the screen: the words one under the other, what is left and right of them beside."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text


def show_concordance(found: pd.DataFrame, query: str, console: Console, *, top: int, width: int) -> None:
    """Print a concordance; arguments as for `concordance_report`."""
    coloured = console.is_terminal and not console.no_color
    for line in concordance_report(found, query, top=top, width=width, colour=coloured):
        console.print(line, soft_wrap=True)


def concordance_report(
    found: pd.DataFrame, query: str, *, top: int, width: int, colour: bool
) -> Iterator[Text]:
    """Yield the lines of a concordance (Analysis.kwic), after one that says how many there are.

    Args:
        found: As Analysis.kwic returns it.
        query: What was asked for.
        top: How many lines at most.
        width: Characters on each side; a Chinese one counts two columns.
        colour: Whether colour shows the words; else they stand in 【】.
    """
    documents = found["document"].nunique()
    yield Text(
        f"{query}：{len(found)} 处，{documents} 篇  {len(found)} places in {documents} documents",
        style="bold",
    )
    for document, rows in found.head(top).groupby("document", sort=False):
        yield Text(f"\n{document}", style="dim")
        for row in rows.itertuples():
            node = Text(str(row.node), style="bold cyan") if colour else Text(f"【{row.node}】")
            space = " " * max(2 * width - cell_len(str(row.left)), 0)
            yield Text.assemble(
                space, str(row.left), node, str(row.right), (f"  {row.start}-{row.end}", "dim")
            )
    if len(found) > top:
        yield Text(
            f"\n另有 {len(found) - top} 处，用 --top 或 -o 文件.csv 查看  more with --top or -o", style="dim"
        )
