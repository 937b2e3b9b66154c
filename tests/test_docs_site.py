"""docs/, mkdocs.yml and CITATION.cff: the site builds strictly, asks the network for nothing, and names this version."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pyarrow as pa
import pytest
import yaml

import swnlp
from swnlp import schema

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    env = os.environ | {"TMPDIR": str(folder.parent), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(folder)]
    done = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder


def test_every_page_is_in_the_navigation_and_built(site):
    pages = {path.stem for path in (ROOT / "docs").glob("*.md")} - {"index"}
    navigation = set(re.findall(r"(\w[\w-]*)\.md", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))) - {
        "index"
    }
    assert pages == navigation
    assert all((site / page / "index.html").is_file() for page in pages)


def test_no_page_loads_anything_from_the_network(site):
    loads = re.compile(
        r"<(?:script|img|iframe)[^>]+src=\"https?:|<link[^>]+rel=\"stylesheet\"[^>]+href=\"https?:|@import url\(https?:"
    )
    assert [
        path.name for path in site.rglob("*.html") if loads.search(path.read_text(encoding="utf-8"))
    ] == []


def test_the_reference_has_what_is_public(site):
    html = (site / "reference" / "index.html").read_text(encoding="utf-8")
    for name in (
        "analyze",
        "open_analysis",
        "Settings",
        "Analysis",
        "load",
        "evaluate",
        "tag_files",
        "train",
    ):
        assert re.search(rf'id="swnlp\.[\w.]*\b{name}"', html), name


def test_the_reference_has_every_column_of_every_table_with_its_meaning(site):
    html = (site / "reference" / "index.html").read_text(encoding="utf-8")
    tables = {
        name: table
        for name, table in vars(schema).items()
        if isinstance(table, pa.Schema) and not name.startswith("_")
    }
    assert len(tables) > 20
    for name, table in tables.items():
        shown = html.partition(f'<h3 id="{name.lower()}">')[2].partition("<h3")[0]
        assert all(f"<code>{field.name}</code>" in shown for field in table), name
    assert "one past the last character" in html


def test_the_citation_parses_and_names_this_version():
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    # The base loader leaves 1.2.0 and 0.1.0 as they are written.
    cited = yaml.load(text, Loader=yaml.BaseLoader)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert cited["cff-version"] == "1.2.0"
    assert (cited["version"], cited["license"]) == (project["version"], project["license"])
    assert project["version"] == swnlp.__version__
    assert [author["name"] for author in cited["authors"]] == [who["name"] for who in project["authors"]]
    assert cited["type"] == "software"
    assert cited["title"]
    assert cited["message"]
