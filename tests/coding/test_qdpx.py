"""coding/qdpx.py: projects for NVivo, ATLAS.ti and MAXQDA, and back."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from swnlp.coding.codings import Coding
from swnlp.coding.qdpx import Source, read_qdpx, write_qdpx
from swnlp.errors import ExchangeError

# The schema of the standard, under its MIT licence.
SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("Project-mrt2019.xsd")))
NS = "{urn:QDA-XML:project:1.0}"
# Characters beyond the Basic Multilingual Plane: 𠮷 and 🏠 are two units of UTF-16, four bytes of UTF-8.
TEXT = "龙岩市𠮷安社区🏠推进“五社联动”。\n\n各地购买养老服务。\n"
SOURCE = Source("福建/a.txt", "报告/a.txt", TEXT)
CODINGS = (
    Coding("甲", "政策工具", "需求型", SOURCE.doc_id, TEXT.index("各地"), TEXT.index("各地") + 9),
    Coding("乙", "政策工具", "供给型", SOURCE.doc_id, TEXT.index("各地"), TEXT.index("各地") + 9),
    Coding("甲", "", "联动 <&>", SOURCE.doc_id, TEXT.index("五社"), TEXT.index("五社") + 4),
)


@pytest.fixture
def project(tmp_path):
    write_qdpx(tmp_path / "p.qdpx", [SOURCE], CODINGS)
    return tmp_path / "p.qdpx"


def qde(path):
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read("project.qde"))


def again(path, sources=(SOURCE,), **members):
    """Write the project anew with some members changed or added; None takes one away."""
    with zipfile.ZipFile(path) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    found |= members
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in found.items():
            if data is not None:
                archive.writestr(name, data)
    return read_qdpx(path, sources)


def text_member(path):
    with zipfile.ZipFile(path) as archive:
        return next(name for name in archive.namelist() if name.endswith(".txt"))


def test_a_project_validates_against_the_schema_of_the_standard(project):
    SCHEMA.assertValid(qde(project))
    bad = etree.fromstring(etree.tostring(qde(project)).replace(b"startPosition", b"begin"))
    assert not SCHEMA.validate(bad)


def test_what_was_written_is_read(project):
    found = read_qdpx(project, [SOURCE])
    assert sorted(found.codings) == sorted(CODINGS)
    assert found.coders == ("甲", "乙") and found.troubles == ()


def test_positions_count_characters_not_units_of_utf_16(project):
    selection = next(s for s in qde(project).iter(f"{NS}PlainTextSelection") if s.get("name") == "五社联动")
    start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
    with zipfile.ZipFile(project) as archive:
        text = archive.read(text_member(project)).decode("utf-8")
    assert text == TEXT and text[start:end] == "五社联动"


def test_the_same_codings_give_the_same_bytes(project, tmp_path):
    write_qdpx(tmp_path / "q.qdpx", [SOURCE], CODINGS)
    assert (tmp_path / "q.qdpx").read_bytes() == project.read_bytes()
    with zipfile.ZipFile(project) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_project_without_codings_is_valid_too(tmp_path):
    write_qdpx(tmp_path / "p.qdpx", [SOURCE], [])
    SCHEMA.assertValid(qde(tmp_path / "p.qdpx"))
    assert read_qdpx(tmp_path / "p.qdpx", [SOURCE]).codings == ()


characters = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff"), min_size=1, max_size=60
)


@given(st.lists(characters, min_size=1, max_size=3), st.data())
def test_any_codings_of_any_text_come_back(tmp_path_factory, texts, data):
    sources = [Source(f"{i}.txt", f"{i}\x00名", text) for i, text in enumerate(texts)]
    codings = []
    for source in sources:
        for _ in range(data.draw(st.integers(0, 3))):
            start = data.draw(st.integers(0, len(source.text) - 1))
            end = data.draw(st.integers(start + 1, len(source.text)))
            names = [
                data.draw(st.sampled_from(["甲", "乙", "<丙>"])),
                data.draw(st.sampled_from(["", "类"])),
                "码",
            ]
            codings.append(Coding(*names, source.doc_id, start, end))
    path = tmp_path_factory.mktemp("any") / "p.qdpx"
    write_qdpx(path, sources, codings)
    SCHEMA.assertValid(qde(path))
    found = read_qdpx(path, sources)
    assert sorted(set(found.codings)) == sorted(set(codings)) and found.troubles == ()


def test_a_coding_outside_of_its_text_is_refused(tmp_path):
    for wrong in (CODINGS[0]._replace(end=999), CODINGS[0]._replace(doc_id="b.txt")):
        with pytest.raises(ExchangeError, match="编码超出原文"):
            write_qdpx(tmp_path / "p.qdpx", [SOURCE], [wrong])
    assert list(tmp_path.iterdir()) == []


# What other programs do to a project.


def test_returns_and_a_byte_order_mark_move_nothing(project):
    text = TEXT.replace("\n", "\r\n")
    xml = etree.tostring(qde(project)).decode()
    for selection in qde(project).iter(f"{NS}PlainTextSelection"):
        for key in ("startPosition", "endPosition"):
            at = int(selection.get(key))
            xml = xml.replace(f'{key}="{at}"', f'{key}="{at + TEXT[:at].count(chr(10))}"')
    data = {"project.qde": xml.encode(), text_member(project): ("\ufeff" + text).encode()}
    assert sorted(again(project, **data).codings) == sorted(CODINGS)


def test_guids_in_braces_and_capitals_and_text_inside_the_xml(project):
    root = qde(project)
    source = next(root.iter(f"{NS}TextSource"))
    del source.attrib["plainTextPath"]
    content = etree.Element(f"{NS}PlainTextContent")
    content.text = TEXT
    source.insert(0, content)
    for element in root.iter():
        for key in ("guid", "targetGUID", "creatingUser"):
            if element.get(key):
                element.set(key, "{" + element.get(key).upper() + "}")
    SCHEMA.assertValid(root)
    assert sorted(again(project, **{"project.qde": etree.tostring(root)}).codings) == sorted(CODINGS)


def test_a_document_of_another_guid_is_known_by_its_text(project):
    other = Source("改名.txt", "改名", TEXT)
    assert {c.doc_id for c in read_qdpx(project, [other]).codings} == {"改名.txt"}


def test_a_text_that_was_edited_keeps_what_can_be_found(project):
    edited = ("新加的标题。\n" + TEXT).encode()
    xml = etree.tostring(qde(project)).decode()
    for selection in qde(project).iter(f"{NS}PlainTextSelection"):
        for key in ("startPosition", "endPosition"):
            at = selection.get(key)
            xml = xml.replace(f'{key}="{at}"', f'{key}="{int(at) + 7}"')
    found = again(project, **{"project.qde": xml.encode(), text_member(project): edited})
    assert sorted(found.codings) == sorted(CODINGS)
    lost = again(
        project,
        **{text_member(project): "全然不同的一篇文章，一个字也对不上，只是一样长而已吧，再长一点。".encode()},
    )
    assert lost.codings == () and len(lost.troubles) == 2
    assert "无法定位" in lost.troubles[0] and "位置超出原文" in lost.troubles[1]


def test_codes_within_codes_are_a_category(project):
    root = qde(project)
    outer = next(c for c in root.iter(f"{NS}Code") if c.get("name") == "政策工具")
    top = etree.Element(
        f"{NS}Code", guid="11111111-1111-1111-1111-111111111111", name="研究", isCodable="true"
    )
    outer.getparent().replace(outer, top)
    top.append(outer)
    found = again(project, **{"project.qde": etree.tostring(root)})
    assert {c.category for c in found.codings} == {"", "研究 / 政策工具"}


def test_what_cannot_be_taken_is_told(project):
    root = qde(project)
    selection = next(root.iter(f"{NS}PlainTextSelection"))
    selection.set("endPosition", "9999")
    sources = next(root.iter(f"{NS}Sources"))
    etree.SubElement(sources, f"{NS}PDFSource", guid="22222222-2222-2222-2222-222222222222")
    etree.SubElement(
        sources,
        f"{NS}TextSource",
        guid="33333333-3333-3333-3333-333333333333",
        name="外",
        plainTextPath="absolute:///etc/passwd",
    )
    etree.SubElement(
        sources,
        f"{NS}TextSource",
        guid="44444444-4444-4444-4444-444444444444",
        name="缺",
        plainTextPath="internal://../../x.txt",
    )
    found = again(project, **{"project.qde": etree.tostring(root)})
    assert len(found.codings) == 2
    for words in ("位置超出原文", "1 个 PDFSource 未读", "外：原文不在项目文件中", "缺：原文不在项目文件中"):
        assert any(words in trouble for trouble in found.troubles), found.troubles


def test_a_document_that_the_result_has_not_is_told(project):
    found = read_qdpx(project, [Source("b.txt", "b", "别的。")])
    assert found.codings == () and "没有这篇文献" in found.troubles[0]


# What strangers may send.


def test_a_document_type_or_entity_is_refused(project):
    for xml in (
        b'<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><Project xmlns="urn:QDA-XML:project:1.0">&x;</Project>',
        b'<!DOCTYPE p [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><Project xmlns="urn:QDA-XML:project:1.0">&b;</Project>',
    ):
        with pytest.raises(ExchangeError, match="DTD 或实体"):
            again(project, **{"project.qde": xml})


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"project.qde": b"<Project"}, "不是正确的 XML"),
        ({"project.qde": b"<Projekt/>"}, "不是 REFI-QDA 项目"),
        ({"project.qde": None}, "应恰有一个 .qde"),
        ({"bomb.txt": b"0" * 30_000_000}, "压缩炸弹"),
    ],
)
def test_what_is_no_project_is_one_sentence(project, members, words):
    with pytest.raises(ExchangeError, match=words):
        again(project, **members)


def test_what_is_no_archive_is_one_sentence(tmp_path):
    (tmp_path / "p.qdpx").write_bytes(b"not a zip")
    with pytest.raises(ExchangeError, match="损坏"):
        read_qdpx(tmp_path / "p.qdpx", [SOURCE])
    with pytest.raises(ExchangeError, match="无法读取"):
        read_qdpx(tmp_path / "none.qdpx", [SOURCE])
