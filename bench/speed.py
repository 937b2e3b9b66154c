"""Speed and memory of swnlp and of what a user would pick instead, on the same text, interleaved.

    python -m bench.speed [--rounds 5] [--rivals-python PATH] [--json FILE]

Every thing is measured in a fresh process that loads and warms up first; a round measures each once. Ratios are
taken within a round. One core's worth of work is 1 in the column cores.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench import machine, options, table
from bench.measure import Result, Task, column, reason, run_rounds, spread
from bench.startup import measure_startup
from bench.subjects import ANALYZE, SUBJECTS, UNIT
from bench.texts import Texts

HEADER = ("", "characters/s", "seconds", "ratio to jieba.cut", "cores", "peak MB", "load s", "characters")


class Row(NamedTuple):
    """One line of the table: a task's results, and which of its numbers is the time and the memory."""

    title: str
    chars: int
    results: Sequence[Result]
    time: str = "seconds"
    peak: str = "peak"


def make_tasks(names: Sequence[str], texts: Texts, chars: int | None, rivals_python: str) -> list[Task]:
    """Return a task for each name; the unit of comparison is always among them, first."""
    whole, warm = texts.whole(chars), texts.warm()
    tasks = []
    for name in (UNIT, *(name for name in SUBJECTS if name != UNIT and name in names)):
        subject = SUBJECTS[name]
        text = texts.part(whole, subject.share)
        # The unit runs where swnlp does; both environments have the same jieba.
        python = rivals_python if subject.is_rival and name != UNIT else sys.executable
        tasks.append(Task(subject, warm.folder, text.folder, text.chars, python))
    return tasks


def make_rows(tasks: Sequence[Task], results: Sequence[Sequence[Result]]) -> list[Row]:
    """Return the rows; `analyze` gives two, since its map is part of it."""
    rows = []
    for task, found in zip(tasks, results, strict=True):
        if task.subject.name == ANALYZE:
            title = "swnlp map: read, outline, names, words, link, parts written"
            rows.append(Row(title, task.chars, found, "map_seconds", "map_peak"))
        rows.append(Row(task.subject.title, task.chars, found))
    return rows


def render(rows: Sequence[Row]) -> str:
    """Return the table, and below it what was skipped and why."""
    unit = rows[0]
    if why := reason(unit.results):
        raise SystemExit(f"jieba.cut, the unit of comparison, did not run: {why}")
    lines = [_line(row, unit) for row in rows if reason(row.results) is None]
    skipped = [f"- skipped: {row.title}: {why}" for row in rows if (why := reason(row.results))]
    return "\n".join([table.markdown(HEADER, lines), "", *skipped]).rstrip()


def _line(row: Row, unit: Row) -> tuple[str, ...]:
    times = column(row.results, row.time)
    units = [seconds / unit.chars for seconds in column(unit.results, unit.time)]
    ratios = [seconds / row.chars / one for seconds, one in zip(times, units, strict=True)]
    whole = row.time == "seconds"
    cores = [r["cpu_seconds"] / r["seconds"] for r in row.results]
    return (
        row.title,
        table.rate(row.chars / spread(times).median),
        table.seconds(spread(times)),
        table.ratio(spread(ratios)),
        f"{spread(cores).median:.1f}" if whole else table.NONE,
        table.megabytes(max(column(row.results, row.peak))),
        f"{spread(column(row.results, 'load_seconds')).median:.2f}" if whole else table.NONE,
        f"{row.chars:,}",
    )


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = options.parser("speed", __doc__, rounds=5)
    parser.add_argument("--chars", type=int, help="generated text of so many characters instead of the real")
    parser.add_argument("--only", nargs="+", choices=SUBJECTS, default=list(SUBJECTS), metavar="NAME",
                        help=f"of {', '.join(SUBJECTS)}")  # fmt: skip
    parser.add_argument("--rivals-python", default=sys.executable,
                        help="interpreter that has bench/requirements.txt installed")  # fmt: skip
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    args = parse(arguments)
    said = machine.describe(args.rivals_python)
    with TemporaryDirectory(prefix="swnlp-bench-") as root:
        texts = Texts(Path(root), args.text, args.seed)
        tasks = make_tasks(args.only, texts, args.chars, args.rivals_python)
        said["text"] = f"{tasks[0].chars:,} characters, from {texts.real}"
        startup = measure_startup(args.rounds)
        results = run_rounds(tasks, args.rounds)
    rows = [(name, table.seconds(found)) for name, found in startup.items()]
    report = [
        f"{machine.lines(said)}\n- rounds: {args.rounds}; median (least–most)",
        render(make_rows(tasks, results)),
        table.markdown(("start-up, whole command", "seconds"), rows),
    ]
    numbers = {
        "machine": said,
        "startup": startup,
        "results": {task.subject.name: found for task, found in zip(tasks, results, strict=True)},
        "chars": {task.subject.name: task.chars for task in tasks},
    }
    options.finish("\n\n".join(report), numbers, args.json)


if __name__ == "__main__":
    main()
