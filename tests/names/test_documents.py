"""names/documents: titles with and without 《》, and document numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swnlp.lexicon import Lexicon, Scheme
from swnlp.names.decide import decide
from swnlp.names.documents import proposer
from swnlp.names.documents.genres import genre_of
from swnlp.view import simplified_view

PROPOSE = proposer(Lexicon(Scheme("none", "无", "none", ())))


def names(text: str, label: str = "POLICY") -> list[str]:
    """Return the outer names of a label that this family alone would find."""
    found = decide(list(PROPOSE(simplified_view(text), [])))
    return [text[n.start : n.end] for n in found if n.outer and n.label == label]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("未成年人保护法", "law"),
        ("城乡社区工作者管理办法（试行）", "measure"),
        ("关于加快乡镇社工站建设的通知", "notice"),
        ("社会工作发展规划（2026—2030年）", "plan"),
        ("人才兴县战略", "strategy"),
        ("国民经济和社会发展计划（草案）", "plan"),
        ("人才工作二十条", "measure"),
        ("山那边的灯", None),
        ("鼓楼议事工作法", None),
        ("社会工作案例选编", None),
    ],
)
def test_the_genre_word_tells_a_document_from_a_work(title, kind):
    assert genre_of(simplified_view(title)) == kind


def test_bracketed_titles_are_documents_or_works():
    text = "落实《中华人民共和国慈善法》，编印《巷口的灯》，案例《一把椅子的规划》获奖。"

    assert names(text) == ["中华人民共和国慈善法"]
    assert names(text, "WORK") == ["巷口的灯", "一把椅子的规划"]


def test_titles_inside_titles_are_part_of_the_outer_one():
    text = "转发《关于印发〈社工站评估办法（试行）〉的通知》和《〈社区公约〉实施细则》。"

    assert names(text) == ["关于印发〈社工站评估办法（试行）〉的通知", "〈社区公约〉实施细则"]


def test_a_bracket_that_never_closes_ends_with_its_line():
    assert names("一、《管理办法\n二、《实施细则》出台") == ["实施细则"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("按照鹭民发〔2023〕18号文件要求", ["鹭民发〔2023〕18号"]),
        ("依据财政部令第102号执行", ["财政部令第102号"]),
        ("《社工站管理办法》（鹭民发〔2023〕18号）印发", ["社工站管理办法"]),
    ],
)
def test_a_document_number_is_a_citation_unless_its_title_stands_before_it(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("制定了进一步加强社区工作者队伍建设若干措施，", ["进一步加强社区工作者队伍建设若干措施"]),
        ("市委专门下发老旧小区治理实施方案，", ["老旧小区治理实施方案"]),
        ("深入实施新时代人才强省战略。", ["新时代人才强省战略"]),
        ("贯彻未成年人保护法、家庭教育促进法，", ["未成年人保护法", "家庭教育促进法"]),
        ("严格落实中央八项规定精神。", ["中央八项规定"]),
        ("落实关于改革完善社会救助制度的意见，", ["关于改革完善社会救助制度的意见"]),
        ("纳入“十五五”规划，", ["“十五五”规划"]),
    ],
)
def test_titles_without_brackets_are_found_by_their_shape(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "完善有关政策和制度，提出意见和办法。",
        "加强环境监管法律法规宣传。",
        "科学规划城市建设，制定计划。",
        "合理安排方案设计。",
    ],
)
def test_ordinary_words_are_no_documents(text):
    assert names(text) == []


def test_an_issuer_on_the_line_of_the_title_belongs_to_it():
    text = "鹭岛市民政局 鹭岛市财政局关于加强社工站建设的通知\n各区民政局："

    assert names(text) == ["鹭岛市民政局 鹭岛市财政局关于加强社工站建设的通知"]


def test_a_defined_short_form_is_a_document_at_every_use():
    text = "印发《社工人才激励若干措施》（以下简称《激励措施》），依据激励措施，各区落实补贴。"

    assert names(text) == ["社工人才激励若干措施", "激励措施", "激励措施"]


def test_a_short_form_may_stand_in_quotes():
    text = "《鹭岛市志愿服务条例》（以下简称“条例”）施行。"

    assert "条例" in names(text)


@given(st.text(alphabet="《》〈〉关于的意见通知办法条例印发〔〕()2023号,。\n“”", max_size=60))
def test_candidates_lie_in_the_text(text):
    for candidate in PROPOSE(text, []):
        assert 0 <= candidate.start < candidate.end <= len(text)
        assert "\n" not in text[candidate.start : candidate.end]
