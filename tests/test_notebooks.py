"""notebooks/: each runs, from a folder of its own, and shows in the repository what a reader would see."""

import importlib
import json
import re
from pathlib import Path

import nbformat
import pytest

from swnlp.errors import FontError
from swnlp.fonts import chinese_face

ROOT = Path(__file__).parent.parent
BOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def run():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "scripts"))
        yield importlib.import_module("run_notebooks").run


def test_there_are_seven():
    assert [book.stem[:2] for book in BOOKS] == ["01", "02", "03", "04", "05", "06", "07"]


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_it_runs(book, run, tmp_path):
    if "use_chinese_font" in book.read_text(encoding="utf-8"):
        try:
            chinese_face()
        except FontError as error:
            pytest.skip(str(error))
    (tmp_path / "corpora").symlink_to(ROOT / "corpora")
    (tmp_path / "notebooks").mkdir()

    ran = run(book, tmp_path / "notebooks")

    kinds = [[o.output_type for o in cell.outputs] for cell in ran.cells if cell.cell_type == "code"]
    kept = nbformat.read(book, as_version=4)
    assert kinds == [[o.output_type for o in cell.outputs] for cell in kept.cells if cell.cell_type == "code"]


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_what_is_kept_is_small_whole_and_of_no_machine(book):
    text = book.read_text(encoding="utf-8")
    cells = json.loads(text)["cells"]

    assert len(text) < 500_000
    assert not re.search(r"/(?:tmp|home|root|Users|work)/|[A-Z]:\\\\", text)
    assert all(cell["execution_count"] for cell in cells if cell["cell_type"] == "code")
    assert not any(o.get("output_type") == "error" for cell in cells for o in cell.get("outputs", ()))


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_it_asks_in_both_languages_and_says_what_one_may_conclude(book):
    text = "".join("".join(c["source"]) for c in json.loads(book.read_text(encoding="utf-8"))["cells"])

    assert "**问题**" in text and "**Question**" in text
    assert "可以得出什么 · What one may conclude" in text
