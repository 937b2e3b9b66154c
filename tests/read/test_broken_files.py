"""Every broken file that we know is read, or is a problem with a sentence; nothing crashes, hangs or leaves its folder."""

import time
from pathlib import Path

import broken
import pytest
import samples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import swnlp
from swnlp.read import SourceFile, find_files, read_file
from swnlp.read.convert import office
from swnlp.read.formats import FORMATS
from swnlp.settings import Settings

LIMITS = Settings(read_seconds=20, read_memory_mb=1_500)
CHINESE = range(0x4E00, 0x9FFF)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("outer") / "a" / "b" / "corpus"
    folder.mkdir(parents=True)
    assert broken.build(folder) > 400
    return folder


def memory(field):
    """Return what Linux says of this process: VmRSS (now) or VmHWM (its peak), in kB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field + ":"))


@pytest.fixture(scope="module")
def before():
    """Let the peak count from here on: the tests that ran before in this process have theirs."""
    if not Path("/proc/self/clear_refs").exists():
        return None
    Path("/proc/self/clear_refs").write_text("5")
    return memory("VmRSS")


@pytest.fixture(scope="module")
def readings(folder, before):
    """Read every file once; LibreOffice is tried on a few only, since it takes seconds."""
    files, problems = find_files([folder])
    found = {}
    for file in files:
        if (
            file.format == "office"
            and office()
            and not file.doc_id.startswith(("old", "renamed", "a-pdf", "random"))
        ):
            continue
        begun = time.monotonic()
        found[file.doc_id] = read_file(file, LIMITS)
        assert time.monotonic() - begun < 25, file.doc_id
    return found, problems


def test_each_gives_a_document_or_a_problem_that_says_what_to_do(readings):
    for name, reading in readings[0].items():
        assert reading.documents or reading.problems, name
        for problem in reading.problems:
            assert any(ord(c) in CHINESE for c in problem.message), name
            assert name not in problem.message, name
            problem.message.encode()
        for document in reading.documents:
            document.text.encode()
            assert "\0" not in document.text
            assert document.text.strip("\ufffd \n"), name


def test_what_can_be_read_of_them_is_read(readings):
    found = readings[0]
    for name in (
        "a-zeros-behind.txt",
        "a-cut-0.99.txt",
        "a-cut-0.9.html",
        "surrogate.jsonl",
        "a-twice.txt",
    ):
        assert "社工站" in found[name].documents[0].text, name
    for name in (
        "a-docx-named.txt",
        "a-html-named.docx",
        "a-pdf-named.html",
        "a-xlsx-named.zip",
        "a-zip-named.docx",
    ):
        assert "社工站" in found[name].documents[0].text, name
    assert found["no-charset.html"].documents[0].encoding == "gb18030"
    assert found["renamed.et"].documents[0].title == samples.TITLE
    assert len(found["long-line.txt"].documents[0].text) == 11 * 150_000


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("locked.docx", "密码"),
        ("locked.xlsx", "密码"),
        ("locked.pdf", "密码"),
        ("locked.zip", "密码"),
        ("bomb.zip", "炸弹"),
        ("bomb.docx", "炸弹"),
        ("bomb.xlsx", "炸弹"),
        ("slip.zip", "路径"),
        ("many.zip", "拆分"),
        ("says-less.zip", "损坏"),
        ("empty.txt", "空的"),
        ("empty.docx", "空的"),
        ("blank.csv", "空的"),
        ("a-cut-0.5.docx", "不完整"),
        ("a-cut-0.5.xlsx", "不完整"),
        ("a-cut-0.5.parquet", "不完整"),
        ("a-cut-0.5.zip", "不完整"),
        ("random.txt", "不是文本"),
        ("zeros.html", "不是文本"),
        ("picture.txt", "OCR"),
        ("far-cell.xlsx", "内存"),
    ],
)
def test_the_reason_is_given(readings, name, sentence):
    assert readings[0][name].documents == []
    assert any(sentence in problem.message for problem in readings[0][name].problems)


def test_what_only_a_file_system_has_is_told(readings):
    assert {problem.error for problem in readings[1]} == {"UnreadableFile", "FolderSeen", "TooDeep"}


def test_nothing_outside_is_read_or_written(folder, readings):
    texts = [d.text for reading in readings[0].values() for d in reading.documents]
    assert not any("root:" in text for text in texts)
    for place in (folder, *list(folder.parents)[:3]):
        assert not (place / "escaped.txt").exists()
    assert [path.name for path in folder.parent.iterdir()] == ["corpus"]


def test_memory_stays_bounded(readings, before):
    if before is None:
        pytest.skip("needs Linux's /proc")
    assert readings
    assert memory("VmHWM") - before < 1_000_000


@pytest.mark.parametrize("name", [*broken.PLAIN, "old.doc"])
def test_mutated_files_are_read_or_told(name, tmp_path_factory, monkeypatch):
    path = tmp_path_factory.mktemp("mutated") / name
    data = broken.PLAIN.get(name) or samples.OLD[name]
    # LibreOffice is too slow to be asked so often; what comes before it is not.
    monkeypatch.setattr("swnlp.read.convert.office", lambda: None)

    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, len(data)), st.integers(0, 200), st.binary(max_size=50))
    def mutate(at, length, new):
        path.write_bytes(data[:at] + new + data[at + length :])
        reading = read_file(SourceFile(name, path, FORMATS[path.suffix]), LIMITS)
        assert reading.documents or reading.problems
        for document in reading.documents:
            document.text.encode()

    mutate()


def test_an_analysis_goes_through_and_lists_them(tmp_path):
    for name in ("a.txt", "a.pdf", "a.docx", "a.zip"):
        (tmp_path / name).write_bytes(broken.PLAIN[name])
        (tmp_path / f"cut-{name}").write_bytes(broken.PLAIN[name][: len(broken.PLAIN[name]) // 2])
    (tmp_path / "table.xlsx").write_bytes(samples.xlsx({"表": samples.TABLE}))
    analysis = swnlp.analyze(tmp_path)

    assert list(analysis.documents["doc_id"]) == [
        "a.docx", "a.pdf", "a.txt", "a.zip/内/a.txt", "cut-a.txt", "table.xlsx",
    ]  # fmt: skip
    assert {path.rpartition("/")[2] for path in analysis.problems["path"]} == {
        "cut-a.docx", "cut-a.pdf", "cut-a.txt", "cut-a.zip",
    }  # fmt: skip
    cells = analysis.table("cells").to_pylist()
    assert [(c["doc_id"], c["section_id"], c["header"], c["text"]) for c in cells][4] == (
        "table.xlsx", 0, "社工站", "12",
    )  # fmt: skip
