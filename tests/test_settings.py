"""settings.py: every choice checked once, misspelt ones named."""

import pytest

from swnlp.errors import SettingsError
from swnlp.settings import DEFAULTS, Settings


def test_settings_come_from_a_file(tmp_path):
    path = tmp_path / "swnlp.toml"
    path.write_text('window = "paragraph"\nmin_count = 2\n', encoding="utf-8")
    assert Settings.from_toml(path) == Settings(window="paragraph", min_count=2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('windwo = "section"', "did you mean 'window'"),
        ('window = "page"', "sentence, paragraph, section"),
        ("min_count = 0", "at least 1"),
        ("min_count = true", "whole number"),
        ("window = ", "Invalid value"),
    ],
)
def test_a_wrong_setting_is_an_error_that_says_what_is_right(tmp_path, text, message):
    path = tmp_path / "swnlp.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=message):
        Settings.from_toml(path)


def test_settings_survive_being_plain_values():
    assert Settings(**DEFAULTS.to_dict()) == DEFAULTS
