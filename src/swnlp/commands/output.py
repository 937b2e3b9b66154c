"""How a command gives its result: a report for people, one JSON document for machines, or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from swnlp import __version__

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


def terminal() -> Console:
    """Return stdout as rich's console: colours on a terminal only, and not if NO_COLOR is set."""
    from rich.console import Console

    return Console(highlight=False)


@dataclass(frozen=True, slots=True)
class Output:
    """The way out of one command.

    Attributes:
        command: Its name, as typed.
        as_json: Give one JSON document on stdout and nothing else there.
        quiet: Give nothing on stdout (unless JSON was asked for); files are written all the same.
    """

    command: str
    as_json: bool = False
    quiet: bool = False

    def give(
        self,
        report: Callable[[Console], RenderableType | None],
        document: Callable[[], Mapping[str, object]],
        written: Sequence[Path] = (),
    ) -> None:
        """Give the result in the way that was asked for.

        Args:
            report: Prints on the console (`terminal`), or returns what is to be printed.
            document: Returns plain values; `command`, `swnlp` (the version) and `files` (what was
                written) are added where it does not have them.
            written: Files that were written.
        """
        if self.as_json:
            self.give_json(document(), written)
        elif not self.quiet:
            console = terminal()
            if (shown := report(console)) is not None:
                console.print(shown, soft_wrap=not console.is_terminal)
            for path in written:
                console.print(f"已写入 {path}  written", markup=False, soft_wrap=True)

    def give_json(self, document: Mapping[str, object], written: Sequence[Path] = ()) -> None:
        """Write a document as JSON on stdout, whatever was asked for; arguments as for `give`."""
        files = [str(path) for path in written]
        content = {"command": self.command, "swnlp": __version__, "files": files, **document}
        text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)
        # A file name that is no UTF-8 becomes a JSON escape.
        typer.echo(text.encode("utf-8", "backslashreplace").decode("utf-8"))
