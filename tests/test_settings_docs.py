"""docs/settings.md: its table is what Settings says."""

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
        wanted = (
            {None: "无 none", True: "`true`", False: "`false`"}.get(default)
            if default is None or default is False
            else None
        )
        assert shown == (wanted or (f'`"{default}"`' if isinstance(default, str) else f"`{default}`")), name
