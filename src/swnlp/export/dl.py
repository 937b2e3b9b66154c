"""A matrix to UCINET's DL format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from swnlp.export.files import replacing
from swnlp.export.values import clean, unused

# What separates or quotes labels in DL.
_SEPARATORS = re.compile(r"""[\s,"'=:;]+""")


def write_dl(matrix: np.ndarray, labels: Sequence[str], path: Path | str) -> None:
    """Write a square matrix with its labels (dl n=... format=fullmatrix).

    GB18030, since UCINET reads text in the code page of a Chinese Windows. Separators in labels become _; labels that are
    equal then are told apart by a number. Whole numbers are written as such, others with six decimals.

    Raises:
        OutputError: If the file cannot be written.
    """
    taken: set[str] = set()
    names = [unused(_SEPARATORS.sub("_", clean(label)).strip("_") or "_", taken) for label in labels]
    whole = np.issubdtype(matrix.dtype, np.integer)
    lines = [f"dl n={len(names)} format=fullmatrix", "labels:", ",".join(names), "data:"]
    lines += [" ".join(str(v) if whole else f"{v:.6f}" for v in row) for row in matrix.tolist()]
    with replacing(path) as file:
        file.write(("\r\n".join(lines) + "\r\n").encode("gb18030"))
