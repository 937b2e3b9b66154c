"""python -m bench.growth: time and peak memory of the map and the reduce on 1, 4, 16 (and 64) times the text."""

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.child import peak_mb
from bench.generate import grow

ROOT = Path(__file__).parents[1]
SIZES = (1, 4, 16)
FULL = (*SIZES, 64)
# Growth is told from one size to another that is far from it.
COMPARED = ((1, 16), (16, 64))


class Growth(NamedTuple):
    """Seconds since the start and peak megabytes of the main process at the end of each step; those of a worker."""

    map_s: float
    reduce_s: float
    whole_s: float
    map_mb: int
    reduce_mb: int
    worker_mb: int


def analyse_here(folder: str, out: str, workers: str) -> None:
    """Analyse once in this process and print a Growth as JSON."""
    import swnlp

    begun = time.perf_counter()
    ended: dict[str, tuple[float, int]] = {}
    worker = 0

    def say(progress: "swnlp.engine.Progress") -> None:
        nonlocal worker
        # Each stage is announced when the one before it has ended.
        ended.setdefault(progress.stage, (time.perf_counter() - begun, peak_mb()))
        worker = max([worker, *(peak_mb(process.pid) for process in multiprocessing.active_children())])

    swnlp.analyze(folder, out, workers=int(workers), progress=say)
    (map_s, map_mb), (reduce_s, reduce_mb) = ended["reduce"], ended["export"]
    print(json.dumps(Growth(map_s, reduce_s, time.perf_counter() - begun, map_mb, reduce_mb, worker)))


def run(folder: Path, out: Path, workers: int) -> Growth:
    """Analyse once, in a fresh process."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    environment = {**os.environ, "PYTHONPATH": path, "ARROW_DEFAULT_MEMORY_POOL": "system"}
    command = [sys.executable, "-m", "bench.growth", "--here", str(folder), str(out), str(workers)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return Growth(*json.loads(done.stdout.splitlines()[-1]))


def row(times: int, workers: int, chars: int, found: Growth) -> str:
    """Return a row of the table."""
    worker = f"{found.worker_mb}" if found.worker_mb else "–"
    return (
        f"| {times} | {workers} | {chars:,} | {found.map_s:.1f} | {found.reduce_s:.1f} | {found.whole_s:.1f} "
        f"| {found.map_mb} | {found.reduce_mb} | {worker} |"
    )


def ratios(runs: dict[tuple[int, int], tuple[int, Growth]]) -> list[str]:
    """Return a line for each two sizes to compare and number of workers; `runs` is by times and workers."""
    lines = []
    for less, more in COMPARED:
        for workers in sorted({workers for times, workers in runs if times == more}):
            (chars, small), (many, large) = runs[less, workers], runs[more, workers]
            lines.append(
                f"{more}/{less}, workers {workers}: characters × {many / chars:.2f}, map × {large.map_s / small.map_s:.2f}, "
                f"map + reduce × {large.reduce_s / small.reduce_s:.2f}, memory × {large.reduce_mb / small.reduce_mb:.2f}"
            )
    return lines


def main() -> None:
    """Measure each size, print a table and how much more the larger sizes take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chars", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, nargs="*", default=[1])
    parser.add_argument("--full", action="store_true", help="64 times, too")
    asked = parser.parse_args()
    print(
        "| times | workers | characters | map s | map + reduce s | whole s | peak MB: map | map + reduce | a worker |"
    )
    print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    runs: dict[tuple[int, int], tuple[int, Growth]] = {}
    sizes = FULL if asked.full else SIZES
    with TemporaryDirectory() as held:
        text = Path(held) / "corpus"
        # The folder grows: each size holds the one before.
        for times, chars in zip(sizes, grow(text, [asked.chars * times for times in sizes]), strict=True):
            for workers in asked.workers:
                runs[times, workers] = chars, run(text, Path(held) / f"out-{times}-{workers}", workers)
                print(row(times, workers, *runs[times, workers]), flush=True)
    print("\n" + "\n".join(ratios(runs)))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--here"]:
        analyse_here(*sys.argv[2:])
    else:
        main()
