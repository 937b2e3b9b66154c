"""coding/: units are handed out, coders fill them in, agreement and differences come back."""

import csv
from pathlib import Path

import openpyxl
import pytest

import swnlp
from swnlp.coding import collect, hand_out, read_codebook, read_coders, units_of
from swnlp.errors import FormError, OutputError, SettingsError

BOOK = """类目,编码,说明,提示词,多选
政策工具,供给型,直接投入,培训；资金；站点,
,环境型,规划与制度,意见、规划,
,需求型,购买服务,购买,
服务领域,养老,老年人,老年|养老,是
,儿童,未成年人,儿童,
"""
TEXTS = {
    "a.txt": "龙岩市举办社工培训。\n\n出台儿童关爱意见。养老服务规划印发。\n",
    "b.txt": "福州市购买养老服务。\n\n各县组织慰问。\n",
}


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    folder = tmp_path_factory.mktemp("coding")
    (folder / "in").mkdir()
    for name, text in TEXTS.items():
        (folder / "in" / name).write_text(text, encoding="utf-8")
    return swnlp.analyze(folder / "in", folder / "out")


@pytest.fixture
def book(tmp_path):
    (tmp_path / "编码表.csv").write_text(BOOK, encoding="utf-8-sig")
    return tmp_path / "编码表.csv"


@pytest.fixture
def files(analysis, book, tmp_path):
    paths, _ = hand_out(analysis, tmp_path / "编码", coders=["甲", "乙"], codebook=book)
    return paths


def fill(path, **columns):
    """Fill columns of a coder's sheet from the top; a point leaves a cell as it is."""
    workbook = openpyxl.load_workbook(path)
    sheet = next(s for s in workbook if s.title.startswith(("单元", "分歧")))
    for heading, values in columns.items():
        at = next(c.column for c in sheet[1] if str(c.value).split(" ")[0] == heading)
        for row, value in enumerate(values, 2):
            if value != ".":
                sheet.cell(row, at, value)
    workbook.save(path)
    return path


def rows(path):
    sheet = openpyxl.load_workbook(path).worksheets[1]
    header, *rest = sheet.iter_rows(values_only=True)
    return [dict(zip((str(h).split(" ")[0] for h in header), row, strict=True)) for row in rest]


FIRST = {
    "政策工具": ["供给型", "环境型", "环境型", "需求型", "无"],
    "服务领域": ["无", "儿童", "养老", "养老", "无"],
}
SECOND = {
    "政策工具": ["供给型", "供给型", "环境型", "需求型", "无"],
    "服务领域": ["无", "儿童；养老", "养老", "养老", "."],
}


@pytest.fixture
def filled(files):
    return [fill(files[0], **FIRST), fill(files[1], **SECOND)]


def test_units_are_numbered_by_document_and_unit(analysis):
    assert [(u.number, u.text) for u in units_of(analysis, "sentence")] == [
        ("1-1", "龙岩市举办社工培训。"), ("1-2", "出台儿童关爱意见。"), ("1-3", "养老服务规划印发。"),
        ("2-1", "福州市购买养老服务。"), ("2-2", "各县组织慰问。"),
    ]  # fmt: skip
    assert [(u.number, u.text) for u in units_of(analysis, "paragraph")][1] == (
        "1-2",
        "出台儿童关爱意见。养老服务规划印发。",
    )


def test_units_of_documents_with_sections_have_the_section_in_their_number():
    sample = swnlp.analyze(Path(__file__).parents[2] / "corpora" / "fujian-social-work-2023")
    units = units_of(sample, "sentence")
    assert units[0].number == "1-1-1" and units[-1].number.startswith(f"1-{len(sample.sections)}-")
    text = sample.documents["text"][0]
    assert all(text[u.start : u.end] == u.text for u in units)
    assert len({u.number for u in units}) == len(units)


def test_coders_get_the_same_units_and_not_each_others_codes(files):
    first, second = map(rows, files)
    assert [r["编码员"] for r in first] == ["甲"] * 5 and [r["编码员"] for r in second] == ["乙"] * 5
    for one, other in zip(first, second, strict=True):
        assert {**one, "编码员": 0} == {**other, "编码员": 0}
    assert [r["政策工具"] for r in first] == [None] * 5


def test_codes_are_suggested_by_words_or_not_at_all(files, analysis, book, tmp_path):
    assert [r["建议·政策工具"] for r in rows(files[0])] == ["供给型", "环境型", "环境型", "需求型", None]
    assert [r["建议·服务领域"] for r in rows(files[0])] == [None, "儿童", "养老", "养老", None]
    plain, _ = hand_out(analysis, tmp_path / "b", coders=["甲"], codebook=book, suggest=False)
    assert "建议·政策工具" not in rows(plain[0])[0]


def test_without_a_codebook_the_actors_are_suggested(analysis, tmp_path):
    (path,), _ = hand_out(analysis, tmp_path / "c", coders=["甲"])
    assert rows(path)[0]["建议·主体"] == "社会工作者" and rows(path)[0]["建议·状态"] == "已做"


