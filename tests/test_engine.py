"""engine.py, plan.py, mapper.py: the result does not depend on where the map runs, or on how often it was stopped."""

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import swnlp
from swnlp.annotate import annotator, sentences_of, tagger
from swnlp.engine import Pool, pool, run_map
from swnlp.errors import EngineError, OutputError
from swnlp.lexicon import load_lexicon
from swnlp.plan import plan
from swnlp.read import find_files, read_document
from swnlp.records import WHOLE, Piece
from swnlp.schema import MAPPED
from swnlp.settings import Settings

CITIES = ["遵义市", "龙岩市", "宁德市", "赤水市", "邵武市"]
SMALL = Settings(batch_chars=2_000)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Forty short reports and one that is cut into pieces, all different."""
    folder = tmp_path_factory.mktemp("corpus")
    for i in range(40):
        (folder / f"{i:02}.txt").write_text(report(i), encoding="utf-8")
    long = "\n\n".join(report(i) for i in range(100, 400))
    (folder / "long.txt").write_text(long, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


def report(i):
    city = CITIES[i % len(CITIES)]
    return (
        f"{city}\n{city}民政局印发《第{i}号社区治理实施方案》，{i}名社会工作者与志愿者参与“五社联动”机制。\n"
        f"市慈善总会设立“邻里{i}号”项目，服务困境儿童{i * 7}人次。社会组织{i}家承接。\n"
    )


@pytest.fixture(scope="module")
def reference(corpus, tmp_path_factory):
    out = tmp_path_factory.mktemp("reference") / "out"
    swnlp.analyze(corpus, out, settings=SMALL)
    return out


def test_two_processes_give_the_same_bytes(corpus, reference, tmp_path, same_bytes):
    swnlp.analyze(corpus, tmp_path / "out", settings=SMALL, workers=2)
    same_bytes(reference, tmp_path / "out")


def test_a_long_file_is_cut_into_pieces_of_whole_paragraphs(corpus):
    (source,) = find_files([corpus / "long.txt"])[0]
    tasks = plan([source], "shape", Path("out"), SMALL, load_lexicon())
    assert len(tasks) > 5
    assert [task.piece for task in tasks] == [Piece(i, len(tasks)) for i in range(len(tasks))]
    lexicon = load_lexicon()
    annotate = annotator(lexicon, tagger(lexicon))
    document = read_document(source)
    whole, pieces = annotate(document), [annotate(document, task.piece) for task in tasks]
    assert [s for piece in pieces for s in piece.outline.sentences] == list(whole.outline.sentences)
    assert [n for piece in pieces for n in piece.names] == list(whole.names)
    assert [link for piece in pieces for link in piece.links] == list(whole.links)
    for piece in pieces:
        words = "".join(piece.words)
        assert document.text[piece.start : piece.start + len(words)] == words


def test_every_sentence_is_in_one_piece(corpus):
    lexicon = load_lexicon()
    whole = annotator(lexicon, tagger(lexicon))(read_document(find_files([corpus / "07.txt"])[0][0]))
    sentences, length = whole.outline.sentences, len(whole.document.text)
    for total in (1, 2, 3, 50):
        pieces = [sentences_of(sentences, length, Piece(i, total)) for i in range(total)]
        assert [s for piece in pieces for s in piece] == list(sentences)
    assert sentences_of(sentences, length, WHOLE) == sentences


def test_one_new_file_among_a_thousand_redoes_one_part(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for i in range(1000):
        (corpus / f"{i:04}.txt").write_text(f"第{i}篇", encoding="utf-8")

    def keys():
        return {
            task.key
            for task in plan(find_files([corpus])[0], "shape", Path("out"), Settings(), load_lexicon())
        }

    before = keys()
    (corpus / "0500a.txt").write_text("新的一篇", encoding="utf-8")
    assert len(before) > 3
    assert len(keys() - before) in (1, 2)


def test_another_lexicon_or_segmenter_makes_other_parts(corpus, tmp_path):
    swnlp.analyze(corpus / "01.txt", tmp_path / "out")
    parts = set((tmp_path / "out" / "parts").iterdir())
    swnlp.analyze(corpus / "01.txt", tmp_path / "out", settings=Settings(segmenter="jieba"))
    assert not parts & set((tmp_path / "out" / "parts").iterdir())
    again = set((tmp_path / "out" / "parts").iterdir())
    swnlp.analyze(corpus / "01.txt", tmp_path / "out", settings=Settings(segmenter="jieba", window="section"))
    assert again == set((tmp_path / "out" / "parts").iterdir())


def test_at_most_a_few_tasks_are_submitted_at_a_time(corpus, tmp_path):
    tasks = plan(find_files([corpus])[0], "shape", tmp_path, SMALL, load_lexicon())
    running, most = 0, 0

    class Watched(ThreadPoolExecutor):
        def submit(self, *args):
            nonlocal running, most
            running += 1
            most = max(most, running)
            future = super().submit(*args)
            future.add_done_callback(done)
            return future

    def done(_future):
        nonlocal running
        running -= 1

    seen = []
    with Watched(2) as executor:
        run_map(tasks, Pool(executor, 2), lambda p: seen.append(p.parts_done), run=lambda task: task.key)
    assert most <= 4
    assert seen == list(range(len(tasks) + 1))


def die(task):
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_worker_that_dies_is_an_error_with_the_way_out(corpus, tmp_path):
    tasks = plan(find_files([corpus])[0], "shape", tmp_path, SMALL, load_lexicon())
    with pytest.raises(EngineError, match="run again"), pool(2) as opened:
        run_map(tasks, opened, lambda _: None, run=die)


def test_a_full_disk_is_an_error_and_earlier_parts_stay(corpus, tmp_path, monkeypatch, same_bytes, reference):
    from swnlp import store

    write, written = store.pq.write_table, []

    def full(table, path, **options):
        if len(written) == 2 * len(MAPPED) + 3:
            raise OSError(28, "No space left on device")
        written.append(path)
        write(table, path, **options)

    monkeypatch.setattr(store.pq, "write_table", full)
    with pytest.raises(OutputError, match="No space left"):
        swnlp.analyze(corpus, tmp_path / "out", settings=SMALL)
    assert len(list((tmp_path / "out" / "parts").glob("*.problems.parquet"))) == 2
    assert not list((tmp_path / "out" / "parts").glob("*.tmp"))
    monkeypatch.setattr(store.pq, "write_table", write)
    swnlp.analyze(corpus, tmp_path / "out", settings=SMALL)
    same_bytes(reference, tmp_path / "out")


LIMITED = """
import resource, sys
from swnlp.cli import main
size = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
main()
"""


@pytest.fixture(scope="module")
def command(tmp_path_factory):
    """The arguments of `swnlp analyze` with small parts."""
    settings = tmp_path_factory.mktemp("settings") / "small.toml"
    settings.write_text(f"batch_chars = {SMALL.batch_chars}\n", encoding="utf-8")
    return lambda corpus, out, workers: [
        *("analyze", str(corpus), "-o", str(out), "--settings", str(settings)),
        *("--workers", str(workers), "--quiet"),
    ]


def call(*arguments):
    return subprocess.run([sys.executable, *map(str, arguments)], capture_output=True, encoding="utf-8")


@pytest.fixture
def small_disk(tmp_path):
    """A disk of its own; called with a size in KB, it has so much room from then on."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = False

    def resize(kilobytes):
        nonlocal mounted
        options = f"size={kilobytes}k" + (",remount" if mounted else "")
        try:
            done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", disk], capture_output=True)
        except FileNotFoundError:
            pytest.skip("no command to mount a small disk with")
        if done.returncode:
            pytest.skip(f"no right to mount a small disk: {done.stderr.decode().strip()}")
        mounted = True
        return disk

    yield resize
    if mounted:
        subprocess.run(["umount", disk], check=True)


