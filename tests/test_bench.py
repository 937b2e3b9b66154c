"""bench/: the generator is deterministic and its text distinct; a small run prints a table. Speed is not asserted."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_generator_is_deterministic_and_makes_distinct_text(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT))
    from bench.generate import documents

    made = documents(30_000, seed=3)
    assert made == documents(30_000, seed=3)
    assert made != documents(30_000, seed=4)
    assert len(set(made)) == len(made)
    assert sum(map(len, made)) >= 30_000


def test_a_small_run_prints_ratios():
    command = [sys.executable, "-m", "bench.speed", "--chars", "2000", "--rounds", "1"]
    only = ["--only", "swnlp words (rjieba)", "swnlp map (to parts)"]
    printed = subprocess.run([*command, *only], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "| jieba.cut |" in printed
    assert "1.00 (1.00–1.00)" in printed
    assert "| swnlp map (to parts) |" in printed
