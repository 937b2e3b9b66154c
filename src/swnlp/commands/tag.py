"""`swnlp tag`: the text of reports with the names in it."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

import typer

from swnlp.commands.errors import told
from swnlp.commands.options import Model, Names, Ner, Paths, Scheme
from swnlp.settings import DEFAULTS

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
    scheme: Scheme = DEFAULTS.scheme,
    model: Model = None,
    ner: Ner = None,
) -> None:
    """标出文中的名称。 Write the text of reports with the names in it."""
    with told(out or Path()):
        from swnlp.tag import formatted, tag_files, write_tagged

        tagged = tag_files(
            paths,
            lambda problem: typer.echo(f"{problem.path}: {problem.message}", err=True),
            settings=replace(DEFAULTS, scheme=scheme, ner=ner),
            lexicon=lexicon,
            model=model,
        )
        if out is not None:
            write_tagged(tagged, format_, out)
        else:
            sys.stdout.writelines(formatted(tagged, format_))
