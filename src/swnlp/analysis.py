"""A result: its tables, its graph, and the sentences behind every edge; reopened from its folder."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from swnlp import store
from swnlp.errors import AnalysisError
from swnlp.html import table as html_table
from swnlp.schema import EVIDENCE, FIGURES
from swnlp.settings import PairWeight, Settings, View, Window
from swnlp.view import QUOTES, simplified_view

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

    import networkx as nx
    import pandas as pd

    from swnlp.codes import Codebook
    from swnlp.content.codes import Coding
    from swnlp.content.cowords import Cowords
    from swnlp.content.keywords import KeywordMethod
    from swnlp.content.topic_tables import Topics
    from swnlp.count.scope import Scope
    from swnlp.count.terms import Of, Unit
    from swnlp.cowords.clusters import Linkage
    from swnlp.lexicon import WordLists
    from swnlp.paper.choice import PaperChoice
    from swnlp.topics.model import Method
    from swnlp.validation.sample import Drawn
    from swnlp.validation.sample import Of as CheckOf


class Analysis:
    """What `analyze` found, on disk in `folder`; each table is also an attribute, as a pandas DataFrame.

    Attributes:
        folder: The result folder.
        run: What made it: versions, settings, inputs (run.json).
        settings: The settings of the run.
    """

    def __init__(self, folder: Path, *, held: TemporaryDirectory[str] | None = None) -> None:
        self.folder = folder
        self.run: dict[str, Any] = store.read_run(folder)
        self.settings = Settings(**self.run["settings"])
        # A result that was asked for without a folder lives as long as this object.
        self._held = held

    def table(self, name: str, *, columns: Sequence[str] | None = None) -> pa.Table:
        """Return a table of the result (schema.TABLES), or some of its columns, as an Arrow table.

        Raises:
            AnalysisError: If there is no such table.
        """
        return store.read_table(self.folder, name, columns=columns)

    def _frame(self, name: str) -> pd.DataFrame:
        frame: pd.DataFrame = self.table(name).to_pandas()
        return frame

    @cached_property
    def documents(self) -> pd.DataFrame:
        """One row a document."""
        return self._frame("documents")

    @cached_property
    def sections(self) -> pd.DataFrame:
        """One row a section: a titled part of a document, and the place it is about."""
        return self._frame("sections")

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """One row a sentence."""
        return self._frame("sentences")

    @cached_property
    def mentions(self) -> pd.DataFrame:
        """One row for each occurrence of a name."""
        return self._frame("mentions")

    @cached_property
    def links(self) -> pd.DataFrame:
        """One row for each way a surface became an entity."""
        return self._frame("links")

    @cached_property
    def entities(self) -> pd.DataFrame:
        """One row a thing, all its names, most mentioned first."""
        return self._frame("entities")

    @cached_property
    def edges(self) -> pd.DataFrame:
        """One row for each pair of entities that co-occur, whatever the view."""
        return self._frame("edges")

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """One row a number of the text: what it counts, where, when; values are exact decimals in base units."""
        return self._frame("indicators")

    @cached_property
    def terms(self) -> pd.DataFrame:
        """How often a word stands in a paragraph."""
        return self._frame("terms")

    @cached_property
    def problems(self) -> pd.DataFrame:
        """What could not be read."""
        return self._frame("problems")

    def graph(
        self,
        *,
        view: View | None = None,
        place: str | None = None,
        years: int | tuple[int, int] | None = None,
        min_count: int | None = None,
        pair_weight: PairWeight | None = None,
        alpha: float | None = None,
        backbone: float | None = None,
        ego: str | None = None,
        intervals: bool = False,
    ) -> nx.Graph:
        """Return a co-occurrence network, with clusters (network.network); export.write_network writes it to a file.

        A notebook shows it as a picture (graph.draw).

        Args:
            view: Which pairs it shows (count.view.select_view); the run's if None.
            place: A place's name or id: only sections about it, or about places within it, are counted.
            years: A year, or the first and the last: only documents dated in them are counted.
            min_count: Least number of windows of an edge; the run's if None.
            pair_weight: "full", or "fractional" (1/(k-1) in a window that names k entities); the run's if None.
            alpha: Keep the edges whose corrected p-value (graph.significance.with_p_values) is at most this.
            backbone: Keep the edges that pass the disparity filter (graph.backbone) at this level.
            ego: A name or id: only its neighbourhood.
            intervals: Add a bootstrap interval of each edge's count (graph.intervals).

        Raises:
            AnalysisError: If a name is unknown, or the ego has no edge in this network.
        """
        from swnlp.graph import Network
        from swnlp.network import Choice, about, network

        choice = Choice(
            view=view or self.settings.view,
            window=self.settings.window,
            scope=self._scope(place, years),
            min_count=self.settings.min_count if min_count is None else min_count,
            pair_weight=pair_weight or self.settings.pair_weight,
            alpha=alpha,
            backbone=backbone,
            ego=self.find(ego) if ego is not None else None,
            intervals=intervals,
            engine=self.settings.graph_engine,
            seed=self.settings.seed,
        )
        graph: nx.Graph = Network(
            network(store.table_paths(self.folder), choice, place_names=self.place_names)
        )
        dates = self.table("documents", columns=["date"])["date"].to_pylist()
        version = self.run["versions"]["swnlp"]
        graph.graph.update(about(choice, scheme=self.run["scheme"], version=version, dates=dates))
        return graph

    def _scope(self, place: str | None, years: int | tuple[int, int] | None) -> Scope | None:
        from swnlp.count.scope import Scope

        if place is None and years is None:
            return None
        span = (years, years) if isinstance(years, int) else years
        return Scope(place_ids=self._within(place) if place is not None else None, years=span)

    def _within(self, place: str) -> tuple[str, ...]:
        """Return the places of sections that are a place or lie in it.

        Raises:
            AnalysisError: If no section is about it.
        """
        from swnlp.gazetteer import load_gazetteer

        names, gazetteer = self.place_names, load_gazetteer()
        key = simplified_view(place).strip(QUOTES)
        wanted = {i for i, name in names.items() if key in (i, name)}
        if not wanted and (code := gazetteer.resolve(key).code):
            wanted = {f"place:{code}"}
        codes = {i.removeprefix("place:") for i in wanted} & set(gazetteer.divisions)
        about = self.table("sections", columns=["place_id"])["place_id"].unique().to_pylist()
        found = tuple(
            sorted(
                i
                for i in about
                if i in wanted
                or any(gazetteer.is_within(i.removeprefix("place:"), code) for code in codes if i is not None)
            )
        )
        if not found:
            known = "、".join(sorted({names[i] for i in about if i is not None})[:20])
            raise AnalysisError(
                f"没有关于 {place!r} 的章节；有的是：{known} / no section is about that place; there are those"
            )
        return found

    def centralities(self, **choice: Any) -> pd.DataFrame:  # noqa: ANN401
        """Return how central each entity is in a network (graph.metrics.centralities); arguments as for `graph`."""
        from swnlp.graph import centralities

        return centralities(self.graph(**choice))

    def network_metrics(self, **choice: Any) -> pd.Series:  # noqa: ANN401
        """Return what describes a network as a whole (graph.metrics.network_metrics); arguments as for `graph`."""
        import pandas

        from swnlp.graph import network_metrics

        graph = self.graph(**choice)
        return pandas.Series(network_metrics(graph, modularity=graph.graph["modularity"]), name="value")

    @cached_property
    def place_names(self) -> dict[str, str]:
        """Name of each place id that a section, an entity or an indicator has."""
        from swnlp.gazetteer import load_gazetteer
        from swnlp.link import place_names

        tables = [self.table(name, columns=["place_id"]) for name in ("sections", "indicators")]
        return place_names(
            pa.concat_tables(tables),
            self.table("entities", columns=["entity_id", "name", "place_id"]),
            load_gazetteer(),
        )

    @cached_property
    def _names(self) -> pa.Table:
        columns = ("entity_id", "label", "name", "aliases", "mentions", "sentences", "documents")
        return self.table("entities", columns=columns)

    def find(self, name: str) -> str:
        """Return the entity id that a name stands for.

        An id, a name, any surface form in the texts, or an alias in the linkage scheme or the lexicon of the run.

        Raises:
            AnalysisError: If nothing has that name (the closest are listed) or several things have it.
        """
        from swnlp.content.find import entities_called, key_of

        entities = self._names
        found = entities_called(entities, name)
        if len(found) > 1:
            raise AnalysisError(
                f"{name!r} 不止一个，请用 id / is several things, use an id: {', '.join(found)}"
            )
        if found:
            return found[0]
        key = key_of(name)
        if (known := self._known(key)) is not None:
            return known
        near = get_close_matches(key, entities["name"].to_pylist(), n=3, cutoff=0.3)
        hint = f"；相近的有 / close to it: {'、'.join(near)}" if near else ""
        raise AnalysisError(f"结果中没有 {name!r} / nothing is called that{hint}")

    def _known(self, key: str) -> str | None:
        """Return the entity id of an alias that the scheme or the lexicon knows, though no text has it.

        Raises:
            AnalysisError: If it stands for something that the texts don't mention.
        """
        stands_for = self._aliases.get(key.casefold())
        if stands_for is None:
            return None
        label, name = stands_for
        from swnlp.content.find import entities_called

        own = self._names.filter(pc.equal(self._names["label"], label))
        if found := entities_called(own, name):
            return found[0]
        raise AnalysisError(
            f"{key!r} 是{name}的别名，这些报告中未提及{name} / is an alias of {name}, which these reports do not mention"
        )

    @cached_property
    def _aliases(self) -> dict[str, tuple[str, str]]:
        """Alias, in lower case and simplified -> label and name, of the run's scheme and lexicon."""
        from swnlp.provenance import known_aliases

        return known_aliases(self.run)

    def name_of(self, entity_id: str) -> str:
        """Return the name shown for an entity id."""
        return str(self.entity(entity_id)["name"])

    def entity(self, entity_id: str) -> dict[str, Any]:
        """Return an entity's id, label, name, aliases and counts (mentions, sentences, documents).

        Raises:
            AnalysisError: If there is no such entity.
        """
        ids = self._names["entity_id"].to_pylist()
        if entity_id not in ids:
            raise AnalysisError(f"结果中没有 {entity_id!r} / there is no such entity")
        return dict(self._names.slice(ids.index(entity_id), 1).to_pylist()[0])

    def evidence(self, a: str, b: str, *, window: Window | None = None) -> pd.DataFrame:
        """Return the sentences in which two entities co-occur (schema.EVIDENCE), in order.

        Args:
            a: An entity id, a name or any surface form; so is b.
            b: The other.
            window: Defaults to the run's.

        Raises:
            AnalysisError: If either is unknown.
        """
        frame: pd.DataFrame = self.evidence_table([(self.find(a), self.find(b))], window=window).to_pandas()
        return frame

    def windows(self, a: str, b: str) -> int:
        """Return in how many windows of the run two entities co-occur; arguments as for `evidence`.

        Raises:
            AnalysisError: If either is unknown.
        """
        source, target = sorted((self.find(a), self.find(b)))
        pair = [("source", "=", source), ("target", "=", target)]
        found = store.read_table(self.folder, "edges", columns=["windows"], filters=pair)[
            "windows"
        ].to_pylist()
        return int(found[0]) if found else 0

    def evidence_table(self, pairs: Sequence[tuple[str, str]], *, window: Window | None = None) -> pa.Table:
        """Return the sentences behind pairs of entity ids, as an Arrow table."""
        from swnlp.count.evidence import find_evidence

        paths = store.table_paths(self.folder)
        rows = find_evidence(pairs, paths, window=window or self.settings.window)
        return pa.Table.from_batches(rows, schema=EVIDENCE)

    def compare(self, subject: str) -> pd.DataFrame:
        """Line up one subject across places and years (指标对比).

        Spellings of the same thing are linked (持证社会工作者, 持证社工人数), by a list of the field's synonyms; a
        modifier before it (基层社工站 for 社工站) makes a row whose `match` is "part", with it in `qualifier`. Rates
        and shares of it are left out.

        Args:
            subject: What is counted, as a report may call it.

        Returns:
            Rows of schema.FIGURES with `match`, ordered by match, qualifier, place, year. Values are floats here;
            the table `indicators` has them exact.

        Raises:
            AnalysisError: If no indicator is about it; the closest subjects are listed.
        """
        from swnlp.count.figures import read_figures
        from swnlp.indicators import matches, subjects_of

        known = self.table("indicators", columns=["subject", "place_id"])
        found = matches(pc.unique(known["subject"]).to_pylist(), subject)
        if not found:
            names = [name for name, *_ in subjects_of(known.to_pylist())]
            near = get_close_matches(subject, names, n=5, cutoff=0.3)
            hint = f"；相近的有 / close to it: {'、'.join(near)}" if near else ""
            raise AnalysisError(f"没有关于 {subject!r} 的指标 / no indicator is about that{hint}")
        rows = read_figures(store.table_paths(self.folder), self.place_names, subjects=list(found))
        frame: pd.DataFrame = pa.Table.from_batches(rows, schema=FIGURES).to_pandas()
        frame = frame.astype({"value": float, "value_max": float, "year": "Int64", "rank": "Int64"})
        how = [found[own] for own in frame["subject"]]
        frame["match"] = [match.kind for match in how]
        frame["qualifier"] = [
            f"{match.restriction} {own}".strip() for match, own in zip(how, frame["qualifier"], strict=True)
        ]
        # "same" before "part".
        order = ["match", "qualifier", "place", "year", "doc_id", "start"]
        rising = [name != "match" for name in order]
        return frame.sort_values(order, ascending=rising, na_position="last").reset_index(drop=True)

    def linkage(self, by: Literal["place", "initiative", "kind", "code"] = "place") -> pd.DataFrame:
        """Return the five-society table; being mentioned together is not working together (共同提及不等于合作).

        Args:
            by: "place": mentions (频次) of each kind of actor in each place's sections, nested ones included.
                "initiative": a row for each place, kind and initiative that share a window, with counts and the
                first such window; one row, 未提及, for a kind that shares none there (schema.LINKAGE).
                "code": the same with the researcher's own codes in place of initiatives.
                "kind": in how many windows each two kinds are mentioned together in each place.

        Returns:
            For "place" and "kind" rows are places in order of first appearance (a last row 合计 sums them); whole
            numbers. 0 is "not mentioned", not "not there".
        """
        import pandas

        from swnlp.count.linkage import count_kind_pairs, count_linkage, read_linkage
        from swnlp.records import INITIATIVES
        from swnlp.schema import LINKAGE

        paths, kinds = store.table_paths(self.folder), self.kinds
        if by in ("initiative", "code"):
            labels = INITIATIVES if by == "initiative" else {"CODE"}
            rows = read_linkage(paths, kinds, self.place_names, window=self.settings.window, labels=labels)
            whole = {pa.int64(): pandas.Int64Dtype()}
            long: pd.DataFrame = pa.Table.from_batches(rows, schema=LINKAGE).to_pandas(types_mapper=whole.get)
            return long
        if by == "kind":
            counts = count_kind_pairs(paths, kinds, window=self.settings.window).to_pandas()
            counts["column"] = [
                f"{kinds[a]} × {kinds[b]}" for a, b in zip(counts["first"], counts["second"], strict=True)
            ]
            return self._by_place(counts, "windows", list(counts["column"].unique()))
        counts = count_linkage(paths).to_pandas()
        counts["column"] = counts["kind"].map(lambda kind: kinds.get(kind))
        return self._by_place(counts, "mentions", list(kinds.values()))

    def kwic(self, query: str | Sequence[str], width: int = 20) -> pd.DataFrame:
        """Return a concordance (key word in context): one row for each place where an entity or words stand.

        Args:
            query: An entity's id, name or alias: all its mentions, whatever they are called there, nested ones
                included. Anything else, and a list always: these words as they stand in the texts.
            width: Characters on each side.

        Returns:
            document (its path), section (its heading), left, node, right, start, end (characters of the document's
            text), in order. Not in what is no part of the report, and in reprints only if the run counts them.
        """
        import pandas

        from swnlp.concordance import find_words, lines

        spans = self._mentions_of(query)
        words = [query] if isinstance(query, str) else list(query)
        dropped: dict[str, list[tuple[int, int]]] = {}
        for row in self.table("dropped", columns=["doc_id", "start", "end"]).to_pylist():
            dropped.setdefault(row["doc_id"], []).append((row["start"], row["end"]))
        headings: dict[str, list[tuple[int, str]]] = {}
        for row in self.table("sections", columns=["doc_id", "start", "title"]).to_pylist():
            headings.setdefault(row["doc_id"], []).append((row["start"], row["title"]))
        rows = []
        for doc_id, path, text in self._texts(None if spans is None else list(spans)):
            found = spans[doc_id] if spans is not None else find_words(text, words, dropped.get(doc_id, ()))
            starts = headings.get(doc_id, [])
            for line in lines(text, found, width):
                at = bisect_right(starts, line.start, key=lambda heading: heading[0])
                section = starts[at - 1][1] if at else ""
                rows.append((path, section, line.left, line.node, line.right, line.start, line.end))
        columns = ["document", "section", "left", "node", "right", "start", "end"]
        return pandas.DataFrame(rows, columns=columns)

    def _mentions_of(self, query: str | Sequence[str]) -> dict[str, list[tuple[int, int]]] | None:
        """Return where an entity is mentioned in each document; None for words that are no entity's name."""
        if not isinstance(query, str):
            return None
        try:
            entity = self.find(query)
        except AnalysisError:
            return None
        columns = ["doc_id", "start", "end"]
        only = [("entity_id", "=", entity)]
        spans: dict[str, list[tuple[int, int]]] = {}
        for row in store.read_table(self.folder, "mentions", columns=columns, filters=only).to_pylist():
            spans.setdefault(row["doc_id"], []).append((row["start"], row["end"]))
        return spans

    def _texts(self, doc_ids: list[str] | None) -> Iterator[tuple[str, str, str]]:
        """Yield (doc_id, path, text) of documents, or of some, a few at a time."""
        from pyarrow import parquet

        wanted = None if doc_ids is None else set(doc_ids)
        file = parquet.ParquetFile(store.table_paths(self.folder)["documents"])
        for batch in file.iter_batches(64, columns=["doc_id", "path", "text", "reprint_of"]):
            for row in batch.to_pylist():
                again = row["reprint_of"] is not None and not self.settings.keep_duplicates
                if row["doc_id"] in wanted if wanted is not None else not again:
                    yield row["doc_id"], row["path"], row["text"]

    def coding(self, codes: str | Path | Codebook | None = None) -> Coding:
        """Return a researcher's own codes over the reports: counts, every coded sentence, cross tables (content.codes).

        Args:
            codes: A codebook or its file (docs/codes.md), which need not be the run's; None for the run's own, and the
                codes that people gave (--codings).

        Raises:
            AnalysisError: If none is given and the run had none.
            CodesError: If the file is wrong.
        """
        from swnlp.codes import Codebook, codebook_from_dict, read_codes
        from swnlp.content.codes import coding_of
        from swnlp.provenance import known_aliases

        if codes is None and not (self.run.get("codes") or self.run.get("codings")):
            raise AnalysisError(
                f"{self.folder}: 这次分析没有编码表，请给出一个 / the run had no codebook: name one, or run analyze --codes"
            )
        if codes is None:
            own = self.run.get("codes") or {"codes": [], **self.run["codings"]}
            return coding_of(codebook_from_dict(own), store.table_paths(self.folder))
        book = codes if isinstance(codes, Codebook) else read_codes(codes)
        return coding_of(
            book,
            store.table_paths(self.folder),
            aliases=known_aliases(self.run),
            segmenter=self.settings.segmenter,
            reprints=self.settings.keep_duplicates,
        )

    @property
    def codes(self) -> pd.DataFrame:
        """One row a code of the run's codebook, with its counts (schema.CODES); see `coding` for more.

        Raises:
            AnalysisError: If the run had none.
        """
        return self.coding().counts

    def _by_place(self, counts: pd.DataFrame, value: str, columns: list[str]) -> pd.DataFrame:
        """Return counts (place_id, column, value) as a table of places by columns with a last row 合计."""
        counts["place"] = [self.place_names.get(place, "未定地区") for place in counts["place_id"]]
        table = counts.pivot_table(value, "place", "column", aggfunc="sum", fill_value=0)
        table = table.reindex(index=counts["place"].unique(), columns=columns, fill_value=0)
        table.loc["合计"] = table.sum()
        named: pd.DataFrame = table.rename_axis(index="地区", columns="主体").astype(int)
        return named

    @property
    def kinds(self) -> dict[str, str]:
        """Name of each kind of actor of the run's linkage scheme, in its order."""
        return {row["kind"]: row["name_zh"] for row in self.run["scheme"]["actors"]}

    def keyness(
        self,
        by: str = "place",
        *,
        of: Of = "words",
        min_count: int = 3,
        alpha: float | None = None,
        most: int | None = None,
        words: WordLists | None = None,
    ) -> pd.DataFrame:
        """Return what sets each group of texts apart from all others (schema.KEYNESS; formulas in keyness.py).

        Args:
            by: "place" (of a section), "year", or any column of documents or of the researcher's own (--meta).
                Text of which that is not known is left out.
            of: "words", or "entities" by their mentions, nested ones included.
            min_count: Terms that are rarer in all are not tested.
            alpha: Only rows whose corrected p-value is at most this; None for all.
            most: Only the groups with most text are tested, each against all other text; None for all.
            words: Stop words and words to keep (lexicon.load_word_lists); None for the stop words that ship.

        Raises:
            AnalysisError: If there is no such column, or fewer than two groups.
        """
        from swnlp.content.keyness import keyness_table
        from swnlp.lexicon import load_word_lists

        frame: pd.DataFrame = keyness_table(
            store.table_paths(self.folder),
            by=by,
            of=of,
            words=words or load_word_lists(),
            place_names=self.place_names,
            min_count=min_count,
            alpha=alpha,
            most=most,
        ).to_pandas()
        return frame

    def cowords(
        self,
        n: int = 50,
        *,
        of: Of = "words",
        unit: Unit = "paragraph",
        labels: Sequence[str] | None = None,
        method: Linkage = "ward",
        clusters: int | None = None,
        words: WordLists | None = None,
    ) -> Cowords:
        """Return a co-word analysis (共词分析) of the n most frequent terms (formulas in cowords/).

        Args:
            n: How many terms, after synonyms, keep list and stop list; 2 to 500.
            of: "words", or "entities" (those of their mentions that lie in no other).
            unit: What counts once: "paragraph", "section", "document"; for entities also "sentence".
            labels: For entities, only those with one of these labels (ACTOR, PROGRAM, ...); None for all.
            method: How clusters are joined (cowords.clusters.cluster_terms).
            clusters: How many clusters; None for the number of the largest mean silhouette width.
            words: The user's lists (lexicon.load_word_lists); None for the stop words that ship.

        Raises:
            AnalysisError: If fewer than two terms are left, n is out of range, or words are asked for by sentence.
        """
        from swnlp.content.cowords import cowords_of
        from swnlp.lexicon import load_word_lists

        return cowords_of(
            store.table_paths(self.folder),
            n=n,
            of=of,
            unit=unit,
            words=words or load_word_lists(),
            labels=labels,
            method=method,
            clusters=clusters,
        )

    def topics(
        self,
        n: int | None = None,
        *,
        method: Method = "nmf",
        unit: Unit = "paragraph",
        words: WordLists | None = None,
        min_units: int | None = None,
        seed: int | None = None,
    ) -> Topics:
        """Return topics of the words (formulas in topics/).

        A corpus of more than 100,000 units streams through the online form of the method. What limits the conclusions,
        such as a small corpus, is warned of and stands in `notes`.

        Args:
            n: How many; None for the number from 2 to 30 with the largest product of mean NPMI and stability (`curve`).
            method: "nmf" (of tf-idf) or "lda".
            unit: What has topics: "paragraph", "section" or "document".
            words: The user's lists (lexicon.load_word_lists); None for the stop words that ship.
            min_units: Least units that a term stands in; None for 2, and more in large corpora.
            seed: Of every fit; the run's if None.

        Raises:
            AnalysisError: If there is too little text, or n is out of range.
        """
        from swnlp.content.topics import TopicChoice, topics_of
        from swnlp.lexicon import load_word_lists

        choice = TopicChoice(
            n=n,
            method=method,
            unit=unit,
            words=words or load_word_lists(),
            min_units=min_units,
            seed=self.settings.seed if seed is None else seed,
        )
        return topics_of(store.table_paths(self.folder), choice, place_names=self.place_names)

    def keywords(
        self, n: int = 10, *, method: KeywordMethod = "tfidf", words: WordLists | None = None
    ) -> pd.DataFrame:
        """Return the keywords of each document (schema.KEYWORDS; formulas in keywords/).

        Args:
            n: How many of each document, at most.
            method: "tfidf", or "textrank", for which the text is cut into words again.
            words: The user's lists (lexicon.load_word_lists); None for the stop words that ship.
        """
        from swnlp.content.keywords import keywords_of
        from swnlp.lexicon import load_word_lists

        return keywords_of(
            store.table_paths(self.folder),
            n=n,
            method=method,
            words=words or load_word_lists(),
            segmenter=self.settings.segmenter,
        )

    def suggest(self, *, min_count: int = 3, words: WordLists | None = None) -> pd.DataFrame:
        """Return phrases that may be terms, for a lexicon (schema.CANDIDATES), the highest score first.

        Args:
            min_count: Least occurrences outside of names.
            words: The user's lists; a stop word neither begins nor ends a candidate.
        """
        from swnlp.content.suggest import suggestions_of
        from swnlp.lexicon import load_word_lists

        return suggestions_of(
            store.table_paths(self.folder),
            words=words or load_word_lists(),
            segmenter=self.settings.segmenter,
            min_count=min_count,
        )

    def merges(self, *, every: bool = False) -> pd.DataFrame:
        """Return how surfaces became entities, with names in place of ids.

        Args:
            every: Also surfaces that are their entity's own name.

        Returns:
            Columns surface, label, place, entity, rule, candidates (joined by " | "), mentions; as in `links`.
        """
        from swnlp.content.merges import merges_of

        return merges_of(store.table_paths(self.folder), self.place_names, every=every)

    def check(
        self, path: str | Path, *, of: CheckOf = "mentions", n: int = 200, seed: int = 0
    ) -> list[Drawn]:
        """Write a sample to judge by hand (validation.write_check); validation.read_check reads it back.

        Args:
            path: The .xlsx file.
            of: What is judged: "mentions", "links", "edges" or "indicators".
            n: How many.
            seed: Which.

        Raises:
            AnalysisError: If the result has none of these.
            SettingsError: If n is out of range, or `path` is no .xlsx.
            OutputError: If the file cannot be written.
        """
        from swnlp.validation import write_check

        return write_check(self, path, of=of, n=n, seed=seed)

    def codebook(self, folder: str | Path, coders: Sequence[str], **choice: Any) -> list[Path]:  # noqa: ANN401
        """Write a workbook of units for each coder (coding.hand_out, which has the choices); coding.collect reads them back.

        Args:
            folder: Where to.
            coders: Their names.
            choice: unit, n, seed, codebook, suggest.

        Raises:
            FormError: If the codebook is wrong.
            SettingsError: If the names of the coders do not differ.
            OutputError: If a file can't be written, or is there already.
        """
        from swnlp.coding import hand_out

        return hand_out(self, Path(folder), coders=coders, **choice)[0]

    def paper(self, folder: str | Path, choice: PaperChoice | None = None) -> list[Path]:
        """Write tables (.docx, .xlsx), figures and a methods paragraph for a paper; return the files (paper.write).

        Args:
            folder: Where to.
            choice: How the network is cut, compared and drawn.

        Raises:
            OutputError: If a file cannot be written.
            AnalysisError: If a place of the choice is unknown.
            MissingExtraError: If matplotlib is not installed.
        """
        from swnlp.paper.write import write_paper

        return write_paper(self, folder, choice)

    def __repr__(self) -> str:
        counts = self.run["counts"]
        return (
            f"Analysis({str(self.folder)!r}: {counts['documents']} documents, {counts['mentions']} mentions, "
            f"{counts['entities']} entities, {counts['edges']} edges)"
        )

    def _repr_html_(self) -> str:
        rows = ((f"analysis.{name}", count) for name, count in self.run["counts"].items())
        return html_table(("数据表 table", "行数 rows"), rows)


def open_analysis(folder: str | Path) -> Analysis:
    """Reopen a result.

    Raises:
        AnalysisError: If the folder is not a finished result of swnlp.
    """
    return Analysis(Path(folder))