def test_the_same_draw_gives_the_same_bytes(analysis, book, tmp_path):
    for name in "xy":
        hand_out(analysis, tmp_path / name, coders=["甲"], codebook=book, n=3, seed=4)
    assert (tmp_path / "x" / "编码-甲.xlsx").read_bytes() == (tmp_path / "y" / "编码-甲.xlsx").read_bytes()
    assert len(rows(tmp_path / "x" / "编码-甲.xlsx")) == 3


def test_what_was_filled_in_is_never_written_over(analysis, book, files):
    with pytest.raises(OutputError, match="已存在"):
        hand_out(analysis, files[0].parent, coders=["甲"], codebook=book)
    with pytest.raises(SettingsError, match="不同的名字"):
        hand_out(analysis, files[0].parent, coders=["丙", "丙"], codebook=book)


def test_agreement_of_a_category_and_of_its_codes(filled):
    found = {(r.category, r.code): r.agreement for r in read_coders(filled).reliability()}
    tools = found["政策工具", ""]
    assert (tools.units, tools.coders, tools.percent) == (5, 2, 0.8)
    # By hand: expected (1·2 + 2·1 + 1·1 + 1·1) / 25 = 0.24; kappa (0.8 - 0.24) / 0.76.
    assert tools.kappa == pytest.approx(0.56 / 0.76)
    # One decision of 2 codes in 4 units differs.
    assert (found["服务领域", ""].units, found["服务领域", ""].percent) == (8, 7 / 8)
    assert found["服务领域", "儿童"].alpha == 1.0
    assert found["政策工具", "需求型"].percent == 1.0


def test_what_coders_differ_on_is_decided_and_read_back(filled, tmp_path):
    coded, written, undecided = collect(filled, tmp_path / "out")
    assert undecided == 2 and coded.troubles == ()
    path = tmp_path / "out" / "分歧.xlsx"
    assert path in written
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert [[c.value for c in row][:6] for row in sheet.iter_rows(min_row=2)] == [
        ["1-2", rows(filled[0])[0]["文献"], "出台儿童关爱意见。", "政策工具", "环境型", "供给型"],
        ["1-2", rows(filled[0])[0]["文献"], "出台儿童关爱意见。", "服务领域", "儿童", "儿童；养老"],
    ]
    fill(path, 裁定=["环境型", "儿童"])
    decided, _, undecided = collect([*filled, path], tmp_path / "out")
    assert undecided == 0
    final = {
        (f.place[1], f.category, f.code, f.by) for f in decided.final()[0] if f.place[0].endswith("a.txt")
    }
    at = TEXTS["a.txt"].index("出台")
    assert (at, "政策工具", "环境型", ("decision",)) in final and (
        0,
        "政策工具",
        "供给型",
        ("甲", "乙"),
    ) in final
    table = list(csv.DictReader((tmp_path / "out" / "final.csv").open(encoding="utf-8-sig")))
    assert len(table) == len(decided.final()[0]) and table[0]["text"] == "龙岩市举办社工培训。"


def test_decisions_that_are_being_made_are_not_written_over(filled, tmp_path):
    collect(filled, tmp_path / "out")
    fill(tmp_path / "out" / "分歧.xlsx", 裁定=["环境型"])
    before = (tmp_path / "out" / "分歧.xlsx").read_bytes()
    _, written, _ = collect(filled, tmp_path / "out")
    assert (tmp_path / "out" / "分歧.xlsx").read_bytes() == before
    assert tmp_path / "out" / "分歧-2.xlsx" in written


def test_a_coder_may_add_a_code_to_the_codebook(filled):
    book = openpyxl.load_workbook(filled[0])
    next(s for s in book if s.title.startswith("编码表")).append(["政策工具", "混合型"])
    book.save(filled[0])
    fill(filled[0], 政策工具=["混合型"])
    coded = read_coders(filled)
    assert coded.troubles == () and "混合型" in coded.book[0].names


# A wrong or half-filled sheet is a sentence with row and column, and nothing is lost.


def test_a_half_filled_sheet_counts_what_is_there(files):
    coded = read_coders(
        [fill(files[0], 政策工具=["供给型", "."]), fill(files[1], 政策工具=["供给型", "环境型"])]
    )
    (tools, *_) = coded.reliability()
    assert tools.agreement.units == 1 and tools.agreement.percent == 1.0 and coded.troubles == ()


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("政策工具", "供应型", "没有 '供应型'，是否为 '供给型'"),
        ("政策工具", "供给型；环境型", "只能选一个编码"),
        ("服务领域", "养老；无", "不能与其他编码同时填"),
    ],
)
def test_a_cell_that_cannot_be_understood_is_told_and_is_not_coded(filled, column, value, words):
    fill(filled[0], **{column: [".", value]})
    coded = read_coders(filled)
    (trouble,) = coded.troubles
    assert (
        "单元 units 第 3 行" in str(trouble) and f"（{column}） 列" in str(trouble) and words in str(trouble)
    )
    assert len(list(coded.differing())) == 1


