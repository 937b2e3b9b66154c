"""A map step in which a stage raises for one document; what a worker process runs must be importable by name."""

import swnlp.annotate
from swnlp.mapper import run_task

MARK = "使程序出错的句子"


class Panic(BaseException):
    """As a library in Rust raises when it panics: no Exception."""


def run_broken(task):
    """Make the part of a task, in a process whose indicators raise on a text with the mark."""
    found = swnlp.annotate.find_indicators

    def broken(view, text, *rest, **named):
        if MARK in text:
            raise Panic("index out of bounds")
        return found(view, text, *rest, **named)

    swnlp.annotate.find_indicators = broken
    try:
        return run_task(task)
    finally:
        swnlp.annotate.find_indicators = found
