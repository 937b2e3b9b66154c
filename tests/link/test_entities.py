"""link/entities.py: every surface of one thing gets one id."""

import pytest

from swnlp.gazetteer import load_gazetteer
from swnlp.lexicon import load_lexicon
from swnlp.link import Surface, entity_name, linker

LEXICON = load_lexicon()
GAZETTEER = load_gazetteer()
LINK = linker(LEXICON, GAZETTEER)
ZUNYI, GUIZHOU = "place:520300", "place:520000"


def entity(text, label, *, kind=None, place=None):
    return LINK(Surface(text, label, kind, place)).entity_id


@pytest.mark.parametrize("surface", ["社工", "持证社工", "社会工作专业人才", "社會工作者"])
def test_an_actor_is_its_kind_whatever_its_surface(surface):
    assert entity(surface, "ACTOR", kind="social_worker") == "actor:social_worker"


@pytest.mark.parametrize("surface", ["遵义", "遵义市", "遵義市"])
def test_a_place_in_short_full_and_traditional_form_is_one(surface):
    assert entity(surface, "PLACE") == "place:520300"


def test_an_ambiguous_place_is_resolved_by_its_section_and_the_link_says_so():
    link = LINK(Surface("鼓楼区", "PLACE", None, "place:350100"))
    assert link.entity_id == "place:350102"
    assert link.place_id == "place:350100"
    assert "place:320106" in link.candidates
    assert link.score < 1


def test_an_ambiguous_place_that_nothing_decides_stays_ambiguous():
    link = LINK(Surface("鼓楼区", "PLACE", None, None))
    assert link.entity_id == "place:鼓楼区"
    assert len(link.candidates) == 4
    assert link.score == 0.5


@pytest.mark.parametrize(
    ("surface", "place", "expected"),
    [
        ("市民政局", ZUNYI, "org:遵义市民政局"),
        ("市委", ZUNYI, "org:中共遵义市委"),
        ("省委", ZUNYI, "org:中共贵州省委"),
        ("省民政厅", GUIZHOU, "org:贵州省民政厅"),
        ("遵义市民政局", None, "org:遵义市民政局"),
        ("贵州省委", None, "org:中共贵州省委"),
        # A province has no city to lend its name to a city's bureau.
        ("市民政局", GUIZHOU, "org:市民政局"),
        ("市民政局", None, "org:市民政局"),
        ("民政部", ZUNYI, "org:民政部"),
        # A municipality is a province that calls itself 市; a city in a prefecture is the nearer 市.
        ("市委", "place:110000", "org:中共北京市委"),
        ("市民政局", "place:350781", "org:邵武市民政局"),
        ("自治区党委", "place:450000", "org:广西壮族自治区党委"),
        ("自治区民政厅", "place:450100", "org:广西壮族自治区民政厅"),
        ("区委", "place:450000", "org:区委"),
        ("县妇联", "place:520325", "org:道真仡佬族苗族自治县妇联"),
    ],
)
def test_a_body_in_short_form_gets_the_place_of_its_section(surface, place, expected):
    assert entity(surface, "ORG", place=place) == expected


@pytest.mark.parametrize(
    "surface", ["“五社联动”机制", "五社联动", "”五社联动“机制", "「五社聯動」", "“五社联动”"]
)
def test_quotes_brackets_and_a_generic_head_do_not_make_another_program(surface):
    assert entity(surface, "PROGRAM") == "program:五社联动"


def test_a_head_that_says_more_is_part_of_the_name():
    assert entity("“十四五”社会工作发展规划", "POLICY") == "policy:十四五社会工作发展规划"
    assert entity("“白杨礼赞”老兵守护计划", "PROGRAM") == "program:白杨礼赞老兵守护计划"


def test_an_alias_of_the_user_wins(tmp_path):
    (tmp_path / "names.tsv").write_text(
        "name\tlabel\tkind\talias_of\n遵才归雁\tPROGRAM\t\t遵义人才回归计划\n", encoding="utf-8"
    )
    link = linker(load_lexicon(tmp_path), GAZETTEER)
    found = link(Surface("遵才归雁", "PROGRAM", None, None))
    assert (found.entity_id, found.rule) == ("program:遵义人才回归计划", "alias")


def shown(entity_id, *aliases):
    return entity_name(entity_id, aliases, LEXICON.scheme, GAZETTEER)


def test_an_entity_is_shown_by_its_official_name():
    assert shown("place:520300", "遵义") == "遵义市"
    assert shown("actor:social_worker", "社工", "持证社工") == "社会工作者"
    assert shown("program:五社联动", "“五社联动”机制") == "五社联动"
    assert shown("place:长三角", "长三角") == "长三角"


def test_a_place_that_goes_by_another_full_name_is_shown_by_that():
    assert shown("place:350128", "平潭综合实验区", "平潭") == "平潭综合实验区"
    assert shown("place:350128", "平潭综合实验区", "平潭县") == "平潭县"
    assert shown("place:350781", "福建省邵武市", "邵武") == "邵武市"
