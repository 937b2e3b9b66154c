"""read/pdf_tables.py: the cells of a PDF's tables, with drawn lines and without."""

import subprocess
from itertools import pairwise

import docx
import pytest
import samples

from swnlp.read.convert import office
from swnlp.read.pdf import take
from swnlp.settings import DEFAULTS

XS = (80, 200, 290, 380)
PROSE = "全市社会工作坚持党建引领，围绕困难群众需求推进服务站建设。"


def page_of(made):
    (item,) = take(made.data(), DEFAULTS).items
    for cell in item.page.cells:
        assert item.page.text[cell.start : cell.end] == cell.text
    return item.page


def rows(page, table=0):
    """Return the texts of a table, row by row, by their columns."""
    found = {}
    for cell in page.cells:
        if cell.table_id == table:
            found.setdefault(cell.row, {})[cell.column] = cell.text
    return [found[row] for row in sorted(found)]


def write(made, table, top=700, xs=XS, step=24):
    for number, values in enumerate(table):
        for x, value in zip(xs, values, strict=False):
            made.line(x + 6, top - 16 - step * number, value)


def started():
    made = samples.Pdf()
    made.page()
    return made


def test_a_ruled_table_gives_its_cells_and_stands_in_its_place():
    made = started()
    made.line(80, 760, PROSE)
    made.grid(XS, [700, 676, 652, 628])
    write(made, samples.TABLE)
    made.line(80, 600, PROSE)

    page = page_of(made)
    assert page.text.split("\n") == [PROSE, *("\t".join(row) for row in samples.TABLE), PROSE]
    assert rows(page) == [dict(enumerate(row)) for row in samples.TABLE]
    assert [c.header for c in page.cells if c.row == 2] == samples.TABLE[0]


def test_text_that_nearly_touches_across_a_line_is_two_cells_and_a_broken_cell_is_one():
    made = started()
    made.grid([80, 130, 230], [700, 660, 620])
    for y, left, right in ((684, "地区", "服务内容"), (644, "南平市区", "为困境儿童提供心")):
        made.line(81, y, left)
        made.line(131, y, right)
    made.line(131, 628, "理支持和课业辅导")

    page = page_of(made)
    assert rows(page) == [{0: "地区", 1: "服务内容"}, {0: "南平市区", 1: "为困境儿童提供心理支持和课业辅导"}]


def test_merged_cells_keep_their_columns_and_headers():
    made = started()
    made.rule(80, 700, 380, 700)
    made.rule(200, 676, 380, 676)
    for y in (652, 628):
        made.rule(80, y, 380, y)
    for x in (80, 200, 380):
        made.rule(x, 700, x, 628)
    made.rule(290, 676, 290, 628)
    made.line(86, 672, "地区")
    made.line(206, 684, "社工站情况")
    made.line(206, 660, "站点数")
    made.line(296, 660, "持证人数")
    for x, value in zip((86, 206, 296), ("龙岩市", "12", "306"), strict=True):
        made.line(x, 636, value)

    page = page_of(made)
    assert rows(page) == [
        {0: "地区", 1: "社工站情况"},
        {1: "站点数", 2: "持证人数"},
        {0: "龙岩市", 1: "12", 2: "306"},
    ]
    assert {c.text: c.header for c in page.cells}["306"] == "社工站情况"


def test_a_table_without_lines_at_its_sides_and_one_of_thin_oblongs_are_read():
    for draw in ("lines", "oblongs"):
        made = started()
        if draw == "lines":
            for y in (700, 676, 652, 628):
                made.rule(60, y, 400, y)
            for x in XS[1:-1]:
                made.rule(x, 628, x, 700)
        else:
            edges = [f"80 {y} 300 0.5 re" for y in (700, 676, 652, 628)]
            edges += [f"{x} 628 0.5 72 re" for x in XS]
            made.pages[-1].append(" ".join(edges) + " f")
        write(made, samples.TABLE)

        assert rows(page_of(made)) == [dict(enumerate(row)) for row in samples.TABLE], draw


def test_boxes_that_are_drawn_around_each_cell_make_a_table():
    made = started()
    for row in range(3):
        for x, end in pairwise(XS):
            made.pages[-1].append(f"{x} {676 - 24 * row} {end - x} 24 re S")
    write(made, samples.TABLE)

    assert rows(page_of(made)) == [dict(enumerate(row)) for row in samples.TABLE]


