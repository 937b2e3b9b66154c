"""python -m bench.stages: the share of the map's time that each stage takes, by the clock, as a Markdown table.

The functions of the stages are replaced by ones that look at the clock when they begin and end. Each stretch of time
counts once, for the innermost stage; what families of names share counts for the one that asks for it first.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any
from unittest.mock import patch

from bench.child import swnlp_map
from bench.generate import write
from swnlp import annotate, mapper, store
from swnlp.names import find

REST = "the rest"


class Clock:
    """Adds up seconds by stage."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._stages = [REST]
        self._at = time.perf_counter()

    def _turn(self) -> None:
        now = time.perf_counter()
        self.spent[self._stages[-1]] += now - self._at
        self._at = now

    @contextmanager
    def _in(self, stage: str) -> Iterator[None]:
        self._turn()
        self._stages.append(stage)
        try:
            yield
        finally:
            self._turn()
            self._stages.pop()

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, its time counted for the stage; if it yields, the time of each step."""

        def run(*args: Any, **named: Any) -> Any:
            with self._in(stage):
                made = function(*args, **named)
            return self._steps(stage, made) if isinstance(made, Iterator) else made

        return run

    def _steps(self, stage: str, made: Iterator[Any]) -> Iterator[Any]:
        end = object()
        while True:
            with self._in(stage):
                one = next(made, end)
            if one is end:
                return
            yield one

    def timed_product(self, stage: str, make: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that makes functions; their time is counted for the stage."""
        return lambda *args, **named: self.timed(stage, make(*args, **named))

    def measure(self, work: Callable[[], object]) -> Counter[str]:
        """Return the seconds of each stage in one run."""
        self.spent = Counter()
        self._at = time.perf_counter()
        work()
        self._turn()
        return self.spent


# Where each stage is entered: its name, a module, and the name of the function there.
DOORS: list[tuple[str, ModuleType, str]] = [
    ("read", mapper, "read_file"),
    ("outline", annotate, "outline"),
    ("names: view and trimming", annotate, "name_finder"),
    *((f"names: {module.__name__.rsplit('.', 1)[-1]}", module, "proposer") for module in find.FAMILIES),
    ("names: decision", find, "decide"),
    ("words", annotate, "cut"),
    ("link", annotate, "definitions"),
    ("link", annotate, "link_all"),
    ("indicators", annotate, "indicators_of"),
    ("signatures", mapper, "signature"),
    ("tabulate", mapper, "tabulate"),
    ("signatures of documents", mapper, "signature"),
    ("signatures of paragraphs", mapper, "passage_rows"),
    ("write", store, "write_part"),
]
# These make the function that does the work.
MAKERS = {"name_finder", "proposer"}


@contextmanager
def watched(clock: Clock) -> Iterator[None]:
    """Put timed functions in place, before anything has been built from the plain ones."""
    with ExitStack() as patches:
        for stage, module, name in DOORS:
            wrap = clock.timed_product if name in MAKERS else clock.timed
            patches.enter_context(patch.object(module, name, wrap(stage, getattr(module, name))))
        yield


def table(runs: list[Counter[str]]) -> list[str]:
    """Return a Markdown table of medians, the names also summed up."""
    stages = [*dict.fromkeys(stage for stage, _, _ in DOORS), REST]
    families = [stage for stage in stages if stage.startswith("names: ")]
    at = stages.index(families[0])
    shown = [*((stage, [stage]) for stage in stages), ("map", stages)]
    shown.insert(at, ("names", families))
    lines = ["| stage | s | share of the map |", "|---|---:|---:|"]
    for name, parts in shown:
        seconds = [sum(run[stage] for stage in parts) for run in runs]
        share = median(some / run.total() for some, run in zip(seconds, runs, strict=True))
        lines.append(f"| {name} | {median(seconds):.2f} | {share:.1%} |")
    return lines


def as_page(path: Path) -> Path:
    """Write a text as a web page beside it, a paragraph a line, and return where."""
    body = "".join(f"<p>{line}</p>\n" for line in path.read_text(encoding="utf-8").split("\n") if line)
    page = path.with_suffix(".html")
    page.write_text(f"<!DOCTYPE html><html><body>\n{body}</body></html>", encoding="utf-8")
    return page


def main() -> None:
    """Generate, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--chars", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--format", choices=["txt", "html"], default="txt", help="of the same text")
    asked = parser.parse_args()
    clock = Clock()
    with TemporaryDirectory() as held, watched(clock):
        chars = write(Path(held), asked.chars)
        paths = sorted(Path(held).glob("*.txt"))
        if asked.format == "html":
            paths = [as_page(path) for path in paths]
        work = swnlp_map()
        runs = [clock.measure(lambda: work(paths)) for _ in range(asked.rounds)]
    print(f"{chars:,} characters, {asked.rounds} rounds, medians\n")
    print("\n".join(table(runs)))


if __name__ == "__main__":
    main()
