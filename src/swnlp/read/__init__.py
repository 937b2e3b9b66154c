"""Stage 1: files to documents. What is a report, how are its bytes read, which part of a page is it?"""

from swnlp.read.document import read_document
from swnlp.read.files import SourceFile, find_files

__all__ = ["SourceFile", "find_files", "read_document"]
