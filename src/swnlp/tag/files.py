"""Report files to tagged text in a format that people look at or that other programs read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, get_args

from swnlp.errors import CorpusError, OutputError
from swnlp.export.files import replacing
from swnlp.gold import to_conll, to_doccano, to_jsonl
from swnlp.lexicon import load_lexicon
from swnlp.model import load_model
from swnlp.read import find_files, read_file
from swnlp.records import Problem
from swnlp.settings import DEFAULTS, Settings
from swnlp.tag.page import to_html
from swnlp.tag.texts import Tagged, document_tagger

Format = Literal["html", "jsonl", "conll", "doccano"]
FORMATS: tuple[Format, ...] = get_args(Format)
_WRITERS: dict[Format, Callable[[Iterable[Tagged]], Iterator[str]]] = {
    "html": to_html,
    "jsonl": to_jsonl,
    "conll": to_conll,
    "doccano": to_doccano,
}


def tag_files(
    paths: Sequence[str | Path],
    problems: Callable[[Problem], None],
    *,
    settings: Settings = DEFAULTS,
    lexicon: str | Path | None = None,
) -> Iterator[Tagged]:
    """Yield each report in files and folders with the names in it, in the order of their ids.

    Args:
        paths: Files or folders, as for `swnlp.analyze`.
        problems: Told of every file that can't be read.
        settings: The scheme, the models, and how files are read.
        lexicon: Folder with the user's own names, words and schemes.

    Raises:
        CorpusError: If a path does not exist, or no report can be read.
        LexiconError: If a line of the lexicon is wrong.
        ModelError: If the model file is wrong.
    """
    words = load_lexicon(Path(lexicon) if lexicon is not None else None, scheme=settings.scheme)
    sources, unread = find_files(paths, settings)
    for problem in unread:
        problems(problem)
    tag, none = document_tagger(words, load_model(settings.model), settings.ner), True
    for source in sources:
        reading = read_file(source, settings)
        for problem in reading.problems:
            problems(problem)
        for document in reading.documents:
            none = False
            yield Tagged(document.doc_id, document.text, tag(document))
    if none:
        where = "、".join(str(path) for path in paths)
        raise CorpusError(f"{where}: 没有可以标注的报告。 No report that can be tagged.")


def formatted(tagged: Iterable[Tagged], format_: Format) -> Iterator[str]:
    """Yield tagged texts, piece by piece, in a format.

    Names inside names are all in jsonl (`outer` false) and doccano (spans that overlap); conll (a character a line,
    BIO) holds the outer ones; html (displaCy, one self-contained page) shows the outer ones, and the others where the
    pointer rests.
    """
    return _WRITERS[format_](tagged)


def write_tagged(tagged: Iterable[Tagged], format_: Format, out: Path) -> None:
    """Write tagged texts to a file, which is there whole or not at all; see `formatted`.

    Raises:
        OutputError: If the file can't be written.
    """
    if out.is_dir():
        raise OutputError(f"{out}: 是文件夹，请给出文件名。 Is a folder; name a file.")
    with replacing(out) as file:
        for piece in formatted(tagged, format_):
            file.write(piece.encode())
