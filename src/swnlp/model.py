"""The weights by which names are told from ordinary words: those that ship, or a model that `swnlp train` wrote."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any

from swnlp.errors import ModelError
from swnlp.resources import read_toml

FORMAT = "swnlp-model-1"
# Each table of weights and where the one that ships stands: of head nouns by the label of their rule, and of quotes.
TABLES: dict[str, tuple[str, str]] = {
    "POLICY": ("names_documents.toml", "weights"),
    "PROGRAM": ("names_programs.toml", "weights"),
    "WORK": ("names_works.toml", "weights"),
    "EVENT": ("names_events.toml", "weights"),
    "quoted": ("names_programs.toml", "quoted_weights"),
}
Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class NameModel:
    """Weights of logistic regressions: for each of TABLES, of the features and of `bias`.

    Attributes:
        tables: Name of a table -> (feature, weight), as tuples, so that models can be compared and sent to workers.
        file: Name of the file that it was read from; empty for the model that ships.
        sha256: Of that file's bytes, hexadecimal; empty for the model that ships.
    """

    tables: tuple[tuple[str, tuple[tuple[str, float], ...]], ...]
    file: str = ""
    sha256: str = ""

    def weights(self, table: str) -> dict[str, float]:
        """Return feature -> weight of a table."""
        return dict(dict(self.tables)[table])

    def __repr__(self) -> str:
        size = sum(len(weights) for _, weights in self.tables)
        return f"NameModel({self.file or 'shipped'}, {size} weights)"


def make_model(weights: Mapping[str, Weights], *, file: str = "", sha256: str = "") -> NameModel:
    """Return the model of these weights, in the order of TABLES."""
    tables = tuple((name, tuple((k, float(v)) for k, v in weights[name].items())) for name in TABLES)
    return NameModel(tables, file, sha256)


@cache
def shipped_model() -> NameModel:
    """Return the weights in resources/names_*.toml (see docs/model-card.md)."""
    return make_model({name: read_toml(resource)[key] for name, (resource, key) in TABLES.items()})


def load_model(path: str | Path | None = None) -> NameModel:
    """Return the model in a file that `swnlp train` wrote, or the one that ships.

    Raises:
        ModelError: If the file can't be opened, is no such model, or a weight is no number.
    """
    if path is None:
        return shipped_model()
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: 无法打开模型文件。 Cannot open the model: {error.strerror}.") from None
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise ModelError.at(
            path, line, "不是有效的 JSON，请重新运行 swnlp train。 Not valid JSON; train it anew."
        ) from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ModelError.at(
            path, 1, f"不是 swnlp train 写出的模型。 Not a model that swnlp train wrote (format {FORMAT})."
        )
    weights = _checked(content.get("weights"), path, data.decode())
    return make_model(weights, file=path.name, sha256=hashlib.sha256(data).hexdigest())


def _checked(weights: Any, path: Path, text: str) -> dict[str, Weights]:  # noqa: ANN401
    """Return the tables of a file, if all are there and all weights are finite numbers."""
    found = weights if isinstance(weights, dict) else {}
    for name in TABLES:
        if not isinstance(found.get(name), dict):
            raise ModelError.at(path, 1, f"缺少“{name}”的权重。 Has no weights for {name!r}.")
        for key, value in found[name].items():
            if type(value) not in (int, float) or not isfinite(value):
                at = text.find(json.dumps(key, ensure_ascii=False), text.find(f'"{name}"'))
                raise ModelError.at(
                    path,
                    text.count("\n", 0, max(at, 0)) + 1,
                    f"{name} 的“{key}”不是数：{value!r}。 The weight of a feature is no number.",
                )
    return found


def model_to_dict(model: NameModel) -> dict[str, Any]:
    """Return a model as plain values, for JSON."""
    return {"weights": {n: dict(w) for n, w in model.tables}, "file": model.file, "sha256": model.sha256}


def model_from_dict(data: Mapping[str, Any]) -> NameModel:
    """Return the model that `model_to_dict` gave."""
    return make_model(data["weights"], file=data["file"], sha256=data["sha256"])
