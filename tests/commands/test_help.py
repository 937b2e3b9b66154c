"""commands/help.py: help that teaches; every example is a command that can be typed."""

import pytest
from typer.testing import CliRunner

from command_lines import leaf
from swnlp.cli import COMMANDS, app
from swnlp.commands.help import EXAMPLES

run = CliRunner().invoke
GROUPS = {"lexicon": ("suggest", "check", "merges")}
LEAVES = [f"{name} {sub}".strip() for name in COMMANDS for sub in GROUPS.get(name, ("",))]


@pytest.mark.parametrize("name", LEAVES)
def test_every_command_has_examples_that_it_takes(name):
    assert EXAMPLES[name], name
    for example in EXAMPLES[name]:
        program, command = example.line.split(" ", 1)
        found, words = leaf(command)
        assert program == "swnlp"
        found.make_context(name, words)


@pytest.mark.parametrize("name", LEAVES)
def test_help_tells_every_option_and_example_whatever_the_width(name):
    shown = run(app, [*name.split(" "), "--help"], env={"COLUMNS": "40", "NO_COLOR": "1"}).stdout
    found, _ = leaf(name)
    for param in found.params:
        assert all(
            option in shown for option in (*param.opts, *param.secondary_opts) if option.startswith("-")
        )
        assert " ".join((param.help or "").split()) in " ".join(shown.split())
    assert all(example.line in shown for example in EXAMPLES[name])
    assert "…" not in shown


def test_the_list_of_commands_is_in_the_order_of_use_and_tells_the_exit_codes():
    shown = run(app, ["--help"], env={"COLUMNS": "100", "NO_COLOR": "1"}).stdout
    at = [shown.index(f" {name} ") for name in COMMANDS]
    assert at == sorted(at)
    assert "130 已按 Ctrl-C 停止" in " ".join(shown.split())


def test_the_shell_completes_commands_options_and_values():
    def complete(line):
        asked = {"_SWNLP_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
        return run(app, [], prog_name="swnlp", env=asked).stdout.split()

    assert {"keyness", "keywords"} <= set(complete("swnlp key"))
    assert "--window" in complete("swnlp analyze --win")
    assert complete("swnlp analyze --window par") == ["paragraph"]
