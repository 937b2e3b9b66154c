"""The same report in any encoding, and in Traditional script, gives the same entities in the same numbers."""

from collections import Counter
from pathlib import Path

import pytest
from opencc import OpenCC

import swnlp

TEXT = (
    Path(__file__).parents[1] / "corpora/fujian-social-work-2023/fujian-social-work-2023-part3.txt"
).read_text(encoding="utf-8")


def entities(folder, data):
    folder.mkdir()
    (folder / "report.txt").write_bytes(data)
    return Counter(swnlp.analyze(folder, folder / "out").mentions["entity_id"])


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    return entities(tmp_path_factory.mktemp("reference") / "corpus", TEXT.encode())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_the_same_in_another_encoding(reference, encoding, tmp_path):
    assert entities(tmp_path / "corpus", TEXT.encode(encoding)) == reference


def test_the_same_in_traditional_script(reference, tmp_path):
    assert entities(tmp_path / "corpus", OpenCC("s2t").convert(TEXT).encode()) == reference


def test_the_same_in_big5(tmp_path):
    # What Big5 can't hold is left out of both.
    written = OpenCC("s2t").convert(TEXT).encode("big5hkscs", "ignore")
    plain = written.decode("big5hkscs").encode()
    assert entities(tmp_path / "big5", written) == entities(tmp_path / "utf8", plain)
