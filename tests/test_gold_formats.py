"""gold/: annotated texts in the formats of other tools, and the line that is wrong."""

import json
import os

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from swnlp.errors import GoldError
from swnlp.gold import read_gold, to_conll, to_doccano, to_jsonl
from swnlp.records import Name


@pytest.fixture
def read(tmp_path):
    def read(content, name="gold.json", format_=None):
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=1)
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
        return read_gold(tmp_path / name, format_)

    return read


def found(text):
    return [(e.start, e.end, e.label) for e in text.entities]


PARAGRAPH = {"id": "莲城市-3", "text": "莲城市民政局实施“莲心”计划。"}


def test_the_projects_own_format_alone_as_a_list_and_one_a_line(read):
    record = {**PARAGRAPH, "entities": [{"label": "ORG", "start": 0, "text": "莲城市民政局"}]}
    for content in (record, [record], json.dumps(record) + "\n\n" + json.dumps(record) + "\n"):
        text = read(content)[-1]
        assert (text.id, text.source, found(text)) == ("莲城市-3", "莲城市", [(0, 6, "ORG")])


def test_core_and_alternatives_count_and_what_wraps_them_does_not(read):
    entity = {"label": "PROGRAM", "text": "“莲心”计划", "alt": ["“莲心”"], "optional": True}
    (text,) = read({**PARAGRAPH, "entities": [entity]})
    assert text.entities[0].spans == {(9, 14), (9, 11)}
    assert text.entities[0].optional


def test_an_occurrence_is_counted_from_nought(read):
    record = {"text": "社工和社工", "entities": [{"label": "ACTOR", "text": "社工", "nth": 1}]}
    assert found(read(record)[0]) == [(3, 5, "ACTOR")]


def test_a_text_may_stand_in_a_file_above_or_beside_but_nowhere_else(read, tmp_path):
    (tmp_path / "page.txt").write_text("厦门", encoding="utf-8")
    (text,) = read({"text_file": "page.txt", "scope": [0, 1], "entities": []})
    assert (text.text, text.scope) == ("厦门", range(1))
    for name in ("../page.txt", "/etc/hostname", "none.txt"):
        with pytest.raises(GoldError, match=r"text_file|Cannot open"):
            read({"text_file": name, "entities": []})


def test_doccano_labels_by_position_or_by_name_and_nested_ones_are_not_outer(read):
    spans = [[0, 6, "ORG"], [0, 3, "PLACE"]]
    for key in ("label", "labels"):
        (text,) = read(json.dumps({"id": 7, "text": PARAGRAPH["text"], key: spans}), "d.jsonl")
        assert [(e.label, e.outer) for e in text.entities] == [("ORG", True), ("PLACE", False)]
        assert text.id == "7"
    named = {
        "text": PARAGRAPH["text"],
        "entities": [{"id": 1, "label": "ORG", "start_offset": 0, "end_offset": 6}],
    }
    assert found(read(named)[0]) == [(0, 6, "ORG")]


def test_labels_in_chinese_or_small_letters_are_understood_and_others_kept(read):
    labels = ["机构", "place", "人名", "LOC", "指标"]
    record = {"text": "甲乙丙丁戊", "label": [[i, i + 1, label] for i, label in enumerate(labels)]}
    assert [e.label for e in read(record)[0].entities] == ["ORG", "PLACE", "PERSON", "LOC", "指标"]


def span(start, end, text, label, type_="labels"):
    return {"type": type_, "value": {"start": start, "end": end, "text": text, "labels": [label]}}


def test_label_studio_tasks_and_what_only_one_annotator_marked_is_optional(read):
    both, one = span(0, 6, "莲城市民政局", "ORG"), span(9, 11, "莲心", "PROGRAM")
    choice = {"type": "choices", "value": {"choices": ["通知"]}}
    task = {
        "id": 12,
        "data": {"text": PARAGRAPH["text"]},
        "annotations": [
            {"result": [both, one, choice]},
            {"result": [both]},
            {"result": [one], "was_cancelled": True},
        ],
    }
    (text,) = read([task])
    assert [(e.label, e.optional) for e in text.entities] == [("ORG", False), ("PROGRAM", True)]
    minimal = [{"id": 1, "text": "无名"}, {"id": 2, "text": PARAGRAPH["text"], "label": [both["value"]]}]
    assert [found(text) for text in read(minimal)] == [[], [(0, 6, "ORG")]]


