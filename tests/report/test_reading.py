"""report/reading.py: what was taken from files, what was dropped, and why."""

import io
from pathlib import Path

from rich.console import Console

from swnlp.read import find_files
from swnlp.report.reading import show_reading
from swnlp.settings import DEFAULTS

ROOT = Path(__file__).parents[2]


def shown(path, **options):
    out = io.StringIO()
    files, problems = find_files([path])
    totals = show_reading(files, problems, DEFAULTS, Console(file=out, width=200), **options)
    return out.getvalue(), totals


def test_the_sample_shows_that_exactly_the_report_is_kept():
    text, totals = shown(ROOT / "corpora" / "fujian-social-work-2023")

    assert "标题 title  全省各地市社会工作发展成果展示(三)" in text
    assert "文后内容 after-article" in text
    assert (totals.files, totals.documents, totals.problems) == (1, 1, 0)
    assert set(totals.dropped) == {
        "breadcrumb",
        "menu",
        "byline",
        "image-stub",
        "page-navigation",
        "after-article",
    }


def test_a_problem_stands_beside_its_file(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "b.rar").write_bytes(b"x")
    text, totals = shown(tmp_path)

    assert "a.pdf  PDF 损坏或不完整" in text
    assert "b.rar" in text
    assert (totals.documents, totals.problems) == (0, 2)


def test_the_whole_text_marks_what_was_dropped():
    text, _ = shown(ROOT / "tests" / "read" / "fixtures" / "news.html", text=True)

    kept = text[text.index("⟦") :]
    assert "榕江畔的红马甲" in kept
    assert kept.count("⟦") == kept.count("⟧") > 1


def test_every_reason_has_a_chinese_word():
    import re

    from swnlp.resources import read_toml

    words = read_toml("words.toml")["dropped"]
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/swnlp/read").glob("*.py"))
    reasons = set(re.findall(r'Dropped\([^()]*(?:\[[^\]]*\])?[^()]*, "([a-z-]+)"\)', code))
    assert reasons
    assert reasons <= set(words)


def test_the_command_shows_it_and_says_when_there_is_nothing(tmp_path):
    from typer.testing import CliRunner

    from swnlp.cli import app

    (tmp_path / "a.csv").write_text("标题,稿件\n甲,全市建成社工站十二个。\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["read", str(tmp_path), "--text-column", "稿件"])
    assert result.exit_code == 0
    assert "a.csv#2" in result.output
    (tmp_path / "a.csv").write_bytes(b"")
    result = CliRunner().invoke(app, ["read", str(tmp_path)])
    assert result.exit_code == 1
    assert "空的" in result.output


def test_the_encodings_lead_over_the_next_is_shown(tmp_path):
    (tmp_path / "a.txt").write_bytes("全市建成社工站十二个，志愿者参与。".encode("gb18030"))
    text, _ = shown(tmp_path)

    assert "gb18030（领先 margin 0." in text or "gb18030（领先 margin 1." in text
