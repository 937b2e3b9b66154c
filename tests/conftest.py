"""What all tests share: hypothesis without deadlines, since machines are noisy; how two results are compared."""

import json

import pytest
from hypothesis import settings

settings.register_profile("swnlp", deadline=None, print_blob=True)
settings.load_profile("swnlp")

# What the same input may differ in: when it was done, and whether the settings came from a file.
UNLIKE = {"times": 0, "settings_file": 0}


def result_files(folder):
    return {
        p.relative_to(folder)
        for p in folder.rglob("*")
        # The command adds the page (tests/report), swnlp.analyze does not.
        if p.is_file() and not p.name.startswith(".swnlp") and p.name != "report.html"
    }


def compare(a, b):
    assert result_files(a) == result_files(b)
    for name in sorted(result_files(a)):
        if name.name == "run.json":
            left, right = (json.loads((folder / name).read_text(encoding="utf-8")) for folder in (a, b))
            assert {**left, **UNLIKE} == {**right, **UNLIKE}
        else:
            assert (a / name).read_bytes() == (b / name).read_bytes(), name


@pytest.fixture(scope="session")
def same_bytes():
    """Compare two result folders: the same files, the same bytes, but for the times in run.json."""
    return compare