def whole_parts(out):
    """The bytes and the time of every file of the parts that are there."""
    keys = {path.name.split(".")[0] for path in (out / "parts").glob("*.problems.parquet")}
    files = [p for p in (out / "parts").iterdir() if p.name.split(".")[0] in keys and p.suffix != ".tmp"]
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def assert_says_that_it_cannot_write(run):
    assert run.returncode == 2
    assert "错误 error: " in run.stderr
    assert "无法写入" in run.stderr
    assert "Cannot be written" in run.stderr
    assert "Traceback" not in run.stderr


def assert_goes_on_from_its_parts(run, out, before, reference, same_bytes):
    """The parts in `before` are as in an undisturbed run; `run` left them alone and has the same result as it."""
    assert {name: content for name, (content, _) in before.items()} == {
        name: (reference / "parts" / name).read_bytes() for name in before
    }
    assert (run.returncode, run.stderr) == (0, "")
    after = whole_parts(out)
    assert {name: after[name] for name in before} == before
    same_bytes(reference, out)


def kilobytes(folder):
    return sum(-(-path.stat().st_size // 4096) * 4 for path in folder.iterdir())


def test_a_disk_that_fills_up_in_the_map(corpus, command, small_disk, reference, same_bytes):
    disk = small_disk(kilobytes(reference / "parts") // 2)
    assert_says_that_it_cannot_write(call("-m", "swnlp", *command(corpus, disk / "out", 2)))
    assert not (disk / "out" / "run.json").exists()
    before = whole_parts(disk / "out")
    assert before
    small_disk(64_000)
    again = call("-m", "swnlp", *command(corpus, disk / "out", 1))
    assert_goes_on_from_its_parts(again, disk / "out", before, reference, same_bytes)


def test_a_disk_that_fills_up_in_the_reduce(corpus, command, small_disk, reference, same_bytes):
    disk = small_disk(kilobytes(reference / "parts") + kilobytes(reference / "tables") // 2)
    full = call("-m", "swnlp", *command(corpus, disk / "out", 1))
    before = whole_parts(disk / "out")
    assert len(before) == len(list((reference / "parts").iterdir()))
    assert_says_that_it_cannot_write(full)
    small_disk(64_000)
    again = call("-m", "swnlp", *command(corpus, disk / "out", 1))
    assert_goes_on_from_its_parts(again, disk / "out", before, reference, same_bytes)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits")
def test_a_file_that_may_not_grow(corpus, command, tmp_path, reference, same_bytes):
    """What a full disk is like where no disk can be mounted: the largest file of the parts is a byte too long."""
    sizes = {path.name: path.stat().st_size for path in (reference / "parts").iterdir()}
    too_long = max(sizes.values())
    full = call("-c", LIMITED, too_long - 1, *command(corpus, tmp_path / "out", 1))
    assert_says_that_it_cannot_write(full)
    assert any(name in full.stderr for name, size in sizes.items() if size == too_long)
    assert not list(tmp_path.rglob("*.tmp"))
    before = whole_parts(tmp_path / "out")
    assert before
    again = call("-m", "swnlp", *command(corpus, tmp_path / "out", 1))
    assert_goes_on_from_its_parts(again, tmp_path / "out", before, reference, same_bytes)


SCRIPT = """
import sys, swnlp
from swnlp.settings import Settings
if __name__ == "__main__":
    swnlp.analyze(sys.argv[1], sys.argv[2], settings=Settings(batch_chars=2_000), workers=int(sys.argv[3]))
"""


def start(script, *args):
    return subprocess.Popen([sys.executable, str(script), *map(str, args)], start_new_session=True)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("workers", [1, 2])
def test_killed_at_any_moment_and_run_again_the_bytes_are_the_same(
    corpus, reference, tmp_path, same_bytes, workers
):
    script, out = tmp_path / "run.py", tmp_path / "out"
    script.write_text(SCRIPT, encoding="utf-8")
    chance = random.Random(workers)
    for _ in range(5):
        process = start(script, corpus, out, workers)
        time.sleep(chance.uniform(0.3, 2.5))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert start(script, corpus, out, workers).wait() == 0
    same_bytes(reference, out)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_ctrl_c_stops_within_seconds_and_says_how_to_go_on(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for i in range(400):
        (corpus / f"{i}.txt").write_text("\n".join(report(i * 100 + j) for j in range(20)), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "swnlp",
        "analyze",
        str(corpus),
        "-o",
        str(tmp_path / "out"),
        "--workers",
        "2",
    ]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    parts = tmp_path / "out" / "parts"
    deadline = time.monotonic() + 60
    while not list(parts.glob("*.problems.parquet")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    stopped = time.monotonic()
    _, stderr = process.communicate(timeout=30)
    assert process.returncode == 130
    assert time.monotonic() - stopped < 10
    assert "再次运行同一命令即可继续" in stderr
    assert "Traceback" not in stderr
    assert list(parts.glob("*.problems.parquet"))
