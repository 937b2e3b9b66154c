"""settings.py: every choice checked once."""

import pytest

from swnlp.errors import SettingsError
from swnlp.settings import DEFAULTS, Settings


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"window": "page"}, "sentence, paragraph, section"),
        ({"min_count": 0}, "at least 1"),
        ({"min_count": True}, "whole number"),
        ({"keep_duplicates": "yes"}, "true or false"),
        ({"scheme": 3}, "text"),
        ({"meta": " "}, "text"),
    ],
)
def test_a_wrong_choice_is_an_error_that_says_what_is_right(choice, message):
    with pytest.raises(SettingsError, match=message):
        Settings(**choice)


def test_settings_survive_being_plain_values():
    assert Settings(**DEFAULTS.to_dict()) == DEFAULTS
