"""What a command does with an error: one sentence on stderr, and an exit code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from swnlp.errors import CorpusError, MissingPathError, SwnlpError


@contextmanager
def told(out: Path) -> Iterator[None]:
    """Turn an error of ours into one sentence and an exit code; anything else is a bug and keeps its traceback."""
    try:
        yield
    except SwnlpError as error:
        typer.echo(f"错误 error: {error}", err=True)
        nothing = isinstance(error, CorpusError) and not isinstance(error, MissingPathError)
        raise typer.Exit(1 if nothing else 2) from None
    except KeyboardInterrupt:
        typer.echo(
            f"\n已停止。已完成的部分保存在 {out}，再次运行同一命令即可继续。 "
            "Stopped. What was done is kept; run the same command to go on.",
            err=True,
        )
        raise typer.Exit(130) from None
