"""Table 1, 五社主体分布: how often each kind of actor is mentioned in the text about each place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from swnlp.count.distribution import count_texts
from swnlp.count.linkage import count_linkage
from swnlp.gazetteer import load_gazetteer
from swnlp.paper.excel import Evidence
from swnlp.paper.values import Cell, Column, Panel, PaperTable, Said
from swnlp.validation.record import Check

# Column of schema.ACTOR_EVIDENCE -> heading of the sheet.
_EVIDENCE = {
    "place": "地区",
    "kind_name": "主体",
    "mention": "提及",
    "nested": "嵌套",
    "sentence": "原文",
    "status": "状态",
    "section": "章节",
    "path": "文件",
    "start": "起",
    "end": "止",
}
TOTAL = Said("合计", "Total")
_UNKNOWN = "未定地区"
_TEXT_COLUMNS = (
    Column(Said("篇数", "Documents")),
    Column(Said("句数", "Sentences")),
    Column(Said("字数", "Characters")),
)


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """The text about one place.

    Attributes:
        place_id: The place; None for sections about no known place.
        documents: Documents with a section about it.
        sentences: Their sentences.
        characters: Of those sentences, white space aside.
        mentions: Of each kind of actor, in the scheme's order.
    """

    place_id: str | None
    documents: int
    sentences: int
    characters: int
    mentions: tuple[int, ...]


def count_places(
    tables: Mapping[str, Path], kinds: Sequence[str], *, reprints: bool = False
) -> tuple[list[PlaceRow], PlaceRow]:
    """Return the rows of table 1 and their sum, of which `documents` counts each document once.

    Places stand in order of first appearance, those that hold another row's place behind the rest.

    Args:
        tables: Parquet file of each of the tables documents, sections, sentences and mentions.
        kinds: The kinds of actors, in order.
        reprints: Whether the run counted documents that are reprints.
    """
    texts, documents = count_texts(tables, reprints=reprints)
    counts = {(row["place_id"], row["kind"]): row["mentions"] for row in count_linkage(tables).to_pylist()}
    rows = [
        PlaceRow(**row, mentions=tuple(counts.get((row["place_id"], kind), 0) for kind in kinds))
        for row in texts.to_pylist()
    ]
    holding = holders([row.place_id for row in rows])
    rows.sort(key=lambda row: 2 if row.place_id is None else int(row.place_id in holding))
    total = PlaceRow(
        None,
        documents,
        sum(row.sentences for row in rows),
        sum(row.characters for row in rows),
        tuple(sum(row.mentions[i] for row in rows) for i in range(len(kinds))),
    )
    return rows, total


def holders(place_ids: Sequence[str | None]) -> set[str]:
    """Return the places that another of them lies in: the province whose cities have rows of their own."""
    gazetteer = load_gazetteer()
    known = {i: i.removeprefix("place:") for i in place_ids if i is not None}
    known = {i: code for i, code in known.items() if code in gazetteer.divisions}
    return {
        holder
        for holder, code in known.items()
        if any(other != code and gazetteer.is_within(other, code) for other in known.values())
    }


def place_label(place_id: str | None, names: Mapping[str, str], holding: set[str]) -> str:
    """Return what a row is called: 福建省本级 for the province's own paragraphs."""
    if place_id is None:
        return _UNKNOWN
    return f"{names.get(place_id, place_id)}{'本级' if place_id in holding else ''}"


def distribution_table(
    tables: Mapping[str, Path],
    run: Mapping[str, Any],
    place_names: Mapping[str, str],
    *,
    checked: Said | None = None,
) -> PaperTable:
    """Return table 1.

    Args:
        tables: Parquet file of each of the tables sections, sentences and mentions.
        run: run.json: the scheme, the settings, the versions and the lexicon's files.
        place_names: Name of each place id.
        checked: What a sample that was checked by hand says of the mentions, if there is one.
    """
    actors = run["scheme"]["actors"]
    reprints = run["settings"]["keep_duplicates"]
    rows, total = count_places(tables, [actor["kind"] for actor in actors], reprints=reprints)
    holding = holders([row.place_id for row in rows])
    columns = [Column(Said("地区", "Place")), *_TEXT_COLUMNS]
    for actor in actors:
        group = Said(actor["name_zh"], actor["name_en"])
        columns += [Column(Said("频次", "n"), group), Column(Said("每千字", "per 1,000"), group)]
    columns.append(Column(Said("涉及主体数", "Kinds")))
    body = [_cells(place_label(row.place_id, place_names, holding), row) for row in rows]
    return PaperTable(
        name="table1_distribution",
        number=1,
        caption=Said(
            f"{run['scheme']['name_zh']}各主体在各地区文本中的分布",
            f"Mentions of the actors of {run['scheme']['name_en']} in the texts about each place",
        ),
        panels=[Panel(columns, [*body, _cells(f"{TOTAL.zh} {TOTAL.en}", total)])],
        notes=[*_notes(run), *([checked] if checked else [])],
    )


