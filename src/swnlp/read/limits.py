"""The limits under which a file's reader runs: memory, processor time, and no file of its own."""

from __future__ import annotations

import sys
from contextlib import suppress

MEGABYTE = 1_000_000


def limit_process(memory_mb: int) -> None:
    """Limit this process's memory, and forbid it to write to any file (pipes are none). Only POSIX can."""
    if sys.platform == "win32":
        return
    import resource

    for what, most in (
        (resource.RLIMIT_AS, memory_mb * MEGABYTE),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, resource.getrlimit(what)[1]))


def limit_time(seconds: int) -> None:
    """End this process after so many more seconds of processor time, should nobody else do it. Only POSIX can."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    with suppress(ValueError, OSError):
        most = int(used.ru_utime + used.ru_stime) + seconds + 1
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))
