"""link/definitions.py: the short forms and numbers that a document gives to a name, and where they lead."""

from pathlib import Path

import pytest

import swnlp
from swnlp.link.definitions import definitions, whole_names
from swnlp.records import Name


def defined(text, full, label="POLICY"):
    start = text.index(full)
    found = definitions(text, [Name(start, start + len(full), label, None, "", 1.0, True)])
    return {form: (full.text, full.rule) for (_, form), full in found.items()}


@pytest.mark.parametrize(
    ("text", "full", "short"),
    [
        ("印发《鹭岛市养老服务规划》（以下简称《规划》）", "鹭岛市养老服务规划", "规划"),
        (
            "印发《鹭岛市养老服务规划（2023—2025年）》(以下简称“规划”)",
            "鹭岛市养老服务规划（2023—2025年）",
            "规划",
        ),
        ("《社会救助暂行办法》(国务院令第649号，以下简称《办法》)", "社会救助暂行办法", "办法"),
        ("鹭岛市禾邦社会工作服务中心（下称“禾邦中心”）", "鹭岛市禾邦社会工作服务中心", "禾邦中心"),
        ("鹭岛市慈善总会（以下简称总会）", "鹭岛市慈善总会", "总会"),
    ],
)
def test_a_short_form_stands_for_the_name_before_it(text, full, short):
    label = "ORG" if full.startswith("鹭岛市") and not full.endswith(("规划", "）")) else "POLICY"
    assert defined(text, full, label) == {short: (full, "short form")}


def test_a_number_stands_for_the_document_before_it():
    text = "《关于加快社工人才培养的意见》（鹭民发〔2021〕12号）提出"
    assert defined(text, "关于加快社工人才培养的意见") == {
        "鹭民发〔2021〕12号": ("关于加快社工人才培养的意见", "document number")
    }


@pytest.mark.parametrize(
    "text",
    [
        "《鹭岛市养老服务规划》（见附件）",
        "《鹭岛市养老服务规划》简称已改",
        "《鹭岛市养老服务规划》（以下简称《鹭岛市养老服务规划》）",
    ],
)
def test_what_is_no_definition_defines_nothing(text):
    assert defined(text, "鹭岛市养老服务规划") == {}


REPORT = (
    "鹭岛市民政局出台《鹭岛市“十四五”养老服务发展规划》（以下简称《规划》）。\n"
    "为落实《规划》，各社区组织志愿者开展活动。\n"
)


def entities(tmp_path: Path, texts: dict[str, str]) -> dict[str, set[str]]:
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    mentions = swnlp.analyze(tmp_path, tmp_path / "out").mentions
    policies = mentions[mentions["label"] == "POLICY"]
    return {name: set(policies[policies["doc_id"] == name]["entity_id"]) for name in texts}


def test_a_short_form_is_its_full_title_within_its_document_only(tmp_path):
    other = "民政局出台《鹭岛市残疾人保障规划》（以下简称《规划》）。《规划》提出三项任务。"
    found = entities(tmp_path, {"a.txt": REPORT, "b.txt": other, "c.txt": "为落实《规划》，开展活动。"})

    assert found["a.txt"] == {"policy:鹭岛市十四五养老服务发展规划"}
    assert found["b.txt"] == {"policy:鹭岛市残疾人保障规划"}
    assert found["c.txt"] == {"policy:规划"}


def test_the_pipeline_links_short_forms_too():
    doc = swnlp.load()(REPORT)
    assert {ent.kb_id_ for ent in doc.ents if ent.label_ == "POLICY"} == {
        "policy:鹭岛市十四五养老服务发展规划"
    }


@pytest.mark.parametrize(
    ("programs", "expected"),
    [
        (["“青禾”项目", "青禾行动计划"], {"青禾项目": "青禾行动计划"}),
        (
            ["“青禾”项目", "“青禾”行动", "青禾项目", "青禾行动计划"],
            {"青禾项目": "青禾行动计划", "青禾行动": "青禾行动计划"},
        ),
        (["“青禾”项目", "白鹭行动计划"], {}),
        (["“青禾”项目"], {}),
    ],
)
def test_a_quoted_core_stands_for_the_name_that_has_it(programs, expected):
    found = whole_names((program, "project") for program in programs)
    assert {form: full.text for (_, form), full in found.items()} == expected


def test_a_quoted_project_and_its_plan_are_one_entity_in_spacy_too():
    doc = swnlp.load()("推进“青禾行动计划”，社工承接“青禾”项目和“青禾”行动计划。")
    ids = {ent.kb_id_ for ent in doc.ents if ent.label_ == "PROGRAM"}
    assert ids == {"program:青禾行动计划"}
