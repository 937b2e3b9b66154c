"""The five-society table: counted by hand, counted again without DuckDB, and as people open it."""

from collections import Counter
from itertools import permutations
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

import swnlp
from swnlp.settings import Settings

CORPORA = Path(__file__).parents[2] / "corpora"
REPORTS = {
    "三明市.txt": (
        "三明市社会工作报告\n三明市社会工作者参与“暖心三明”行动，社会工作者走访。\n"
        "社会工作者、志愿者推广“暖心三明”行动。下一步，志愿者将参与“暖心三明”行动。\n社会组织登记。"
    ),
    "南平市.txt": "南平市社会工作报告\n南平市社会组织承接“=1+1”项目。\n社区推广“古榕议事”项目，居委会也参与。",
}
HAND = [
    ("三明市", "社会工作者", "暖心三明", 2, 0, 1),
    ("三明市", "社区志愿者", "暖心三明", 2, 1, 1),
    ("南平市", "社区", "古榕议事", 1, 0, 1),
    ("南平市", "社会组织", "=1+1", 1, 0, 1),
]
COUNTS = ["place", "kind_name", "initiative", "windows", "planned", "documents"]


def analysis_of(folder, **settings):
    (folder / "reports").mkdir()
    for name, text in REPORTS.items():
        (folder / "reports" / name).write_text(text, encoding="utf-8")
    return swnlp.analyze(folder / "reports", folder / "out", settings=Settings(**settings))


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    return analysis_of(tmp_path_factory.mktemp("linkage"))


def test_kinds_initiatives_and_places_match_a_hand_count(analysis):
    table = analysis.linkage(by="initiative")

    met = table[table["together"] == "共同提及"]
    assert sorted(met[COUNTS].itertuples(index=False, name=None)) == sorted(HAND)
    never = table[table["together"] == "未提及"]
    assert len(met.drop_duplicates(["place", "kind"])) + len(never) == 2 * 5
    assert never["windows"].sum() == 0 and never["initiative"].isna().all()


def test_each_count_leads_to_its_first_window(analysis):
    texts = dict(zip(analysis.documents["path"], analysis.documents["text"], strict=True))
    for row in analysis.linkage(by="initiative").dropna(subset=["path"]).itertuples():
        assert texts[row.path][row.start : row.end] == row.text
        assert row.initiative in row.text


def test_kinds_mentioned_together_match_a_hand_count(analysis):
    table = analysis.linkage(by="kind")

    assert len(table.columns) == 10
    assert table.loc["三明市", "社会工作者 × 社区志愿者"] == 1
    assert table.loc["合计"].sum() == 1


def nested(a, b):
    return (a.start <= b.start and b.end <= a.end) or (b.start <= a.start and a.end <= b.end)


@pytest.mark.parametrize("window", ["sentence", "paragraph", "section"])
def test_the_sample_counts_the_same_without_duckdb(tmp_path, window):
    analysis = swnlp.analyze(CORPORA, tmp_path / "out", settings=Settings(window=window))
    mentions = analysis.mentions.merge(analysis.sections[["doc_id", "section_id", "place_id"]])
    initiatives, pairs = Counter(), Counter()
    for _, rows in mentions.groupby(["doc_id", f"{window}_id"]):
        apart = [pair for pair in permutations(rows.itertuples(), 2) if not nested(*pair)]
        actors = [(x, y) for x, y in apart if x.label == "ACTOR"]
        initiatives.update(
            {(x.place_id, x.kind, y.entity_id) for x, y in actors if y.label in {"PROGRAM", "POLICY"}}
        )
        pairs.update(
            {(x.place_id, x.kind, y.kind) for x, y in actors if y.label == "ACTOR" and x.kind != y.kind}
        )

    table = analysis.linkage(by="initiative").dropna(subset=["initiative"])
    assert {(r.place_id, r.kind, r.initiative_id): r.windows for r in table.itertuples()} == initiatives
    kinds = analysis.kinds
    by_kind = analysis.linkage(by="kind")
    for (place, a, b), n in pairs.items():
        if list(kinds).index(a) < list(kinds).index(b):
            assert by_kind.loc[analysis.place_names[place], f"{kinds[a]} × {kinds[b]}"] == n
    assert by_kind.loc["合计"].sum() == sum(pairs.values()) / 2


def test_the_csv_has_the_same_rows_and_no_formula(analysis):
    table = pd.read_csv(analysis.folder / "linkage.csv")

    assert len(table) == len(analysis.linkage(by="initiative"))
    assert set(table["initiative"].dropna()) == {"暖心三明", "古榕议事", "'=1+1"}


def test_the_workbook_has_three_sheets_with_notes_and_frozen_headers(analysis):
    book = CalamineWorkbook.from_path(analysis.folder / "linkage.xlsx")
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}

    assert list(sheets) == ["主体×地区", "主体×政策与项目×地区", "主体共现"]
    for rows in sheets.values():
        assert "共同提及不等于合作" in rows[1][0]
    places = {row[0]: row[1:] for row in sheets["主体×地区"][2:]}
    assert places["地区"] == ["社区", "社会组织", "社会工作者", "社区志愿者", "社会慈善资源"]
    assert places["三明市"] == ["未提及", 1, 3, 2, "未提及"]
    assert places["合计"] == analysis.linkage().loc["合计"].tolist()
    assert [row[:3] for row in sheets["主体×政策与项目×地区"] if row[3] == "共同提及"][1:] == [
        ["三明市", "社会工作者", "暖心三明"],
        ["三明市", "社区志愿者", "暖心三明"],
        ["南平市", "社区", "古榕议事"],
        ["南平市", "社会组织", "=1+1"],
    ]
    xml = ZipFile(analysis.folder / "linkage.xlsx").read("xl/worksheets/sheet2.xml")
    assert b'state="frozen"' in xml and b"<f>" not in xml


def test_a_corpus_about_no_known_place_has_its_row(tmp_path):
    (tmp_path / "a.txt").write_text("社会工作者参与“暖心”行动。", encoding="utf-8")
    analysis = swnlp.analyze(tmp_path / "a.txt", tmp_path / "out")

    assert list(analysis.linkage().index) == list(analysis.linkage(by="kind").index) == ["未定地区", "合计"]
    assert analysis.linkage(by="initiative")["place"].unique().tolist() == ["未定地区"]
