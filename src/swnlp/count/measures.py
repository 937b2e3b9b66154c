"""How strong a pair is: association measures of counts in windows, each with its formula and source.

Notation: `both` windows name x and y, `x` and `y` name each, of `n` windows in all (any that hold a sentence).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from swnlp.inference import llr
from swnlp.schema import EDGES

Array = NDArray[np.float64]
Measure = Callable[[Array, Array, Array, int], Array]


def expected(both: Array, x: Array, y: Array, n: int) -> Array:
    """Return x * y / n: the windows that would name both if the two were independent."""
    del both
    due: Array = x * y / n
    return due


def npmi(both: Array, x: Array, y: Array, n: int) -> Array:
    """Return ln(p(x,y) / p(x)p(y)) / -ln p(x,y), from -1 (never) over 0 (independent) to 1 (only) together.

    1 where every window names both.

    Source:
        Bouma (2009), Normalized (Pointwise) Mutual Information in Collocation Extraction, eq. 7.
    """
    always = both == n
    surprise = -np.log(np.where(always, 1, both) / n)
    found: Array = np.where(always, 1.0, np.log(both * n / (x * y)) / np.where(always, 1.0, surprise))
    return found


def jaccard(both: Array, x: Array, y: Array, n: int) -> Array:
    """Return both / (x + y - both): of the windows that name either, the share that names both.

    Source:
        Jaccard (1912), The Distribution of the Flora in the Alpine Zone.
    """
    del n
    share: Array = both / (x + y - both)
    return share


def association(both: Array, x: Array, y: Array, n: int) -> Array:
    """Return both / expected: how many times as often as by chance; VOSviewer's association strength.

    Source:
        van Eck & Waltman (2009), How to Normalize Cooccurrence Data?, eq. 6, times the number of windows.
    """
    strength: Array = both * n / (x * y)
    return strength


MEASURES: dict[str, Measure] = {
    "expected": expected,
    "npmi": npmi,
    "llr": llr,
    "jaccard": jaccard,
    "association": association,
}


def measured(counted: pa.RecordBatch, windows: int) -> pa.RecordBatch:
    """Return edges (schema.EDGES) from their counts (schema.COUNTED) and the number of windows in all."""
    both, x, y = (
        counted[name].to_numpy().astype(np.float64)
        for name in ("windows", "source_windows", "target_windows")
    )
    columns = [pa.array(measure(both, x, y, windows)) for measure in MEASURES.values()]
    return pa.RecordBatch.from_arrays([*counted.columns, *columns], schema=EDGES)
