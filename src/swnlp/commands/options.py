"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

# As count.terms.Of, which would be slow to import here.
Of = Literal["words", "entities"]

Folder = Annotated[Path, typer.Argument(metavar="OUT", help="结果文件夹。 Result folder.")]
Lexicon = Annotated[
    Path | None,
    typer.Option(
        help="自定义词典文件夹，可含 停用词.txt、保留词.txt、同义词.txt。 Folder with your own lists of words."
    ),
]
Stop = Annotated[Path | None, typer.Option(help="停用词表。 File of further stop words.")]
Keep = Annotated[
    Path | None, typer.Option(help="保留词表：停用词与单字也计。 File of words that are terms in any case.")
]
Synonyms = Annotated[
    Path | None, typer.Option(help="同义词表，每行首词为准。 Synonyms: a line each, the word to count first.")
]
