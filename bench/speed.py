"""python -m bench.speed: swnlp beside its peers on the same text, interleaved; a table with ratios to jieba.cut."""

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.child import CONTESTANTS
from bench.generate import write

ROOT = Path(__file__).parents[1]
UNIT = "jieba.cut"


def run(name: str, folder: Path) -> dict[str, float] | None:
    """Run one contestant once; None if it is not installed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ARROW_DEFAULT_MEMORY_POOL": "system"}
    command = [sys.executable, "-m", "bench.child", name, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if "ModuleNotFoundError" in done.stderr or "ImportError" in done.stderr:
        return None
    if done.returncode:
        raise SystemExit(f"{name}: {done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def measure(folder: Path, rounds: int, names: list[str]) -> dict[str, list[dict[str, float]]]:
    """Run every contestant once a round, in turn."""
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            found = run(name, folder)
            if found is not None:
                runs[name].append(found)
    return runs


def table(runs: dict[str, list[dict[str, float]]], chars: int) -> list[str]:
    """Return a Markdown table: medians; the ratio is of seconds within a round, to jieba.cut's."""
    rows = [
        "| what | characters/s | × jieba.cut's time (min–max) | peak MB | start-up s |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, found in runs.items():
        if not found:
            rows.append(f"| {name} | not installed | | | |")
            continue
        ratios = [one["seconds"] / unit["seconds"] for one, unit in zip(found, runs[UNIT], strict=True)]
        middle = {key: median(one[key] for one in found) for key in found[0]}
        rows.append(
            f"| {name} | {chars / middle['seconds']:,.0f} | {median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f}) "
            f"| {middle['peak_mb']:.0f} | {middle['start_up']:.2f} |"
        )
    return rows


def main() -> None:
    """Parse, generate, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chars", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="*", choices=list(CONTESTANTS), default=list(CONTESTANTS))
    asked = parser.parse_args()
    names = [UNIT, *(name for name in asked.only if name != UNIT)]
    with TemporaryDirectory() as held:
        chars = write(Path(held), asked.chars)
        runs = measure(Path(held), asked.rounds, names)
    print(
        f"{chars:,} characters, {asked.rounds} rounds, Python {platform.python_version()}, {os.cpu_count()} cores\n"
    )
    print("\n".join(table(runs, chars)))


if __name__ == "__main__":
    main()
