"""fonts.py: plots of matplotlib in Chinese."""

import io
import warnings

import pytest

from swnlp import fonts
from swnlp.errors import FontError


def test_a_plot_has_chinese_characters_and_no_boxes():
    matplotlib = pytest.importorskip("matplotlib")
    figures = pytest.importorskip("matplotlib.figure")
    try:
        fonts.chinese_face()
    except FontError as error:
        pytest.skip(str(error))
    with matplotlib.rc_context(), warnings.catch_warnings():
        # matplotlib warns of each character that its font lacks.
        warnings.filterwarnings("error", message="Glyph")
        assert fonts.use_chinese_font()
        figure = figures.Figure()
        figure.add_subplot().set_title("持证社工与社区志愿者 −1")
        figure.savefig(io.BytesIO(), format="png")


def test_without_a_chinese_font_it_says_which_package_to_install(monkeypatch):
    pytest.importorskip("matplotlib")
    monkeypatch.setattr(fonts, "_system_fonts", list)
    with pytest.raises(FontError, match="fonts-noto-cjk"):
        fonts.use_chinese_font()
