"""`swnlp keywords`: the keywords of each document."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from swnlp.commands.errors import told
from swnlp.commands.options import CsvOut, Folder, Keep, Lexicon, Stop, Synonyms

# As content.keywords.KeywordMethod, which would be slow to import here.
Method = Literal["tfidf", "textrank"]


def keywords(
    folder: Folder,
    n: Annotated[int, typer.Option("--n", "-n", min=1, help="每篇几个。 How many of each document.")] = 10,
    method: Annotated[Method, typer.Option(help="方法。 Method.")] = "tfidf",
    out: CsvOut = None,
    lexicon: Lexicon = None,
    stop: Stop = None,
    keep: Keep = None,
    synonyms: Synonyms = None,
) -> None:
    """每篇文献的关键词：TF-IDF 或 TextRank。 Keywords of each document."""
    with told(folder):
        from rich.console import Console

        from swnlp.analysis import open_analysis
        from swnlp.content.files import write_frame
        from swnlp.lexicon import load_word_lists
        from swnlp.report.words import keywords_report

        words = load_word_lists(lexicon, stop=stop, keep=keep, synonyms=synonyms)
        found = open_analysis(folder).keywords(n, method=method, words=words)
        console = Console(highlight=False)
        console.print(keywords_report(found), soft_wrap=not console.is_terminal)
        if out is not None:
            console.print(f"已写入 {write_frame(found, out)}  written", markup=False, soft_wrap=True)
