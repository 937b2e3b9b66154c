"""read/corpora.py: the folders with a corpus.toml below what the user named."""

import pytest

from swnlp.errors import CorpusError
from swnlp.read import find_corpora, find_files

TOML = 'title = "示例"\n'


def report(folder, name="a.txt", toml=True):
    folder.mkdir(parents=True, exist_ok=True)
    if toml:
        (folder / "corpus.toml").write_text(TOML, encoding="utf-8")
    (folder / name).write_text("南平市社工站开展服务。", encoding="utf-8")


def test_each_folder_with_a_corpus_toml_is_a_corpus(tmp_path):
    report(tmp_path / "民政局网站")
    report(tmp_path / "年鉴")
    found = find_corpora([tmp_path])
    assert list(found.folders) == ["年鉴", "民政局网站"]
    assert found.folders["年鉴"] == tmp_path / "年鉴"
    assert found.others == 0


def test_the_folder_that_was_named_may_be_the_corpus(tmp_path):
    report(tmp_path / "年鉴")
    assert list(find_corpora([tmp_path / "年鉴"]).folders) == ["年鉴"]


def test_a_corpus_within_a_corpus_belongs_to_it(tmp_path):
    report(tmp_path / "年鉴")
    report(tmp_path / "年鉴" / "2023")
    assert list(find_corpora([tmp_path]).folders) == ["年鉴"]


def test_files_that_belong_to_no_corpus_are_counted(tmp_path):
    report(tmp_path / "年鉴")
    report(tmp_path / "散件", toml=False)
    assert find_corpora([tmp_path]).others == 1


def test_folders_of_one_name_are_told_apart_by_what_is_above_them(tmp_path):
    report(tmp_path / "福建" / "2023")
    report(tmp_path / "湖北" / "2023")
    assert list(find_corpora([tmp_path]).folders) == ["湖北-2023", "福建-2023"]


def test_where_there_is_no_corpus_it_says_so(tmp_path):
    report(tmp_path / "散件", toml=False)
    with pytest.raises(CorpusError, match=r"--per-corpus.*No folder"):
        find_corpora([tmp_path])


def test_a_url_is_no_folder_of_this_machine():
    with pytest.raises(CorpusError, match="not URLs"):
        find_corpora(["memory://reports"])


def test_a_file_knows_the_corpus_whose_toml_governs_it(tmp_path):
    report(tmp_path / "年鉴")
    report(tmp_path / "年鉴" / "2023")
    report(tmp_path, toml=False)
    files, _ = find_files([tmp_path])
    assert {f.doc_id: f.corpus for f in files} == {
        "a.txt": None,
        "年鉴/a.txt": "年鉴",
        "年鉴/2023/a.txt": "2023",
    }
    files, _ = find_files([tmp_path / "年鉴" / "a.txt"])
    assert files[0].corpus == "年鉴"
