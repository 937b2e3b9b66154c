"""Which settings a command works with: its options before the settings file, that before the defaults."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import typer

from swnlp.settings_file import SettingsFile, find_settings


def choose(
    paths: Sequence[str],
    named: Path | None,
    *,
    lexicon: Path | None = None,
    **options: str | int | bool | Path | None,
) -> SettingsFile:
    """Return the settings of a command.

    Args:
        paths: The reports that it was given.
        named: The file of --settings, or None.
        lexicon: The folder of --lexicon, or None.
        options: Settings by name; None for what the command line does not say.

    Raises:
        SettingsError: If the file or a value is wrong.
    """
    found = find_settings(paths, named)
    given = {
        name: str(value) if isinstance(value, Path) else value
        for name, value in options.items()
        if value is not None
    }
    return replace(
        found,
        settings=replace(found.settings, **given),  # type: ignore[arg-type]  # checked by Settings itself
        lexicon=lexicon or found.lexicon,
    )


def say_file(chosen: SettingsFile) -> None:
    """Say on stderr which file the settings come from, for a command whose output is the result itself."""
    if chosen.path is not None:
        typer.echo(f"设置文件 settings: {chosen.path}", err=True)
