"""Child processes, interleaved: A B C A B C ..., and what their numbers come to."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from bench.corpus import ROOT
from bench.subjects import Subject

Result = dict[str, Any]
# One that takes longer is stopped and skipped.
TIME_LIMIT = 3600


class Task(NamedTuple):
    """A subject, the text it warms up on and the text it is timed on."""

    subject: Subject
    warm: Path
    folder: Path
    chars: int
    python: str = sys.executable


class Spread(NamedTuple):
    """Median, least and most of a number over the rounds."""

    median: float
    least: float
    most: float


def spread(values: Sequence[float]) -> Spread:
    return Spread(median(values), min(values), max(values))


def run_child(task: Task) -> Result:
    """Measure one task in a fresh process."""
    command = [task.python, "-m", "bench.child", task.subject.name, str(task.warm), str(task.folder)]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=TIME_LIMIT
        )
    except subprocess.TimeoutExpired:
        return {"skipped": f"took more than {TIME_LIMIT} s"}
    lines = done.stdout.splitlines()
    if done.returncode or not lines:
        last = (done.stderr.splitlines() or ["no output"])[-1]
        return {"skipped": f"exit code {done.returncode}: {last}"[:200]}
    result: Result = json.loads(lines[-1])
    return result


def run_rounds(tasks: Sequence[Task], rounds: int) -> list[list[Result]]:
    """Run every task once a round; return the results of each task, by round.

    One that was skipped in the first round is not tried again.
    """
    results: list[list[Result]] = [[] for _ in tasks]
    for number in range(rounds):
        for task, found in zip(tasks, results, strict=True):
            if found and "skipped" in found[-1]:
                continue
            found.append(run_child(task))
            said = found[-1].get("skipped") or f"{found[-1]['seconds']:.2f} s"
            print(f"round {number + 1}/{rounds}  {task.subject.name}  {said}", file=sys.stderr, flush=True)
    return results


def reason(results: Sequence[Mapping[str, Any]]) -> str | None:
    """Return why a task was skipped; None if it was not."""
    return next((str(result["skipped"]) for result in results if "skipped" in result), None)


def column(results: Sequence[Mapping[str, Any]], name: str) -> list[float]:
    """Return one number of each round."""
    return [float(result[name]) for result in results]
