"""Data flows one way, and so do imports."""

import ast
from pathlib import Path

import pytest

import swnlp

PACKAGE = Path(swnlp.__file__).parent
# What every stage may import.
BASE = {
    "errors",
    "extras",
    "fonts",
    "gazetteer",
    "html",
    "inference",
    "lexicon",
    "model",
    "records",
    "resources",
    "schema",
    "settings",
    "settings_file",
    "view",
}
STAGES = {"read", "outline", "names", "segment", "link", "indicators", "count", "graph", "export"} | {
    "amend",
    "codes",
    "concordance",
    "keyness",
    "similar",
    "cowords",
    "topics",
    "keywords",
}
# What composes stages; nothing below them imports these.
TOP = {
    "annotate",
    "analysis",
    "network",
    "coding",
    "content",
    "forms",
    "validation",
    "commands",
    "copies",
    "mapper",
    "paper",
    "plan",
    "workflow",
    "pipeline",
    "engine",
    "provenance",
    "report",
    "result_files",
    "run",
    "cli",
    "evaluate",
    "gold",
    "tag",
    "train",
}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_within(path: Path) -> set[str]:
    """Return the rooms of swnlp that a file imports, in any spelling."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: write imports in full"
            names |= (
                {node.module or ""} if node.module != "swnlp" else {f"swnlp.{a.name}" for a in node.names}
            )
    return {name.split(".")[1] for name in names if name.startswith("swnlp.")}


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize(
    "path", [p for p in FILES if room(p) in STAGES], ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_a_stage_imports_no_other_stage(path):
    assert imports_within(path) <= BASE | {room(path)}


@pytest.mark.parametrize(
    "path", [p for p in FILES if room(p) in BASE], ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_the_base_imports_only_the_base(path):
    assert imports_within(path) <= BASE


def test_every_room_is_a_stage_the_base_or_the_top():
    known = BASE | STAGES | TOP | {"__init__", "__main__", "store"}
    assert {room(p) for p in FILES} <= known


def test_nothing_imports_the_command_or_the_report_from_below():
    for path in FILES:
        if room(path) not in {"__main__", "cli", "report", "paper", "commands"}:
            assert not imports_within(path) & {"cli", "report", "commands"}, path
        # Analysis.paper asks for it only when it is called.
        if room(path) not in {"paper", "commands", "analysis"}:
            assert "paper" not in imports_within(path), path


def test_every_module_says_in_its_first_line_what_it_is_for():
    for path in FILES:
        doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        assert doc, path
        assert len(doc.splitlines()[0]) > 20, path
