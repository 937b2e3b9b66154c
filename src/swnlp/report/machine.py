"""Results as plain values: what stands behind `--json`. The keys are documented in docs/commands.md."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pyarrow.compute as pc

from swnlp.analysis import Analysis
from swnlp.content.cowords import Cowords
from swnlp.content.topic_tables import Topics
from swnlp.evaluate import Evaluation
from swnlp.evaluate.numbers import NumbersEvaluation
from swnlp.indicators import subjects_of
from swnlp.lexicon.check import Finding
from swnlp.read import SourceFile, read_file
from swnlp.records import Document, Problem
from swnlp.settings import Settings
from swnlp.train import Training

Plain = dict[str, Any]


def plain(value: object) -> Any:  # noqa: ANN401
    """Return a value as JSON knows it: nothing (None, NaN, NaT) is null, a decimal a number, a date ISO text."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [plain(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, bool | int | str) else str(value)


def rows_of(frame: pd.DataFrame) -> list[Plain]:
    """Return the rows of a table as objects, in their order; keys are its columns."""
    names = [str(name) for name in frame.columns]
    return [
        dict(zip(names, map(plain, row), strict=True)) for row in frame.itertuples(index=False, name=None)
    ]


def summary_values(analysis: Analysis) -> Plain:
    """Return what `swnlp analyze` says of a result."""
    entities, run = analysis.entities, analysis.run
    by_label = entities.groupby("label", sort=True)["mentions"].agg(["sum", "count"])
    chars = pc.sum(analysis.table("documents", columns=["chars"])["chars"]).as_py()
    return {
        "result": str(analysis.folder),
        "settings": run["settings"],
        "settings_file": run.get("settings_file"),
        "counts": {**run["counts"], "characters": chars or 0},
        "names": {
            str(label): {"mentions": int(row["sum"]), "entities": int(row["count"])}
            for label, row in by_label.iterrows()
        },
        "linkage": _linkage_values(analysis),
        "graph": run["graph"],
        "problems": rows_of(analysis.problems),
        "exports": list(run["files"]),
    }


def _linkage_values(analysis: Analysis) -> list[Plain]:
    """Return the mentions of each kind of actor in each place, by the kind's id; the row of sums is left out."""
    ids = {name: kind for kind, name in analysis.kinds.items()}
    return [
        {"place": str(place), **{ids[str(name)]: int(n) for name, n in row.items()}}
        for place, row in analysis.linkage().iloc[:-1].iterrows()
    ]


def evidence_values(analysis: Analysis, a: str, b: str) -> Plain:
    """Return the sentences in which two entities co-occur, with the entities.

    Raises:
        AnalysisError: If either is unknown.
    """
    ids = [analysis.find(name) for name in (a, b)]
    same = ids[0] == ids[1]
    return {
        "entities": [{"entity_id": entity, "name": analysis.name_of(entity)} for entity in ids],
        "window": analysis.settings.window,
        "windows": 0 if same else analysis.windows(*ids),
        "rows": [] if same else rows_of(analysis.evidence(*ids)),
    }


def indicator_values(analysis: Analysis, subject: str | None) -> Plain:
    """Return one subject across places and years or, without one, the subjects that there are.

    Raises:
        AnalysisError: If no indicator is about the subject.
    """
    if subject is not None:
        return {"subject": subject, "rows": rows_of(analysis.compare(subject))}
    found = subjects_of(analysis.table("indicators", columns=["subject", "place_id"]).to_pylist())
    rows = [{"subject": name, "places": places, "rows": n} for name, places, n in found]
    return {"subject": None, "rows": rows}


def network_values(graph: nx.Graph) -> Plain:
    """Return how large a network is and what to know about it."""
    return {
        "nodes": graph.order(),
        "edges": graph.size(),
        "modularity": plain(graph.graph.get("modularity")),
        "note": plain(graph.graph.get("note")),
    }


def reading_values(
    files: Iterable[SourceFile], problems: Iterable[Problem], settings: Settings, *, text: bool
) -> Plain:
    """Read files and return what was taken from each; with `text` the whole text too."""
    documents, all_problems = [], list(problems)
    for file in files:
        reading = read_file(file, settings)
        documents += [_document_values(document, text=text) for document in reading.documents]
        all_problems += reading.problems
    return {
        "documents": documents,
        "problems": [problem._asdict() for problem in all_problems],
    }


def _document_values(document: Document, *, text: bool) -> Plain:
    facts = (
        "doc_id",
        "path",
        "title",
        "date",
        "source",
        "genre",
        "doc_number",
        "issued",
        "in_force",
        "place",
    )
    dropped = [{"start": start, "end": end, "reason": reason} for start, end, reason in document.dropped]
    return {
        **{name: getattr(document, name) for name in facts},
        "encoding": document.encoding,
        "issuers": [{"name": issuer.name, "level": issuer.level} for issuer in document.issuers],
        "metadata": dict(document.metadata),
        "characters": len(document.text),
        "dropped": dropped,
        "headings": len(document.headings),
        "cells": len(document.cells),
        **({"text": document.text} if text else {}),
    }


def cowords_values(found: Cowords) -> Plain:
    """Return the tables of a co-word analysis that are lists; the matrices are in the files of -o."""
    return {
        "unit": found.unit,
        "units": found.units,
        "frequencies": rows_of(found.frequencies),
        "clusters": rows_of(found.clusters),
        "strategic": rows_of(found.strategic),
        "notes": list(found.notes),
    }


def topics_values(found: Topics) -> Plain:
    """Return topics, their terms, the curve and the shares; the sentences are in the files of -o."""
    return {
        "unit": found.unit,
        "method": found.model.method,
        "topics": rows_of(found.topics),
        "topic_terms": rows_of(found.topic_terms),
        "curve": rows_of(found.curve),
        "by_place": rows_of(found.by_place.reset_index()),
        "by_year": rows_of(found.by_year.reset_index()),
        "notes": list(found.notes),
    }


def evaluation_values(names: Evaluation | None, numbers: NumbersEvaluation | None) -> Plain:
    """Return the scores of names by label and the mistakes, as in evaluation.json, and what was right of numbers."""
    return {
        "texts": names.texts if names else 0,
        "scores": names.scores.to_dict() if names else {},
        "mistakes": [plain(mistake._asdict()) for mistake in names.mistakes] if names else [],
        "numbers": {english: {"right": share.right, "of": share.of} for _, english, share in numbers.rows()}
        if numbers
        else None,
    }


def training_values(found: Training) -> Plain:
    """Return the card of a model, with its scores, and the tables that keep the weights that ship."""
    return {"card": plain(found.card), "kept": list(found.kept)}


def finding_values(findings: Iterable[Finding]) -> list[Plain]:
    """Return what is to be looked at in a lexicon."""
    return [finding._asdict() for finding in findings]
