"""Stage 6, mention to entity: every surface of one thing gets one id, and the rule that gave it is kept."""

from swnlp.link.definitions import CUES, Defined, Definitions, definitions, whole_names
from swnlp.link.entities import Linker, Surface, entity_name, entity_path, link_all, linker, place_names

__all__ = [
    "CUES",
    "Defined",
    "Definitions",
    "Linker",
    "Surface",
    "definitions",
    "entity_name",
    "entity_path",
    "link_all",
    "linker",
    "place_names",
    "whole_names",
]
