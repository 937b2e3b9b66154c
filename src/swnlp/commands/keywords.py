"""`swnlp keywords`: the keywords of each document."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from swnlp.commands.errors import told
from swnlp.commands.options import CsvOut, Folder, Json, Keep, Lexicon, Quiet, Stop, Synonyms
from swnlp.commands.output import Output

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
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """每篇文献的关键词：TF-IDF 或 TextRank。 Keywords of each document."""
    with told(folder):
        from swnlp.analysis import open_analysis
        from swnlp.content.files import write_frame
        from swnlp.lexicon import load_word_lists
        from swnlp.report.machine import rows_of
        from swnlp.report.words import keywords_report

        words = load_word_lists(lexicon, stop=stop, keep=keep, synonyms=synonyms)
        found = open_analysis(folder).keywords(n, method=method, words=words)
        Output("keywords", as_json, quiet).give(
            lambda console: keywords_report(found),
            lambda: {"method": method, "rows": rows_of(found)},
            [write_frame(found, out)] if out is not None else [],
        )
