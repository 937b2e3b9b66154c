"""read/files.py and read/corpus_file.py: paths to files."""

import os

import pytest

from swnlp.errors import CorpusError, MissingPathError
from swnlp.read import find_files
from swnlp.read.files import MAX_DEPTH
from swnlp.settings import Settings


def write(folder, *names, text="全县社会工作稳步推进。"):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def ids(*paths, settings=None):
    files, _ = find_files(paths, settings or Settings())
    return [file.doc_id for file in files]


def errors(*paths, settings=None):
    _, problems = find_files(paths, settings or Settings())
    return [(problem.path.rsplit("/", 1)[-1], problem.error) for problem in problems]


def test_reports_below_a_folder_come_in_code_point_order(tmp_path):
    write(tmp_path, "龙岩.txt", "b/南平.html", "b/a.HTM", "Z.txt", "a.txt")

    assert ids(tmp_path) == ["Z.txt", "a.txt", "b/a.HTM", "b/南平.html", "龙岩.txt"]


def test_the_format_follows_the_name(tmp_path):
    write(tmp_path, "a.txt", "b.html")

    assert [file.format for file in find_files([tmp_path])[0]] == ["text", "html"]


def test_a_file_is_called_by_its_name(tmp_path):
    write(tmp_path, "sub/report.txt")

    assert ids(tmp_path / "sub" / "report.txt") == ["report.txt"]


def test_several_folders_are_told_apart_by_name(tmp_path):
    write(tmp_path, "2022/a.txt", "2023/a.txt")

    assert ids(tmp_path / "2022", tmp_path / "2023") == ["2022/a.txt", "2023/a.txt"]


def test_folders_of_one_name_are_told_apart_by_a_further_parent(tmp_path):
    write(tmp_path, "南平/报告/a.txt", "龙岩/报告/a.txt")

    assert ids(tmp_path / "南平/报告", tmp_path / "龙岩/报告") == ["南平/报告/a.txt", "龙岩/报告/a.txt"]


def test_a_folder_given_twice_or_inside_another_is_read_once(tmp_path):
    write(tmp_path, "a/x.txt", "a/b/y.txt")

    assert len(ids(tmp_path / "a", tmp_path / "a" / ".." / "a")) == 2
    assert len(ids(tmp_path / "a", tmp_path / "a" / "b")) == 2
    assert errors(tmp_path / "a", tmp_path / "a" / "b") == []


def test_hidden_files_notes_and_data_are_passed_over_in_a_folder(tmp_path):
    write(tmp_path, "a.txt", ".b.txt", ".git/c.txt", "README.md", "gold.json", "p.jpg")

    assert ids(tmp_path) == ["a.txt"]
    assert errors(tmp_path) == []


def test_documents_of_other_kinds_are_problems_and_not_silence(tmp_path):
    write(tmp_path, "a.ofd", "b.epub", "c.RAR", "d.pptx")

    assert errors(tmp_path) == [(name, "UnreadableFormat") for name in ("a.ofd", "b.epub", "c.RAR", "d.pptx")]


def test_every_format_is_found_by_its_name(tmp_path):
    names = [
        "a.pdf",
        "b.docx",
        "c.XLSX",
        "d.wps",
        "e.csv",
        "f.jsonl",
        "g.md",
        "h.mhtml",
        "i.parquet",
        "j.zip",
    ]
    write(tmp_path, *names)

    assert ids(tmp_path) == names
    assert errors(tmp_path) == []


def test_a_result_inside_the_folder_is_passed_over(tmp_path):
    write(tmp_path, "a.txt", "out/.swnlp", "out/nodes.csv", "out/tables/x.parquet")

    assert ids(tmp_path) == ["a.txt"]


def test_a_named_file_is_text_whatever_its_name_unless_that_says_otherwise(tmp_path):
    write(tmp_path, "report", "x.json")

    assert ids(tmp_path / "report") == ["report"]
    assert errors(tmp_path / "x.json") == [("x.json", "UnreadableFormat")]


def test_a_data_file_that_is_named_itself_is_a_problem(tmp_path):
    write(tmp_path, "x.json")

    (problem,) = find_files([tmp_path / "x.json"])[1]
    assert problem.stage == "read"
    assert "另存为 .docx" in problem.message
    assert "not readable yet" in problem.message


def test_a_missing_path_is_an_error_that_names_it(tmp_path):
    with pytest.raises(MissingPathError, match="nowhere"):
        find_files([tmp_path / "nowhere"])


def test_an_empty_folder_gives_nothing(tmp_path):
    assert find_files([tmp_path]) == ([], [])


def test_files_above_the_limit_are_problems(tmp_path):
    write(tmp_path, "big.txt", text="a" * 1_000_001)
    write(tmp_path, "fits.txt", text="a" * 1_000_000)

    assert ids(tmp_path, settings=Settings(max_file_mb=1)) == ["fits.txt"]
    assert errors(tmp_path, settings=Settings(max_file_mb=1)) == [("big.txt", "TooLarge")]


