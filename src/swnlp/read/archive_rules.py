"""The corpus.toml files in an archive: which of its members are documents, and what their pages do not say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from swnlp.errors import CorpusError
from swnlp.read.corpus_file import NAME, corpus_of, matcher
from swnlp.read.page import Trouble


@dataclass(frozen=True, slots=True)
class Rule:
    """What the corpus.toml of a folder in an archive says; without one, that every member is a document.

    Attributes:
        folder: The folder, "." for the archive's own.
        documents: Fully matches the paths below the folder that are documents; None for all.
        facts: source, date and place of documents whose page gives none.
    """

    folder: PurePosixPath = field(default_factory=PurePosixPath)
    documents: re.Pattern[str] | None = None
    facts: Mapping[str, str] = field(default_factory=dict)

    def takes(self, name: str) -> bool:
        """Say whether a member is a document."""
        below = PurePosixPath(name).relative_to(self.folder).as_posix()
        return self.documents is None or self.documents.fullmatch(below) is not None


def rules_in(members: Iterable[tuple[str, bytes]]) -> tuple[dict[PurePosixPath, Rule], list[Trouble]]:
    """Return the rules of the folders that have a corpus.toml, and what is wrong with one; a wrong one is no rule."""
    rules: dict[PurePosixPath, Rule] = {}
    troubles: list[Trouble] = []
    for name, data in members:
        path = PurePosixPath(name)
        if path.name != NAME:
            continue
        try:
            corpus = corpus_of(tomllib.loads(data.decode("utf-8")), name, path.parent.name)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, CorpusError) as error:
            message = f"corpus.toml 有误，未采用，各文件照读。 Not used, all files are read: {error}"
            troubles.append(Trouble("CorpusError", message, f"/{name}"))
            continue
        said = {"source": corpus.source, "date": corpus.date, "place": corpus.place}
        facts = {key: value for key, value in said.items() if value is not None}
        rules[path.parent] = Rule(path.parent, matcher(corpus.documents) if corpus.documents else None, facts)
    return rules, troubles


def rule_of(name: str, rules: Mapping[PurePosixPath, Rule]) -> Rule:
    """Return the rule of the nearest folder that has one."""
    return next((rules[folder] for folder in PurePosixPath(name).parents if folder in rules), Rule())
