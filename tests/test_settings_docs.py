"""docs/settings.md: its table is what Settings says."""

import json
import re
from dataclasses import fields
from pathlib import Path

from swnlp.settings import DEFAULTS, Settings

PAGE = (Path(__file__).parent.parent / "docs" / "settings.md").read_text(encoding="utf-8")


def test_every_setting_is_in_the_table_with_its_default():
    told = dict(re.findall(r"^\| `([a-z_]+)` \| (.+?) \|", PAGE, re.M))
    assert set(told) == {field.name for field in fields(Settings)}
    for name, shown in told.items():
        default = getattr(DEFAULTS, name)
        assert shown == ("无 none" if default is None else f"`{json.dumps(default)}`"), name
