"""swnlp as it is measured: each function prepares one thing and returns what is timed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import mkdtemp
from time import perf_counter
from typing import TYPE_CHECKING

from bench.corpus import read_corpus
from bench.memory import peak_bytes

if TYPE_CHECKING:
    from swnlp.engine import Progress
    from swnlp.mapper import MapTask

# What one measured run says of itself besides its time: seconds and bytes by name.
Details = Mapping[str, float]
Job = Callable[[Path], Details]


def prepare_analyze(workers: int = 1) -> Job:
    """All of `swnlp.analyze`, with the time and the peak memory at the end of each of its steps."""
    import swnlp

    def job(folder: Path) -> Details:
        out = Path(mkdtemp(prefix="swnlp-bench-"))
        at: dict[str, float] = {}
        peak: dict[str, float] = {}

        def say(progress: Progress) -> None:
            at.setdefault(progress.stage, perf_counter())
            peak.setdefault(progress.stage, peak_bytes())

        try:
            started = perf_counter()
            swnlp.analyze(folder, out, workers=workers, progress=say)
            ended = perf_counter()
        finally:
            shutil.rmtree(out, ignore_errors=True)
        return {
            "seconds": ended - started,
            "map_seconds": at["reduce"] - started,
            "reduce_seconds": at["export"] - at["reduce"],
            "export_seconds": ended - at["export"],
            "map_peak": peak["reduce"],
            "reduce_peak": peak["export"],
        }

    return job


def prepare_pool(workers: int) -> Job:
    """The map in `workers` processes that have loaded their data: the rate without the start.

    The first call is the warm-up and opens the processes; later calls run in the same ones.
    """
    from contextlib import ExitStack

    from swnlp.engine import pool, run_map

    # Held by `job`: the pool ends when this is let go.
    held = ExitStack()
    opened = held.enter_context(pool(workers))

    def job(folder: Path, held: ExitStack = held) -> Details:
        out = Path(mkdtemp(prefix="swnlp-bench-"))
        try:
            todo = plan_tasks(folder, out)
            started = perf_counter()
            run_map(todo, opened, lambda _: None)
            return {"seconds": perf_counter() - started}
        finally:
            shutil.rmtree(out, ignore_errors=True)

    return job


def plan_tasks(folder: Path, out: Path) -> Sequence[MapTask]:
    """Return the map's tasks for a folder, as `analyze` plans them."""
    from swnlp import store
    from swnlp.lexicon import load_lexicon
    from swnlp.plan import plan
    from swnlp.provenance import fingerprint
    from swnlp.read import find_files
    from swnlp.settings import DEFAULTS

    lexicon = load_lexicon(None, scheme=DEFAULTS.scheme)
    with store.claimed(out):
        return plan(find_files([folder])[0], fingerprint(DEFAULTS, lexicon), out, DEFAULTS, lexicon)


def prepare_segment() -> Job:
    """Segmentation alone, with rjieba through swnlp."""
    from swnlp.segment import make_segmenter

    return over_texts(make_segmenter("rjieba"))


def prepare_pipeline() -> Job:
    """The spaCy pipeline: `Doc`s with names and links."""
    import swnlp

    return over_texts(swnlp.load())


def over_texts(function: Callable[[str], object]) -> Job:
    """Call `function` with each text of the corpus; reading the files is counted."""

    def job(folder: Path) -> Details:
        for text in read_corpus(folder).texts:
            function(text)
        return {}

    return job
