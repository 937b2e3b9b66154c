"""swnlp.toml: the settings of a project in a file, found beside its reports or where the command runs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from pathlib import Path

from swnlp.errors import SettingsError
from swnlp.settings import DEFAULTS, Settings

NAME = "swnlp.toml"
# Beside the settings: the folder that --lexicon names.
_LEXICON = "lexicon"
# Values that are paths; they count from the file's own folder.
_PATHS = ("meta", "model", "codes", "codings", "corrections", _LEXICON)
KEYS = (*(field.name for field in fields(Settings)), _LEXICON)


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """What a settings file says.

    Attributes:
        path: The file; None if there is none.
        settings: Its settings; defaults for what it does not say.
        lexicon: The lexicon folder that it names, or None.
    """

    path: Path | None = None
    settings: Settings = DEFAULTS
    lexicon: Path | None = None

    @property
    def name(self) -> str | None:
        """The file as text, or None."""
        return None if self.path is None else str(self.path)


def find_settings(paths: Sequence[str | Path], named: Path | None = None) -> SettingsFile:
    """Return the settings for reports: of the file that was named, else of a swnlp.toml.

    That is looked for in each folder of reports first and, if none has one, in the working directory.

    Args:
        paths: Files and folders of reports.
        named: The file that the user named, or None.

    Raises:
        SettingsError: If the file is wrong, if two folders of reports have one each, or if one that was found with
            the reports asks for a spaCy pipeline: that is a program, and the reports may be a stranger's.
    """
    if named is not None:
        return read_settings(named)
    beside = {file.resolve(): file for path in paths if (file := Path(path) / NAME).is_file()}
    if len(beside) > 1:
        files = "、".join(map(str, beside.values()))
        raise SettingsError(
            f"{files}: 有几个设置文件，请用 --settings 指定一个。 Several settings files: choose one with --settings."
        )
    here = Path(NAME)
    if not beside:
        return read_settings(here) if here.is_file() else SettingsFile()
    (file,) = beside.values()
    found = read_settings(file)
    strangers = file.resolve() != here.resolve()
    if strangers and found.settings.ner is not None and found.settings.ner.startswith("spacy:"):
        raise SettingsError(
            f"{_where(file, 'ner')}: 与报告放在一起的设置文件不能指定 spaCy 流水线；若信任它，请加 --settings {file}。 "
            f"Found with the reports, it may not choose a spaCy pipeline; if you trust it, add --settings {file}."
        )
    return found


def read_settings(path: str | Path) -> SettingsFile:
    """Read a settings file: TOML, one key a setting (settings.Settings), and `lexicon`.

    Paths in it (meta, model, codes, codings, corrections, lexicon) count from its own folder.

    Raises:
        SettingsError: For a file that can't be read, broken TOML, an unknown key or a bad value; it names the file,
            the line and, for a key, the nearest known one.
    """
    path = Path(path)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(
            f"{path}: 无法读取设置文件。 The settings file can't be read: {error.strerror or error}."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: 不是有效的 TOML。 This is no TOML: {error}") from None
    for key in table:
        if key not in KEYS:
            raise _unknown(path, key)
    for key in _PATHS:
        if isinstance(value := table.get(key), str) and value.strip():
            table[key] = str(path.parent / value)
    lexicon = table.pop(_LEXICON, None)
    if lexicon is not None and (type(lexicon) is not str or not lexicon.strip()):
        raise SettingsError(f"{_where(path, _LEXICON)}: lexicon: {lexicon!r} 应为文字。 Must be text")
    settings = DEFAULTS
    for key, value in table.items():
        try:
            settings = replace(settings, **{key: value})
        except SettingsError as error:
            raise SettingsError(f"{_where(path, key)}: {error}") from None
    return SettingsFile(path, settings, Path(lexicon) if lexicon else None)


def _unknown(path: Path, key: str) -> SettingsError:
    near = get_close_matches(key.replace("-", "_"), KEYS, n=1, cutoff=0.5)
    zh, en = (f"，是否为 {near[0]!r}", f", did you mean {near[0]!r}?") if near else ("", "")
    return SettingsError(f"{_where(path, key)}: 没有 {key!r} 这一设置{zh}。 Unknown setting {key!r}{en}")


def _where(path: Path, key: str) -> str:
    """Return file:line of a key (1-based); tomllib does not say the line."""
    pattern = re.compile(rf"""\s*\[?\[?\s*["']?{re.escape(key)}["']?\s*[\].=]""")
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if pattern.match(line):
            return f"{path}:{number}"
    return str(path)
