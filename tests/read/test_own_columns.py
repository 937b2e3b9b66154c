"""read/own_columns.py: a researcher's own table joined by path, and what the paths say."""

import pytest
import samples

import swnlp
from swnlp.errors import SettingsError
from swnlp.read import find_files, read_file
from swnlp.settings import Settings


@pytest.fixture
def corpus(tmp_path):
    for name in ("2022/龙岩市.txt", "2023/龙岩市.txt", "2023/南平市.txt"):
        path = tmp_path / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("全市建成社工站十二个，志愿者参与。", encoding="utf-8")
    return tmp_path / "corpus"


def documents(corpus, settings):
    files, problems = find_files([corpus], settings)
    return {d.doc_id: d for file in files for d in read_file(file, settings).documents}, problems


def with_meta(corpus, text, name="meta.csv"):
    (corpus / name).write_text(text, encoding="utf-8-sig")
    return Settings(meta=str(corpus / name))


def test_own_columns_are_joined_by_path_and_the_table_is_no_report(corpus):
    settings = with_meta(corpus, "path,城市,组别\n2022/龙岩市.txt,龙岩市,试点\n2023/南平市.txt,南平市,对照\n")
    found, problems = documents(corpus, settings)

    assert sorted(found) == ["2022/龙岩市.txt", "2023/南平市.txt", "2023/龙岩市.txt"]
    assert found["2022/龙岩市.txt"].metadata == (("城市", "龙岩市"), ("组别", "试点"))
    assert found["2022/龙岩市.txt"].place == "龙岩市"
    assert found["2023/龙岩市.txt"].metadata == ()
    assert problems == []


@pytest.mark.parametrize(
    "path",
    [
        "2023/南平市.txt",
        "2023\\南平市.txt",
        "./2023/南平市.txt",
        "南平市.txt",
        "南平市",
        "corpus/2023/南平市.txt",
        "2023/南平市",
    ],
)
def test_a_path_may_be_written_in_many_ways(corpus, path):
    found, problems = documents(corpus, with_meta(corpus, f"文件名,组别\n{path},对照\n"))

    assert found["2023/南平市.txt"].metadata == (("组别", "对照"),)
    assert problems == []


def test_a_row_that_belongs_to_no_file_or_to_several_is_told(corpus):
    _, problems = documents(corpus, with_meta(corpus, "path,组别\n龙岩市.txt,试点\n三明市.txt,试点\n"))

    assert [(p.path, p.error) for p in problems] == [
        ("龙岩市.txt", "NoSuchDocument"),
        ("三明市.txt", "NoSuchDocument"),
    ]


def test_rows_and_members_are_joined_by_their_own_paths(corpus):
    (corpus / "all.zip").write_bytes(
        samples.zipped([("三明.txt", samples.TEXT.encode()), ("b.csv", samples.csv())])
    )
    settings = with_meta(corpus, "path,组别\nall.zip,全部\nall.zip/三明.txt,试点\nall.zip/b.csv#2,对照\n")
    found, problems = documents(corpus, settings)

    assert problems == []
    assert found["all.zip/三明.txt"].metadata == (("组别", "试点"),)
    assert found["all.zip/b.csv#2"].metadata == (("组别", "对照"), ("编号", "7"))


def test_own_facts_win_over_the_pages(corpus):
    (corpus / "a.html").write_bytes(samples.html())
    settings = with_meta(corpus, "file,title,date,source\na.html,改名,20240203,某报\n")
    document = documents(corpus, settings)[0]["a.html"]

    assert (document.title, document.date, document.source) == ("改名", "2024-02-03", "某报")


def test_a_table_without_paths_is_an_error_that_lists_its_columns(corpus):
    with pytest.raises(SettingsError, match=r"(?s)路径.*城市"):
        find_files([corpus], with_meta(corpus, "城市,组别\n龙岩市,试点\n"))
    with pytest.raises(SettingsError, match="Cannot open"):
        find_files([corpus], Settings(meta=str(corpus / "gone.csv")))


@pytest.mark.parametrize(
    "pattern", ["{year}/{city}.txt", "{year}/{city}", "*/corpus/{year}/{city}", "{年份}/{城市}"]
)
def test_paths_say_year_and_city(corpus, pattern):
    pattern = pattern.removeprefix("*/corpus/")
    found, problems = documents(corpus, Settings(path_pattern=pattern))

    document = found["2023/南平市.txt"]
    assert [value for _, value in document.metadata] == ["2023", "南平市"]
    assert document.place == "南平市"
    assert problems == []


def test_a_pattern_that_matches_nothing_is_told(corpus):
    assert documents(corpus, Settings(path_pattern="{city}-{year}.txt"))[1][0].error == "NothingMatched"


@pytest.mark.parametrize("pattern", ["{year}{city}", "{year", "plain.txt", "{a}/{a}", "{}/x"])
def test_a_pattern_that_is_none_is_an_error(corpus, pattern):
    with pytest.raises(SettingsError, match="path_pattern"):
        find_files([corpus], Settings(path_pattern=pattern))


def test_own_columns_come_with_the_result_and_change_it(corpus, tmp_path):
    settings = with_meta(corpus, "path,组别\n2022/龙岩市.txt,试点\n", name="../meta.csv")
    analysis = swnlp.analyze(corpus, tmp_path / "out", settings=settings)
    assert analysis.table("metadata").to_pylist() == [
        {"doc_id": "2022/龙岩市.txt", "name": "组别", "value": "试点"}
    ]
    (corpus / "../meta.csv").write_text("path,组别\n2022/龙岩市.txt,对照\n", encoding="utf-8")
    again = swnlp.analyze(corpus, tmp_path / "out", settings=settings)
    assert again.table("metadata")["value"].to_pylist() == ["对照"]
