"""Stage 7: sentences and tables to indicators: numbers with what they count, where and when."""

from swnlp.indicators.cells import find_in_cells
from swnlp.indicators.compare import matches, subjects_of
from swnlp.indicators.find import find_indicators
from swnlp.indicators.govern import PlaceName, Surroundings, is_division, year_of

__all__ = [
    "PlaceName",
    "Surroundings",
    "find_in_cells",
    "find_indicators",
    "is_division",
    "matches",
    "subjects_of",
    "year_of",
]
