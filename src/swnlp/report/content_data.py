"""What the report page shows of the words: what sets places apart, and topics."""

from __future__ import annotations

import warnings
from typing import Any

from swnlp.analysis import Analysis
from swnlp.content.topic_tables import Topics
from swnlp.count.reduce import count_windows
from swnlp.errors import AnalysisError
from swnlp.store import table_paths

# The places with most text: all of a province's counties would be more than anyone reads, and than memory holds.
MOST_PLACES, MOST_TERMS, SURE = 40, 12, 0.05
# The number of topics is chosen (some seconds a thousand paragraphs) up to here, and given above it; beyond the last
# the page leaves topics to `swnlp topics`.
CHOSEN_UP_TO, GIVEN, SHOWN_UP_TO = 600, 10, 20_000
MOST_TOPIC_SENTENCES, SHORTEST_SENTENCE, LONGEST_SENTENCE = 5, 15, 200


def keyness_data(analysis: Analysis) -> list[list[Any]]:
    """Return (place, terms) of the terms that set each place apart most: term, count, log-ratio, whether q <= 0.05."""
    try:
        frame = analysis.keyness(by="place", most=MOST_PLACES)
    except AnalysisError:
        return []  # fewer than two places
    columns = ["group_name", "name", "count", "log_ratio", "q_value", "llr"]
    more = frame[frame["log_ratio"] > 0][columns]
    most = more.sort_values(["llr", "name"], ascending=[False, True]).groupby("group_name").head(MOST_TERMS)
    groups: dict[str, list[list[Any]]] = {name: [] for name in more["group_name"].unique()}
    for row in most.to_dict("records"):
        shown = [row["name"], int(row["count"]), round(row["log_ratio"], 2), row["q_value"] <= SURE]
        groups[row["group_name"]].append(shown)
    return [[name, terms] for name, terms in groups.items()]


def topics_data(analysis: Analysis) -> dict[str, Any]:
    """Return the topics of the paragraphs: name, share, units, coherence, terms and first sentences, and shares by place.

    `rows` is empty where there is too little text, or too much for a page; `notes` say why, or what limits them.
    """
    paragraphs = count_windows(table_paths(analysis.folder), "paragraph")
    if paragraphs > SHOWN_UP_TO:
        return _none(
            f"共 {paragraphs:,} 段，请用 swnlp topics 计算主题。 {paragraphs:,} paragraphs: see swnlp topics."
        )
    n = None if paragraphs <= CHOSEN_UP_TO else GIVEN
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # the notes of the result, which the page shows
            found = analysis.topics(n)
    except AnalysisError as error:
        return _none(str(error))
    given = (
        f"主题数定为 {GIVEN}；swnlp topics 按一致性与稳定性选定。 "
        f"The number of topics is set to {GIVEN}; swnlp topics chooses it by coherence and stability."
    )
    shares = found.by_place.drop(columns="words")
    return {
        "rows": _rows(found),
        "places": [str(place) for place in shares.index],
        "shares": shares.round(4).to_numpy().tolist(),
        "notes": [*found.notes, *([given] if n else [])],
    }


def _none(note: str) -> dict[str, Any]:
    return {"rows": [], "places": [], "shares": [], "notes": [note]}


def _rows(found: Topics) -> list[list[Any]]:
    terms: dict[int, list[str]] = {}
    for row in found.topic_terms.to_dict("records"):
        if row["rank"] <= MOST_TERMS:
            terms.setdefault(row["topic"], []).append(row["term"])
    sentences: dict[int, list[list[str]]] = {}
    for row in found.sentences()[["topic", "path", "text"]].to_dict("records"):
        listed = sentences.setdefault(row["topic"], [])
        # Headings say little of a topic.
        if len(row["text"]) >= SHORTEST_SENTENCE and len(listed) < MOST_TOPIC_SENTENCES:
            listed.append([row["text"][:LONGEST_SENTENCE], row["path"]])
    return [
        [t["name"], round(t["share"], 4), int(t["units"]), round(t["npmi"], 3), round(t["stability"], 3),
         terms[t["topic"]], sentences.get(t["topic"], [])]
        for t in found.topics.to_dict("records")
    ]  # fmt: skip
