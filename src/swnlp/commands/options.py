"""Arguments and options that several commands share: one definition each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from swnlp.settings import DEFAULTS

# As count.terms.Of and gold.files.Format, which would be slow to import here.
Of = Literal["words", "entities"]
Format = Literal["swnlp", "conll", "doccano", "label-studio"]

Folder = Annotated[Path, typer.Argument(metavar="OUT", help="结果文件夹。 Result folder.")]
Paths = Annotated[
    list[str], typer.Argument(metavar="PATH", help="报告的文件或文件夹。 Files or folders of reports.")
]
Gold = Annotated[
    list[Path],
    typer.Argument(
        metavar="GOLD",
        help="标注文件：swnlp JSON/JSONL、CoNLL、Doccano、Label Studio；数字用 CSV。 Annotated files; numbers as CSV.",
    ),
]
GoldFormat = Annotated[
    Format | None, typer.Option("--format", help="标注格式。 Format of the files. [default: by content]")
]
Codes = Annotated[
    Path | None,
    typer.Option(help="编码表：自定义编码的规则（TOML）。 Codebook: rules of your own codes (TOML)."),
]
Labels = Annotated[
    str | None,
    typer.Option(help="只算这些标签，如 PLACE,ORG。 Only these labels. [default: all]"),
]
CsvOut = Annotated[
    Path | None, typer.Option("--out", "-o", help="另存全部为 CSV 文件。 CSV file to write all to.")
]
Json = Annotated[
    bool, typer.Option("--json", help="输出一个 JSON，供程序读取。 One JSON document, for programs.")
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="屏幕上不显示；文件照写。 Show nothing; files are written.")
]

# How reports are read.
TextColumn = Annotated[
    str | None,
    typer.Option("--text-column", help="表格中正文一列的列名。 Column of tables that holds the text."),
]
Meta = Annotated[
    Path | None,
    typer.Option(
        "--meta", help="你自己的文献信息表（CSV，按路径合并）。 Your own columns, joined by path (CSV)."
    ),
]
PathPattern = Annotated[
    str | None,
    typer.Option("--path-pattern", help='路径含义，如 "{year}/{city}.txt"。 What parts of the paths mean.'),
]
SettingsFile = Annotated[
    Path | None,
    typer.Option(
        "--settings",
        metavar="FILE",
        help="设置文件；默认用报告文件夹或当前文件夹里的 swnlp.toml；选项优先。 Settings file; options override it. "
        "[default: swnlp.toml of the reports or of this folder]",
    ),
]

# What finds names.
Names = Annotated[
    Path | None,
    typer.Option("--lexicon", help="自定义词典文件夹。 Folder with your own names, words and schemes."),
]
Scheme = Annotated[str, typer.Option(help="联动框架。 Linkage scheme.")]
ChosenScheme = Annotated[
    str | None, typer.Option(help=f"联动框架。 Linkage scheme. [default: {DEFAULTS.scheme}]")
]
Model = Annotated[
    Path | None, typer.Option("--model", help="swnlp train 写出的模型。 Model that swnlp train wrote.")
]
Ner = Annotated[
    str | None,
    typer.Option(
        "--ner",
        help="补充人名、地名、机构名的模型：lac 或 spacy:名称。 Model for more people, places, bodies: lac, spacy:NAME.",
    ),
]

# What counts as a word.
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


def names_of_labels(given: str | None) -> list[str] | None:
    """Return the labels of --labels; None for all.

    Raises:
        LexiconError: If there is no such label.
    """
    if given is None:
        return None
    from swnlp.lexicon.tables import known_label

    return [known_label(label.strip()) for label in given.split(",") if label.strip()]
