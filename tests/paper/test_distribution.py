"""Table 1: the sample counted by hand, cell by cell; every number leads to its sentences."""

import csv
import json
import re
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

import swnlp
from swnlp import store
from swnlp.gold import read_gold
from swnlp.paper.distribution import checked_note, count_places, distribution_table
from swnlp.paper.values import shown
from swnlp.schema import MENTIONS, to_table
from swnlp.validation.record import Check
from swnlp.validation.scores import Score, wilson

SAMPLE = Path(__file__).parents[2] / "corpora/fujian-social-work-2023"
KINDS = ("community", "social_org", "social_worker", "volunteer", "charity")
# Read off the page with a pencil: 篇数, 句数 (headings too), then 频次 of the five in the scheme's order as annotated in
# gold/, nested ones included, and 涉及主体数.
HAND = {
    "南平市": (1, 8, 0, 7, 7, 0, 0, 2),
    "龙岩市": (1, 8, 0, 1, 7, 0, 1, 3),
    "宁德市": (1, 10, 1, 1, 6, 0, 0, 3),
    "平潭综合实验区": (1, 9, 1, 0, 8, 1, 0, 3),
    "福建省本级": (1, 7, 1, 1, 4, 1, 1, 5),
    "合计 Total": (1, 42, 3, 10, 32, 2, 2, 5),
}
# The gold is flat, by its guidelines. What its longer names hold, read by hand: (the longer name, the actor, its kind).
# 社会工作服务站, 社工指导中心 and 社会力量 are optional there, and left aside here as well.
NESTED = [
    ("关于加强社会工作专业人才队伍建设的实施意见的通知", "社会工作专业人才队伍", "social_worker"),
    ("关于进一步加强社会工作专业人才队伍建设的通知", "社会工作专业人才队伍", "social_worker"),
    ("全国社会组织参与脱贫攻坚优秀案例50佳", "社会组织", "social_org"),
    ("进一步加强社会工作专业人才队伍建设若干措施", "社会工作专业人才队伍", "social_worker"),
    ("平潭综合实验区加强社会工作专业人才队伍建设的实施意见", "社会工作专业人才队伍", "social_worker"),
    ("台湾社工+村(居)委会+志愿者+社会力量", "社工", "social_worker"),
    ("台湾社工+村(居)委会+志愿者+社会力量", "村(居)委会", "community"),
    ("台湾社工+村(居)委会+志愿者+社会力量", "志愿者", "volunteer"),
]


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    return swnlp.analyze(SAMPLE, tmp_path_factory.mktemp("sample") / "out")


@pytest.fixture(scope="module")
def gold():
    return read_gold(SAMPLE / "gold/fujian-social-work-2023-part3.json")[0]


@pytest.fixture(scope="module")
def annotated(analysis, gold, tmp_path_factory):
    """The sample's tables, with the actors that people annotated in place of those that were found."""
    actors = [(e.start, e.end, e.kind) for e in gold.entities if e.label == "ACTOR" and not e.optional]
    for longer, actor, kind in NESTED:
        start = gold.text.index(actor, gold.text.index(longer))
        actors.append((start, start + len(actor), kind))
    sentences = analysis.sentences
    rows = []
    for start, end, kind in sorted(actors):
        sentence = sentences[(sentences["start"] <= start) & (end <= sentences["end"])].iloc[0]
        at = [sentence[name] for name in ("doc_id", "section_id", "paragraph_id", "sentence_id")]
        rows.append([*at, start, end, gold.text[start:end], "ACTOR", kind, kind, "hand", 1.0, True, start])
    path = tmp_path_factory.mktemp("gold") / "mentions.parquet"
    pq.write_table(to_table(MENTIONS, rows), path)
    return {**store.table_paths(analysis.folder), "mentions": path}


def printed(table):
    (panel,) = table.panels
    return [
        [shown(cell, column) for cell, column in zip(row, panel.columns, strict=True)] for row in panel.rows
    ]


def section_characters(text, first, after):
    """Count what lies between two words of the page, without white space and the placeholder of its picture."""
    part = text[text.index(first) : text.index(after)]
    return len(re.sub(r"\s", "", re.sub(r"\n\d_01\n", "\n", part)))


def test_table_1_of_the_annotated_sample_is_the_hand_count_cell_by_cell(analysis, annotated, gold):
    table = distribution_table(annotated, analysis.run, analysis.place_names)
    marks = [
        "全省各地市社会工作发展成果展示(三)\n",
        "南平市\n",
        "龙岩市\n",
        "宁德市\n",
        "平潭综合实验区\n",
        "下一步,",
        "\n\n上一篇",
    ]
    characters = [section_characters(gold.text, a, b) for a, b in pairwise(marks)]
    intro, nanping, longyan, ningde, pingtan, closing = characters
    byline = len("来源:本站原创发布时间:2023-04-0311:10:21浏览数:0")
    chars = [nanping, longyan, ningde, pingtan, intro - byline + closing]

    expected = []
    for (place, hand), n in zip(HAND.items(), [*chars, sum(chars)], strict=True):
        documents, sentences, *mentions, kinds = hand
        rates = [f"{1000 * m / n:.2f}" for m in mentions]
        cells = [str(cell) for pair in zip(mentions, rates, strict=True) for cell in pair]
        expected.append([place, str(documents), str(sentences), f"{n:,}", *cells, str(kinds)])
    assert printed(table) == expected


