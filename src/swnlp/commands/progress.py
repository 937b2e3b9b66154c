"""A bar on the terminal for a run that takes a while."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from swnlp.engine import Progress

_STAGES = {
    "map": "分析 analysing",
    "reduce": "汇总 counting",
    "export": "导出 exporting",
    "done": "完成 done",
}


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Callable[[Progress], None] | None]:
    """Show a bar on stderr, if that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = ("{task.description}", BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("读取 reading", total=None)

        def say(progress: Progress) -> None:
            bar.update(
                task,
                description=_STAGES[progress.stage],
                completed=progress.bytes_done,
                total=progress.bytes_total or None,
            )

        yield say
