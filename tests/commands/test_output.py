"""commands/output.py: one JSON document for machines with the keys that docs/commands.md tells, or silence."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from swnlp.cli import app

ROOT = Path(__file__).parent.parent.parent
GOLD = next(ROOT.glob("corpora/fujian*/gold/*.json"))
DOCUMENTED = dict(
    re.findall(
        r"^\| `([a-z ]+)` \| (`command`.*?) \|$",
        (ROOT / "docs" / "commands.md").read_text(encoding="utf-8"),
        re.M,
    )
)
run = CliRunner().invoke


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("output")
    (folder / "词典").mkdir()
    assert (
        run(
            app,
            ["analyze", str(ROOT / "corpora" / "fujian-social-work-2023"), "-o", str(folder / "out"), "-q"],
        ).exit_code
        == 0
    )
    return folder


# Every command with --json, as it is typed; OUT is the result.
CALLS = {
    "analyze": "analyze corpora -o OUT",
    "report": "report OUT -o FOLDER/page.html",
    "show": "show OUT 社会工作者 五社联动",
    "read": "read corpora",
    "graph": "graph OUT -o FOLDER/g.gexf",
    "kwic": "kwic OUT 社工 -o FOLDER/kwic.csv",
    "indicators": "indicators OUT --subject 持证社工",
    "keyness": "keyness OUT --alpha 1 -o FOLDER/keyness.csv",
    "keywords": "keywords OUT",
    "cowords": "cowords OUT -n 10 -o FOLDER/cowords",
    "topics": "topics OUT -n 2",
    "paper": "paper OUT -o FOLDER/paper --no-figure",
    "lexicon suggest": "lexicon suggest OUT -o FOLDER/c.csv",
    "lexicon check": "lexicon check FOLDER/词典",
    "lexicon merges": "lexicon merges OUT",
    "evaluate": "evaluate GOLD -o FOLDER/scores",
    "train": "train GOLD -o FOLDER/model.json --folds 0",
}


def call(folder, name, *options):
    places = {
        "OUT": str(folder / "out"),
        "FOLDER": str(folder),
        "GOLD": str(GOLD),
        "corpora": str(ROOT / "corpora" / "fujian-social-work-2023"),
    }
    words = CALLS[name].split(" ")
    args = [re.sub(r"^(OUT|FOLDER|GOLD|corpora)", lambda m: places[m[0]], word) for word in words]
    return run(app, [*args, *options])


@pytest.mark.parametrize("name", CALLS)
def test_json_is_one_document_with_the_documented_keys(folder, name):
    done = call(folder, name, "--json")
    assert done.exit_code == 0, done.output
    document = json.loads(done.stdout)
    assert document["command"] == name
    assert list(document) == re.findall(r"`([a-z_]+)`", DOCUMENTED[name])
    assert all(Path(file).is_file() for file in document["files"])


def test_every_command_with_json_is_documented_and_tried():
    assert set(DOCUMENTED) == set(CALLS)


def test_json_is_what_the_screen_shows(folder):
    summary = json.loads(call(folder, "analyze", "--json").stdout)
    assert summary["counts"]["documents"] == 1
    assert {
        "place": "龙岩市",
        "community": 0,
        "social_org": 1,
        "social_worker": 8,
        "volunteer": 0,
        "charity": 0,
    } in (summary["linkage"])
    shown = json.loads(call(folder, "show", "--json").stdout)
    assert (shown["windows"], len(shown["rows"])) == (1, 1)
    assert "“五社联动”" in shown["rows"][0]["text"]
    lines = json.loads(call(folder, "kwic", "--json").stdout)["rows"]
    assert len(lines) == sum(kind["social_worker"] for kind in summary["linkage"])
    values = [row["value"] for row in json.loads(call(folder, "indicators", "--json").stdout)["rows"]]
    assert values and all(value is None or isinstance(value, int | float) for value in values)


def test_an_error_leaves_stdout_empty(folder):
    done = run(app, ["show", str(folder / "out"), "拉萨大学", "社工", "--json"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "拉萨大学" in done.stderr


def test_read_as_json_gives_the_text_if_asked_for(folder):
    (document,) = json.loads(call(folder, "read", "--json", "--text").stdout)["documents"]
    assert "五社联动" in document["text"]
    assert all(document["text"][d["start"] : d["end"]].strip() for d in document["dropped"])


QUIET = (
    "analyze",
    "report",
    "graph",
    "kwic",
    "keyness",
    "keywords",
    "cowords",
    "topics",
    "evaluate",
    "train",
)


@pytest.mark.parametrize("name", (*QUIET, "lexicon suggest", "lexicon check", "lexicon merges"))
def test_quiet_shows_nothing_and_writes_all_the_same(folder, name):
    for file in ("page.html", "g.gexf", "kwic.csv", "keyness.csv", "c.csv", "model.json"):
        (folder / file).unlink(missing_ok=True)
    done = call(folder, name, "--quiet")
    assert (done.exit_code, done.output) == (0, "")
    assert all(
        Path(file).exists() for file in re.findall(r"FOLDER/\S+", CALLS[name].replace("FOLDER", str(folder)))
    )


def on_a_terminal(args, **env):
    """Return what a command writes on a terminal of 100 columns."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", **env}
    done = subprocess.Popen([sys.executable, "-m", "swnlp", *args], stdout=theirs, stderr=theirs, env=env)
    os.close(theirs)
    said = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        said += piece
    os.close(ours)
    assert done.wait() == 0
    return said.decode("utf-8")


def test_colours_are_for_terminals_and_no_color_is_honoured(folder):
    show = ["show", str(folder / "out"), "社会工作者", "五社联动"]
    coloured = on_a_terminal(show)
    assert re.search(r"\x1b\[[0-9;]*3[0-9]m五社联动", coloured)
    plain = on_a_terminal(show, NO_COLOR="1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", plain)
    assert "【五社联动】" in plain
    assert "\x1b" not in run(app, show).stdout
