"""What made a result: versions, settings, inputs; and the hash of all that shapes it."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from swnlp.lexicon import Lexicon
from swnlp.model import NameModel
from swnlp.records import Problem
from swnlp.settings import Settings
from swnlp.view import QUOTES, simplified_view

LIBRARIES = (
    "charset-normalizer",
    "duckdb",
    "jieba",
    "markdown-it-py",
    "networkx",
    "numpy",
    "opencc",
    "pyarrow",
    "pypdfium2",
    "python-calamine",
    "python-docx",
    "rensa",
    "rjieba",
    "scipy",
    "selectolax",
)
_READING_LIMITS = ("max_file_mb", "max_archive_mb", "read_seconds", "read_memory_mb")


def versions() -> dict[str, str]:
    """Return the versions of swnlp, Python and the libraries that results depend on."""
    return {
        "swnlp": version("swnlp"),
        "python": platform.python_version(),
        **{name: version(name) for name in LIBRARIES},
    }


def fingerprint(settings: Settings, lexicon: Lexicon, model: NameModel | None = None) -> str:
    """Hash all that shapes a part of the map besides its files.

    That is code, versions, segmenter, how files are read, lexicon, the content of the model (None: it ships), and ner.
    """
    reading = [settings.text_column, *(getattr(settings, name) for name in _READING_LIMITS)]
    own = model.sha256 if model else None
    choices = [settings.segmenter, settings.ner, reading, repr(lexicon), own, versions(), _code_hash()]
    return hashlib.sha256(json.dumps(choices).encode()).hexdigest()


def result_key(
    parts: Sequence[str],
    settings: Settings,
    lexicon: Lexicon,
    problems: Sequence[Problem],
    book_sha256: str | None = None,
) -> str:
    """Hash all that a whole result depends on: its parts, which hash code and inputs, every setting, and the codebook."""
    inputs = [list(parts), list(map(list, problems)), book_sha256]
    choices = [inputs, settings.to_dict(), repr(lexicon), versions()]
    return hashlib.sha256(json.dumps(choices).encode()).hexdigest()


@cache
def _code_hash() -> str:
    """Hash the package's own code and resources: a part made by other code is not reused."""
    digest = hashlib.sha256()
    root = Path(str(files("swnlp")))
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def run_record(
    settings: Settings,
    lexicon: Lexicon,
    model: NameModel | None,
    codes: dict[str, Any] | None,
    inputs: list[dict[str, str]],
    counts: dict[str, int],
    started: datetime,
    finished: datetime,
) -> dict[str, Any]:
    """Return the content of run.json; only `times` differs between two runs on the same input."""
    return {
        "versions": versions(),
        "settings": settings.to_dict(),
        **names_record(lexicon),
        "model": {"file": model.file, "sha256": model.sha256} if model else None,
        "codes": codes,
        "lexicon": [{"file": name, "sha256": sha} for name, sha in lexicon.sources],
        "inputs": inputs,
        "counts": counts,
        "times": {"started": started.isoformat(), "finished": finished.isoformat()},
    }


def names_record(lexicon: Lexicon) -> dict[str, Any]:
    """Return what run.json says of a lexicon's names: the linkage scheme under "scheme", and "aliases"."""
    scheme = lexicon.scheme
    actors = [
        {"kind": a.kind, "name_zh": a.name_zh, "name_en": a.name_en, "surfaces": list(a.surfaces)}
        for a in scheme.actors
    ]
    return {
        "scheme": {
            "id": scheme.scheme_id,
            "name_zh": scheme.name_zh,
            "name_en": scheme.name_en,
            "actors": actors,
        },
        "aliases": sorted([label, alias, name] for (label, alias), name in lexicon.aliases.items()),
    }


def file_record(path: Path | None) -> dict[str, str] | None:
    """Return a file's name and the hash of its bytes, for run.json; None for none."""
    if path is None:
        return None
    return {"file": str(path), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def known_aliases(record: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Return alias -> label and name, of the scheme and the lexicon of a run; aliases simplified and in small letters.

    Args:
        record: run.json, or what `names_record` returns.
    """
    found: dict[str, tuple[str, str]] = {}
    for actor in record["scheme"]["actors"]:
        for form in (actor["name_zh"], *actor.get("surfaces", ()), actor["kind"], actor["name_en"]):
            key = simplified_view(form).strip(QUOTES).casefold()
            found.setdefault(key, ("ACTOR", simplified_view(actor["name_zh"])))
    for label, alias, name in record.get("aliases", ()):
        found[simplified_view(alias).strip(QUOTES).casefold()] = (label, simplified_view(name))
    return found
