"""Start-up, as a user waits for it: whole commands in fresh processes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from bench.corpus import ROOT
from bench.measure import Spread, spread


def commands() -> dict[str, list[str]]:
    """Return what is started, by what the table calls it."""
    script = Path(sys.executable).parent / "swnlp"
    command = str(script) if script.exists() else shutil.which("swnlp")
    ours = [command, "--help"] if command else [sys.executable, "-m", "swnlp", "--help"]
    return {
        "python -c pass": [sys.executable, "-c", "pass"],
        "swnlp --help": ours,
        "import swnlp": [sys.executable, "-c", "import swnlp"],
        "swnlp.load()": [sys.executable, "-c", "import swnlp; swnlp.load()"],
        "jieba.initialize()": [sys.executable, "-c", "import jieba; jieba.initialize()"],
    }


def measure_startup(rounds: int) -> dict[str, Spread]:
    """Run each command once a round, after one that does not count; return their seconds."""
    found: dict[str, list[float]] = {name: [] for name in commands()}
    for number in range(rounds + 1):
        for name, command in commands().items():
            started = perf_counter()
            subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
            if number:
                found[name].append(perf_counter() - started)
    return {name: spread(values) for name, values in found.items()}
