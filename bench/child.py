"""Measure one thing in this process, which was started for it, and print the result as JSON.

python -m bench.child SUBJECT WARM_FOLDER FOLDER
"""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from bench.memory import peak_of_tree
from bench.subjects import SUBJECTS, Subject, with_workers


def find_subject(name: str) -> Subject:
    workers = name.removeprefix("workers")
    return with_workers(int(workers)) if workers.isdigit() else SUBJECTS[name]


def measure(subject: Subject, warm: Path, folder: Path) -> dict[str, Any]:
    """Load, warm up, run once; each with its own time."""
    missing = [name for name in subject.packages if find_spec(name) is None]
    if missing:
        return {"skipped": f"{', '.join(missing)} not installed"}
    at_start = perf_counter()
    job = subject.load()(*subject.arguments)
    loaded = perf_counter()
    job(warm)
    warmed, cpu = perf_counter(), process_time()
    # A job may time itself, where it also has to clear up.
    details = dict(job(folder))
    seconds, used = perf_counter() - warmed, process_time() - cpu
    return {
        "load_seconds": loaded - at_start,
        "warm_seconds": warmed - loaded,
        "seconds": seconds,
        "cpu_seconds": used,
        "peak": peak_of_tree(),
        **details,
    }


def main() -> None:
    name, warm, folder = sys.argv[1:]
    try:
        result = measure(find_subject(name), Path(warm), Path(folder))
    except Exception as error:
        # One that fails must not stop the others; the table shows what it said.
        result = {"skipped": f"{type(error).__name__}: {error}".splitlines()[0][:200]}
    sys.stdout.write("\n" + json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