def test_a_deleted_category_is_told_and_the_others_count(filled):
    book = openpyxl.load_workbook(filled[0])
    sheet = book.worksheets[1]
    sheet.delete_cols(next(c.column for c in sheet[1] if c.value == "服务领域"))
    book.save(filled[0])
    coded = read_coders(filled)
    assert ["没有“服务领域”一列" in str(t) for t in coded.troubles] == [True]
    assert coded.reliability()[0].agreement.units == 5


@pytest.mark.parametrize("heading", ["单元 unit", "起 start"])
def test_a_deleted_column_that_is_needed_is_named(filled, heading):
    book = openpyxl.load_workbook(filled[0])
    sheet = book.worksheets[1]
    sheet.delete_cols(next(c.column for c in sheet[1] if c.value == heading))
    book.save(filled[0])
    with pytest.raises(FormError, match=f"缺少列 {heading}"):
        read_coders(filled)


def test_merged_cells_and_double_rows_are_told(filled):
    book = openpyxl.load_workbook(filled[0])
    sheet = book.worksheets[1]
    sheet.append([c.value for c in sheet[2]])
    at = next(c.column_letter for c in sheet[1] if c.value == "政策工具")
    sheet.merge_cells(f"{at}3:{at}4")
    book.save(filled[0])
    said = [str(t) for t in read_coders(filled).troubles]
    assert any("第 3–4 行的单元格合并了" in s for s in said)
    assert any("第 7 行" in s and "前面已有一行" in s for s in said)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_csv_is_read_with_the_codebook(filled, book, tmp_path, encoding):
    paths = []
    for path in filled:
        sheet = openpyxl.load_workbook(path).worksheets[1]
        paths.append(tmp_path / f"{path.stem}.csv")
        with paths[-1].open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows(sheet.iter_rows(values_only=True))
    with pytest.raises(FormError, match="没有编码表"):
        read_coders(paths)
    coded = read_coders(paths, read_codebook(book))
    assert coded.reliability() == read_coders(filled).reliability()


def test_two_files_of_one_coder_are_an_error(filled, tmp_path):
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(filled[0].read_bytes())
    with pytest.raises(FormError, match="都是编码员 '甲' 的"):
        read_coders([filled[0], copy])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("政策工具,供给型,,", "第 5 行 B（编码） 列：编码 '供给型' 重复"),
        ("政策工具,,,", "编码为空"),
        ("原文,甲,,", "类目不能叫 '原文'"),
        ("政策工具,无,,", "不能作编码名"),
    ],
)
def test_a_wrong_line_of_the_codebook_is_named(tmp_path, line, words):
    lines = BOOK.splitlines()[:4]
    (tmp_path / "b.csv").write_text("\n".join([*lines, line]) + "\n", encoding="utf-8")
    with pytest.raises(FormError, match=words):
        read_codebook(tmp_path / "b.csv")


def test_a_decision_about_an_unknown_category_is_told(filled, tmp_path):
    collect(filled, tmp_path / "out")
    path = fill(tmp_path / "out" / "分歧.xlsx", 类目=["工具"], 裁定=["环境型", "老年"])
    said = [str(t) for t in read_coders([*filled, path]).troubles]
    assert any("没有类目 '工具'" in s and "第 2 行" in s for s in said)
    assert any("没有 '老年'" in s and "第 3 行" in s for s in said)


RULES = """
[[code]]
name = "供给型"
group = "政策工具"
rule = '培训 | 资金'
note = "直接投入"

[[code]]
name = "环境型"
group = "政策工具"
rule = '意见 near/6 (出台 | 印发) | 规划'

[[code]]
name = "老幼"
within = "paragraph"
rule = '儿童 & 养老'
"""


def test_codes_with_rules_are_a_codebook_and_suggest_where_they_hold(analysis, tmp_path):
    (tmp_path / "编码.toml").write_text(RULES, encoding="utf-8")
    first, second = analysis.codebook(tmp_path / "编码", ["甲", "乙"], codebook=tmp_path / "编码.toml")
    sheet = openpyxl.load_workbook(first).worksheets[1]
    heads = [str(c.value).split(" ")[0] for c in sheet[1]]
    hints = [
        (r[heads.index("建议·政策工具")] or "", r[heads.index("建议·编码")] or "")
        for r in sheet.iter_rows(min_row=2, values_only=True)
    ]
    assert hints == [("供给型", ""), ("环境型", "老幼"), ("环境型", "老幼"), ("", ""), ("", "")]

    fill(first, 政策工具=["供给型", "供给型；环境型", "环境型", "无", "无"])
    fill(second, 政策工具=["供给型", "环境型", "环境型", "无", "无"])
    coded, _, undecided = collect([first, second], tmp_path / "out", read_codebook(tmp_path / "编码.toml"))
    assert not coded.troubles and undecided == 1
    assert coded.book[0].codes[0].note == "直接投入" and "near/6" in coded.book[0].codes[1].note


def test_a_code_with_rules_that_no_sheet_can_have_is_told(tmp_path):
    (tmp_path / "编码.toml").write_text("[[code]]\nname = '无'\nrule = '培训'\n", encoding="utf-8")
    with pytest.raises(FormError, match=r"编码.toml：第 1 个"):
        read_codebook(tmp_path / "编码.toml")
