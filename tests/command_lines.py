"""What a line that begins with `swnlp` asks of the command: shared by the tests of --help and of the docs."""

import shlex

from typer.main import get_command

from swnlp.cli import app

# What a shell reads, not the command.
SHELL = {">", ">>", "|", "&&", ";"}


def leaf(command):
    """Return the command that words name, and the words behind it."""
    words = command if isinstance(command, list) else shlex.split(command)
    found, words = get_command(app), list(words)
    while words and words[0] in getattr(found, "commands", {}):
        found = found.commands[words.pop(0)]
    return found, words


def words_of(line):
    """Return what stands behind `swnlp` in a line, without the shell's part; None if it does not call swnlp."""
    words = shlex.split(line.removeprefix("$ ").replace("\\", "/"), comments=True)
    words = next((words[:at] for at, word in enumerate(words) if word in SHELL), words)
    if words[1:3] == ["-m", "swnlp"]:
        return words[3:]
    return words[1:] if words and words[0].rpartition("/")[2] == "swnlp" else None


def options_of(command):
    """Return the options that a command takes, as they are written."""
    return {
        option
        for param in command.params
        for option in (*param.opts, *param.secondary_opts)
        if option[0] == "-"
    } | {"--help"}
