"""Fit the weights that ship: the tables in src/swnlp/resources/names_*.toml.

    python scripts/fit_weights.py GOLD.json [GOLD.json ...] [--folds 5] [--write]

As `swnlp train` (src/swnlp/train), which writes them to a file of their own. The script prints how well the whole
pipeline does with weights fitted on other texts, then how the tables would change; --write changes them, and nothing
else. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console

from swnlp.errors import SwnlpError
from swnlp.model import TABLES
from swnlp.report.scores import scores_table
from swnlp.train import DEFAULT_FOLDS, train

RESOURCES = Path(__file__).parents[1] / "src" / "swnlp" / "resources"


def rewritten(content: str, key: str, weights: Mapping[str, float]) -> str:
    """Return a TOML file with the rows of one table replaced; comments and other tables stay as they are."""
    lines = content.splitlines(keepends=True)
    first = lines.index(f"[{key}]\n") + 1
    last = next((i for i in range(first, len(lines)) if lines[i].startswith("[")), len(lines))
    rows = [f"{name if name == 'bias' else json.dumps(name, ensure_ascii=False)} = {weight:.1f}\n"
            for name, weight in weights.items()]  # fmt: skip
    kept = [line for line in lines[first:last] if line.startswith("#") or not line.strip()]
    return "".join([*lines[:first], *rows, *kept, *lines[last:]])


def update(resource: str, key: str, weights: Mapping[str, float], *, write: bool) -> None:
    """Say how many weights of a table differ from the file, and write them if asked to."""
    path = RESOURCES / resource
    content = path.read_text(encoding="utf-8")
    before: dict[str, Any] = tomllib.loads(content)[key]
    changed = sum(before.get(key) != weights.get(key) for key in before.keys() | weights.keys())
    print(f"{resource} [{key}]: {len(weights)} weights, {changed} changed")
    if write:
        path.write_text(rewritten(content, key, weights), encoding="utf-8", newline="\n")


def main() -> None:
    """Fit, measure, and write if asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("gold", nargs="+", type=Path, help="annotated texts")
    parser.add_argument("--folds", type=int, default=DEFAULT_FOLDS, help="of the cross-validation; 0: none")
    parser.add_argument("--write", action="store_true", help="change the tables in src/swnlp/resources")
    options = parser.parse_args()
    try:
        training = train(options.gold, folds=options.folds)
    except SwnlpError as error:
        sys.exit(str(error))
    for name, scores in training.scores.items():
        Console(highlight=False).print(
            scores_table(scores, f"{Path(name).stem}, {options.folds} folds by text")
        )
    for name, (resource, key) in TABLES.items():
        if name in training.kept:
            sys.exit(f"{name}: the texts hold too few names to learn from: give more texts")
        update(resource, key, training.weights[name], write=options.write)


if __name__ == "__main__":
    main()
