"""codes: rules as a researcher writes them, where they hold, and what is wrong with them."""

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swnlp.codes import (
    Characters,
    Entity,
    Search,
    Word,
    atoms_of,
    codebook_from_dict,
    codebook_to_dict,
    holds,
    read_codes,
)
from swnlp.codes.parse import RuleError, parse_rule
from swnlp.codes.rules import And, Kind, Label, Near, Not, Or
from swnlp.codes.search import Mention
from swnlp.errors import CodesError
from swnlp.segment import make_segmenter

SEGMENTER = make_segmenter()


def book(tmp_path, text, name="codes.toml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def places(rule, text, mentions=()):
    """Return what of a text a rule names, taking it for one sentence."""
    parsed = parse_rule(rule)
    search = Search(atoms_of(parsed), SEGMENTER, {"社工": ["actor:social_worker"]})
    hits = {}
    for atom, span in search.hits(text, 0, mentions):
        hits.setdefault(atom, []).append(span)
    return [text[start:end] for start, end in holds(parsed, hits)]


def test_a_rule_is_words_and_operators():
    assert parse_rule("培训 | 督导 & !考试") == Or((Word("培训"), And((Word("督导"), Not(Word("考试"))))))


@pytest.mark.parametrize(
    "same",
    [
        "(培训 or 督导) and not 考试",
        "（培训 或 督导）且 非 考试",
        "(培训｜督导)＆！考试",
        "( 培训|督导 )&!考试",
        "(培训 OR 督导) AND NOT 考试",
    ],
)
def test_operators_are_signs_or_words_in_either_language(same):
    assert parse_rule(same) == parse_rule("(培训 | 督导) & !考试")


def test_an_operator_inside_a_word_is_part_of_it():
    assert parse_rule("organisation 非遗 或然 且末县".split()[0]) == Word("organisation")
    assert parse_rule("非遗") == Word("非遗")
    assert parse_rule("且末县 | 或然") == Or((Word("且末县"), Word("或然")))
    assert parse_rule('"或"') == Characters("或")


def test_what_a_word_may_be():
    assert parse_rule("entity:社工 | 实体：社工") == Or((Entity("社工"), Entity("社工")))
    assert parse_rule("entity:place:350700") == Entity("place:350700")
    assert parse_rule('entity:"省民政厅 慈善处"') == Entity("省民政厅 慈善处")
    assert parse_rule("label:program | 标签:项目") == Or((Label("PROGRAM"), Label("PROGRAM")))
    assert parse_rule("kind:volunteer") == Kind("volunteer")
    assert parse_rule("培训 near/10 社工") == Near(Word("培训"), Word("社工"), 10, False)
    assert parse_rule("培训 pre/10 社工") == Near(Word("培训"), Word("社工"), 10, True)


@pytest.mark.parametrize(
    ("rule", "at", "says"),
    [
        ("培训 督导", 3, "督导"),
        ("培训，督导", 2, "，督导"),
        ("(培训 | 督导", 8, "too early"),
        ("培训 |", 4, "too early"),
        ("| 培训", 0, "not expected"),
        ("label:NOPE", 0, "no such label"),
        ("city:厦门", 4, "not expected"),
        ("!培训", 0, "alone"),
        ("培训 | !督导", 0, "alone"),
        ("(培训 & 督导) near/5 社工", 10, "both sides"),
        ("培训 near/5000 社工", 3, "1000"),
        ('" "', 0, "nothing in the quotes"),
        ("(" * 150 + "培训" + ")" * 150 + " & " + "!" * 150 + "督导", 0, "inside each other"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(rule, at, says):
    with pytest.raises(RuleError) as error:
        parse_rule(rule)
    assert error.value.at == at
    assert says in str(error.value)


def test_a_word_stands_at_the_edges_of_words_and_characters_in_quotes_anywhere():
    text = "完善社会计划，聘请会计。"
    assert places("会计", text) == ["会计"]
    assert places('"会计"', text) == ["会计", "会计"]


def test_a_word_is_found_in_a_longer_one_that_is_made_of_words():
    # 资金投入 and 服务项目 are words of the dictionary themselves.
    assert places("资金 | 购买服务", "加大资金投入，购买服务项目。") == ["资金", "购买服务"]
    assert places("会计", "聘请会计人员。") == ["会计"]
    assert places("中国", "支持发展中国家。") == []


def test_a_word_inside_another_is_not_counted_but_told():
    parsed = parse_rule("培训")
    search = Search(atoms_of(parsed), SEGMENTER, {})
    assert search.hits("举办培训班，开展培训。", 0, ()) == [(Word("培训"), (8, 10))]
    assert search.inside == {("培训", "培训班"): 1}


def test_either_script_width_and_case_is_the_same():
    assert places("社会组织 | app", "發展社會組織，推出ＡＰＰ平台") == ["社會組織", "ＡＰＰ"]


def test_a_rule_of_two_words_holds_where_both_are_and_names_both():
    assert places("培训 & 督导", "开展培训，加强督导，再培训。") == ["培训", "督导", "培训"]
    assert places("培训 & 督导", "开展培训。") == []
    assert places("培训 & !督导", "开展培训，加强督导。") == []
    assert places("培训 & !督导", "开展培训。") == ["培训"]


def test_a_place_inside_another_is_one_place():
    assert places('"社工" | "社工站"', "建成社工站，配备社工。") == ["社工站", "社工"]


def test_near_counts_the_characters_between():
    text = "培训了全市的社工"
    assert places("培训 near/3 社工", text) == []
    assert places("培训 near/4 社工", text) == ["培训", "社工"]
    assert places("社工 pre/4 培训", text) == []
    assert places("(督导 | 培训) near/4 社工", text) == ["培训", "社工"]
    # Both distances at once: 培训 to 社工 and, from there, to 上岗.
    assert places("培训 near/4 社工 near/1 上岗", text + "并上岗") == ["培训", "社工", "上岗"]


def test_near_wants_two_things_apart():
    assert places('"社工站" near/5 "社工"', "建成社工站") == []


def test_entities_labels_and_kinds_are_mentions():
    text = "社工指导志愿队"
    mentions = [
        Mention(0, 2, "actor:social_worker", "ACTOR", "social_worker"),
        Mention(4, 7, "actor:volunteer", "ACTOR", "volunteer"),
    ]
    assert places("entity:社工", text, mentions) == ["社工"]
    assert places("label:ACTOR", text, mentions) == ["社工", "志愿队"]
    assert places("kind:volunteer & 指导", text, mentions) == ["指导", "志愿队"]


@given(st.lists(st.sampled_from("甲乙丙"), max_size=12).map("".join), st.integers(0, 3))
def test_near_finds_what_trying_every_pair_finds(text, distance):
    rule = Near(Characters("甲"), Characters("乙"), distance, False)
    hits = {Characters(c): [(i, i + 1) for i, own in enumerate(text) if own == c] for c in "甲乙"}
    pairs = itertools.product(hits[Characters("甲")], hits[Characters("乙")])
    near = [p for p in pairs if max(p[0][0], p[1][0]) - min(p[0][1], p[1][1]) <= distance]
    assert holds(rule, hits) == sorted({span for pair in near for span in pair})


def test_a_word_that_a_text_repeats_does_not_make_near_slow():
    n = 20_000
    hits = {Characters("甲"): [(2 * i, 2 * i + 1) for i in range(n)]}
    hits[Characters("乙")] = [(2 * i + 1, 2 * i + 2) for i in range(n)]
    assert len(holds(Near(Characters("甲"), Characters("乙"), 1_000, False), hits)) == 2 * n


GOOD = """
[[code]]
name = "能力建设"
group = "手段"
rule = '培训 | 督导'

[[code]]
name = "儿童服务能力"
rule = '''
  code:能力建设
  & (儿童 | 未成年人)
'''
within = "paragraph"
note = "含困境儿童"
"""


def test_a_book_is_read_in_its_order_and_references_are_put_in_place(tmp_path):
    read = read_codes(book(tmp_path, GOOD))
    first, second = read.codes
    assert (first.name, first.group, first.within) == ("能力建设", "手段", "sentence")
    assert second.rule == parse_rule("(培训 | 督导) & (儿童 | 未成年人)")
    assert (second.within, second.note) == ("paragraph", "含困境儿童")


def test_a_book_comes_back_from_the_record_of_a_run(tmp_path):
    read = read_codes(book(tmp_path, GOOD))
    assert codebook_from_dict(json.loads(json.dumps(codebook_to_dict(read)))) == read


def test_a_book_that_excel_or_notepad_saved_is_read(tmp_path):
    path = tmp_path / "codes.toml"
    path.write_bytes(GOOD.replace("\n", "\r\n").encode("gb18030"))
    assert [code.name for code in read_codes(path).codes] == ["能力建设", "儿童服务能力"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[code]]\nname = \"甲\"\nrule = '培训 督导'\n", ":3:12: [[code]] 甲"),
        ('[[code]]\nname = "甲"\nrule = "\\"资金\\" \\u0026 & 督导"\n', ":3:23: [[code]] 甲"),
        ("[[code]]\nname = \"甲\"\nrule = '''\n培训 |\n督导 考核'''\n", ":5:4: [[code]] 甲"),
        ("[[code]]\nname = \"甲\"\nrule = '培训 | code:乙'\n", ":3:14: [[code]] 甲: 没有编码 '乙'"),
        (
            "[[code]]\nname = \"甲\"\nrule = 'code:乙'\n[[code]]\nname = \"乙\"\nrule = 'code:甲'\n",
            "甲 → 乙 → 甲",
        ),
        (
            "[[code]]\nname = \"甲\"\nrule = '培训'\n[[code]]\nname = \"甲\"\nrule = '督导'\n",
            ":6:9: [[code]] 甲: 名称重复",
        ),
        ("[[code]]\nname = \"甲\"\nrules = '培训'\n", "did you mean 'rule'"),
        ('[[code]]\nname = "甲"\n', "缺少 rule"),
        ("[[code]]\nrule = '培训'\n", ":2:9: [[code]] 1: 缺少 name"),
        ("[[code]]\nname = \"甲\"\nrule = '培训'\nwithin = 'page'\n", "within"),
        ("[[code]]\nname = \"甲\"\nrule = ['培训']\n", "must be text"),
        (
            "[[code]]\nname = \"甲\"\nrule = '考核 near/3 编码：乙'\n[[code]]\nname = \"乙\"\nrule = '培训 & 督导'\n",
            ":3:19: [[code]] 甲: near",
        ),
        ("[[codes]]\nname = \"甲\"\nrule = '培训'\n", "begin each one with [[code]]"),
        ("name = 甲\n", "not valid TOML"),
        ("", "begin each one with [[code]]"),
    ],
)
def test_a_wrong_book_is_told_with_file_line_and_column(tmp_path, text, says):
    with pytest.raises(CodesError) as error:
        read_codes(book(tmp_path, text))
    assert "codes.toml" in str(error.value)
    assert says in str(error.value)


def test_references_that_double_each_time_are_stopped(tmp_path):
    rows = ["[[code]]\nname = \"c0\"\nrule = '培训'\n"]
    rows += [f"[[code]]\nname = \"c{i}\"\nrule = 'code:c{i - 1} | code:c{i - 1}'\n" for i in range(1, 40)]
    with pytest.raises(CodesError, match="too long"):
        read_codes(book(tmp_path, "".join(rows)))


def test_a_book_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CodesError, match="cannot be read"):
        read_codes(tmp_path / "none.toml")
