"""Tables in Word: three rules and no others, heads that repeat, nothing of the clock."""

from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from swnlp.paper.values import Column, Panel, PaperTable, Said
from swnlp.paper.word import write_table_docx

GROUP = Said("社区", "community")
TABLE = PaperTable(
    name="t",
    number=1,
    caption=Said("各地区的主体", "Actors by place"),
    panels=[
        Panel(
            [
                Column(Said("地区", "Place")),
                Column(Said("频次", "n"), GROUP),
                Column(Said("每千字", "per 1,000"), GROUP),
            ],
            [["南平市", 1234, 0.5], ["=1+1\x00", None, float("nan")], ["合计", 1, 2.0]],
        )
    ],
    notes=[Said("0 表示未提及。", "0 is not mentioned."), Said("转载只计一次。", "Reprints count once.")],
)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("word") / "t.docx"
    write_table_docx(TABLE, path)
    return path


def test_captions_stand_above_and_notes_below_in_both_languages(path):
    texts = [p.text for p in Document(path).paragraphs]

    assert texts[:2] == ["表1  各地区的主体", "Table 1  Actors by place"]
    assert texts[2:] == [
        "注：0 表示未提及。转载只计一次。",
        "Notes: 0 is not mentioned. Reprints count once.",
    ]


def test_cells_are_printed_with_their_digits_and_what_is_missing_is_a_dash(path):
    table = Document(path).tables[0]

    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["地区\nPlace", "社区\ncommunity", "社区\ncommunity"]
    assert rows[1] == ["地区\nPlace", "频次\nn", "每千字\nper 1,000"]
    assert rows[2:] == [["南平市", "1,234", "0.50"], ["=1+1", "—", "—"], ["合计", "1", "2.00"]]


def test_a_table_has_three_rules_and_no_vertical_one(path):
    grid = Document(path).tables[0]._tbl
    rules = []
    for i, line in enumerate(grid.tr_lst):
        sides = [
            {
                (etree.QName(b).localname, b.get(qn("w:sz")))
                for b in cell.iter(qn("w:top"), qn("w:bottom"), qn("w:left"), qn("w:right"))
            }
            for cell in line.tc_lst
        ]
        assert all(side == sides[0] for side in sides), "a rule goes all the way"
        rules += [(i, *rule) for rule in sorted(sides[0])]

    assert rules == [(0, "top", "12"), (1, "bottom", "6"), (4, "bottom", "12")]
    assert grid.tblPr.find(qn("w:tblBorders")) is None


def test_the_head_is_repeated_and_chinese_has_a_chinese_font(path):
    xml = ZipFile(path).read("word/document.xml").decode()

    assert xml.count("<w:tblHeader/>") == 2
    assert 'w:eastAsia="宋体"' in xml


def test_the_same_table_gives_the_same_bytes(path, tmp_path):
    write_table_docx(TABLE, tmp_path / "again.docx")

    assert (tmp_path / "again.docx").read_bytes() == path.read_bytes()
    dates = {entry.date_time[0] for entry in ZipFile(path).infolist()}
    assert dates == {1980}
    assert "2000-01-01" in ZipFile(path).read("docProps/core.xml").decode()
