"""One frozen value holds every choice that changes a result."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal, get_args

from swnlp.errors import SettingsError

PairWeight = Literal["full", "fractional"]
GraphEngine = Literal["networkx", "igraph"]
SegmenterName = Literal["rjieba", "jieba"]
Window = Literal["sentence", "paragraph", "section"]
View = Literal[
    "actor-initiative",
    "actor-actor",
    "initiative-initiative",
    "place-initiative",
    "code-code",
    "actor-code",
    "full",
]
# Whole numbers, and the least that each may be.
_LEAST = {
    "min_count": 1,
    "seed": 0,
    "batch_chars": 1,
    "max_file_mb": 1,
    "max_archive_mb": 1,
    "read_seconds": 1,
    "read_memory_mb": 256,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Choices for one run; written beside its results. A file may hold them: see settings_file.

    Raises:
        SettingsError: If a value is not one of its choices, out of range or of another type.

    Attributes:
        segmenter: Word segmenter; both use jieba's dictionary and format.
        window: The unit in which two names co-occur.
        view: Which pairs the graph shows.
        min_count: Keep edges that co-occur in at least this many windows.
        pair_weight: "full": each window counts 1 for each of its pairs; "fractional": 1/(k-1) where it names k entities.
        graph_engine: What clusters and lays out graphs: networkx, or igraph (an extra, GPL) for large ones.
        scheme: Linkage scheme: a name in resources/schemes or in the user's lexicon folder.
        ner: A model for the people, places and bodies that no rule finds: "lac", or "spacy:" and a package or folder.
        seed: Seed for every random step (layout). Never drawn at random.
        batch_chars: Characters of text in one part of the map, about.
        max_file_mb: Files larger than this many megabytes are not read but reported.
        max_archive_mb: Archives and Office files that unpack to more than this many megabytes are not read either.
        read_seconds: A PDF, Office file or archive that takes longer to read is given up and reported.
        read_memory_mb: Memory, in megabytes, that reading one of them may take.
        text_column: Column of tables (CSV, Excel, JSON Lines, Parquet) that holds the documents' text; None for
            whichever has one of the usual names.
        meta: CSV file with your own columns about the documents, joined by their path.
        keep_duplicates: Count a document that is a reprint of another too.
        path_pattern: What parts of a document's path mean ("{year}/{city}.txt").
        corrections: File that `swnlp check --read` wrote: what a person corrected is done differently. Its content is
            hashed.
        codings: Codes that people gave (final.csv of `swnlp codebook`), counted as mentions. Its content is hashed.
        codes: Codebook with the researcher's own codes (TOML, docs/codes.md). Its content is hashed.
        model: File that `swnlp train` wrote, for the names; None for the weights that ship. Its content is hashed.
    """

    segmenter: SegmenterName = "rjieba"
    window: Window = "sentence"
    view: View = "actor-initiative"
    min_count: int = 1
    pair_weight: PairWeight = "full"
    graph_engine: GraphEngine = "networkx"
    scheme: str = "five_societies"
    ner: str | None = None
    seed: int = 0
    batch_chars: int = 400_000
    max_file_mb: int = 64
    max_archive_mb: int = 512
    read_seconds: int = 60
    read_memory_mb: int = 2_048
    text_column: str | None = None
    meta: str | None = None
    path_pattern: str | None = None
    keep_duplicates: bool = False
    codings: str | None = None
    codes: str | None = None
    corrections: str | None = None
    model: str | None = None

    def __post_init__(self) -> None:
        choices = {
            "segmenter": SegmenterName,
            "window": Window,
            "view": View,
            "pair_weight": PairWeight,
            "graph_engine": GraphEngine,
        }
        for name, literal in choices.items():
            if getattr(self, name) not in get_args(literal):
                raise SettingsError(
                    f"{name}: {getattr(self, name)!r} 不在可选值之中。 Is not one of {', '.join(get_args(literal))}"
                )
        for name, least in _LEAST.items():
            value = getattr(self, name)
            if type(value) is not int or value < least:
                raise SettingsError(
                    f"{name}: {value!r} 应为不小于 {least} 的整数。 Must be a whole number of at least {least}"
                )
        if type(self.keep_duplicates) is not bool:
            raise SettingsError(
                f"keep_duplicates: {self.keep_duplicates!r} 应为 true 或 false。 Must be true or false"
            )
        for name in (
            "scheme",
            "text_column",
            "meta",
            "path_pattern",
            "codes",
            "codings",
            "corrections",
            "model",
            "ner",
        ):
            value = getattr(self, name)
            if (value is not None or name == "scheme") and (type(value) is not str or not value.strip()):
                raise SettingsError(f"{name}: {value!r} 应为文字。 Must be text")

    def to_dict(self) -> dict[str, str | int | bool | None]:
        """Return the settings as plain values, in the order of the fields."""
        return asdict(self)


DEFAULTS = Settings()
