"""Stage 1: files to documents. What is a report, how are its bytes read, which part of a page is it?"""

from swnlp.read.corpora import Corpora, find_corpora
from swnlp.read.document import Reading, read_document, read_file
from swnlp.read.files import SourceFile, find_files
from swnlp.read.remote import RemotePath, is_url

__all__ = [
    "Corpora",
    "Reading",
    "RemotePath",
    "SourceFile",
    "find_corpora",
    "find_files",
    "is_url",
    "read_document",
    "read_file",
]
