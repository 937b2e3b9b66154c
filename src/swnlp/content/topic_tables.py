"""Topics of a result as tables: their terms, their shares of places and years, and all their sentences."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
import pyarrow as pa

from swnlp.content.files import write_frame
from swnlp.count.query import Limits, batches, connect, fetch
from swnlp.count.terms import Unit
from swnlp.export import write_table_csv
from swnlp.html import table as html_table
from swnlp.schema import TOPIC_SENTENCES, TOPIC_SHARES
from swnlp.topics.model import TopicModel


@dataclass(frozen=True, eq=False)
class Topics:
    """Topics of a result.

    Attributes:
        topics: One row a topic (schema.TOPICS).
        topic_terms: The 30 terms of largest weight of each topic (schema.TOPIC_TERMS).
        curve: One row for each number of topics that was tried: npmi, c_v, stability, score, chosen.
        model: The fitted estimator; its features are `terms`.
        terms: The term of each feature.
        unit: What has topics.
        notes: What to know before anything is concluded.
        section_topics_table: Arrow table schema.SECTION_TOPICS.
    """

    topics: pd.DataFrame
    topic_terms: pd.DataFrame
    curve: pd.DataFrame
    model: TopicModel
    terms: tuple[str, ...]
    unit: Unit
    notes: tuple[str, ...]
    section_topics_table: pa.Table
    _tables: Mapping[str, Path]
    _place_names: Mapping[str, str]
    _limits: Limits

    @cached_property
    def section_topics(self) -> pd.DataFrame:
        """One row for each unit and topic of it (schema.SECTION_TOPICS)."""
        frame: pd.DataFrame = self.section_topics_table.to_pandas()
        return frame

    @cached_property
    def by_place(self) -> pd.DataFrame:
        """Share of each topic in the sections about each place, by words; a row a place, a column a topic."""
        return self._shares("place_id").rename(index=dict(self._place_names)).rename_axis("place")

    @cached_property
    def by_year(self) -> pd.DataFrame:
        """Share of each topic in the documents of each year, by words; a row a year, a column a topic."""
        return self._shares("left(date, 4)").rename_axis("year")

    def _shares(self, group: str) -> pd.DataFrame:
        rows = _group_shares(self.section_topics_table, group, self._tables, self._limits).to_pandas()
        table = rows.pivot_table("share", "group", "topic", fill_value=0.0, sort=True)
        names = dict(zip(self.topics["topic"], self.topics["name"], strict=True))
        found: pd.DataFrame = table.reindex(columns=list(names), fill_value=0.0).rename(columns=names)
        found.insert(0, "words", rows.groupby("group")["words"].first())
        return found.rename_axis(columns=None)

    def sentences(self, topic: int | None = None, *, min_weight: float = 0.1) -> pd.DataFrame:
        """Return all sentences of a topic, or of every topic, in the order of their unit's weight.

        Args:
            topic: Its number; None for all.
            min_weight: Least share of the topic in the unit that the sentence stands in.

        Returns:
            Rows of schema.TOPIC_SENTENCES: by topic, weight (largest first), and place in the text.
        """
        with closing(self._sentence_rows(topic, min_weight)) as rows:
            frame: pd.DataFrame = pa.Table.from_batches(rows, schema=TOPIC_SENTENCES).to_pandas()
        return frame

    def _sentence_rows(self, topic: int | None, min_weight: float) -> Generator[pa.RecordBatch]:
        names = pa.Table.from_pandas(self.topics[["topic", "name"]], preserve_index=False)
        with connect(
            {name: self._tables[name] for name in ("sentences", "sections", "documents")}, self._limits
        ) as con:
            con.register("weights", self.section_topics_table)
            con.register("names", names)
            yield from batches(con, _sentences_sql(self.unit, topic, min_weight), TOPIC_SENTENCES)

    def write(self, folder: Path | str, *, min_weight: float = 0.1) -> list[Path]:
        """Write every table as CSV, with all sentences of every topic; return the paths.

        Raises:
            OutputError: If one can't be written.
        """
        folder = Path(folder)
        frames = {"topics": self.topics, "topic_terms": self.topic_terms, "topic_curve": self.curve}
        frames |= {
            "topics_by_place": self.by_place.reset_index(),
            "topics_by_year": self.by_year.reset_index(),
        }
        paths = [write_frame(frame, folder / f"{name}.csv") for name, frame in frames.items()]
        write_table_csv(self.section_topics_table, folder / "section_topics.csv")
        with closing(self._sentence_rows(None, min_weight)) as rows:
            write_table_csv(
                pa.RecordBatchReader.from_batches(TOPIC_SENTENCES, rows), folder / "topic_sentences.csv"
            )
        return [*paths, folder / "section_topics.csv", folder / "topic_sentences.csv"]

    def __repr__(self) -> str:
        return f"Topics({len(self.topics)} by {self.model.method}: {' / '.join(self.topics['name'])})"

    def _repr_html_(self) -> str:
        return html_table(list(self.topics.columns), self.topics.round(3).itertuples(index=False))


def _group_shares(weights: pa.Table, group: str, tables: Mapping[str, Path], limits: Limits) -> pa.Table:
    """Return the share of each topic in each group (schema.TOPIC_SHARES)."""
    has_section = weights["section_id"].null_count < len(weights)
    source = "sections JOIN weights USING (doc_id, section_id)" if has_section else "weights"
    if group == "place_id" and not has_section:
        source = "(SELECT doc_id, place_id FROM documents) JOIN weights USING (doc_id)"
    elif group != "place_id":
        source = "documents JOIN weights USING (doc_id)"
    sql = f"""
    WITH held AS (SELECT {group} AS "group", topic, sum(weight * words) AS held FROM {source} GROUP BY ALL),
    sized AS (SELECT "group", sum(held) AS words FROM held GROUP BY "group")
    SELECT "group", topic::BIGINT AS topic, held / words AS share, round(words)::BIGINT AS words
    FROM held JOIN sized USING ("group") WHERE "group" IS NOT NULL AND words > 0 ORDER BY "group", topic
    """
    with connect({name: tables[name] for name in ("sections", "documents")}, limits) as con:
        con.register("weights", weights)
        return fetch(con, sql, TOPIC_SHARES)


def _sentences_sql(unit: Unit, topic: int | None, min_weight: float) -> str:
    key = {
        "paragraph": "doc_id, section_id, paragraph_id",
        "section": "doc_id, section_id",
        "document": "doc_id",
    }
    one = f"AND w.topic = {int(topic)}" if topic is not None else ""
    columns = ", ".join(key[unit].split(", "))
    return f"""
    SELECT w.topic::BIGINT AS topic, names.name, w.weight::DOUBLE AS weight, s.doc_id, d.path, c.title AS section,
        s.paragraph_id, s.sentence_id, s.start, s."end", s.text
    FROM (SELECT {columns}, topic, weight FROM weights) w JOIN names USING (topic) JOIN sentences s USING ({columns})
    JOIN documents d ON d.doc_id = s.doc_id JOIN sections c ON c.doc_id = s.doc_id AND c.section_id = s.section_id
    WHERE w.weight >= {float(min_weight)} {one}
    ORDER BY w.topic, w.weight DESC, s.doc_id, s.sentence_id
    """