def actor_evidence(
    tables: Mapping[str, Path],
    kinds: Mapping[str, str],
    place_names: Mapping[str, str],
    once: Iterable[pa.RecordBatch],
    again: Iterable[pa.RecordBatch],
) -> Evidence:
    """Return the mentions behind table 1; each of its counts leads to the first of its own.

    Args:
        tables: As for `count_places`.
        kinds: Name of each kind of actor, in order.
        place_names: Name of each place id.
        once: What count.distribution.read_actor_mentions yields; it is counted.
        again: The same once more; it is written.
    """
    rows, _ = count_places(tables, list(kinds), reprints=True)
    holding = holders([row.place_id for row in rows])
    labels = {row.place_id: place_label(row.place_id, place_names, holding) for row in rows}
    lines = {row.place_id: i for i, row in enumerate(rows)}
    columns = {kind: 1 + len(_TEXT_COLUMNS) + 2 * i for i, kind in enumerate(kinds)}
    first: dict[tuple[int, int], int] = {}
    keys = ((row["place_id"], row["kind"]) for batch in once for row in batch.select(_KEYS).to_pylist())
    for at, (place, kind) in enumerate(keys):
        first.setdefault((lines[place], columns[kind]), at)
    return Evidence(list(_EVIDENCE.values()), _evidence_rows(again, kinds, labels), first)


_KEYS = ["place_id", "kind"]


def _evidence_rows(
    batches: Iterable[pa.RecordBatch], kinds: Mapping[str, str], labels: Mapping[str | None, str]
) -> Iterator[list[object]]:
    for batch in batches:
        for row in batch.to_pylist():
            named = row | {"place": labels[row["place_id"]], "kind_name": kinds[row["kind"]]}
            yield [named[name] for name in _EVIDENCE]


def _cells(name: str, row: PlaceRow) -> list[Cell]:
    cells: list[Cell] = [name, row.documents, row.sentences, row.characters]
    for n in row.mentions:
        cells += [n, n * 1000 / row.characters if row.characters else None]
    return [*cells, sum(n > 0 for n in row.mentions)]


def _notes(run: Mapping[str, Any]) -> list[Said]:
    reprints = run["settings"]["keep_duplicates"]
    return [
        Said(
            "频次为文本中提及该主体的次数，嵌套于政策、项目、机构等较长名称之内的也计；0 表示未提及，不等于没有。"
            "标题也是一句；字数为各句字符数之和，不含空白；每千字 = 频次 ÷ 字数 × 1000。",
            "n counts mentions, those inside longer names (of policies, programs, bodies) too; 0 is not mentioned, "
            "which is not absent. A heading is a sentence too; characters are those of the "
            "sentences, white space aside.",
        ),
        Said(
            "地区为章节所述的地区；“本级”为所述地区自身、不属于其下各行地区的段落。一篇文献可涉及多个地区，合计的篇数不重复计算。"
            f"{'转载的文献也计入。' if reprints else '转载的文献只计一次。'}",
            "A place is what a section is about; 本级 marks a place's own paragraphs, outside those of the places in it. "
            "A document about several places counts once in the total. "
            f"{'Reprints are counted.' if reprints else 'Reprints count once.'}",
        ),
        lexicon_note(run),
    ]


def lexicon_note(run: Mapping[str, Any]) -> Said:
    """Return which word lists found the names: the scheme with a hash of its words, and the user's own files."""
    scheme = run["scheme"]
    digest = hashlib.sha256(json.dumps(scheme, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:8]
    words = sum(len(actor["surfaces"]) for actor in scheme["actors"])
    own = "、".join(f"{row['file']}（{row['sha256'][:8]}）" for row in run["lexicon"])
    version = run["versions"]["swnlp"]
    return Said(
        f"主体词表：swnlp {version}，框架“{scheme['name_zh']}”（{words} 个词形，版本 {digest}）；"
        f"自定义词典：{own or '无'}。",
        f"Word lists: swnlp {version}, scheme “{scheme['name_en']}” ({words} forms, version {digest}); "
        f"own lexicon: {own or 'none'}.",
    )


def checked_note(check: Check | None) -> Said | None:
    """Return the precision of the actors in the last sample that was judged by hand; None where there is no such sample.

    A sample that was drawn from another state of the result says nothing of this one.
    """
    if check is None or not check.current:
        return None
    score = next((s for s in check.strata if s.name == "ACTOR"), None)
    if score is None or score.share is None or score.low is None or score.high is None:
        return None
    shares = f"{score.share:.3f}", f"{score.low:.3f}–{score.high:.3f}"
    return Said(
        f"人工抽查主体提及 {score.judged} 处，精确率 {shares[0]}（95% 置信区间 {shares[1]}，Wilson）。",
        f"Of {score.judged} mentions of actors judged by hand, precision is {shares[0]} (95% CI {shares[1]}, Wilson).",
    )
