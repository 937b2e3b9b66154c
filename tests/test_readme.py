"""README.md: its commands, options, numbers and Python run as they stand."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from swnlp.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(
    set(
        re.findall(
            r"swnlp (analyze|show|tag|evaluate|train|graph|kwic|keyness|cowords|topics|keywords)", README
        )
    )
)
run = CliRunner().invoke


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    out = tmp_path_factory.mktemp("readme") / "out"
    done = run(app, ["analyze", str(ROOT / "corpora"), "--per-corpus", "-o", str(out)], env={"COLUMNS": "90"})
    return done.stdout, out / "fujian-social-work-2023"


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def test_the_python_snippets_run():
    for code in blocks("python"):
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)


def test_the_table_is_what_the_demo_prints(result):
    table, _ = blocks("text")
    printed = [line.rstrip() for line in result[0].splitlines()]
    for line in table.splitlines():
        assert line.rstrip() in printed


def test_the_sentence_is_what_show_prints(result):
    _, sentence = blocks("text")
    shown = run(app, ["show", str(result[1]), "社会工作者", "五社联动"]).stdout
    for line in filter(None, sentence.splitlines()):
        assert line in shown


def test_every_option_exists_and_every_file_is_written(result):
    options = set(re.findall(r"`(--[a-z-]+)", README))
    assert options
    wide = {"COLUMNS": "200", "NO_COLOR": "1"}
    shown = "".join(run(app, [command, "--help"], env=wide).stdout for command in COMMANDS)
    assert all(option in shown for option in options)
    for name in ("graph.gexf", "graph.graphml", "nodes.csv", "edges.csv", "evidence.csv", "run.json"):
        assert f"`{name}`" in README
        assert (result[1] / name).is_file()


def test_every_make_target_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"\$ make ([a-z]+)", README)):
        assert f"\n{target}:" in makefile


def test_every_link_leads_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
