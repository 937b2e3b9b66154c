"""view.py: one name, the same characters, whatever the script or width."""

from hypothesis import given
from hypothesis import strategies as st

from swnlp.view import simplified_view


def test_traditional_full_width_and_radicals_become_one_form():
    assert simplified_view("臺北縣社會工作者１２３人（ＡＢ）") == "台北县社会工作者123人(AB)"
    assert simplified_view("⻄安市⺠政局") == "西安市民政局"


def test_quotes_and_simplified_text_stay():
    text = "实施“福蕾行动计划”,开展《志愿服务条例》宣传。"
    assert simplified_view(text) == text


@given(st.text())
def test_the_view_has_the_same_length(text):
    assert len(simplified_view(text)) == len(text)


@given(st.text())
def test_the_view_of_a_view_is_itself(text):
    assert simplified_view(simplified_view(text)) == simplified_view(text)


@given(st.text(), st.integers(1, 40))
def test_a_long_text_has_the_view_of_its_pieces(text, times):
    assert simplified_view(text * times * 20) == simplified_view(text) * times * 20
