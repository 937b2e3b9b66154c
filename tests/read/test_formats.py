"""One report in every format: the same sections and the same names; and what is particular to each format."""

from functools import cache
from pathlib import Path

import docx
import pytest
import samples
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from swnlp.annotate import annotator, tagger
from swnlp.lexicon import load_lexicon
from swnlp.read import SourceFile, read_file
from swnlp.read.convert import office
from swnlp.read.formats import FORMATS
from swnlp.settings import DEFAULTS, Settings

FIXTURES = Path(__file__).parent / "fixtures"
ROWS = ("csv", "tsv", "xlsx", "xls", "ods", "jsonl", "parquet")


@pytest.fixture
def reading(tmp_path):
    """Return what a file of these bytes gives."""

    def read(name, data, settings=DEFAULTS):
        path = tmp_path / name
        path.write_bytes(data)
        return read_file(SourceFile(name, path, FORMATS[path.suffix]), settings)

    return read


def only(reading):
    assert [p.message for p in reading.problems] == []
    (document,) = reading.documents
    return document


def errors(reading):
    return [(p.path.rpartition("/")[2], p.error) for p in reading.problems]


def lines(reading):
    return only(reading).text.split("\n")


def headings(document):
    return [(document.text[a:b], level) for a, b, level in document.headings]


def cells(document):
    for c in document.cells:
        assert document.text[c.start : c.end] == c.text
    return [(c.table_id, c.row, c.column, c.header, c.text) for c in document.cells]


@cache
def annotate():
    lexicon = load_lexicon()
    return annotator(lexicon, tagger(lexicon))


def sections_and_names(document):
    """Return the sections, and the (section, text, label) of the names; without the title, which a column may hold."""
    found = annotate()(document)
    text = document.text
    body = text.index("2023年，")
    sections = [(s.title, s.place_id) for s in found.outline.sections]
    names = [
        (found.outline.sentences[at].section_id, text[n.start : n.end], n.label, n.kind)
        for n, at in zip(found.names, found.sentence_of, strict=True)
        if n.start >= body
    ]
    return sections, names


@pytest.mark.parametrize("name", samples.SAME)
def test_every_format_gives_the_sections_and_names_of_the_text(reading, name):
    plain = sections_and_names(only(reading("b.txt", samples.TEXT.encode())))
    document = only(reading(name, samples.SAME[name]))

    assert document.title == samples.TITLE
    assert sections_and_names(document) == plain
    assert len(plain[1]) > 10


@pytest.mark.parametrize("suffix", ROWS)
def test_a_row_is_a_document_with_its_facts(reading, suffix):
    document = only(reading(f"a.{suffix}", samples.SAME[f"a.{suffix}"]))

    row = 1 if suffix in ("jsonl", "parquet") else 2
    assert document.doc_id == f"a.{suffix}#{row}"
    assert document.path.endswith(f"a.{suffix}#{row}")
    assert (document.date, document.source, document.place) == ("2024-01-08", "龙岩日报", "龙岩市")
    assert document.metadata == (("编号", "7"),)


# Word


def test_word_headings_have_levels_and_the_title_is_the_title(reading):
    document = only(reading("a.docx", samples.word()))

    assert headings(document) == [(samples.TITLE, 1), ("一、社工站建设", 1), ("二、社会组织与慈善", 1)]


