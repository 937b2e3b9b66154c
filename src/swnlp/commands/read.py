"""`swnlp read`: what is taken from files, what is dropped and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from swnlp.commands.choose import choose, say_file
from swnlp.commands.errors import told
from swnlp.commands.options import Json, Meta, PathPattern, Paths, SettingsFile, TextColumn
from swnlp.commands.output import Output, terminal


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
    as_json: Json = False,
) -> None:
    """显示从文件中读出了什么、去除了什么及原因。 Show what is taken from files, and what is dropped and why."""
    with told(Path()):
        from swnlp.read import find_files
        from swnlp.report.machine import reading_values
        from swnlp.report.reading import show_reading

        chosen = choose(paths, settings, text_column=text_column, meta=meta, path_pattern=path_pattern)
        files, problems = find_files(paths, chosen.settings)
        if as_json:
            values = reading_values(files, problems, chosen.settings, text=text)
            Output("read").give_json({"settings_file": chosen.name, **values})
            documents = len(values["documents"])
        else:
            say_file(chosen)
            documents = show_reading(files, problems, chosen.settings, terminal(), text=text).documents
    if not documents:
        raise typer.Exit(1)
