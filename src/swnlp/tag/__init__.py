"""Texts and report files with the names in them: for another program, another annotator, or to look at."""

from swnlp.tag.files import FORMATS, Format, formatted, tag_files, write_tagged
from swnlp.tag.texts import Tagged, document_tagger, name_tagger

__all__ = [
    "FORMATS",
    "Format",
    "Tagged",
    "document_tagger",
    "formatted",
    "name_tagger",
    "tag_files",
    "write_tagged",
]
