"""python -m bench.speed: swnlp beside its peers on the same text, interleaved; a table with ratios to jieba.cut."""

import argparse
import json
import os
import platform
import subprocess
import sys
import venv
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.child import CONTESTANTS
from bench.generate import write

ROOT = Path(__file__).parents[1]
UNIT = "jieba.cut"
PEERS = ROOT / ".venv-peers"
PEERS_PYTHON = PEERS / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
REQUIREMENTS = Path(__file__).with_name("requirements-peers.txt")

Run = dict[str, float]


class Field(NamedTuple):
    """Contestants on one text, the unit first; `text` is a folder of so many characters."""

    text: Path
    chars: int
    names: list[str]


def install_peers() -> None:
    """Install the peers that are no dependencies into an environment of their own, which git ignores."""
    if not PEERS_PYTHON.exists():
        venv.create(PEERS, with_pip=True)
        (PEERS / ".gitignore").write_text("*\n", encoding="utf-8")
    subprocess.run([PEERS_PYTHON, "-m", "pip", "install", "--quiet", "-r", REQUIREMENTS], check=True)


def run(name: str, text: Path, peers_python: Path) -> Run:
    """Run one contestant once, in a fresh process; an empty result says that it is not installed."""
    python = peers_python if CONTESTANTS[name].package and peers_python.exists() else Path(sys.executable)
    path = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    environment = {**os.environ, "PYTHONPATH": path, "ARROW_DEFAULT_MEMORY_POOL": "system"}
    command = [str(python), "-m", "bench.child", name, str(text)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise SystemExit(f"{name}: {done.stderr}")
    found: Run = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(fields: list[Field], rounds: int, peers_python: Path) -> list[dict[str, list[Run]]]:
    """Run every contestant once a round, in turn."""
    runs: list[dict[str, list[Run]]] = [{name: [] for name in field.names} for field in fields]
    for _ in range(rounds):
        for field, found in zip(fields, runs, strict=True):
            for name in field.names:
                found[name].append(run(name, field.text, peers_python))
    return runs


def rows(field: Field, runs: dict[str, list[Run]]) -> list[str]:
    """Return Markdown rows: medians; the ratio is of seconds within a round, to jieba.cut's on the same text."""
    return [_row(name, field.chars, found, runs[UNIT]) for name, found in runs.items()]


def _row(name: str, chars: int, found: list[Run], units: list[Run]) -> str:
    if not all(found):
        return f"| {name} | not installed: `pip install {CONTESTANTS[name].package}` | | | | |"
    ratios = [one["seconds"] / unit["seconds"] for one, unit in zip(found, units, strict=True)]
    middle = {key: median(one[key] for one in found) for key in found[0]}
    return (
        f"| {name} | {chars:,} | {chars / middle['seconds']:,.0f} "
        f"| {median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f}) "
        f"| {middle['peak_mb']:.0f} | {middle['start_up']:.2f} |"
    )


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chars", type=int, default=1_000_000)
    parser.add_argument(
        "--peer-chars", type=int, default=200_000, help="for the peers that are no dependencies"
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="*", choices=list(CONTESTANTS), default=list(CONTESTANTS))
    parser.add_argument(
        "--peers-python", type=Path, default=PEERS_PYTHON, help="what has the peers installed"
    )
    parser.add_argument("--install-peers", action="store_true", help=f"install them into {PEERS.name} first")
    return parser.parse_args()


def main() -> None:
    """Generate, measure, print."""
    asked = parse()
    if asked.install_peers:
        install_peers()
    ours = [name for name in asked.only if not CONTESTANTS[name].package and name != UNIT]
    peers = [name for name in asked.only if CONTESTANTS[name].package]
    with TemporaryDirectory() as held:
        sizes = [("all", asked.chars, ours), ("slice", min(asked.chars, asked.peer_chars), peers)]
        fields = [
            Field(Path(held) / label, write(Path(held) / label, chars), [UNIT, *names])
            for label, chars, names in sizes
            if names or label == "all"
        ]
        runs = measure(fields, asked.rounds, asked.peers_python)
    print(f"{asked.rounds} rounds, Python {platform.python_version()}, {os.cpu_count()} cores\n")
    print("| what | characters | characters/s | × jieba.cut's time (min–max) | peak MB | start-up s |")
    print("|---|---:|---:|---:|---:|---:|")
    for field, found in zip(fields, runs, strict=True):
        print("\n".join(rows(field, found)))


if __name__ == "__main__":
    main()