def test_label_studio_counts_a_rare_character_as_two(read):
    task = {"data": {"t": "𠮷林市和厦门市"}, "annotations": [{"result": [span(5, 8, "厦门市", "PLACE")]}]}
    assert found(read([task])[0]) == [(4, 7, "PLACE")]


BIO = "莲 B-ORG\n城 I-ORG\n局 I-ORG\n和 O\n厦 B-PLACE\n\n门 O\n"


def test_conll_by_character(read):
    (text,) = read(BIO, "a.txt")
    assert (text.text, found(text)) == ("莲城局和厦\n门", [(0, 3, "ORG"), (4, 5, "PLACE")])


@pytest.mark.parametrize("tags", ["B I E S", "B M E S", "B I L U"])
def test_conll_in_other_schemes_and_with_other_columns(read, tags):
    first, inside, last, single = tags.split()
    column = f"{first}-ORG {inside}-ORG {last}-ORG {single}-PLACE O".split()
    content = "".join(f"{word}\tNN\t{tag}\r\n" for word, tag in zip("莲城局粤和", column, strict=True))
    assert found(read(content)[0]) == [(0, 3, "ORG"), (3, 4, "PLACE")]


def test_conll_by_word_with_documents_and_without_b(read):
    content = (
        "-DOCSTART- -X- O O\n\n莲城市 I-PLACE\nUN I-ORG\nWomen I-ORG\n\n-DOCSTART- O\n社工 O\n# text = 社工\n"
    )
    first, second = read(content)
    assert (first.text, found(first)) == ("\n莲城市UN Women\n", [(1, 4, "PLACE"), (4, 12, "ORG")])
    assert second.text == "社工"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('{"text": "厦门",\n "entities": [\n  {"label": "PLACE", "start": 1, "text": "厦门"}]}', 3),
        ('{"text": "厦门",\n "entities": [\n  {"label": "PLACE",\n   "start": "1",\n "text": "厦门"}]}', 4),
        ('{"text": "厦门",\n "entities": [\n  {"start": 0, "text": "厦门"}]}', 3),
        ('[{"text": "厦门", "entities": []},\n {"text": "厦门"}]', 2),
        ('[{"text": "厦门", "entities": []},\n 3]', 2),
        ('{"text": "厦门",\n "label": [[0, 1, "PLACE"],\n [0, 3, "PLACE"]]}', 3),
        ('{"text": "厦门", "label": []}\n{"text": "厦门", "label": [[0, 1]]}', 2),
        ('{"text": "厦门", "label": []}\n{"text": "厦门, "label": []}', 2),
        ('{"text": "厦门",\n "label": [[1, 1, "PLACE"]]}', 2),
        ('{"text": "厦门",\n "label": [[true, 1, "PLACE"]]}', 2),
        ('{"text": "厦门",\n "label": [[0, 1, "\\ud800"]]}', 2),
        ('{"text": "厦门",\n "entities": [],\n "scope": [1]}', 3),
        ('{"data": {"text": "厦门"},\n "annotations": []}', 1),
        ("厦 B-PLACE\n门 I-PLACE\n市\n", 3),
        ("厦 B-PLACE\n门 X-PLACE\n", 2),
        ("厦 B-PLACE\n门 B-\n", 2),
        ("厦门市的社工", 1),
        ("[" * 100_000, 1),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_file_and_line(read, content, line):
    with pytest.raises(GoldError, match=rf"gold\.json:{line}: .*[一-鿿].*[A-Za-z]{{3}}"):
        read(content)


