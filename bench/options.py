"""What all commands of bench have in common: their options, and where the report goes."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from bench.generate import SEED


def parser(module: str, doc: str | None, *, rounds: int) -> argparse.ArgumentParser:
    """Return a parser with the common options."""
    made = argparse.ArgumentParser(prog=f"python -m bench.{module}", description=(doc or "").split("\n\n")[0])
    made.add_argument("--text", type=Path, help="folder of real text (.txt) [default: what is at hand]")
    made.add_argument("--rounds", type=int, default=rounds, help=f"[default: {rounds}]")
    made.add_argument("--seed", type=int, default=SEED, help="of generated text")
    made.add_argument("--json", type=Path, help="write all numbers of all rounds to this file")
    return made


def finish(report: str, numbers: dict[str, Any], path: Path | None) -> None:
    """Print the report; write the numbers."""
    print(report)
    if path is not None:
        path.write_text(json.dumps(numbers, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
