"""Table 5: instruments by fields, counted by hand on a short report; n, % and the sentences behind them."""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

import swnlp
from swnlp.codes import read_codes
from swnlp.errors import AnalysisError, SettingsError
from swnlp.paper import PaperChoice
from swnlp.paper.crosstab import crossed, crosstab_evidence, crosstab_table
from swnlp.settings import Settings

EXAMPLE = Path(__file__).parents[2] / "docs/examples/policy-instruments.toml"
REPORT = """南平市社会工作报告

我市举办社工培训，提升养老服务能力。
各县安排资金，开展培训，为老年人和儿童服务。
出台儿童福利管理办法。
下一步，开展养老护理员培训。
社工走访居民。
"""
BOOK = """
[[code]]
name = "供给型"
group = "工具"
rule = '培训 | 资金'

[[code]]
name = "环境型"
group = "工具"
rule = '出台 | 规划'

[[code]]
name = "养老"
group = "领域"
rule = '养老 | 老年人'

[[code]]
name = "儿童"
group = "领域"
rule = '儿童'
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cross")
    (folder / "in").mkdir()
    (folder / "in" / "南平.txt").write_text(REPORT, encoding="utf-8")
    (folder / "codes.toml").write_text(BOOK, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def analysis(folder):
    return swnlp.analyze(folder / "in", folder / "out", settings=Settings(codes=str(folder / "codes.toml")))


def test_cells_and_totals_count_units_once(analysis):
    table = crosstab_table(crossed(analysis.coding()))

    (panel,) = table.panels
    assert [(c.group.zh, c.head.zh) for c in panel.columns[1:]] == [
        (name, head) for name in ("养老", "儿童", "合计") for head in ("n", "%")
    ]
    # The second sentence has both fields: it is in two cells and once in the totals.
    assert panel.rows == [
        ["供给型", 3, 75.0, 1, 25.0, 3, 75.0],
        ["环境型", 0, 0.0, 1, 25.0, 1, 25.0],
        ["合计 Total", 3, 75.0, 2, 50.0, 4, 100.0],
    ]
    assert "4 句" in table.notes[0].zh and "4 sentences" in table.notes[0].en


def test_a_cell_leads_to_all_its_sentences(analysis):
    found = crossed(analysis.coding())
    evidence = crosstab_evidence(found)

    rows = list(evidence.rows)
    for (line, column), at in evidence.first.items():
        row, over = found.rows[line], found.columns[(column - 1) // 2]
        own = [r for r in rows if r[:2] == [row, over]]
        assert rows[at] == own[0] and len(own) == found.count(row, over)
    assert [r[3] for r in rows if r[:2] == ["供给型", "养老"]] == ["已做", "已做", "计划"]
    assert set(evidence.first) == {(0, 1), (0, 3), (1, 3)}, "a zero leads nowhere"


def test_groups_can_be_turned_and_the_unit_be_a_document(analysis):
    table = crosstab_table(crossed(analysis.coding(), "领域", unit="document"))

    assert table.panels[0].rows[0] == ["养老", 1, 100.0, 1, 100.0, 1, 100.0]
    assert "1 篇" in table.notes[0].zh


def test_it_is_a_table_of_the_paper_when_there_are_codes(analysis, folder, tmp_path):
    analysis.paper(tmp_path / "own", PaperChoice(figure=False))
    book = CalamineWorkbook.from_path(tmp_path / "own" / "table5_codes.xlsx")
    assert book.get_sheet_by_name("表5").to_python()[3][:3] == ["供给型", 3, 75.0]
    assert book.get_sheet_by_name("原文出处").to_python()[1][:2] == ["供给型", "养老"]

    plain = swnlp.analyze(folder / "in", tmp_path / "plain")
    files = {p.name for p in plain.paper(tmp_path / "a", PaperChoice(figure=False))}
    assert "table5_codes.docx" not in files
    asked = PaperChoice(figure=False, codes=str(folder / "codes.toml"), rows="领域", columns="工具")
    files = {p.name for p in plain.paper(tmp_path / "b", asked)}
    assert {"table5_codes.docx", "table5_codes.xlsx"} <= files


def test_codes_that_people_gave_are_crossed_too(analysis, folder, tmp_path):
    sentences = analysis.sentences
    first, second = (sentences[sentences["text"].str.contains(w)].iloc[0] for w in ("提升养老", "居民"))
    lines = [
        f"{category},{code},{s.doc_id},{s.start},{s.end}"
        for s, category, code in (
            (first, "工具", "供给型"),
            (first, "对象", "老人"),
            (second, "工具", "需求型"),
        )
    ]
    (tmp_path / "final.csv").write_text(
        "\n".join(["category,code,doc_id,start,end", *lines]) + "\n", encoding="utf-8"
    )
    given = swnlp.analyze(
        folder / "in", tmp_path / "out", settings=Settings(codings=str(tmp_path / "final.csv"))
    )

    found = crossed(given.coding(), "工具", "对象")
    assert (found.rows, found.columns) == (["供给型", "需求型"], ["老人"])
    assert (found.count("供给型", "老人"), found.count("需求型", "老人"), found.count()) == (1, 0, 1)
    assert list(given.codes["sentences"]) == [1, 1, 1]


def test_a_group_that_is_not_there_or_alone_is_told(analysis, tmp_path):
    with pytest.raises(AnalysisError, match="工具、领域"):
        crossed(analysis.coding(), "工具", "地区")
    with pytest.raises(SettingsError, match="两组"):
        PaperChoice(rows="工具", columns="工具")
    (tmp_path / "one.toml").write_text(
        "[[code]]\nname = '甲'\ngroup = '组'\nrule = '培训'\n", encoding="utf-8"
    )
    with pytest.raises(AnalysisError, match=r"one.toml.*两组"):
        crossed(analysis.coding(tmp_path / "one.toml"))


def test_the_example_codebook_of_instruments_makes_a_table(analysis):
    book = read_codes(EXAMPLE)
    found = crossed(analysis.coding(book), "政策工具", "服务领域")

    assert found.rows == ["供给型", "环境型", "需求型"]
    assert (found.count("供给型", "养老服务"), found.count("环境型", "儿童服务")) == (3, 1)
