"""What a user chooses for the tables and the figure of a paper."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Literal, Self, TypeAlias

from swnlp.errors import SettingsError
from swnlp.settings import PairWeight, Settings, View

# The units of content.codes.UNITS.
CodeUnit: TypeAlias = Literal["sentence", "paragraph", "section", "document"]
# More labels than this cannot be read on a page.
MOST_LABELS = 50
_YEARS = re.compile(r"(?:(?P<name>[^=]+)=\s*)?(?P<first>\d{4})(?:\s*[-–—~至]\s*(?P<last>\d{4}))?")
_NAMED = re.compile(r"(?:(?P<name>[^=]+)=)?(?P<place>[^=]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the corpus, a column of table 2.

    Attributes:
        name: What stands over the column.
        years: First and last year of its documents; None for all.
        place: Name or id of the place that its sections are about; None for all.
    """

    name: str
    years: tuple[int, int] | None = None
    place: str | None = None

    @classmethod
    def of_years(cls, text: str) -> Self:
        """Return the part of "2019", "2019-2021" or "起步期=2019-2021".

        Raises:
            SettingsError: If it is none of these.
        """
        found = _YEARS.fullmatch(text.strip())
        if found is None or int(found["last"] or found["first"]) < int(found["first"]):
            raise SettingsError(
                f"时期 {text!r} 应写作 2019、2019-2021 或 名称=2019-2021。 "
                "A period is a year, two years, or NAME=2019-2021."
            )
        first, last = int(found["first"]), int(found["last"] or found["first"])
        name = found["name"] or (str(first) if first == last else f"{first}–{last}")
        return cls(name=name.strip(), years=(first, last))

    @classmethod
    def of_place(cls, text: str) -> Self:
        """Return the part of "南平市" or "闽北=南平市".

        Raises:
            SettingsError: If the name is empty.
        """
        found = _NAMED.fullmatch(text.strip())
        if found is None:
            raise SettingsError(
                f"地区 {text!r} 应写作 南平市 或 名称=南平市。 A place is its name, or NAME=PLACE."
            )
        return cls(name=(found["name"] or found["place"]).strip(), place=found["place"].strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperChoice:
    """How the network is cut, compared and drawn.

    Attributes:
        parts: Columns of table 2 beside that of the whole corpus.
        view: Which pairs the network shows; the run's if None.
        min_count: Least windows of an edge; the run's if None.
        pair_weight: How a window counts; the run's if None.
        alpha: Keep the edges whose corrected p-value is at most this.
        backbone: Keep the edges that pass the disparity filter at this level.
        top: Nodes in panel B of table 2.
        labels: Nodes with a name in the figure, at most 50.
        figure: Whether the network is drawn, which takes matplotlib and a Chinese font.
        font: File of the figure's font; None for a Chinese font of this machine.
        codes: Codebook of table 5 (docs/codes.md); None for the run's own codes.
        rows: Group of codes that are the rows of table 5; None for the first group.
        columns: Group of its columns; None for the first other group.
        unit: What counts once in table 5: sentence, paragraph, section or document.

    Raises:
        SettingsError: If top or labels is out of range, two parts have one name, or rows and columns are one group.
    """

    parts: tuple[Part, ...] = ()
    view: View | None = None
    min_count: int | None = None
    pair_weight: PairWeight | None = None
    alpha: float | None = None
    backbone: float | None = None
    top: int = 15
    labels: int = MOST_LABELS
    font: str | None = None
    figure: bool = True
    codes: str | None = None
    rows: str | None = None
    columns: str | None = None
    unit: CodeUnit = "sentence"

    def __post_init__(self) -> None:
        names = [part.name for part in self.parts]
        if again := sorted({name for name in names if names.count(name) > 1}):
            raise SettingsError(
                f"时期或地区的名称重复：{'、'.join(again)}；请写作 名称=…。 Two columns have this name: give them others."
            )
        if self.rows is not None and self.rows == self.columns:
            raise SettingsError(
                f"表 5 的行与列都是 {self.rows!r}，应为两组编码。 Rows and columns of table 5 must be two groups of codes."
            )
        if self.top < 1:
            raise SettingsError(f"top 至少为 1，给出的是 {self.top}。 It must be at least 1.")
        if not 0 <= self.labels <= MOST_LABELS:
            raise SettingsError(
                f"labels 应为 0 到 {MOST_LABELS}，给出的是 {self.labels}：更多的名称在一页上无法辨认。 "
                "It must be from 0 to 50: more names cannot be read on a page."
            )

    def network(self) -> dict[str, Any]:
        """Return the arguments of Analysis.graph."""
        names = ("view", "min_count", "pair_weight", "alpha", "backbone")
        return {name: value for name in names if (value := getattr(self, name)) is not None}

    def settled(self, settings: Settings) -> Settings:
        """Return a run's settings with what is chosen here in their place."""
        names = ("view", "min_count", "pair_weight")
        return replace(
            settings, **{name: value for name in names if (value := getattr(self, name)) is not None}
        )