def test_a_file_whose_name_is_no_utf_8_gives_a_name_that_can_be_printed(tmp_path):
    path = tmp_path / os.fsdecode("福建".encode("gbk") + b".jsonl")
    try:
        path.write_text('{"text": "厦门", "label": []}\n', encoding="utf-8")
    except OSError:
        pytest.skip("the file system takes only UTF-8")
    read_gold(path)[0].id.encode()


def test_a_file_that_is_not_utf_8_or_not_there_is_named(tmp_path):
    (tmp_path / "a.txt").write_bytes("厦 O\n".encode() + "门 O\n".encode("gbk"))
    with pytest.raises(GoldError, match=r"a\.txt:2: .*UTF-8"):
        read_gold(tmp_path / "a.txt")
    with pytest.raises(GoldError, match=r"none\.txt"):
        read_gold(tmp_path / "none.txt")


def test_the_format_can_be_forced(read):
    with pytest.raises(GoldError, match=r"gold\.json:1"):
        read({**PARAGRAPH, "entities": []}, format_="conll")
    assert read({"text": "厦门", "entities": [], "label": [[0, 2, "PLACE"]]}, format_="doccano")[0].entities


LABELS = st.sampled_from(["PLACE", "ORG", "GROUP"])
# Line feeds only: what a document's text has. Anything else may stand in it, tabs and brackets too.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1, max_size=30)


@st.composite
def tagged(draw):
    """A text with names as decide.py gives them: outer ones apart, nested ones strictly inside."""
    text, names, at = draw(TEXTS), [], 0
    while at < len(text) and draw(st.booleans()):
        start = draw(st.integers(at, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        if "\n" not in text[start:end]:
            names.append(Name(start, end, draw(LABELS), None, "test", 0.9, True))
            if end - start > 1 and draw(st.booleans()):
                inner = draw(st.integers(start, end - 2))
                names.append(Name(inner, inner + 1, draw(LABELS), None, "test", 0.9, False))
        at = end
    return text, names


@given(st.lists(tagged(), min_size=1, max_size=3))
@example([("\n", [])])
def test_what_is_written_is_read_again(tmp_path_factory, texts):
    rows = [(f"城市-{i}", text, names) for i, (text, names) in enumerate(texts)]
    path = tmp_path_factory.mktemp("gold") / "gold"
    for write, nested in ((to_jsonl, True), (to_doccano, True), (to_conll, False)):
        path.write_text("".join(write(rows)), encoding="utf-8", newline="")
        again = read_gold(path)
        assert [t.id for t in again] == [name for name, _, _ in rows]
        assert [t.text for t in again] == [text for _, text, _ in rows]
        for text, (_, _, names) in zip(again, rows, strict=True):
            wanted = {(n.start, n.end, n.label, n.outer) for n in names if n.outer or nested}
            assert {(e.start, e.end, e.label, e.outer) for e in text.entities} == wanted


KEYS = st.sampled_from(
    "id text text_file scope entities label labels start end nth alt core kind optional outer start_offset end_offset "
    "data annotations completions result value type was_cancelled".split()
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 9)
    | st.floats()
    | st.sampled_from(["", "厦门", "门", "labels", "ORG"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)


RECORDS = st.dictionaries(KEYS, VALUES, min_size=2, max_size=6)


@given(
    VALUES | RECORDS | st.lists(RECORDS, max_size=2),
    st.sampled_from([None, "swnlp", "conll", "doccano", "label-studio"]),
)
def test_whatever_the_json_holds_it_is_read_or_named(tmp_path_factory, value, format_):
    path = tmp_path_factory.mktemp("gold") / "gold.json"
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
    try:
        read_gold(path, format_)
    except GoldError as error:
        assert "gold.json:" in str(error)


@given(st.text(st.sampled_from("厦 \t\n\rBIOESO-#=id门")))
def test_whatever_the_columns_hold_they_are_read_or_named(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("gold") / "gold.txt"
    path.write_text(content, encoding="utf-8", newline="")
    try:
        for text in read_gold(path, "conll"):
            assert all(0 <= e.start < e.end <= len(text.text) for e in text.entities)
    except GoldError as error:
        assert "gold.txt:" in str(error)
