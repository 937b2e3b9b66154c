"""The sheets of a check: which columns each kind has, and what may be written in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from swnlp.analysis import Analysis
from swnlp.forms import Column, Form
from swnlp.forms.columns import squeezed
from swnlp.lexicon.tables import LABELS
from swnlp.resources import read_toml
from swnlp.validation.sample import Of

RIGHT, WRONG, UNSURE = "对", "错", "不确定"
_VERDICTS = {
    True: ("对", "√", "✓", "✔", "1", "y", "yes", "true", "right", "正确", "是"),
    False: ("错", "×", "✗", "✘", "x", "0", "n", "no", "false", "wrong", "错误", "否"),
    None: ("不确定", "?", "？", "unsure", "存疑"),
}
VERDICTS: Mapping[str, bool | None] = {
    squeezed(form): verdict for verdict, forms in _VERDICTS.items() for form in forms
}
HERE, EVERYWHERE = "此处", "全部"
SCOPES: Mapping[str, bool] = {
    "": False, HERE: False, "here": False, EVERYWHERE: True, "everywhere": True, "all": True,
}  # fmt: skip
YES = "是"
NO_NAME = "不是名称 none"
# What is wrong with a pair: which of its ends is no name, or neither.
REASONS = ("前者不是名称 source", "后者不是名称 target", "都对，但此句未说二者相关 unrelated")

SENTENCES, MISSED = "句子 sentences", "漏标 missed"
SHEETS: Mapping[Of, str] = {
    "mentions": "提及 mentions",
    "links": "归并 links",
    "edges": "共现 edges",
    "indicators": "指标 indicators",
}

_FIRST = (
    Column("number", "序号", "no", width=6, needed=True),
    Column("path", "文献", "document", width=18),
    Column("section", "章节", "section", width=14),
    Column("sentence", "原文", "sentence", width=60, marked=True),
)
_VERDICT = Column("verdict", "判断", "verdict", "asked", 10, (RIGHT, WRONG, UNSURE), needed=True)
_SCOPE = Column("scope", "范围", "scope", "asked", 8, (HERE, EVERYWHERE))
_NOTE = Column("note", "备注", "note", "asked", 24)
_KEPT = (
    Column("doc_id", "文献号", "doc_id", "kept", needed=True),
    Column("start", "起", "start", "kept", needed=True),
    Column("end", "止", "end", "kept", needed=True),
    Column("stratum", "层", "stratum", "kept", needed=True),
    Column("size", "层内总数", "stratum_size", "kept", needed=True),
    Column("run", "运行", "run", "kept"),
)


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be written for a label: as it is offered, and in every spelling -> label and kind ("" for no name)."""

    offered: tuple[str, ...]
    spelled: Mapping[str, tuple[str, str | None]]

    def read(self, cell: str) -> tuple[str, str | None] | None:
        """Return the label and kind that a cell says, ("", None) for no name, None if it is none of the choices."""
        return self.spelled.get(squeezed(cell))


def label_choices(analysis: Analysis) -> Choices:
    """Return the labels, the kinds of actors of the run's scheme in place of ACTOR, and "no name"."""
    offered: list[str] = []
    spelled: dict[str, tuple[str, str | None]] = {}

    def add(shown: str, forms: tuple[str, ...], meaning: tuple[str, str | None]) -> None:
        offered.append(shown)
        for form in (shown, *forms):
            spelled.setdefault(squeezed(form), meaning)

    for label, (zh, en) in read_toml("words.toml")["labels"].items():
        if label in LABELS and label != "ACTOR":
            add(f"{zh} {label}", (zh, en, label), (label, None))
    for actor in analysis.run["scheme"]["actors"]:
        kind, zh = actor["kind"], actor["name_zh"]
        add(f"{zh} ACTOR:{kind}", (zh, kind, f"ACTOR:{kind}", actor["name_en"]), ("ACTOR", kind))
    add(NO_NAME, ("不是名称", "非名称", "none", "无"), ("", None))
    return Choices(tuple(offered), spelled)