def test_what_is_found_differs_from_the_hand_count_in_a_few_mentions_only(analysis, gold):
    """Optional spans aside. 社会资源 is not found; 社工项目, 社工激励政策 and 社会工作人才发展 are taken for mentions."""
    optional = [(e.start, e.end) for e in gold.entities if e.optional]
    mentions = analysis.table("mentions")
    aside = [
        label == "ACTOR" and any(start < e and s < end for s, e in optional)
        for label, start, end in zip(
            *(mentions[n].to_pylist() for n in ("label", "start", "end")), strict=True
        )
    ]
    path = analysis.folder / "found.parquet"
    pq.write_table(mentions.filter(pa.array([not a for a in aside])), path)
    rows, _ = count_places({**store.table_paths(analysis.folder), "mentions": path}, KINDS)
    path.unlink()

    hand = [row[2:7] for place, row in HAND.items() if not place.startswith("合计")]
    off = [
        abs(n - m)
        for row, by_hand in zip(rows, hand, strict=True)
        for n, m in zip(row.mentions, by_hand, strict=True)
    ]
    assert sum(off) <= 4
    assert max(off) <= 2


def test_each_count_of_the_workbook_links_to_the_rows_that_it_counts(analysis, tmp_path):
    analysis.paper(tmp_path)
    book = CalamineWorkbook.from_path(tmp_path / "table1_distribution.xlsx")
    table = book.get_sheet_by_name("表1").to_python()
    evidence = book.get_sheet_by_name("原文出处").to_python()[1:]
    places, heads = [row[0] for row in table], [head.split(" ")[0] for head in table[2]]
    xml = ZipFile(tmp_path / "table1_distribution.xlsx").read("xl/worksheets/sheet1.xml").decode()
    links = re.findall(r'<hyperlink ref="([A-Z])(\d+)" location="\'原文出处\'!A(\d+)"', xml)

    assert len(links) == 2 + 2 + 3 + 3 + 5
    counted = 0
    for letter, line, first in links:
        column, row = ord(letter) - ord("A"), int(line) - 1
        n, begin = int(table[row][column]), int(first) - 2
        behind = {(r[0], r[1]) for r in evidence[begin : begin + n]}
        assert behind == {(places[row], heads[column])}
        counted += n
    assert counted == len(evidence)
    for row in evidence:
        assert row[2] in row[4]


def test_the_csv_has_every_mention_with_its_place_in_the_text(analysis, tmp_path):
    analysis.paper(tmp_path)
    with (tmp_path / "table1_distribution_evidence.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    text = analysis.documents["text"].iloc[0]

    assert len(rows) == analysis.linkage().loc["合计"].sum()
    assert all(text[int(row["start"]) : int(row["end"])] == row["mention"] for row in rows)


def test_a_document_about_two_places_counts_once_in_all(tmp_path):
    (tmp_path / "a.txt").write_text("南平市\n社工走访。\n龙岩市\n志愿者参与。", encoding="utf-8")
    (tmp_path / "b.txt").write_text("南平市社会工作报告\n社会组织承接项目。", encoding="utf-8")
    analysis = swnlp.analyze([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "out")
    rows, total = count_places(store.table_paths(analysis.folder), KINDS)

    documents = {analysis.place_names[row.place_id]: row.documents for row in rows}
    assert documents == {"南平市": 2, "龙岩市": 1}
    assert total.documents == 2


def test_a_reprint_counts_neither_as_a_document_nor_by_its_characters(tmp_path):
    text = "南平市社会工作报告\n" + "社会工作者走访困境儿童家庭，志愿者参与社区服务，社会组织承接项目。\n" * 4
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    alone = swnlp.analyze(tmp_path / "a.txt", tmp_path / "one")
    both = swnlp.analyze([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "two")
    tables = store.table_paths(both.folder)

    assert count_places(tables, KINDS)[0] == count_places(store.table_paths(alone.folder), KINDS)[0]
    assert count_places(tables, KINDS, reprints=True)[1].documents == 2


def test_a_corpus_without_any_actor_says_zero_everywhere(tmp_path):
    (tmp_path / "a.txt").write_text("今天天气很好。", encoding="utf-8")
    analysis = swnlp.analyze(tmp_path / "a.txt", tmp_path / "out")
    table = distribution_table(store.table_paths(analysis.folder), analysis.run, analysis.place_names)

    assert [row[0] for row in printed(table)] == ["未定地区", "合计 Total"]
    assert {cell for row in printed(table) for cell in row[4:]} == {"0", "0.00"}


def test_the_note_names_the_lexicon_by_its_content(analysis):
    def note(run):
        return distribution_table(store.table_paths(analysis.folder), run, analysis.place_names).notes[-1].zh

    other = json.loads(json.dumps(analysis.run))
    other["scheme"]["actors"][0]["surfaces"].append("街坊")
    other["lexicon"] = [{"file": "names.csv", "sha256": "0123456789abcdef"}]
    assert "自定义词典：无" in note(analysis.run)
    assert "names.csv（01234567）" in note(other)
    assert re.search("版本 (\\w+)", note(other))[1] != re.search("版本 (\\w+)", note(analysis.run))[1]


def test_the_note_gives_the_precision_of_the_sample_that_was_judged(analysis, tmp_path):
    actors = Score("ACTOR", 53, 40, 38, 0.95, *wilson(38, 40))
    check = Check("mentions", (actors,), actors, (), 0, True)

    note = checked_note(check)
    assert "40 处，精确率 0.950（95% 置信区间 0.835–0.986" in note.zh
    assert "precision is 0.950" in note.en
    table = distribution_table(
        store.table_paths(analysis.folder), analysis.run, analysis.place_names, checked=note
    )
    assert table.notes[-1] == note


def test_a_sample_of_another_state_of_the_result_is_not_spoken_of():
    actors = Score("ACTOR", 53, 40, 38, 0.95, 0.835, 0.986)

    assert checked_note(Check("mentions", (actors,), actors, (), 0, False)) is None
    assert checked_note(None) is None
