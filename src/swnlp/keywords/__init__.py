"""Stage 10, keywords and phrases: which words a document is about, and which words make one term together."""

from swnlp.keywords.phrases import Phrase, find_phrases
from swnlp.keywords.textrank import textrank
from swnlp.keywords.tfidf import tfidf

__all__ = ["Phrase", "find_phrases", "textrank", "tfidf"]
