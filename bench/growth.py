"""python -m bench.growth: time and peak memory of the map and the reduce on 1, 4, 16 (and 64) times the text."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.generate import write

ROOT = Path(__file__).parents[1]
CHILD = """
import json, resource, sys, time
import swnlp
if __name__ == "__main__":
    begun, marks = time.perf_counter(), {}
    def say(progress):
        peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        marks[progress.stage] = [time.perf_counter() - begun, peak // 1024]
    swnlp.analyze(sys.argv[1], sys.argv[2], workers=int(sys.argv[3]), progress=say)
    print(json.dumps({**marks, "whole": [time.perf_counter() - begun, 0]}))
"""


def run(folder: Path, out: Path, workers: int) -> dict[str, list[float]]:
    """Analyse once; return seconds and peak megabytes at the end of the map, of the reduce and of the whole."""
    script = out.with_suffix(".py")
    script.write_text(CHILD, encoding="utf-8")
    environment = {**os.environ, "ARROW_DEFAULT_MEMORY_POOL": "system"}
    command = [sys.executable, str(script), str(folder), str(out), str(workers)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Measure each size, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chars", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, nargs="*", default=[1])
    parser.add_argument("--full", action="store_true", help="64 times, too")
    asked = parser.parse_args()
    print("| times | workers | characters | map s | map + reduce s | whole s | peak MB, map + reduce |")
    print("|---:|---:|---:|---:|---:|---:|---:|")
    for times in (1, 4, 16, 64) if asked.full else (1, 4, 16):
        with TemporaryDirectory() as held:
            chars = write(Path(held) / "corpus", asked.chars * times)
            for workers in asked.workers:
                found = run(Path(held) / "corpus", Path(held) / f"out{workers}", workers)
                mapped, reduced, whole = found["map"], found["export"], found["whole"]
                print(
                    f"| {times} | {workers} | {chars:,} | {mapped[0]:.1f} | {reduced[0]:.1f} | {whole[0]:.1f} "
                    f"| {reduced[1]:.0f} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