def test_word_tables_stand_where_they_stand_and_give_cells(reading):
    made = docx.Document()
    made.add_paragraph("前文。")
    grid = made.add_table(3, 3)
    for row, values in zip(grid.rows, samples.TABLE, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    made.add_paragraph("后文。")
    document = only(reading("a.docx", samples.saved(made)))

    assert document.text.split("\n") == ["前文。", *("\t".join(row) for row in samples.TABLE), "后文。"]
    assert cells(document)[3:] == [
        (0, 1, 0, "县（市、区）", "龙岩市"),
        (0, 1, 1, "社工站", "12"),
        (0, 1, 2, "持证社工", "306"),
        (0, 2, 0, "县（市、区）", "南平市"),
        (0, 2, 1, "社工站", "24"),
        (0, 2, 2, "持证社工", "418"),
    ]


def test_merged_cells_of_word_keep_their_columns(reading):
    made = docx.Document()
    grid = made.add_table(3, 3)
    for row, values in zip(grid.rows, [["地区", "数", ""], ["南平", "1", "2"], ["", "3", "4"]], strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    grid.cell(0, 1).merge(grid.cell(0, 2))
    grid.cell(1, 0).merge(grid.cell(2, 0))
    document = only(reading("a.docx", samples.saved(made)))

    assert [c[1:] for c in cells(document)] == [
        (0, 0, "", "地区"),
        (0, 1, "", "数"),
        (1, 0, "地区", "南平"),
        (1, 1, "数", "1"),
        (1, 2, "数", "2"),
        (2, 1, "数", "3"),
        (2, 2, "数", "4"),
    ]


def test_a_frame_of_one_column_is_text_and_no_table(reading):
    made = docx.Document()
    made.add_table(1, 1).cell(0, 0).text = "全市建成社工站十二个。"
    document = only(reading("a.docx", samples.saved(made)))

    assert (document.text, document.cells) == ("全市建成社工站十二个。", ())


def test_deleted_text_goes_and_inserted_text_stays(reading):
    made = docx.Document()
    paragraph = made.add_paragraph("全市")
    for tag, holder in (("w:t", "w:ins"), ("w:delText", "w:del")):
        change, run, text = OxmlElement(holder), OxmlElement("w:r"), OxmlElement(tag)
        text.text = "社工" if holder == "w:ins" else "旧词"
        run.append(text)
        change.append(run)
        paragraph._p.append(change)
    paragraph.add_run("站")

    assert lines(reading("a.docx", samples.saved(made))) == ["全市社工站"]


def test_what_stands_in_content_controls_and_text_boxes_is_read_once(reading):
    made = docx.Document()
    first = made.add_paragraph("控件中的社工站")
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    first._p.addprevious(control)
    control.append(content)
    content.append(first._p)
    second = made.add_paragraph("正文")
    box, inner, run, text = (OxmlElement(tag) for tag in ("w:txbxContent", "w:p", "w:r", "w:t"))
    text.text = "框中的志愿者"
    run.append(text)
    inner.append(run)
    box.append(inner)
    picture = OxmlElement("w:pict")
    picture.append(box)
    second.add_run()._r.append(picture)

    assert lines(reading("a.docx", samples.saved(made))) == ["控件中的社工站", "正文", "框中的志愿者"]


def test_numbers_that_word_counts_itself_are_in_the_text(reading):
    made = docx.Document()
    numbering = made.part.numbering_part.element
    abstract = docx.oxml.parse_xml(
        f'<w:abstractNum xmlns:w="{qn("w:x")[1:-2]}" w:abstractNumId="77">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
        "</w:abstractNum>"
    )
    numbering.insert(0, abstract)
    number = docx.oxml.parse_xml(
        f'<w:num xmlns:w="{qn("w:x")[1:-2]}" w:numId="77"><w:abstractNumId w:val="77"/></w:num>'
    )
    numbering.append(number)
    for text, depth in (("站点建设", 0), ("县", 1), ("乡", 1), ("队伍建设", 0), ("社工", 1)):
        properties = made.add_paragraph(text)._p.get_or_add_pPr()
        listed = properties._add_numPr()
        listed._add_ilvl().val, listed._add_numId().val = depth, 77

    assert lines(reading("a.docx", samples.saved(made))) == [
        "一、站点建设",
        "1.县",
        "2.乡",
        "二、队伍建设",
        "1.社工",
    ]


def test_a_table_of_contents_is_dropped(reading):
    made = docx.Document()
    made.styles.add_style("TOC 1", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    made.add_paragraph("一、社工站建设\t1", style="TOC 1")
    made.add_heading("一、社工站建设", 1)
    made.add_paragraph("全市建成社工站十二个。")
    document = only(reading("a.docx", samples.saved(made)))

    assert [(document.text[a:b], why) for a, b, why in document.dropped] == [
        ("一、社工站建设\t1", "contents")
    ]


def test_footnotes_come_after_their_paragraph(reading):
    data = (FIXTURES / "notes.docx").read_bytes()

    assert lines(reading("a.docx", data)) == [
        "全市建成社工站十二个。",
        "脚注：截至2023年底。",
        "志愿者四千人。",
    ]


def test_a_word_file_that_refers_to_parts_it_has_not_is_read(reading):
    data = samples.rezipped(
        samples.word(),
        "word/_rels/document.xml.rels",
        lambda text: text.replace(
            b"</Relationships>",
            b'<Relationship Id="rId98" Type="http://x/image" Target="NULL"/></Relationships>',
        ),
    )

    assert only(reading("a.docx", data)).title == samples.TITLE


def test_a_word_file_of_pictures_says_so(reading):
    made = docx.Document()
    made.add_paragraph().add_run()._r.append(OxmlElement("w:drawing"))
    result = reading("a.docx", samples.saved(made))

    assert "OCR" in result.problems[0].message


def test_a_file_with_macros_is_a_word_file_too(reading):
    data = samples.rezipped(
        samples.word(),
        "[Content_Types].xml",
        lambda text: text.replace(
            b"openxmlformats-officedocument.wordprocessingml.document.main",
            b"ms-word.document.macroEnabled.main",
        ),
    )

    assert only(reading("a.docm", data)).title == samples.TITLE


# PDF


def test_lines_of_a_paragraph_are_joined_over_columns_and_pages(reading):
    text = "　　" + "全市社会工作服务站建设稳步推进志愿者与社区居民共同参与五社联动机制" * 6 + "。"
    text = text.strip("　")
    made = samples.Pdf()
    pieces = [text[:15]] + [text[i : i + 17] for i in range(15, len(text), 17)]
    for number in range(2):
        made.page()
        for column, x in enumerate((60, 320)):
            for row in range(3 if number == 1 and column == 1 else 6):
                if pieces:
                    indent = 24 if (number, column, row) == (0, 0, 0) else 0
                    made.line(x + indent, 700 - 20 * row, pieces.pop(0))

    assert lines(reading("a.pdf", made.data())) == [text]


def test_running_heads_and_page_numbers_are_apart_from_the_text(reading):
    made = samples.Pdf()
    for number in range(4):
        made.page()
        made.line(80, 800, "龙岩市社会工作年度报告")
        made.line(104, 740, f"第{number}段全市社会工作服务站建设稳步推进，志愿者与社区居民共同参")
        made.line(80, 720, "与五社联动。")
        made.line(280, 40, f"— {number + 1} —")
    document = only(reading("a.pdf", made.data()))

    kept = document.text[: document.dropped[0].start].rstrip("\n").split("\n")
    assert len(kept) == 4
    assert all(line.startswith("第") and line.endswith("参与五社联动。") for line in kept)
    assert {why for _, _, why in document.dropped} == {"running-head", "page-number"}


def test_a_paragraph_goes_on_over_the_page_despite_head_and_number(reading):
    made = samples.Pdf()
    for number in range(3):
        made.page()
        made.line(80, 800, "龙岩市社会工作年度报告")
        for row in range(4):
            indent = 24 if number == row == 0 else 0
            made.line(
                80 + indent,
                740 - 20 * row,
                "全市社会工作服务站建设稳步推进志愿者居民参与机制"[: 24 - indent // 12],
            )
        made.line(290, 40, str(number + 1))
    document = only(reading("a.pdf", made.data()))

    assert document.text[: document.dropped[0].start].count("\n") == 1


def test_rows_of_a_table_in_a_pdf_stay_rows(reading):
    made = samples.Pdf()
    made.page()
    for row, values in enumerate(samples.TABLE * 3):
        for column, value in enumerate(values):
            made.line(80 + 150 * column, 700 - 20 * row, value)

    assert lines(reading("a.pdf", made.data())) == ["\t".join(row) for row in samples.TABLE * 3]


def test_a_scan_says_that_it_has_no_text_and_what_to_do(reading):
    result = reading("a.pdf", samples.scanned())

    assert result.documents == []
    (problem,) = result.problems
    assert "没有文字层" in problem.message
    assert "OCR" in problem.message


def test_a_scanned_page_among_others_is_told(reading):
    made = samples.Pdf()
    made.page()
    made.line(80, 700, "全市建成社工站十二个。")
    made.page()
    made.pages[-1].append("q 100 0 0 100 80 600 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q")
    result = reading("a.pdf", made.data())

    assert [d.text for d in result.documents] == ["全市建成社工站十二个。"]
    assert "第 2 页" in result.problems[0].message


# Tables


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_excel_writes_csv_in_many_ways(reading, separator, encoding):
    assert only(reading("a.csv", samples.csv(separator, encoding))).source == "龙岩日报"


def test_excels_line_for_its_separator_is_no_row(reading):
    assert only(reading("a.csv", b"sep=;\r\n" + samples.csv(";"))).doc_id == "a.csv#2"


def test_empty_rows_are_passed_over_and_rows_keep_their_numbers(reading):
    text = f",,,\n标题,正文,,\n,,,\n甲,{'全市社工站建成。' * 5},,\n,,,\n乙,{'志愿者参与。' * 5},,\n,,,\n"
    result = reading("a.csv", text.encode())

    assert [(d.doc_id, d.title) for d in result.documents] == [("a.csv#4", "甲"), ("a.csv#6", "乙")]
    assert result.problems == []


def test_a_title_above_the_names_of_the_columns_is_passed_over(reading):
    rows = [["报道汇总表"], ["序号", "标题", "内容"], [1, "甲", "全市建成社工站十二个，志愿者参与。"]]
    document = only(reading("a.xlsx", samples.xlsx({"表一": rows})))

    assert (document.doc_id, document.title, document.metadata) == ("a.xlsx#3", "甲", (("序号", "1"),))


def test_the_text_column_may_be_named(reading):
    rows = [["内容", "访谈记录"], ["全市社工站" * 10, "社工说：“五社联动。”"]]
    chosen = Settings(text_column="访谈记录")

    assert only(reading("a.xlsx", samples.xlsx({"表一": rows}), chosen)).text == "社工说：“五社联动。”"


def test_a_text_column_that_is_not_there_is_told(reading):
    result = reading("a.csv", samples.csv(), Settings(text_column="访谈记录"))

    assert len(result.documents) == 1
    assert errors(result) == [("a.csv", "MissingColumn")]


def test_without_a_text_column_a_sheet_is_a_table(reading):
    document = only(reading("a.xlsx", samples.xlsx({"表一": [["", "", ""], *samples.TABLE]})))

    assert document.doc_id == "a.xlsx"
    assert document.text.split("\n") == ["\t".join(row) for row in samples.TABLE]
    assert cells(document)[4] == (0, 1, 1, "社工站", "12")


def test_sheets_are_told_apart_and_hidden_ones_are_told(reading):
    sheets = {"报道": samples.ROWS, "统计": samples.TABLE, "!备用": samples.TABLE}
    result = reading("a.xlsx", samples.xlsx(sheets))

    assert [d.doc_id for d in result.documents] == ["a.xlsx#报道!2", "a.xlsx#统计"]
    assert errors(result) == [("a.xlsx", "HiddenSheet")]
    assert "备用" in result.problems[0].message


def test_a_row_without_text_is_told(reading):
    text = f"标题,正文\n甲,{'全市社工站建成。' * 5}\n乙,\n"

    assert errors(reading("a.csv", text.encode())) == [("a.csv#3", "EmptyText")]


def test_markup_in_a_text_column_is_read_as_a_page(reading):
    text = "正文\n<p>全市建成社工站十二个，</p><p>志愿者参与。</p><script>x</script>\n"

    assert only(reading("a.csv", text.encode())).text == "全市建成社工站十二个，\n志愿者参与。"


def test_numbers_of_a_sheet_read_as_a_person_would(reading):
    rows = [["年", "率"], [2023, 0.5]]

    assert lines(reading("a.xlsx", samples.xlsx({"表": rows}))) == ["年\t率", "2023\t0.5"]


def test_a_cell_may_be_longer_than_the_csv_modules_limit(reading):
    text = "正文\n" + "全市社会工作稳步推进。" * 20_000 + "\n"

    assert len(only(reading("a.csv", text.encode())).text) == 11 * 20_000


def test_a_quotation_mark_that_is_never_closed_is_told(reading):
    text = '标题,正文\n甲,"全市建成社工站十二个，志愿者与居民共同参与五社联动机制。\n乙,丙\n'

    assert errors(reading("a.csv", text.encode())) == [("a.csv", "UnclosedQuote")]


def test_lines_of_jsonl_that_are_no_objects_are_told_and_the_rest_is_read(reading):
    result = reading("a.jsonl", b"[1]\n" + samples.jsonl() + b'{"text": \n')

    assert [d.doc_id for d in result.documents] == ["a.jsonl#2"]
    assert "1、3" in result.problems[0].message


def test_a_lone_surrogate_in_json_is_marked_and_told(reading):
    text = '{"text": "全市建成社工站十二个\\ud800，志愿者与居民共同参与五社联动机制。"}'
    result = reading("a.jsonl", text.encode())

    assert "个\ufffd，" in result.documents[0].text
    assert errors(result) == [("a.jsonl#1", "UndecodableBytes")]


# Pages


def test_html_tables_give_cells_with_their_headers(reading):
    document = only(reading("a.html", samples.html(table=True)))

    assert cells(document)[3] == (0, 1, 0, "县（市、区）", "龙岩市")
    assert len(document.cells) == 9


def test_cells_over_several_columns_and_rows_keep_their_places(reading):
    rows = (
        "<tr><td colspan=4>统计表</td></tr><tr><td>地区</td><td colspan=2>社工站</td><td>备注</td></tr>"
        "<tr><td rowspan=2>南平</td><td>1</td><td>2</td><td></td></tr><tr><td>3</td><td>4</td><td>五</td></tr>"
    )
    document = only(reading("a.html", f"<table>{rows}</table>".encode()))

    assert [c[1:] for c in cells(document)][4:] == [
        (2, 0, "地区", "南平"),
        (2, 1, "社工站", "1"),
        (2, 2, "社工站", "2"),
        (3, 1, "社工站", "3"),
        (3, 2, "社工站", "4"),
        (3, 3, "备注", "五"),
    ]


def test_markdown_keeps_the_reports_own_numbers_and_lines(reading):
    text = "# 总结\n\n1. 社工站\n2. 志愿者\n\n　　首行缩进的一段。\n下一行。\n\n    四个空格的一段。\n"

    assert lines(reading("a.md", text.encode())) == [
        "总结", "1. 社工站", "2. 志愿者", "首行缩进的一段。", "下一行。", "四个空格的一段。",
    ]  # fmt: skip


def test_markdown_tables_and_front_matter(reading):
    front = "---\ntitle: 年度报告\ndate: 2024-01-08\ncity: 龙岩市\n---\n".encode()
    document = only(reading("a.md", front + samples.markdown(table=True)))

    assert (document.title, document.date, document.place) == ("年度报告", "2024-01-08", "龙岩市")
    assert "title:" not in document.text
    assert cells(document)[3] == (0, 1, 0, "县（市、区）", "龙岩市")


@pytest.mark.parametrize("name", ["a.doc", "a.xls", "a.txt", "a.docx"])
def test_a_page_under_the_name_of_another_format_is_read_as_a_page(reading, name):
    assert only(reading(name, samples.html())).title == samples.TITLE


@pytest.mark.parametrize("name", ["a.txt", "a.doc", "a.pdf"])
@pytest.mark.parametrize("data", [samples.word(), samples.pdf()], ids=["docx", "pdf"])
def test_content_decides_and_not_the_name(reading, name, data):
    assert only(reading(name, data)).title == samples.TITLE


# Archives


def test_members_of_a_zip_are_documents_by_their_paths(reading):
    data = samples.zipped(
        [
            ("三明.docx", samples.word()),
            ("子/表.csv", samples.csv()),
            ("README.md", b"# x"),
            ("a.jpg", b"\xff\xd8\xff"),
            ("__MACOSX/._三明.docx", b"x"),
        ]
    )
    result = reading("all.zip", data)

    assert [d.doc_id for d in result.documents] == ["all.zip/三明.docx", "all.zip/子/表.csv#2"]
    assert result.problems == []
    assert len({d.sha256 for d in result.documents}) == 2


def test_names_in_a_zip_from_chinese_windows_become_text(reading):
    data = samples.zipped([("XXXXXX.txt", samples.TEXT.encode())])
    data = data.replace(b"XXXXXX", "南平市".encode("gb18030"))

    assert only(reading("a.zip", data)).doc_id == "a.zip/南平市.txt"


def test_two_members_of_one_name_are_told_apart(reading):
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = samples.zipped([("a.txt", "甲社工站。".encode()), ("a.txt", "乙社工站。".encode())])

    assert [d.doc_id for d in reading("a.zip", data).documents] == ["a.zip/a.txt", "a.zip/a~2.txt"]


def test_an_archive_in_an_archive_is_told(reading):
    inner = samples.zipped([("a.txt", samples.TEXT.encode())])

    assert errors(reading("a.zip", samples.zipped([("b.zip", inner), ("c.txt", inner)]))) == [
        ("b.zip", "NestedArchive"),
        ("c.txt", "NestedArchive"),
    ]


# Old Word


def test_without_libreoffice_an_old_word_file_says_what_to_do(reading, monkeypatch):
    monkeypatch.setattr("swnlp.read.convert.office", lambda: None)
    result = reading("a.wps", b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"))

    assert result.documents == []
    assert "另存为 .docx" in result.problems[0].message
    assert "needs LibreOffice" in result.problems[0].message


def test_a_converter_that_hangs_is_ended(reading, monkeypatch, tmp_path):
    script = tmp_path / "soffice"
    script.write_text("#!/bin/sh\nsleep 60\n")
    script.chmod(0o755)
    monkeypatch.setattr("swnlp.read.convert.office", lambda: str(script))
    result = reading("a.doc", b"\xd0\xcf\x11\xe0", Settings(read_seconds=1))

    assert "read_seconds" in result.problems[0].message


@pytest.mark.skipif(office() is None, reason="needs LibreOffice")
@pytest.mark.parametrize("name", ["old.doc", "old.rtf", "old.odt"])
def test_libreoffice_converts_old_files(reading, name):
    assert_the_report(only(reading(name, samples.OLD[name])))


@pytest.mark.skipif(office() is None, reason="needs LibreOffice")
@pytest.mark.parametrize("name", ["a.wps", "a.wpt", "a.et", "a.xls", "a.txt"])
def test_an_old_word_file_is_known_by_its_content(reading, name):
    # WPS writes Word's own format under its own ending.
    assert_the_report(only(reading(name, samples.OLD["old.doc"])))


@pytest.mark.skipif(office() is None, reason="needs LibreOffice")
def test_old_word_files_in_an_archive_are_converted(reading):
    result = reading("a.zip", samples.zipped([("三明.wps", samples.OLD["old.doc"])]))

    assert only(result).doc_id == "a.zip/三明.wps"
    assert_the_report(result.documents[0])


def assert_the_report(document):
    assert document.title == samples.TITLE
    assert [text for text, _ in headings(document)] == [samples.TITLE, "一、社工站建设", "二、社会组织与慈善"]


@pytest.mark.parametrize("name", ["a.et", "a.xlsx", "a.doc", "a.wps", "a.csv"])
def test_an_old_spreadsheet_is_known_by_its_content_and_needs_no_libreoffice(reading, monkeypatch, name):
    monkeypatch.setattr("swnlp.read.convert.office", lambda: None)
    document = only(reading(name, samples.SAME["a.xls"]))

    assert (document.doc_id, document.title, document.date) == (f"{name}#2", samples.TITLE, "2024-01-08")


@pytest.mark.parametrize("name", samples.OLD)
def test_without_libreoffice_real_old_files_say_what_to_do(reading, monkeypatch, name):
    monkeypatch.setattr("swnlp.read.convert.office", lambda: None)
    result = reading(name, samples.OLD[name])

    assert result.documents == []
    assert f"读取 .{name.partition('.')[2]} 需要 LibreOffice" in result.problems[0].message


def test_the_corpus_file_in_an_archive_says_what_is_a_document_and_what_pages_do_not(reading):
    rules = 'documents = ["报告/*.txt"]\nsource = "云溪县民政局"\ndate = 2023-05-08\nplace = "龙岩市"\n'
    body = "全市建成社工站十二个，志愿者参与。\n".encode()
    members = [
        ("甲/corpus.toml", rules.encode()),
        ("甲/报告/a.txt", body),
        ("甲/说明.txt", body),
        ("乙/b.txt", body),
    ]
    result = reading("a.zip", samples.zipped(members))

    assert result.problems == []
    found = {d.doc_id: (d.source, d.date, d.place) for d in result.documents}
    assert found == {
        "a.zip/乙/b.txt": (None, None, None),
        "a.zip/甲/报告/a.txt": ("云溪县民政局", "2023-05-08", "龙岩市"),
    }


def test_a_wrong_corpus_file_in_an_archive_is_told_and_all_is_read(reading):
    body = "全市建成社工站十二个，志愿者参与。\n".encode()
    result = reading("a.zip", samples.zipped([("corpus.toml", b"documents = 3"), ("a.txt", body)]))

    assert [d.doc_id for d in result.documents] == ["a.zip/a.txt"]
    assert errors(result) == [("corpus.toml", "CorpusError")]