def test_corpus_toml_says_which_files_are_documents(tmp_path):
    write(tmp_path, "part1.txt", "notes.txt", "gold/part1.txt", "2023/a.html", "2023/deep/b.html")
    (tmp_path / "corpus.toml").write_text('documents = ["part?.txt", "2023/**/*.html"]', encoding="utf-8")

    assert ids(tmp_path) == ["2023/a.html", "2023/deep/b.html", "part1.txt"]


def test_the_nearest_corpus_toml_rules(tmp_path):
    write(tmp_path, "a.txt", "inner/a.txt", "inner/b.txt")
    (tmp_path / "corpus.toml").write_text('documents = ["a.txt"]\nsource = "外"', encoding="utf-8")
    (tmp_path / "inner" / "corpus.toml").write_text('documents = ["b.txt"]\nsource = "内"', encoding="utf-8")

    files, _ = find_files([tmp_path])
    assert [(file.doc_id, file.source) for file in files] == [("a.txt", "外"), ("inner/b.txt", "内")]


def test_corpus_toml_fills_in_what_pages_do_not_say(tmp_path):
    write(tmp_path, "a.txt")
    (tmp_path / "corpus.toml").write_text('place = "南平市"\ndate = 2023-04-03', encoding="utf-8")

    (file,) = find_files([tmp_path])[0]
    assert (file.source, file.date, file.place) == (None, "2023-04-03", "南平市")
    assert find_files([tmp_path / "a.txt"])[0][0].place == "南平市"


def test_patterns_that_match_nothing_are_a_problem(tmp_path):
    write(tmp_path, "a.txt")
    (tmp_path / "corpus.toml").write_text('documents = ["b.txt"]', encoding="utf-8")

    assert ids(tmp_path) == []
    assert errors(tmp_path) == [("corpus.toml", "NothingMatched")]


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('document = ["a.txt"]', "did you mean 'documents'"),
        ('documents = "a.txt"', "file patterns"),
        ('documents = ["../secret.txt"]', "leaves the folder"),
        ('documents = ["/etc/passwd"]', "leaves the folder"),
        ('date = "April"', "must look like"),
        ("source = 3", "must be text"),
        ("source = ", "Cannot be read"),
    ],
)
def test_a_wrong_corpus_toml_is_an_error_that_says_what_to_do(tmp_path, toml, message):
    (tmp_path / "corpus.toml").write_text(toml, encoding="utf-8")

    with pytest.raises(CorpusError, match=message):
        find_files([tmp_path])


def test_links_in_a_circle_end(tmp_path):
    write(tmp_path, "a/x.txt", "b/y.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "b").symlink_to(tmp_path / "b")
    (tmp_path / "b" / "a").symlink_to(tmp_path / "a")

    assert len(ids(tmp_path)) == 2
    assert {error for _, error in errors(tmp_path)} == {"FolderSeen"}


def test_a_link_that_leads_above_the_folder_is_not_followed(tmp_path):
    write(tmp_path, "outside.txt", "given/a.txt")
    (tmp_path / "given" / "up").symlink_to(tmp_path)

    assert ids(tmp_path / "given") == ["a.txt"]
    assert errors(tmp_path / "given") == [("up", "FolderSeen")]


def test_a_dead_link_and_a_pipe_are_problems(tmp_path):
    (tmp_path / "dead.txt").symlink_to(tmp_path / "gone.txt")
    os.mkfifo(tmp_path / "pipe.txt")

    assert errors(tmp_path) == [("dead.txt", "UnreadableFile"), ("pipe.txt", "UnreadableFile")]


def test_folders_too_deep_are_a_problem(tmp_path):
    deep = tmp_path.joinpath(*["d"] * (MAX_DEPTH + 1))
    deep.mkdir(parents=True)
    write(deep, "lost.txt")
    write(tmp_path, "kept.txt")

    assert ids(tmp_path) == ["kept.txt"]
    assert errors(tmp_path) == [("d", "TooDeep")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may enter every folder")
def test_a_folder_that_cannot_be_entered_is_a_problem(tmp_path):
    write(tmp_path, "locked/a.txt", "b.txt")
    (tmp_path / "locked").chmod(0)
    try:
        assert ids(tmp_path) == ["b.txt"]
        assert errors(tmp_path) == [("locked", "UnreadableFolder")]
    finally:
        (tmp_path / "locked").chmod(0o700)


def test_file_names_from_chinese_windows_become_text(tmp_path):
    name = os.fsdecode("南平.txt".encode("gb18030"))
    try:
        write(tmp_path, name)
    except OSError:
        pytest.skip("this file system allows only UTF-8 names")

    assert ids(tmp_path) == ["南平.txt"]
