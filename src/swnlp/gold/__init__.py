"""Annotated texts: read from and written to the formats that annotators use."""

from swnlp.gold.conll import to_conll
from swnlp.gold.doccano import to_doccano
from swnlp.gold.files import FORMATS, Format, read_gold, read_gold_files
from swnlp.gold.numbers import GoldNumber, NumberText, is_number_file, read_number_file
from swnlp.gold.own import to_jsonl
from swnlp.gold.values import Entity, GoldText, unwrapped

__all__ = [
    "FORMATS",
    "Entity",
    "Format",
    "GoldNumber",
    "GoldText",
    "NumberText",
    "is_number_file",
    "read_gold",
    "read_gold_files",
    "read_number_file",
    "to_conll",
    "to_doccano",
    "to_jsonl",
    "unwrapped",
]
