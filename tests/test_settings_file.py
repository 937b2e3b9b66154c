"""settings_file.py: a project's settings in swnlp.toml; found, read, and wrong lines named."""

from pathlib import Path

import pytest

from swnlp.errors import SettingsError
from swnlp.settings import Settings
from swnlp.settings_file import SettingsFile, find_settings, read_settings


@pytest.fixture
def write(tmp_path):
    def write(text, folder="."):
        path = tmp_path / folder / "swnlp.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_settings_come_from_a_file(write):
    path = write('window = "paragraph"\nmin_count = 2\n')
    assert read_settings(path) == SettingsFile(path, Settings(window="paragraph", min_count=2))


def test_paths_count_from_the_file(write, tmp_path):
    found = read_settings(write('lexicon = "词典"\nmodel = "模型.json"\nmeta = "文献.csv"\n', "项目"))
    assert found.lexicon == tmp_path / "项目" / "词典"
    assert found.settings.model == str(tmp_path / "项目" / "模型.json")
    assert found.settings.meta == str(tmp_path / "项目" / "文献.csv")


def test_a_file_that_notepad_saved_is_read(write):
    path = write("")
    path.write_bytes("\ufeffmin_count = 3\r\n".encode())
    assert read_settings(path).settings.min_count == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('# 说明\nwindwo = "section"', r"swnlp\.toml:2: .*did you mean 'window'\?"),
        ("min-count = 2", r"swnlp\.toml:1: .*did you mean 'min_count'\?"),
        ("[run]\nworkers = 2", r"swnlp\.toml:1: .*'run'"),
        ('seed = 1\nwindow = "page"', r"swnlp\.toml:2: .*sentence, paragraph, section"),
        ("\n\nmin_count = 0", r"swnlp\.toml:3: .*at least 1"),
        ("min_count = true", "whole number"),
        ("scheme = 5", r"swnlp\.toml:1: .*text"),
        ("lexicon = 5", r"swnlp\.toml:1: .*text"),
        ("model = 5", r"swnlp\.toml:1: .*text"),
        ("seed = 1\nwindow = \n", r"swnlp\.toml: .*no TOML: Invalid value.*line 2"),
    ],
)
def test_a_wrong_line_is_named_with_what_is_right(write, text, message):
    with pytest.raises(SettingsError, match=message):
        read_settings(write(text))


def test_a_file_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(SettingsError, match=r"无法读取设置文件.*No such file"):
        read_settings(tmp_path / "none.toml")


def test_the_file_of_the_reports_comes_before_that_of_the_working_directory(write, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert find_settings(["报告"]) == SettingsFile()
    write("min_count = 1")
    assert find_settings(["报告"]).path == Path("swnlp.toml")
    beside = write("min_count = 2", "报告")
    assert find_settings(["报告"]).settings.min_count == 2
    named = beside.rename(tmp_path / "another.toml")
    assert find_settings(["报告"], named).path == named
    assert find_settings(["s3://bucket/reports"]).path == Path("swnlp.toml")


def test_two_folders_with_a_file_each_are_a_contradiction(write):
    folders = [write("", "甲").parent, write("", "乙").parent]
    with pytest.raises(SettingsError, match="--settings"):
        find_settings(folders)
    assert find_settings([folders[0], folders[0]]).path == folders[0] / "swnlp.toml"


def test_reports_of_a_stranger_may_not_bring_a_program(write, tmp_path, monkeypatch):
    path = write('ner = "spacy:./evil"', "报告")
    with pytest.raises(SettingsError, match="if you trust it, add --settings"):
        find_settings([path.parent])
    assert find_settings([path.parent], path).settings.ner == "spacy:./evil"
    monkeypatch.chdir(path.parent)
    assert find_settings(["."]).settings.ner == "spacy:./evil"
