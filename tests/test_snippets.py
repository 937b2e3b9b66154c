"""README.md and docs/: each command, option and Python name in them is one that swnlp has."""

import ast
import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest

import swnlp
from command_lines import leaf, options_of, words_of
from swnlp.cli import COMMANDS

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in PAGES}
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
# A line that leaves something to the reader: only its names can be checked.
LEFT_OPEN = re.compile(r"…|\.\.\.|[\[|]|[A-Z]{3,}")
GROUPS = {"lexicon": ("suggest", "check", "merges")}
LEAVES = [f"{name} {sub}".strip() for name in COMMANDS for sub in GROUPS.get(name, ("",))]
# Of the other programs that a page tells to call.
ELSEWHERE = {"--install-peers", "--stream", "--install-completion", "--show-completion"}


def fenced(language):
    return [
        pytest.param(body, id=f"{name}-{at}")
        for name, text in TEXTS.items()
        for at, (found, body) in enumerate(FENCE.findall(text))
        if found in language
    ]


def inline():
    found = {
        (name, code)
        for name, text in TEXTS.items()
        for code in re.findall(r"`([^`\n]+)`", FENCE.sub("", text))
    }
    return sorted(found)


TYPED = [
    pytest.param(line, id=f"{block.id}: {line}")
    for block in fenced({"console", "bash", "text", ""})
    for line in block.values[0].splitlines()
    if re.match(r"(\$ )?(\S*[/\\])?(swnlp|python3? -m swnlp) ", line)
]
NAMED = [pytest.param(code, id=f"{name}: {code}") for name, code in inline() if code.startswith("swnlp ")]


def test_there_is_something_to_check():
    assert len(TYPED) > 20
    assert len(NAMED) > 20


@pytest.mark.parametrize("line", TYPED)
def test_a_line_to_type_is_one_that_the_command_takes(line):
    command, words = leaf(words_of(line))
    if not command.params or words[:1] == ["--install-completion"]:
        assert words[0] in ELSEWHERE
        return
    command.make_context(command.name, words)


@pytest.mark.parametrize("code", NAMED)
def test_a_command_in_the_text_has_the_options_that_it_is_named_with(code):
    command, words = leaf(words_of(code))
    if command.name not in COMMANDS and command.name not in GROUPS["lexicon"]:
        assert words[0] in {"--help", "COMMAND", "命令", *ELSEWHERE}
        return
    assert {word for word in words if word.startswith("-")} <= options_of(command)
    if words and words[0][0] != "-" and not LEFT_OPEN.search(code):
        command.make_context(command.name, words)


def test_an_option_in_the_text_is_one_of_a_command():
    known = ELSEWHERE.union(*(options_of(leaf(name)[0]) for name in LEAVES))
    named = [(name, code.split(" ")[0]) for name, code in inline() if code.startswith("--")]
    assert len(named) > 20
    assert [pair for pair in named if pair[1] not in known] == []


@pytest.mark.parametrize("code", fenced({"python"}))
def test_python_compiles_and_its_names_exist(code):
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("swnlp"):
            assert all(hasattr(import_module(node.module), alias.name) for alias in node.names)
        if isinstance(node, ast.Call) and (called := target(node.func)):
            taken = inspect.signature(called).parameters
            assert {word.arg for word in node.keywords} <= set(taken), ast.unparse(node)
        elif isinstance(node, ast.Attribute):
            target(node)


def target(node):
    """Return what `swnlp.x.y` or `analysis.x` names in swnlp; None for what is not swnlp's."""
    match node:
        case ast.Name(id="swnlp"):
            return swnlp
        case ast.Name(id="analysis"):
            return swnlp.Analysis
        case ast.Attribute(value=ast.Name(id="swnlp" | "analysis") as owner, attr=name):
            assert hasattr(target(owner), name) or is_module(name), ast.unparse(node)
            return getattr(target(owner), name, None)
    return None


def is_module(name):
    return (Path(swnlp.__file__).parent / f"{name}.py").is_file()
