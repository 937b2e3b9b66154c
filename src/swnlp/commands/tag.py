"""`swnlp tag`: the text of reports with the names in it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from swnlp.commands.choose import choose, say_file
from swnlp.commands.errors import told
from swnlp.commands.options import ChosenScheme, Model, Names, Ner, Paths, Quiet, SettingsFile, TextColumn

# As tag.files.Format, which would be slow to import here.
Format = Literal["html", "jsonl", "conll", "doccano"]


def tag(
    paths: Paths,
    format_: Annotated[
        Format,
        typer.Option(
            "--format", help="输出格式；html 供阅读，其余供标注软件与程序。 html to look at, others to use."
        ),
    ],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="写入的文件。 File to write. [default: the terminal]")
    ] = None,
    lexicon: Names = None,
    scheme: ChosenScheme = None,
    model: Model = None,
    ner: Ner = None,
    text_column: TextColumn = None,
    settings: SettingsFile = None,
    quiet: Quiet = False,
) -> None:
    """标出文中的名称。 Write the text of reports with the names in it."""
    with told(out or Path()):
        from swnlp.tag import formatted, tag_files, write_tagged

        chosen = choose(
            paths, settings, lexicon=lexicon, scheme=scheme, model=model, ner=ner, text_column=text_column
        )
        if not quiet:
            say_file(chosen)
        tagged = tag_files(
            paths,
            lambda problem: typer.echo(f"{problem.path}: {problem.message}", err=True),
            settings=chosen.settings,
            lexicon=chosen.lexicon,
        )
        if out is not None:
            write_tagged(tagged, format_, out)
        else:
            sys.stdout.writelines(formatted(tagged, format_))
