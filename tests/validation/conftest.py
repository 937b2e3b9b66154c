"""What the tests of validation share: the sample's result, and a coder who fills in sheets."""

from pathlib import Path

import openpyxl
import pytest

import swnlp

CORPORA = Path(__file__).parents[2] / "corpora" / "fujian-social-work-2023"


@pytest.fixture(scope="session")
def analysis(tmp_path_factory):
    return swnlp.analyze(CORPORA, tmp_path_factory.mktemp("validation") / "out")


class Coder:
    """Fills in cells by heading, as a person would in a spreadsheet program."""

    def __init__(self, path):
        self.path, self.book = path, openpyxl.load_workbook(path)

    def sheet(self, name):
        return next(sheet for sheet in self.book if sheet.title.startswith(name))

    def column(self, name, heading):
        cells = self.sheet(name)[1]
        return next(cell.column for cell in cells if str(cell.value).split(" ")[0] == heading)

    def rows(self, name):
        sheet = self.sheet(name)
        headings = [str(cell.value).split(" ")[0] for cell in sheet[1]]
        return [dict(zip(headings, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)]

    def fill(self, name, row, **cells):
        for heading, value in cells.items():
            self.sheet(name).cell(row, self.column(name, heading), value)
        return self

    def judge_all(self, name, verdict="对"):
        for row in range(2, self.sheet(name).max_row + 1):
            self.fill(name, row, 判断=verdict)
        return self

    def row_of(self, name, **wanted):
        for number, row in enumerate(self.rows(name), 2):
            if all(row[heading] == value for heading, value in wanted.items()):
                return number
        raise LookupError(wanted)

    def save(self, path=None):
        self.book.save(path or self.path)
        return path or self.path


@pytest.fixture
def coder():
    return Coder
