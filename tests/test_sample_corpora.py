"""corpora/: what the sample corpora hold, and that they are what their sources make."""

import importlib
import re
from collections import Counter
from pathlib import Path

import pytest

from swnlp.read import find_files, read_file
from swnlp.view import simplified_view

ROOT = Path(__file__).parent.parent
EIGHT = ROOT / "corpora" / "eight-cities-2021-2023"
CITIES = {"襄阳市", "湖州市", "常州市", "潍坊市", "衡阳市", "汕头市", "乐山市", "平凉市"}


@pytest.fixture(scope="module")
def builder():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "scripts"))
        yield importlib.import_module("build_eight_cities")


@pytest.fixture(scope="module")
def documents():
    files, problems = find_files([EIGHT])
    readings = [read_file(file) for file in files]
    assert not problems
    assert not any(reading.problems for reading in readings)
    return [document for reading in readings for document in reading.documents]


def test_eight_cities_have_a_dated_report_for_each_of_three_years(documents):
    reports = [d for d in documents if not d.doc_id.endswith(".xlsx")]
    about = Counter()
    for report in reports:
        title = simplified_view(report.title)
        city = next(c for c in CITIES if c[:2] in title)
        # The circular on 2022 came out in January 2023.
        about[city, re.search(r"20\d\d", report.doc_id + report.date)[0]] += 1
    assert about == {(city, year): 1 for city in CITIES for year in ("2021", "2022", "2023")}


def test_every_report_says_that_it_is_invented(documents):
    for document in documents:
        said = document.text + str(document.metadata) + (document.source or "")
        assert re.search("虚构|虛構|示例", said) or document.doc_id.endswith(".xlsx"), document.doc_id


def test_that_it_is_invented_counts_in_no_report(documents):
    for document in documents:
        kept = document.text
        for dropped in reversed(document.dropped):
            kept = kept[: dropped.start] + kept[dropped.end :]
        assert "虚构" not in kept, document.doc_id


def test_reports_come_in_the_encodings_and_formats_of_cities(documents):
    assert {d.encoding for d in documents} >= {"utf-8", "gb18030", "big5hkscs"}
    assert {Path(d.doc_id).suffix.split("#")[0] for d in documents} == {
        ".txt",
        ".html",
        ".docx",
        ".pdf",
        ".csv",
        ".xlsx",
    }
    assert any(d.cells for d in documents)


def test_texts_pages_and_tables_are_what_their_sources_make(builder):
    found = [report for path in sorted(builder.SOURCES.glob("*.txt")) for report in builder.reports(path)]
    assert len(found) == 24
    for report in found:
        path = EIGHT / report.name
        assert path.exists(), report.name
        if path.suffix == ".html":
            assert path.read_bytes() == builder.as_page(report).encode(report.encoding)
        if path.suffix == ".txt":
            assert path.read_bytes() == builder.as_text(report).encode(report.encoding)
    rows = [report for report in found if report.name == "weifang.csv"]
    assert (EIGHT / "weifang.csv").read_bytes() == builder.as_table(rows).encode("gb18030")


def test_no_file_of_the_corpora_is_large():
    assert all(path.stat().st_size < 102_400 for path in EIGHT.iterdir())
