"""read/isolate.py: a reader that hangs, dies or eats memory becomes a problem, and the next file is read."""

import os
import subprocess
import sys
import threading
import time

import pytest
import samples

from swnlp.read import SourceFile, isolate, read_file
from swnlp.read.formats import FORMATS
from swnlp.settings import Settings

# What a reader's process does after it has said that it is ready.
FAKE = """
import os, sys, time
from swnlp.read.wire import receive, send
asked, answers = sys.stdin.buffer, sys.stdout.buffer
send(answers, "ready")
receive(asked)
{}
"""


@pytest.fixture
def fake(monkeypatch, tmp_path):
    """Let the reader's process do something else."""

    def make(deed):
        isolate.close_readers()
        script = tmp_path / "child.py"
        script.write_text(FAKE.format(deed))
        monkeypatch.setattr(isolate, "_CHILD", (str(script),))

    yield make
    isolate.close_readers()


def read(tmp_path, name, data, **settings):
    path = tmp_path / name
    path.write_bytes(data)
    return read_file(SourceFile(name, path, FORMATS[path.suffix]), Settings(**settings))


def errors(reading):
    return [p.error for p in reading.problems]


def test_one_that_hangs_is_ended_in_time(fake, tmp_path):
    fake("time.sleep(60)")
    begun = time.monotonic()

    assert errors(read(tmp_path, "a.pdf", samples.pdf(), read_seconds=1)) == ["ReaderTimeoutError"]
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    "deed", ["os._exit(3)", "os.abort()", "os.kill(os.getpid(), 9)", "answers.write(b'x')"]
)
def test_one_that_dies_is_a_problem_and_the_next_file_is_read(fake, monkeypatch, tmp_path, deed):
    fake(deed)
    reading = read(tmp_path, "a.pdf", samples.pdf())

    assert errors(reading) == ["ReaderDiedError"]
    assert "另存" in reading.problems[0].message
    monkeypatch.undo()
    assert errors(read(tmp_path, "a.pdf", samples.pdf())) == []


def test_one_that_spins_is_ended_by_the_system_though_nobody_watches(tmp_path):
    script = (
        "import sys\nfrom swnlp.read.limits import limit_time\nlimit_time(1)\nsys.stdout.write('on\\n')\n"
        "sys.stdout.flush()\nwhile True: pass\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=30)

    assert done.returncode < 0


def test_one_that_needs_too_much_memory_is_a_problem(tmp_path):
    data = ("全市社会工作稳步推进。\n\n" * 1_000_000).encode()
    reading = read(tmp_path, "a.md", data, read_memory_mb=256)

    assert errors(reading)[0] in ("ReaderMemoryError", "ReaderDiedError")
    assert errors(read(tmp_path, "a.md", samples.markdown(), read_memory_mb=256)) == []


def page(size):
    line = f"<p>{samples.LINES[3]}</p>\n".encode()
    return b"<html><body>" + line * (size // len(line))


def test_a_long_page_is_read_apart_and_the_same(monkeypatch, tmp_path):
    data = page(5_000_000)
    apart = read(tmp_path, "a.html", data)
    monkeypatch.setattr("swnlp.read.document._LONG_PAGE", len(data))
    monkeypatch.setattr(isolate, "read_apart", None)

    assert apart == read(tmp_path, "a.html", data)
    assert len(apart.documents[0].text) > 1_500_000


def test_a_page_whose_tree_is_too_large_is_a_problem(tmp_path):
    reading = read(tmp_path, "a.html", b"<html><body><table>" + b"<tr><td>1" * 700_000, read_memory_mb=300)

    assert errors(reading) == ["ReaderMemoryError"]
    assert "请拆分" in reading.problems[0].message


def test_a_reader_writes_no_file(tmp_path):
    script = (
        "import sys\nfrom swnlp.read.limits import limit_process\nlimit_process(1000)\n"
        f"open({str(tmp_path / 'x')!r}, 'w').write('x' * 10_000)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=30)

    assert done.returncode != 0
    assert not (tmp_path / "x").exists() or (tmp_path / "x").stat().st_size == 0


def test_files_share_a_process_and_threads_do_not(tmp_path):
    isolate.close_readers()
    for _ in range(3):
        read(tmp_path, "a.md", samples.markdown())
    assert len(isolate._idle) == 1
    folders = [tmp_path / str(i) for i in range(3)]
    texts = []

    def run(folder):
        folder.mkdir()
        texts.append(read(folder, "a.pdf", samples.pdf()).documents[0].text)

    threads = [threading.Thread(target=run, args=[folder]) for folder in folders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == [samples.TEXT.strip()] * 3


def test_a_module_in_the_current_folder_does_not_stand_in_for_one_of_pythons(tmp_path, monkeypatch):
    isolate.close_readers()
    (tmp_path / "json.py").write_text("raise SystemExit(1)")
    monkeypatch.chdir(tmp_path)

    assert errors(read(tmp_path, "a.pdf", samples.pdf())) == []


def test_no_process_is_left_behind(tmp_path):
    script = (
        "import pathlib, sys\nfrom swnlp.read import SourceFile, isolate, read_file\n"
        "p = pathlib.Path(sys.argv[1])\nread_file(SourceFile('a', p, 'pdf'))\nprint(isolate._idle[0].process.pid)\n"
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(samples.pdf())
    done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, timeout=60)

    pid = int(done.stdout)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
