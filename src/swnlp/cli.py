"""The `swnlp` command: its commands in order, its streams, its version; each command is a file of commands/.

Exit codes: 0 done, 1 there was nothing to analyse or a check found something, 2 a wrong call, 3 analysed, but a file of
the result could not be made (its tables are there; run again to try again), 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from io import TextIOWrapper
from typing import Annotated, Any, TextIO

import typer
from typer.core import TyperGroup

from swnlp import __version__
from swnlp.commands.analyze import analyze
from swnlp.commands.check import check
from swnlp.commands.codebook import codebook
from swnlp.commands.codes import codes
from swnlp.commands.cowords import cowords
from swnlp.commands.evaluate import evaluate
from swnlp.commands.graph import graph
from swnlp.commands.help import EXIT_CODES, Bilingual, shown
from swnlp.commands.indicators import indicators
from swnlp.commands.keyness import keyness
from swnlp.commands.keywords import keywords
from swnlp.commands.kwic import kwic
from swnlp.commands.lexicon import lexicon_app
from swnlp.commands.paper import paper
from swnlp.commands.qdpx import qdpx
from swnlp.commands.read import read
from swnlp.commands.report import report
from swnlp.commands.show import show
from swnlp.commands.tag import tag
from swnlp.commands.topics import topics
from swnlp.commands.train import train

# In the order in which they are used, and in which --help lists them.
COMMANDS: dict[str, Callable[..., None] | typer.Typer] = {
    "analyze": analyze,
    "report": report,
    "show": show,
    "read": read,
    "graph": graph,
    "kwic": kwic,
    "codes": codes,
    "indicators": indicators,
    "keyness": keyness,
    "keywords": keywords,
    "cowords": cowords,
    "topics": topics,
    "check": check,
    "codebook": codebook,
    "qdpx": qdpx,
    "paper": paper,
    "lexicon": lexicon_app,
    "tag": tag,
    "evaluate": evaluate,
    "train": train,
}


class _InOrder(TyperGroup):
    """The commands as a newcomer meets them; typer would list the groups last."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401  (typer brings a click of its own)
        return sorted(super().list_commands(ctx), key=list(COMMANDS).index)


app = typer.Typer(
    cls=_InOrder,
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    epilog=EXIT_CODES,
    help="从一批城市报告到实体、证据与共现网络。 From a folder of Chinese city reports to entities, evidence and a graph.",
)
for _name, _command in COMMANDS.items():
    if isinstance(_command, typer.Typer):
        app.add_typer(_command, name=_name)
    else:
        app.command(_name, cls=Bilingual, epilog=shown(_name))(_command)


def main() -> None:
    """Run the command."""
    # Arrow's own allocator keeps what it frees; over many parts that is a third of the memory of a run.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    for stream in (sys.stdout, sys.stderr):
        _write_chinese(stream)
    app()


def _write_chinese(stream: TextIO) -> None:
    """Write UTF-8 where the system's own encoding has no Chinese (a file or pipe on a Western Windows)."""
    try:
        "五社联动".encode(stream.encoding or "utf-8")
    except UnicodeEncodeError:
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"swnlp {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="版本。 Show the version.")
    ] = False,
) -> None:
    pass
