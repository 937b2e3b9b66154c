"""Annotated texts: read from and written to the formats that annotators use."""

from swnlp.gold.conll import to_conll
from swnlp.gold.doccano import to_doccano
from swnlp.gold.files import FORMATS, Format, read_gold, read_gold_files
from swnlp.gold.own import to_jsonl
from swnlp.gold.values import Entity, GoldText, unwrapped

__all__ = [
    "FORMATS",
    "Entity",
    "Format",
    "GoldText",
    "read_gold",
    "read_gold_files",
    "to_conll",
    "to_doccano",
    "to_jsonl",
    "unwrapped",
]
