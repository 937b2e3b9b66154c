"""How long `swnlp show OUT A B` takes on a result, start of Python included: processor time and the clock.

    python -m bench.show OUT 社会工作者 五社联动 [--rounds 5]

Processor time is the number to compare on a machine that does other work; DuckDB uses all cores, so the clock is
less than it on an idle one.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple


class Taken(NamedTuple):
    """Seconds of one call, and the lines that it printed."""

    processor: float
    clock: float
    lines: int


def taken(folder: Path, a: str, b: str) -> Taken:
    """Run the command once in a fresh process."""
    before, start = os.times(), time.perf_counter()
    command = [sys.executable, "-m", "swnlp", "show", str(folder), a, b]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    clock, after = time.perf_counter() - start, os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Taken(used, clock, printed.count(b"\n"))


def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a result of swnlp analyze")
    parser.add_argument("a")
    parser.add_argument("b")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    rounds = [taken(given.folder, given.a, given.b) for _ in range(given.rounds)]
    used, clock = (median(round[i] for round in rounds) for i in (0, 1))
    print(
        f"{given.a} × {given.b}: {used:.2f} s of processor time, {clock:.2f} s by the clock, {rounds[0].lines} lines"
    )


if __name__ == "__main__":
    main()