def check_form(of: Of, choices: Choices) -> Form:
    """Return the form of the sampled rows of a kind."""
    shown: dict[Of, tuple[Column, ...]] = {
        "mentions": (
            Column("text", "名称", "name", width=18, needed=True),
            Column("label_name", "标签", "label", width=14),
            Column("entity", "实体", "entity", width=18),
            _VERDICT,
            Column("right_text", "正确的文字", "right text", "asked", 18),
            Column("right_label", "正确的标签", "right label", "asked", 18, choices.offered),
            Column("right_entity", "正确的实体", "right entity", "asked", 18),
            _SCOPE,
        ),
        "links": (
            Column("text", "写法", "surface", width=18, needed=True),
            Column("label_name", "标签", "label", width=14),
            Column("entity", "归并为", "entity", width=18),
            Column("rule", "规则", "rule", width=14),
            Column("candidates", "其他可能", "candidates", width=18),
            _VERDICT,
            Column("right_entity", "正确的实体", "right entity", "asked", 18),
            _SCOPE,
        ),
        "edges": (
            Column("source_name", "前者", "source", width=18),
            Column("target_name", "后者", "target", width=18),
            _VERDICT,
            Column("reason", "错在哪里", "what is wrong", "asked", 26, REASONS),
        ),
        "indicators": (
            Column("text", "原数", "number", width=14, needed=True),
            Column("place", "地区", "place", width=12),
            Column("year", "年份", "year", width=8),
            Column("subject", "指标", "subject", width=18),
            Column("qualifier", "限定", "qualifier", width=12),
            Column("value", "数值", "value", width=12),
            Column("unit", "单位", "unit", width=8),
            Column("change", "变化", "change", width=10),
            _VERDICT,
            Column("right_place", "正确的地区", "right place", "asked", 14),
            Column("right_year", "正确的年份", "right year", "asked", 10),
            Column("right_subject", "正确的指标", "right subject", "asked", 18),
            Column("right_value", "正确的数值", "right value", "asked", 12),
            Column("right_unit", "正确的单位", "right unit", "asked", 10),
        ),
    }
    kept: dict[Of, tuple[Column, ...]] = {
        "mentions": (
            Column("label", "标签号", "label id", "kept", needed=True),
            Column("kind", "类别", "kind", "kept"),
            Column("entity_id", "实体号", "entity_id", "kept"),
        ),
        "links": (
            Column("label", "标签号", "label id", "kept", needed=True),
            Column("entity_id", "归并为号", "entity_id", "kept"),
        ),
        "edges": (
            Column("source_id", "前者号", "source id", "kept", needed=True),
            Column("target_id", "后者号", "target id", "kept", needed=True),
            Column("source_spans", "前者位置", "source_spans", "kept"),
            Column("target_spans", "后者位置", "target_spans", "kept"),
        ),
        "indicators": (),
    }
    return Form(SHEETS[of], (*_FIRST, *shown[of], _NOTE, *kept[of], *_KEPT))


def sentences_form() -> Form:
    """Return the form of the sentences that are read for what was missed."""
    return Form(
        SENTENCES,
        (
            Column("number", "句号", "sentence no", width=6, needed=True),
            Column("path", "文献", "document", width=18),
            Column("section", "章节", "section", width=14),
            Column("sentence", "原文", "sentence", width=70, marked=True),
            Column("found", "已识别", "found", width=50),
            Column("checked", "已查", "checked", "asked", 8, (YES,), needed=True),
            Column("doc_id", "文献号", "doc_id", "kept", needed=True),
            Column("start", "起", "start", "kept", needed=True),
            Column("end", "止", "end", "kept", needed=True),
            Column("counts", "各标签数", "counts", "kept", needed=True),
        ),
    )


def missed_form(choices: Choices) -> Form:
    """Return the form of names that were missed in those sentences."""
    return Form(
        MISSED,
        (
            Column("number", "句号", "sentence no", "asked", 8, needed=True),
            Column("text", "漏掉的名称", "missed name", "asked", 30, needed=True),
            Column(
                "label", "标签", "label", "asked", 20, tuple(c for c in choices.offered if c != NO_NAME),
                needed=True,
            ),
            Column("entity", "实体", "entity", "asked", 20),
            _SCOPE,
            _NOTE,
        ),
    )  # fmt: skip
