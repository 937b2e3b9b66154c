"""validation/: a sample is written, a person fills it in, and precision, recall and corrections come back."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest

import swnlp
from swnlp.errors import AnalysisError, FormError, LexiconError
from swnlp.lexicon import Correction
from swnlp.lexicon.corrections import read_corrections
from swnlp.settings import Settings
from swnlp.validation import last_check, read_check, write_check, write_check_record, write_corrections

CORPORA = Path(__file__).parents[2] / "corpora" / "fujian-social-work-2023"


@pytest.fixture
def sheet(analysis, tmp_path, coder):
    write_check(analysis, tmp_path / "抽查.xlsx", n=400)
    return coder(tmp_path / "抽查.xlsx")


def troubles(reading):
    return [str(trouble) for trouble in reading.troubles]


def test_the_same_sample_gives_the_same_bytes(analysis, tmp_path):
    for name in ("a", "b"):
        write_check(analysis, tmp_path / f"{name}.xlsx", n=50)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_row_shows_the_mention_marked_in_its_sentence(sheet, analysis):
    rows = sheet.rows("提及")
    assert len(rows) == len(analysis.mentions)
    text = analysis.documents["text"][0]
    for row in rows:
        assert f"【{row['名称']}】" in row["原文"]
        assert text[row["起"] : row["止"]] == row["名称"]
        assert row["原文"].replace("【", "", 1).replace("】", "", 1) in text


def test_cells_offer_choices_in_both_languages(sheet):
    lists = {
        str(d.sqref).split(":")[0]: d.formula1 for d in sheet.sheet("提及").data_validations.dataValidation
    }
    assert lists["H2"] == '"对,错,不确定"'
    assert "PLACE" in lists["J2"] and "社区 ACTOR:community" in lists["J2"] and "不是名称" in lists["J2"]
    how = [row[0] for row in sheet.sheet("说明").iter_rows(values_only=True) if row[0]]
    assert any("怎样填写" in line for line in how) and any("How to fill this in" in line for line in how)


def test_a_sheet_that_nobody_filled_in_says_nothing(sheet, analysis):
    reading = read_check(analysis, [sheet.path])
    assert reading.total.share is None and reading.corrections == () and reading.troubles == ()
    assert reading.rows == len(analysis.mentions)


def test_precision_of_each_label(sheet, analysis):
    sheet.judge_all("提及")
    wrong = sheet.row_of("提及", 标签="案例与荣誉 WORK")
    sheet.fill("提及", wrong, 判断="×").save()
    reading = read_check(analysis, [sheet.path])
    scores = {s.name: s for s in reading.strata}
    works = int((analysis.mentions["label"] == "WORK").sum())
    assert (scores["WORK"].judged, scores["WORK"].right, scores["WORK"].size) == (works, works - 1, works)
    assert scores["PLACE"].share == 1
    # The whole population was judged, so the total is the plain share.
    assert reading.total.share == pytest.approx(1 - 1 / len(analysis.mentions))


def test_unsure_rows_do_not_count(sheet, analysis):
    sheet.fill("提及", 2, 判断="不确定").fill("提及", 3, 判断="对").save()
    reading = read_check(analysis, [sheet.path])
    assert (reading.unsure, reading.total.judged) == (1, 1)


def judged_wrong(sheet, **cells):
    row = sheet.row_of("提及", 名称="五社联动")
    sheet.fill("提及", row, 判断="错", **cells).save()
    return row


def test_wrong_without_a_correction_is_no_name(sheet, analysis):
    judged_wrong(sheet)
    (correction,) = read_check(analysis, [sheet.path]).corrections
    assert (correction.action, correction.text, correction.label) == ("drop", "五社联动", "PROGRAM")
    assert correction.doc_id and correction.start >= 0 and "抽查.xlsx" in correction.source


def test_another_label_here_or_everywhere(sheet, analysis):
    judged_wrong(sheet, 正确的标签="政策 POLICY", 范围="全部")
    drop, add = read_check(analysis, [sheet.path]).corrections
    assert (drop.action, drop.label, drop.everywhere) == ("drop", "PROGRAM", True)
    assert (add.action, add.label, add.everywhere) == ("add", "POLICY", True)


def test_the_label_may_be_written_in_either_language_or_as_a_kind_of_actor(sheet, analysis):
    for given, label, kind in (
        ("政策", "POLICY", None),
        ("policy", "POLICY", None),
        ("社区", "ACTOR", "community"),
    ):
        judged_wrong(sheet, 正确的标签=given)
        add = read_check(analysis, [sheet.path]).corrections[1]
        assert (add.label, add.kind) == (label, kind)


def test_the_whole_name_is_found_around_the_wrong_one(sheet, analysis):
    row = judged_wrong(sheet, 正确的文字="“五社联动”机制")
    reading = read_check(analysis, [sheet.path])
    sentence = sheet.rows("提及")[row - 2]["原文"]
    if "“【五社联动】”机制" in sentence:
        drop, add = reading.corrections
        assert add.text == "“五社联动”机制" and add.start == drop.start - 1
    else:
        assert (
            "照原文抄写" in troubles(reading)[0]
            and f"第 {row} 行 I（正确的文字 right text）" in troubles(reading)[0]
        )


def test_another_entity(sheet, analysis):
    judged_wrong(sheet, 正确的实体="社区五社联动治理")
    (link,) = read_check(analysis, [sheet.path]).corrections
    assert (link.action, link.entity_id) == ("link", "program:社区五社联动治理")


def test_what_was_missed_gives_recall_and_a_name(sheet, analysis):
    sheet.judge_all("提及")
    rows = sheet.rows("句子")
    number, sentence = next((r["句号"], r["原文"]) for r in rows if r["已识别"] and len(r["原文"]) > 30)
    for row in range(2, len(rows) + 2):
        sheet.fill("句子", row, 已查="是")
    missed = next(piece for piece in sentence.replace("】", "【").split("【")[::2] if len(piece) > 6)[1:5]
    sheet.fill("漏标", 2, 句号=number, 漏掉的名称=missed, 标签="机构 ORG").save()
    reading = read_check(analysis, [sheet.path])
    assert reading.troubles == () and reading.sentences == len(rows)
    found = sum(
        int(c.split("=")[1]) for r in rows for c in (r["各标签数"] or "").split() if c.startswith("ORG=")
    )
    org = next(s for s in reading.recall if s.name == "ORG")
    assert org.share == pytest.approx(found / (found + 1))
    add = reading.corrections[-1]
    assert (add.action, add.text, add.label) == ("add", missed, "ORG")


def test_rows_may_be_sorted_and_left_out(sheet, analysis):
    sheet.judge_all("提及")
    page = sheet.sheet("提及")
    rows = list(page.iter_rows(min_row=2, values_only=True))
    page.delete_rows(2, page.max_row)
    for row in sorted(rows[:50], key=lambda r: str(r[4])):
        page.append(row)
    sheet.save()
    reading = read_check(analysis, [sheet.path])
    assert (reading.rows, reading.total.judged, reading.troubles) == (50, 50, ())


# A wrong or half-filled spreadsheet is a sentence with row and column, and nothing is lost.


def test_an_unknown_verdict_is_told_by_its_cell(sheet, analysis):
    sheet.judge_all("提及").fill("提及", 5, 判断="大概").save()
    reading = read_check(analysis, [sheet.path])
    assert len(reading.troubles) == 1
    assert (
        "提及 mentions 第 5 行 H（判断 verdict） 列" in troubles(reading)[0]
        and "大概" in troubles(reading)[0]
    )
    assert reading.total.judged == reading.rows - 1


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"正确的标签": "城市"}, "J", "未知标签 '城市'"),
        ({"正确的文字": "六社联动"}, "I", "照原文抄写"),
        ({"范围": "附近"}, "L", "此处 或 全部"),
    ],
)
def test_a_wrong_correction_costs_only_itself(sheet, analysis, cells, column, words):
    row = judged_wrong(sheet, **cells)
    other = next(r for r in range(2, 20) if r != row)
    sheet.fill("提及", other, 判断="错").save()
    reading = read_check(analysis, [sheet.path])
    (said,) = troubles(reading)
    assert f"第 {row} 行 {column}（" in said and words in said
    assert reading.total.judged == 2
    assert len(reading.corrections) == 1


def test_a_correction_without_a_verdict_is_told(sheet, analysis):
    sheet.fill("提及", 7, 正确的标签="政策 POLICY").save()
    (said,) = troubles(read_check(analysis, [sheet.path]))
    assert "第 7 行 J（" in said and "没有判断" in said
    sheet.fill("提及", 7, 判断="对").save()
    (said,) = troubles(read_check(analysis, [sheet.path]))
    assert "判断为“对”却填了更正" in said


def test_a_deleted_column_of_corrections_is_read_as_empty_and_told(sheet, analysis):
    sheet.judge_all("提及")
    sheet.sheet("提及").delete_cols(sheet.column("提及", "正确的标签"))
    sheet.save()
    reading = read_check(analysis, [sheet.path])
    assert reading.total.judged == reading.rows
    assert any("没有“正确的标签 right label”一列" in said for said in troubles(reading))


@pytest.mark.parametrize("heading", ["判断", "层", "起"])
def test_a_deleted_column_that_is_needed_is_an_error_that_names_it(sheet, analysis, heading):
    sheet.sheet("提及").delete_cols(sheet.column("提及", heading))
    sheet.save()
    with pytest.raises(FormError, match=rf"第 1 行：缺少列 {heading}"):
        read_check(analysis, [sheet.path])


def test_merged_cells_are_told_and_count_once(sheet, analysis):
    sheet.fill("提及", 4, 判断="错")
    sheet.sheet("提及").merge_cells("H4:H6")
    sheet.save()
    reading = read_check(analysis, [sheet.path])
    assert any("第 4–6 行的单元格合并了" in said and " H（" in said for said in troubles(reading))
    assert reading.total.judged == 1


def test_hidden_cells_that_were_changed_are_told(sheet, analysis):
    sheet.judge_all("提及").fill("提及", 3, 层内总数="很多").fill("提及", 4, 判断="错", 起="x").save()
    reading = read_check(analysis, [sheet.path])
    said = troubles(reading)
    assert any("第 3 行" in s and "层内总数" in s for s in said)
    assert any("第 4 行" in s and "位置列" in s for s in said)
    assert reading.total.judged == reading.rows - 1


def test_missed_names_that_cannot_be_placed_are_told(sheet, analysis):
    sheet.fill("漏标", 2, 句号=9999, 漏掉的名称="某地", 标签="地区 PLACE")
    sheet.fill("漏标", 3, 句号=1, 漏掉的名称="不在句中的名称", 标签="地区 PLACE")
    sheet.fill("漏标", 4, 句号=1, 标签="地区 PLACE").fill(
        "漏标", 5, 句号=1, 漏掉的名称="全", 标签="星球"
    ).save()
    reading = read_check(analysis, [sheet.path])
    said = troubles(reading)
    for row, words in (
        (2, "没有句号 '9999'"),
        (3, "照原文抄写"),
        (4, "没有填漏掉的名称"),
        (5, "未知标签 '星球'"),
    ):
        assert any(f"漏标 missed 第 {row} 行" in s and words in s for s in said), said
    assert reading.corrections == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_csv_in_any_encoding_is_read_too(sheet, analysis, tmp_path, encoding, delimiter):
    judged_wrong(sheet, 正确的标签="政策 POLICY")
    path = tmp_path / "提及.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(sheet.sheet("提及").iter_rows(values_only=True))
    assert [c.action for c in read_check(analysis, [path]).corrections] == ["drop", "add"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"PK\x03\x04 cut short", "损坏"),
        ("a.csv", "名称,频次\n社区,3\n".encode(), "表头须有"),
        ("a.csv", bytes(range(256)) * 20, "不是文本文件"),
        ("a.xlsx", None, "无法读取"),
    ],
)
def test_what_is_no_check_is_one_sentence(analysis, tmp_path, name, content, words):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(FormError, match=words):
        read_check(analysis, [tmp_path / name])


def test_a_workbook_of_other_sheets_is_no_check(analysis, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["姓名", "电话"])
    book.save(tmp_path / "通讯录.xlsx")
    with pytest.raises(FormError, match="没有找到可读的表"):
        read_check(analysis, [tmp_path / "通讯录.xlsx"])


# The other kinds.


def test_a_wrong_link_is_an_alias(analysis, tmp_path, coder):
    write_check(analysis, tmp_path / "l.xlsx", of="links", n=200)
    sheet = coder(tmp_path / "l.xlsx").judge_all("归并")
    row = sheet.row_of("归并", 标签="地区 PLACE")
    sheet.fill("归并", row, 判断="错", 正确的实体="厦门市", 范围="全部").save()
    reading = read_check(analysis, [sheet.path])
    (link,) = reading.corrections
    assert (link.action, link.everywhere, link.entity_id) == ("link", True, "place:350200")
    assert link.text == sheet.rows("归并")[row - 2]["写法"]


def test_a_wrong_link_needs_the_right_one(analysis, tmp_path, coder):
    write_check(analysis, tmp_path / "l.xlsx", of="links", n=200)
    sheet = coder(tmp_path / "l.xlsx").fill("归并", 2, 判断="错")
    sheet.save()
    reading = read_check(analysis, [sheet.path])
    assert "没有填正确的实体" in troubles(reading)[0] and reading.total.share == 0


def test_an_edge_is_wrong_where_an_end_is_no_name(analysis, tmp_path, coder):
    write_check(analysis, tmp_path / "e.xlsx", of="edges", n=200)
    sheet = coder(tmp_path / "e.xlsx").judge_all("共现")
    sheet.fill("共现", 2, 判断="错", 错在哪里="后者不是名称 target")
    sheet.fill("共现", 3, 判断="错", 错在哪里="都对，但此句未说二者相关 unrelated").fill(
        "共现", 4, 判断="错"
    ).save()
    reading = read_check(analysis, [sheet.path])
    (drop,) = reading.corrections
    row = sheet.rows("共现")[0]
    assert (drop.action, drop.label) == ("drop", row["后者号"].partition(":")[0].upper())
    assert f"{drop.start}-{drop.end}" in row["后者位置"]
    assert sum(s.judged - s.right for s in reading.strata) == 3
    assert "没有选错在哪里" in troubles(reading)[0]


def test_a_wrong_number_is_set_or_dropped(analysis, tmp_path, coder):
    write_check(analysis, tmp_path / "i.xlsx", of="indicators", n=200)
    sheet = coder(tmp_path / "i.xlsx")
    sheet.fill("指标", 2, 判断="错", 正确的年份=2022, 正确的数值="1,831", 正确的地区="厦门市")
    sheet.fill("指标", 3, 判断="错").fill("指标", 4, 判断="错", 正确的年份="去年")
    sheet.fill("指标", 5, 判断="错", 正确的数值="约三百").save()
    reading = read_check(analysis, [sheet.path])
    changed, dropped = reading.corrections
    assert changed.changes == (("place_id", "place:350200"), ("year", "2022"), ("value", "1,831"))
    assert dropped.action == "drop number"
    assert "第 4 行" in troubles(reading)[0] and "四位年份" in troubles(reading)[0]
    assert "第 5 行" in troubles(reading)[1] and "不是数字" in troubles(reading)[1]


# Later runs.


def again(tmp_path, corrections):
    path = tmp_path / "更正.csv"
    write_corrections(path, corrections)
    return swnlp.analyze(CORPORA, tmp_path / "again", settings=Settings(corrections=str(path)))


def test_corrections_are_applied_and_logged_in_a_later_run(sheet, analysis, tmp_path):
    row = judged_wrong(sheet, 正确的标签="政策 POLICY")
    reading = read_check(analysis, [sheet.path])
    found = again(tmp_path, reading.corrections)
    at = sheet.rows("提及")[row - 2]["起"]
    mention = found.mentions[found.mentions["start"] == at].iloc[0]
    assert (mention["label"], mention["method"], mention["score"]) == ("POLICY", "correction", 1.0)
    log = found.table("corrections").to_pylist()
    assert [(r["line"], r["action"], r["before"], r["after"]) for r in log] == [
        (2, "drop", "PROGRAM", ""), (3, "add", "", "POLICY"),
    ]  # fmt: skip
    others = found.mentions[found.mentions["start"] != at].reset_index(drop=True)
    before = analysis.mentions[analysis.mentions["start"] != at].reset_index(drop=True)
    assert others[["start", "end", "label"]].equals(before[["start", "end", "label"]])
    run = json.loads((found.folder / "run.json").read_text(encoding="utf-8"))
    assert run["settings"]["corrections"].endswith("更正.csv")
    assert [e["sha256"] for e in run["lexicon"]] == [read_corrections(tmp_path / "更正.csv")[1]]


def test_everywhere_makes_stop_entries_lexicon_entries_and_aliases(analysis, tmp_path):
    found = again(
        tmp_path,
        [
            Correction("drop", "社区", "ACTOR"),
            Correction("add", "服务受益面", "WORK"),
            Correction("link", "五社联动", "PROGRAM", entity_id="program:五社联动机制"),
        ],
    )
    mentions = found.mentions
    assert "社区" in set(analysis.mentions.query("label == 'ACTOR'")["text"])
    assert "社区" not in set(mentions.query("label == 'ACTOR'")["text"])
    assert set(mentions.query("text == '服务受益面'")["label"]) == {"WORK"}
    linked = mentions.query("text == '五社联动' and label == 'PROGRAM'")
    assert len(linked) and set(linked["entity_id"]) == {"program:五社联动机制"}
    assert {r["action"] for r in found.table("corrections").to_pylist()} == {"drop", "add", "link"}
    assert found.problems.empty


def test_numbers_are_set_and_dropped(analysis, tmp_path):
    first, second = analysis.indicators.iloc[0], analysis.indicators.iloc[1]
    place = {"doc_id": first["doc_id"], "label": ""}
    spans = [{"start": int(i["start"]), "end": int(i["end"]), "text": i["text"]} for i in (first, second)]
    found = again(
        tmp_path,
        [
            Correction("set number", **place, **spans[0], changes=(("year", "2021"), ("value", "12.5"))),
            Correction("drop number", **place, **spans[1]),
        ],
    )
    assert len(found.indicators) == len(analysis.indicators) - 1
    changed = found.indicators.iloc[0]
    assert (changed["year"], float(changed["value"]), changed["subject"]) == (2021, 12.5, first["subject"])
    log = found.table("corrections").to_pylist()
    assert log[0]["after"] == "year=2021; value=12.5"


def test_a_correction_whose_text_has_gone_is_a_problem_and_changes_nothing(analysis, tmp_path):
    doc_id = analysis.documents["doc_id"][0]
    found = again(tmp_path, [Correction("drop", "早已删去", "ORG", doc_id, 10, 14)])
    (problem,) = found.problems.to_dict("records")
    assert problem["stage"] == "corrections" and "第 2 行未能应用" in problem["message"]
    assert found.mentions.equals(analysis.mentions)


def test_a_later_correction_of_the_same_thing_counts_and_others_stay(tmp_path):
    path = tmp_path / "更正.csv"
    org = Correction("add", "省社工协会", "ORG", "a.txt", 3, 8)
    assert write_corrections(path, [org, Correction("drop", "社区", "ACTOR")])[:3] == (2, 0, 2)
    written = write_corrections(path, [org._replace(label="WORK")])
    assert (written.new, written.replaced, written.total) == (0, 1, 2)
    assert [(c.action, c.label, c.line) for c in read_corrections(path)[0]] == [
        ("drop", "ACTOR", 2), ("add", "WORK", 3),
    ]  # fmt: skip


def test_text_that_a_spreadsheet_would_run_comes_back_as_it_was(tmp_path):
    odd = Correction("drop", '=cmd|" /C calc"!A0', "WORK", "-a,b.txt", 3, 21, source="@x")
    write_corrections(tmp_path / "c.csv", [odd])
    assert "'=cmd" in (tmp_path / "c.csv").read_text(encoding="utf-8-sig")
    assert read_corrections(tmp_path / "c.csv")[0] == (odd._replace(line=2),)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("fix,,,,社区,ACTOR", "c.csv:2: 未知操作 'fix'"),
        ("drop,,,,社区,CITY", "c.csv:2: 未知标签 'CITY'"),
        ("drop,a.txt,5,3,社区,ACTOR", "c.csv:2: start"),
        ("link,,,,社区,ACTOR", "c.csv:2: 缺少 entity_id"),
        ("add,,,,社区,ACTOR", "c.csv:2: 主体缺少类别"),
        ("drop,,,,,ACTOR", "c.csv:2: 缺少 text"),
        ("drop number,,,,3人,", "c.csv:2: 缺少 doc_id"),
    ],
)
def test_a_wrong_line_of_the_corrections_is_named_and_the_file_left_as_it_was(tmp_path, line, words):
    path = tmp_path / "c.csv"
    path.write_text(f"action,doc_id,start,end,text,label\n{line}\n", encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(LexiconError, match=words):
        write_corrections(path, [Correction("drop", "社区", "ACTOR")])
    assert path.read_bytes() == before


def test_a_pipeline_of_the_users_own_takes_no_corrections(tmp_path):
    write_corrections(tmp_path / "c.csv", [Correction("drop", "社区", "ACTOR")])
    with pytest.raises(swnlp.errors.SettingsError, match="corrections"):
        swnlp.analyze(
            CORPORA, tmp_path / "o", settings=Settings(corrections=str(tmp_path / "c.csv")), nlp=swnlp.load()
        )


def test_the_last_check_is_kept_with_the_result(sheet, analysis, tmp_path):
    assert last_check(analysis.folder, "links") is None
    sheet.judge_all("提及").save()
    files = write_check_record(analysis.folder, read_check(analysis, [sheet.path]))
    found = last_check(analysis.folder)
    assert found.current and found.total.share == 1 and {s.name for s in found.strata} >= {"PLACE", "ORG"}
    assert files[1].read_text(encoding="utf-8-sig").startswith("measure,name,size")
    files[0].write_text("{", encoding="utf-8")
    with pytest.raises(AnalysisError, match="抽查记录损坏"):
        last_check(analysis.folder)
    for file in files:
        file.unlink()
