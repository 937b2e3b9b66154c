"""The peak memory of this process and of the processes it started."""

from __future__ import annotations

import re
import sys
from multiprocessing import active_children
from pathlib import Path


def peak_bytes(pid: int | str = "self") -> int:
    """Return the most memory a process has held, in bytes; 0 where the system does not say."""
    try:
        # Not ru_maxrss: on Linux a new program inherits that of the process that started it.
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return _own_maximum() if pid == "self" else 0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) * 1024 if found else 0


def peak_of_tree() -> int:
    """Return the sum of the peaks of this process and of its workers."""
    return peak_bytes() + sum(peak_bytes(child.pid) for child in active_children() if child.pid)


def _own_maximum() -> int:
    try:
        import resource
    except ImportError:
        return 0
    # macOS counts bytes, the others kilobytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * unit
