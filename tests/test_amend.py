"""amend.py: corrections of names, links and numbers, on text in the manner of the reports."""

from swnlp.amend import amended_links, amended_names, amendments, decimal_of
from swnlp.lexicon import Correction
from swnlp.records import Link, Name

TEXT = "龙岩市民政局举办了社工宣传周活动。"
WHOLE = [(0, len(TEXT))]


def name(start, end, label, outer=True, method="rule"):
    return Name(start, end, label, None, method, 0.9, outer)


BODY, PLACE, EVENT = name(0, 6, "ORG"), name(0, 3, "PLACE", False), name(9, 14, "EVENT")


def at(action, start, end, label, **more):
    return Correction(action, TEXT[start:end], label, "a.txt", start, end, **more)


def corrected(*own, names=(BODY, PLACE, EVENT)):
    return amended_names(names, TEXT, WHOLE, own, amendments(own))


def test_a_name_inside_a_dropped_one_is_outer():
    names, log = corrected(at("drop", 0, 6, "ORG"))
    assert names == [PLACE._replace(outer=True), EVENT]
    assert [(entry.before, entry.after, entry.text) for entry in log] == [("ORG", "", "龙岩市民政局")]


def test_an_added_name_takes_the_place_of_what_it_crosses_and_nests_in_what_holds_it():
    names, log = corrected(at("add", 4, 12, "WORK"))
    assert [(n.start, n.end, n.label, n.outer) for n in names] == [
        (0, 3, "PLACE", True),
        (4, 12, "WORK", True),
    ]
    assert log[0].before == "ORG 龙岩市民政局 | EVENT 社工宣传周"
    names, _ = corrected(at("add", 3, 6, "ORG"))
    assert [(n.start, n.end, n.outer) for n in names][:3] == [(0, 6, True), (0, 3, False), (3, 6, False)]


def test_a_name_that_would_leave_its_sentence_is_not_added():
    own = [at("add", 12, 17, "EVENT")]
    names, log = amended_names([EVENT], TEXT, [(0, 14), (14, 17)], own, amendments(own))
    assert names == [EVENT] and log == []


def test_text_that_has_changed_is_left_alone():
    own = [at("drop", 0, 6, "ORG")._replace(text="福州市民政局")]
    assert corrected(*own)[1] == []


def test_a_stop_entry_is_for_all_forms_of_its_characters_and_its_label_only():
    stop = Correction("drop", "龍岩市民政局", "ORG")
    assert corrected(stop)[0] == [PLACE._replace(outer=True), EVENT]
    assert corrected(stop._replace(label="WORK"))[0] == [BODY, PLACE, EVENT]


def test_a_link_of_one_place_goes_before_one_for_everywhere():
    links = [Link("org:龙岩市民政局", "same name", 1.0, (), None)]
    everywhere = Correction("link", "龙岩市民政局", "ORG", entity_id="org:b")
    found, log = amended_links([BODY], links, TEXT, [], amendments([everywhere]))
    assert found == (Link("org:b", "correction", 1.0, ("org:龙岩市民政局",), None),)
    own = [at("link", 0, 6, "ORG", entity_id="org:c")]
    assert amended_links([BODY], links, TEXT, own, amendments([everywhere]))[0][0].entity_id == "org:c"
    assert log[0].before == "org:龙岩市民政局"


def test_numbers_are_plain_or_nothing():
    assert str(decimal_of("1,234.50")) == "1234.50"
    assert decimal_of("三百") is None and decimal_of("NaN") is None and decimal_of("1e999999") is not None
