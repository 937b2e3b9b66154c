"""Run the notebooks in notebooks/ and keep their outputs: no times, no counter, no colours, no path of this machine.

python scripts/run_notebooks.py [NAME...]
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "notebooks"
# Seconds that a cell may take, on a slow machine.
PATIENCE = 300


def run(path: Path, folder: Path) -> nbformat.NotebookNode:
    """Return a notebook run in a folder, from which its paths go.

    Raises:
        nbclient.exceptions.CellExecutionError: If a cell fails.
    """
    book = nbformat.read(path, as_version=4)
    NotebookClient(
        book, timeout=PATIENCE, record_timing=False, resources={"metadata": {"path": str(folder)}}
    ).execute()
    for cell in book.cells:
        if cell.cell_type == "code":
            cell.outputs = _joined(output for output in cell.outputs if output.get("name") != "stderr")
            for output in cell.outputs:
                _steady(output)
    return book


def _joined(outputs: Iterable[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """Join what was printed: in how many pieces it comes is chance."""
    found: list[nbformat.NotebookNode] = []
    for output in outputs:
        if found and output.output_type == found[-1].output_type == "stream":
            found[-1].text += output.text
        else:
            found.append(output)
    return found


def _steady(output: nbformat.NotebookNode) -> None:
    """Take from an output what differs from run to run: addresses of objects."""
    data = output.get("data", {})
    if "text/plain" in data:
        data["text/plain"] = re.sub(r" at 0x[0-9a-f]+", "", data["text/plain"])


def main() -> None:
    """Run those that are named, or all."""
    shutil.rmtree(FOLDER / "out", ignore_errors=True)
    for path in sorted(FOLDER.glob("*.ipynb")):
        if not sys.argv[1:] or any(path.stem.startswith(name) for name in sys.argv[1:]):
            nbformat.write(run(path, FOLDER), path)
            print(path.name)


if __name__ == "__main__":
    main()
