"""read/remote.py: reports at URLs, through fsspec's own in-memory file system."""

import pytest

import swnlp
from swnlp.errors import CorpusError, MissingPathError
from swnlp.read import find_files, is_url

fsspec = pytest.importorskip("fsspec", reason="needs the extra: pip install 'swnlp[remote]'")


@pytest.fixture
def bucket():
    system = fsspec.filesystem("memory")
    system.pipe("/bucket/corpus/a.txt", "遵义市民政局推动志愿者参与“五社联动”机制。".encode())
    system.pipe(
        "/bucket/corpus/赤水/b.html", "<html><body><p>赤水市社工参与“五社联动”。</p></body></html>".encode()
    )
    system.pipe("/bucket/corpus/c.ofd", b"OFD")
    system.pipe("/bucket/corpus/.hidden/d.txt", b"x")
    yield "memory://bucket/corpus"
    system.rm("/bucket", recursive=True)


@pytest.mark.parametrize(
    "path", ["s3://bucket/x", "hdfs://host:9000/x", "memory://x", "https://example.org/x.txt"]
)
def test_a_url_is_told_by_its_scheme(path):
    assert is_url(path)


@pytest.mark.parametrize("path", ["C://x", "corpus/x.txt", "/corpus", "报告://x", "://x"])
def test_a_path_is_no_url(path):
    assert not is_url(path)


def test_reports_below_a_url_are_found_and_read(bucket):
    files, problems = find_files([bucket])
    assert [file.doc_id for file in files] == ["a.txt", "赤水/b.html"]
    assert [problem.path.rpartition("/")[2] for problem in problems] == ["c.ofd"]
    analysis = swnlp.analyze(bucket)
    assert [path.rpartition("corpus/")[2] for path in analysis.documents["path"]] == ["a.txt", "赤水/b.html"]
    assert all(path.startswith("memory://") for path in analysis.documents["path"])
    assert analysis.graph().has_edge("actor:volunteer", "program:五社联动")


def test_a_corpus_file_at_the_url_says_which_are_documents(bucket):
    fsspec.filesystem("memory").pipe("/bucket/corpus/corpus.toml", b'documents = ["*.txt"]\n')
    assert [file.doc_id for file in find_files([bucket])[0]] == ["a.txt"]


def test_urls_and_paths_go_together(bucket, tmp_path):
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "a.txt").write_text("龙岩市", encoding="utf-8")
    ids = [file.doc_id for file in find_files([tmp_path / "here", bucket])[0]]
    assert ids == ["corpus/a.txt", "corpus/赤水/b.html", "here/a.txt"]


def test_nothing_at_a_url_is_a_missing_path():
    with pytest.raises(MissingPathError, match="memory://nothing"):
        find_files(["memory://nothing/here"])


def test_a_broken_corpus_file_at_the_url_is_an_error(bucket):
    fsspec.filesystem("memory").pipe("/bucket/corpus/corpus.toml", b"documents = ")
    with pytest.raises(CorpusError, match=r"corpus\.toml"):
        find_files([bucket])
