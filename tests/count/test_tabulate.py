"""count/tabulate.py: what a document says and a table can't hold as written."""

from decimal import Decimal

import pytest

import swnlp


def values(tmp_path, text):
    (tmp_path / "report.txt").write_text(text, encoding="utf-8")
    found = swnlp.analyze(tmp_path, tmp_path / "out").indicators
    return dict(zip(found["text"], found["value"], strict=True))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("68.61771766458808分", "68.6177176646"),
        ("123456.12345678915分", "123456.1234567892"),
        ("0.00000000004分", "0"),
    ],
)
def test_a_number_with_more_places_than_the_table_is_rounded_and_stops_nothing(tmp_path, written, kept):
    found = values(tmp_path, f"全市社区满意度评分为{written}。全市有社工320人。")
    assert found["320人"] == 320
    assert found[written] == Decimal(kept)


def test_a_cell_with_more_digits_than_the_table_has_no_value(tmp_path):
    (tmp_path / "page.html").write_text(
        f"<h1>三明市</h1><table><tr><th>指标</th><th>人数</th></tr><tr><td>社工</td><td>{'9' * 40}</td></tr>"
        f"<tr><td>志愿者</td><td>12.{'3' * 14}</td></tr></table><p>全市有社工320人。</p>",
        encoding="utf-8",
    )
    found = values(tmp_path, "全市有社工58人。")
    assert found["320人"] == 320
    assert found["9" * 40] is None
    assert found[f"12.{'3' * 14}"] == Decimal("12.3333333333")
