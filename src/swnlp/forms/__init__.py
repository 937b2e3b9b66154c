"""Sheets that people fill in: written with lists to choose from, read back cell by cell, each trouble told by its cell."""

from swnlp.forms.columns import Column, Form
from swnlp.forms.read import FilledForm, FilledRow, Trouble, read_forms
from swnlp.forms.write import Cells, write_form, write_notes

__all__ = [
    "Cells",
    "Column",
    "FilledForm",
    "FilledRow",
    "Form",
    "Trouble",
    "read_forms",
    "write_form",
    "write_notes",
]
