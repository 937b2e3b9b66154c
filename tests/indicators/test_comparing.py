"""One subject across places and years."""

from io import StringIO

import pytest
from rich.console import Console
from typer.testing import CliRunner

import swnlp
from swnlp.cli import app
from swnlp.errors import AnalysisError
from swnlp.indicators.compare import canonical, match
from swnlp.report.indicators import show_indicators

REPORTS = {
    "龙泉市.txt": "龙泉市社会工作发展报告\n2023年，全市现有持证社会工作者120人，其中中级30人。"
    "每万人持证社工数4.1人。建成基层社工站19个。",
    "邵武市.txt": "邵武市社会工作发展报告\n2023年，全市持证社工人数达到96人，持证率提高到45%。"
    "建成社会工作服务站12个。",
}


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    folder = tmp_path_factory.mktemp("compare")
    (folder / "in").mkdir()
    for name, text in REPORTS.items():
        (folder / "in" / name).write_text(text, encoding="utf-8")
    return swnlp.analyze(folder / "in", folder / "out")


def test_spellings_meet():
    assert (
        canonical("持证社会工作专业人才") == canonical("持证社工人数") == canonical("持证社工") == "持证社工"
    )


@pytest.mark.parametrize(
    ("subject", "found"),
    [
        ("社会工作服务站", ("same", "")),
        ("基层社工站", ("part", "基层")),
        ("社工站建设经费", None),
        ("每万人社工站", None),
        ("社工站覆盖率", None),
    ],
)
def test_a_modifier_makes_a_part_and_a_rate_another_thing(subject, found):
    assert match(subject, "社工站") == found


def test_places_are_lined_up(result):
    frame = result.compare("持证社工")
    rows = list(
        zip(frame["place"], frame["year"], frame["qualifier"], frame["value"], frame["match"], strict=True)
    )
    assert rows == [
        ("邵武市", 2023, "", 96.0, "same"),
        ("龙泉市", 2023, "", 120.0, "same"),
        ("龙泉市", 2023, "中级", 30.0, "same"),
    ]
    assert set(result.compare("社工站")["qualifier"]) == {"", "基层"}
    assert all(text in sentence for text, sentence in zip(frame["text"], frame["sentence"], strict=True))


def test_an_unknown_subject_offers_near_ones(result):
    with pytest.raises(AnalysisError, match="社工站"):
        result.compare("社工站点位")


def test_the_terminal_shows_them(result):
    console = Console(width=200, record=True, file=StringIO())
    show_indicators(result, "持证社工", console)
    show_indicators(result, None, console)
    text = console.export_text()
    assert "邵武市" in text
    assert "96人" in text
    assert "持证社" in text


def test_the_command_prints_them(result):
    done = CliRunner().invoke(
        app, ["indicators", str(result.folder), "--subject", "社工站"], env={"COLUMNS": "200"}
    )
    assert done.exit_code == 0
    assert "12个" in done.stdout
    unknown = CliRunner().invoke(app, ["indicators", str(result.folder), "--subject", "飞机场"])
    assert unknown.exit_code == 2
    assert "没有关于" in unknown.stderr


def test_the_files_hold_the_table(result):
    import python_calamine

    csv = (result.folder / "indicators.csv").read_text(encoding="utf-8-sig").splitlines()
    sheet = python_calamine.CalamineWorkbook.from_path(result.folder / "indicators.xlsx").get_sheet_by_index(
        0
    )
    rows = sheet.to_python()
    assert len(csv) == len(rows) == result.run["counts"]["indicators"] + 1
    assert rows[0][:2] == ["place", "text"]
    value = rows[0].index("value")
    assert {120.0, 96.0} <= {row[value] for row in rows[1:]}
