"""`swnlp read`: what is taken from files, what is dropped and why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from swnlp.commands.errors import told
from swnlp.commands.options import Meta, PathPattern, Paths, SettingsFile, TextColumn
from swnlp.settings import DEFAULTS, Settings


def read(
    paths: Paths,
    text: Annotated[
        bool,
        typer.Option(
            "--text", help="显示全文，去除的部分标出。 Show the whole text, what is dropped marked."
        ),
    ] = False,
    text_column: TextColumn = None,
    meta: Meta = None,
    path_pattern: PathPattern = None,
    settings: SettingsFile = None,
) -> None:
    """显示从文件中读出了什么、去除了什么及原因。 Show what is taken from files, and what is dropped and why."""
    options: dict[str, Any] = {
        "text_column": text_column,
        "meta": str(meta) if meta else None,
        "path_pattern": path_pattern,
    }
    with told(Path()):
        chosen = Settings.from_toml(settings) if settings else DEFAULTS
        chosen = replace(chosen, **{name: value for name, value in options.items() if value is not None})
        from rich.console import Console

        from swnlp.read import find_files
        from swnlp.report.reading import show_reading

        files, problems = find_files(paths, chosen)
        totals = show_reading(files, problems, chosen, Console(highlight=False), text=text)
    if not totals.documents:
        raise typer.Exit(1)