def test_a_table_goes_on_over_the_page_and_its_head_is_no_row_again():
    made = started()
    made.line(80, 760, PROSE)
    made.grid(XS, [124, 100, 76])
    write(made, samples.TABLE[:2], top=124)
    made.page()
    made.grid(XS, [780, 756, 732, 708])
    write(made, [samples.TABLE[0], samples.TABLE[2], ["三明市", "9", ""]], top=780)

    page = page_of(made)
    assert rows(page) == [
        *(dict(enumerate(row)) for row in samples.TABLE),
        {0: "三明市", 1: "9"},
    ]
    assert {c.table_id for c in page.cells} == {0}
    assert {c.header for c in page.cells if c.text == "9"} == {"社工站"}


def test_what_did_not_fit_in_a_cell_goes_on_in_it():
    made = started()
    made.grid([80, 200, 380], [124, 100, 76])
    write(made, [["地区", "做法"], ["龙岩市", "建成社工站十二个，覆盖全部"]], top=124, xs=(80, 200))
    made.page()
    made.grid([80, 200, 380], [780, 756, 732])
    write(made, [["", "乡镇街道"], ["南平市", "培育社会组织四十家"]], top=780, xs=(80, 200))

    assert rows(page_of(made)) == [
        {0: "地区", 1: "做法"},
        {0: "龙岩市", 1: "建成社工站十二个，覆盖全部乡镇街道"},
        {0: "南平市", 1: "培育社会组织四十家"},
    ]


def test_two_tables_on_a_page_are_two():
    made = started()
    for top in (700, 400):
        made.grid(XS, [top, top - 24, top - 48, top - 72])
        write(made, samples.TABLE, top=top)

    page = page_of(made)
    assert rows(page, 0) == rows(page, 1) == [dict(enumerate(row)) for row in samples.TABLE]


def test_rows_without_lines_whose_parts_stand_below_each_other_are_a_table():
    made = started()
    made.line(80, 760, PROSE)
    write(made, [*samples.TABLE, ["三明市", "", "97"]])

    page = page_of(made)
    assert rows(page) == [*(dict(enumerate(row)) for row in samples.TABLE), {0: "三明市", 2: "97"}]
    assert page.text.split("\n")[-1] == "三明市\t\t97"


@pytest.mark.parametrize(
    "draw",
    [
        lambda made: made.grid([60, 540], [780, 200]),
        lambda made: made.rule(80, 690, 540, 690),
        lambda made: [made.rule(80, y, 540, y) for y in range(300, 720, 20)],
        lambda made: made.grid(range(400, 440, 10), range(100, 140, 10)),
    ],
    ids=["a frame", "a line below the head", "ruled paper", "a pattern without text"],
)
def test_lines_that_are_no_table_change_nothing(draw):
    plain, drawn = started(), started()
    for made in (plain, drawn):
        for number in range(6):
            made.line(80, 700 - 20 * number, PROSE)
    draw(drawn)

    assert page_of(drawn).cells == ()
    assert page_of(drawn).text == page_of(plain).text


def test_a_table_of_contents_and_two_short_columns_are_no_tables():
    made = started()
    for number, title in enumerate(["一、建设情况", "二、主要做法", "三、下一步打算"]):
        made.line(80, 700 - 20 * number, f"{title}{'…' * 12}")
        made.line(420, 700 - 20 * number, str(number + 1))

    assert page_of(made).cells == ()


def test_marks_that_are_drawn_after_the_line_come_back_to_their_places():
    made = started()
    made.line(80, 700, "实施　南红北柳　湿地修复工程，严格控制。".replace("　", "\u3000"))
    line = made.pages[-1].pop()
    made.pages[-1].append(line)
    made.line(80 + 12 * 2, 700, "“")
    made.line(80 + 12 * 7, 700, "”")

    assert page_of(made).text.replace(" ", "") == "实施“南红北柳”湿地修复工程，严格控制。"


def test_a_word_that_is_written_wide_is_one_word():
    made = started()
    made.line(280, 700, "总")
    made.line(316, 700, "则")

    assert page_of(made).text == "总　则"


@pytest.mark.skipif(office() is None, reason="LibreOffice is not installed")
def test_a_table_that_a_word_processor_prints_has_the_cells_of_its_document(tmp_path):
    path = tmp_path / "a.docx"
    document = docx.Document()
    document.add_paragraph(PROSE)
    table = document.add_table(3, 3, style="Table Grid")
    for row, values in zip(table.rows, samples.TABLE, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    document.save(path)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office(), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, capture_output=True, timeout=120, check=True)

    (item,) = take((tmp_path / "a.pdf").read_bytes(), DEFAULTS).items
    assert rows(item.page) == [dict(enumerate(row)) for row in samples.TABLE]
