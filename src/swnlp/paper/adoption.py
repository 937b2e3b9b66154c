"""Table 4, 政策引用: when the texts about a place first cite a policy as what they go by (根据《…》, 贯彻《…》)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from swnlp.paper.excel import Evidence
from swnlp.paper.values import Cell, Column, Panel, PaperTable, Said

# What official prose says before a document that it goes by or carries out; up to a few words of whose it is may stand
# between (根据民政部印发的《…》), and other titles of a list (根据《甲》《乙》和《丙》).
_TITLES = re.compile(r"《[^《》]*》(?:（[^（）]*）|\([^()]*\)|〔[^〔〕]*〕)?")
_CITES = re.compile(r"(?:根据|依据|按照|依照|遵照|贯彻|落实|执行|实施|对照)[^，。；：！？,;:!?\n]{0,24}$")
# Longer tables are cut in Word; Excel has all rows.
MOST_ROWS = 200
_UNKNOWN = "未定地区"


@dataclass(frozen=True, slots=True)
class Adoption:
    """A policy that the texts about a place cite.

    Attributes:
        place_id: The place; None where the section is about no known one.
        policy: Its name.
        first: Date of the first document that cites it; None where none has a date.
        citations: In how many mentions it is cited.
        sentence: The sentence of the first.
        path: Its file.
    """

    place_id: str | None
    policy: str
    first: str | None
    citations: int
    sentence: str
    path: str


def cites(sentence: str, at: int) -> bool:
    """Return whether a sentence goes by or carries out the document that it names at a character."""
    before = sentence[:at].removesuffix("《").removesuffix("〈")
    return _CITES.search(_TITLES.sub("", before)) is not None


def adoptions(mentions: Iterable[pa.RecordBatch]) -> list[Adoption]:
    """Return what each place cites, by the first date; what has no date stands last.

    Args:
        mentions: As count.policies.read_policy_mentions yields them: the earliest of a place and policy first.
    """
    first: dict[tuple[str | None, str], Adoption] = {}
    counts: dict[tuple[str | None, str], int] = {}
    for batch in mentions:
        for row in batch.to_pylist():
            if not cites(row["sentence"], row["at"]):
                continue
            key = row["place_id"], row["entity_id"]
            counts[key] = counts.get(key, 0) + 1
            first.setdefault(
                key, Adoption(row["place_id"], row["name"], row["date"], 0, row["sentence"], row["path"])
            )
    found = [
        Adoption(a.place_id, a.policy, a.first, counts[key], a.sentence, a.path) for key, a in first.items()
    ]
    return sorted(found, key=lambda a: (a.policy, a.first or "9999", a.place_id or ""))


def adoption_table(found: list[Adoption], place_names: Mapping[str, str]) -> PaperTable:
    """Return table 4: one row for each policy and place that cites it, the first place first."""
    columns = [
        Column(Said("政策", "Policy")),
        Column(Said("地区", "Place")),
        Column(Said("首次引用日期", "First cited")),
        Column(Said("引用次数", "Citations")),
    ]
    rows: list[list[Cell]] = [
        [a.policy, _place(a, place_names), a.first, a.citations] for a in found[:MOST_ROWS]
    ]
    left = len(found) - len(rows)
    return PaperTable(
        name="table4_adoption",
        number=4,
        caption=Said("各地区首次引用各政策的日期", "When the texts about each place first cite each policy"),
        panels=[Panel(columns, rows)],
        notes=[
            Said(
                "引用指文本以“根据、依据、按照、依照、遵照、贯彻、落实、执行、实施、对照”等引出该文件；日期为文献的成文日期，"
                "没有的用发布日期，“—”为不详。引用不等于实施；首次日期受所收文献的限制。"
                + (f"另有 {left} 行，见 Excel 的“原文出处”。" if left else ""),
                "A text cites a document that it names after 根据, 按照, 贯彻 and the like; the date is that of "
                "signing, else of publication, — where unknown. Citing is not "
                "carrying out, and the first date depends on the texts at hand."
                + (f" {left} more rows are in the Excel file." if left else ""),
            )
        ],
    )


def adoption_evidence(found: list[Adoption], place_names: Mapping[str, str]) -> Evidence:
    """Return the sentence of each first citation; each count of table 4 leads to its own."""
    header = ["政策", "地区", "首次引用日期", "引用次数", "原文（首次）", "文件"]
    rows = [[a.policy, _place(a, place_names), a.first, a.citations, a.sentence, a.path] for a in found]
    return Evidence(header, rows, {(i, 3): i for i in range(min(len(found), MOST_ROWS))})


def _place(a: Adoption, names: Mapping[str, str]) -> str:
    return _UNKNOWN if a.place_id is None else names.get(a.place_id, a.place_id)
