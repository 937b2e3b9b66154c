"""tag/: report files to text with the names in it."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

import swnlp
from swnlp.cli import app
from swnlp.errors import CorpusError, OutputError
from swnlp.evaluate import evaluate
from swnlp.gold import read_gold
from swnlp.lexicon import load_lexicon
from swnlp.records import Name
from swnlp.tag import FORMATS, Tagged, formatted, name_tagger, tag_files, write_tagged
from swnlp.tag.page import to_html

CORPORA = Path(__file__).parent.parent / "corpora"
REPORT = (
    "莲城市社会工作发展情况\n福建省民政厅印发《社会工作服务管理办法》，厦门市思明区的社工实施“莲心”计划。\n"
)
run = CliRunner().invoke


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "in/b.html").write_text(f"<html><body><p>{REPORT}</p></body></html>", encoding="utf-8")
    return tmp_path / "in"


def tagged(*paths):
    problems = []
    return list(tag_files(paths, problems.append)), problems


def test_reports_of_any_format_are_tagged_and_nested_names_are_told_apart(folder):
    (text, page), problems = tagged(folder)
    assert (text.doc_id, page.doc_id, problems) == ("a.txt", "b.html", [])
    names = [(text.text[n.start : n.end], n.label, n.outer) for n in text.names]
    for name in [("福建省民政厅", "ORG", True), ("福建省", "PLACE", False), ("社工", "ACTOR", True)]:
        assert name in names
    assert names == [(page.text[n.start : n.end], n.label, n.outer) for n in page.names]


def test_a_text_alone_gets_the_names_of_the_spacy_pipeline():
    doc = swnlp.load()(REPORT)
    names = name_tagger(load_lexicon())(REPORT)
    assert [(n.start, n.end, n.label) for n in names if n.outer] == [
        (e.start_char, e.end_char, e.label_) for e in doc.ents
    ]
    assert len(names) == len(doc.spans["swnlp"])


@pytest.mark.parametrize("format_", ["jsonl", "conll", "doccano"])
def test_what_is_written_is_read_by_evaluate(folder, tmp_path, format_):
    done = run(app, ["tag", str(folder), str(CORPORA), "--format", format_, "-o", str(tmp_path / "gold")])
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")
    texts, (wanted, _) = read_gold(tmp_path / "gold"), tagged(folder, CORPORA)
    assert [(t.id, t.text) for t in texts] == [(w.doc_id, w.text) for w in wanted]
    for text, document in zip(texts, wanted, strict=True):
        names = [n for n in document.names if n.outer or format_ != "conll"]
        assert [(e.start, e.end, e.label, e.outer) for e in text.entities] == [
            (n.start, n.end, n.label, n.outer) for n in names
        ]
    run(app, ["tag", str(folder / "a.txt"), "--format", format_, "-o", str(tmp_path / "one")])
    assert evaluate(tmp_path / "one").total.f1 == 1


def test_without_a_file_it_is_printed(folder):
    done = run(app, ["tag", str(folder / "a.txt"), "--format", "jsonl"])
    record = json.loads(done.stdout)
    assert record["text"] == REPORT
    assert {"start", "end", "label", "text", "outer", "method", "score"} <= record["entities"][0].keys()


class Marks(HTMLParser):
    """The marked stretches of a page, all text, and every tag."""

    def __init__(self):
        super().__init__()
        self.marked, self.tags, self.attributes = [], set(), []
        self._in = []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs
        self._in.append(tag)
        if tag == "mark":
            self.marked.append("")

    def handle_endtag(self, tag):
        while self._in and self._in.pop() != tag:
            pass

    def handle_data(self, data):
        if self._in and self._in[-1] == "mark":
            self.marked[-1] += data


def parsed(documents):
    page = "".join(to_html(documents))
    marks = Marks()
    marks.feed(page)
    return page, marks


def test_the_page_marks_the_outer_names_and_tells_the_nested_ones(folder):
    documents, _ = tagged(folder / "a.txt")
    _, marks = parsed(documents)
    outer = [REPORT[n.start : n.end] for n in documents[0].names if n.outer]
    assert marks.marked[-len(outer) :] == outer
    assert any("福建省（地区 PLACE）" in value for name, value in marks.attributes if name == "title")


def test_the_page_runs_and_loads_nothing(tmp_path):
    evil = '<script>alert(1)</script><img src=x onerror=alert(1)>"&{x}\x00'
    name = Name(0, len(evil), 'ORG"><b>', "<i>", "test", 1.0, True)
    page, marks = parsed([Tagged(evil, evil, [name])])
    assert marks.tags == {
        "html", "head", "meta", "title", "style", "body", "h1", "small", "p", "section", "h2", "div", "mark"
    }  # fmt: skip
    assert "\x00" not in page
    assert not re.search(r"https?:|url\(|@import|src=x>", page)
    assert "default-src 'none'" in page


def test_names_are_readable_on_their_colours():
    page, _ = parsed([Tagged("a", "甲" * 9, [Name(i, i + 1, label, None, "", 1, True) for i, label in enumerate(
        "PLACE ORG PERSON POLICY PROGRAM ACTOR GROUP EVENT WORK".split())])])  # fmt: skip
    backgrounds = set(re.findall(r"background: #(\w{6});", page))
    assert len(backgrounds) == 9
    for colour in backgrounds:
        # WCAG 2: relative luminance; the text is #1a1a1a.
        assert (luminance(colour) + 0.05) / (luminance("1a1a1a") + 0.05) > 7


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_tagged(folder):
    (folder / "empty.txt").write_bytes(b"")
    documents, problems = tagged(folder)
    assert len(documents) == 2
    assert "empty.txt" in problems[0].path
    done = run(app, ["tag", str(folder), "--format", "conll"])
    assert done.exit_code == 0
    assert "empty.txt" in done.stderr


def test_nothing_to_tag_and_nowhere_to_write_are_errors(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(CorpusError, match="No report"):
        tagged(tmp_path)
    assert run(app, ["tag", str(tmp_path), "--format", "html"]).exit_code == 1
    with pytest.raises(OutputError, match="folder"):
        write_tagged([], "html", tmp_path)


def test_a_file_is_there_whole_or_not_at_all(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    done = run(app, ["tag", str(tmp_path), "--format", "html", "-o", str(tmp_path / "page.html")])
    assert done.exit_code == 1
    assert [p.name for p in tmp_path.iterdir()] == ["empty.txt"]


def test_every_format_has_a_writer(folder):
    documents, _ = tagged(folder)
    for format_ in FORMATS:
        assert "".join(formatted(documents, format_))
