"""Codes that a result suggests for units: by words or rules of the codebook, by actors mentioned, by a sentence's status."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from swnlp import store
from swnlp.analysis import Analysis
from swnlp.codes import Codebook as Rules
from swnlp.coding.scheme import UNGROUPED, Category, Code, Codebook
from swnlp.coding.units import Unit
from swnlp.resources import read_toml
from swnlp.view import simplified_view

# A unit -> the codes that are suggested for it in each category of the codebook.
Suggest = Callable[[Unit], tuple[tuple[str, ...], ...]]


def default_codebook(analysis: Analysis) -> Codebook:
    """Return categories for any result: the actors of its scheme (several), and what a unit says is done or planned."""
    actors = analysis.run["scheme"]["actors"]
    words = read_toml("words.toml")
    statuses = words["statuses"]
    return (
        Category(
            words["labels"]["ACTOR"][0],
            tuple(Code(a["name_zh"], f"{a['name_en']}：{'、'.join(a['surfaces'][:8])}") for a in actors),
            several=True,
        ),
        Category(words["terms"]["status"][0], tuple(Code(zh, en) for zh, en in statuses.values())),
    )


def by_words(book: Codebook) -> Suggest:
    """Return the function that suggests the codes of which a word stands in a unit, whatever the script."""
    words = [
        [(code.name, [simplified_view(w) for w in code.words]) for code in category.codes]
        for category in book
    ]

    def suggest(unit: Unit) -> tuple[tuple[str, ...], ...]:
        view = simplified_view(unit.text)
        return tuple(
            tuple(name for name, own in category if any(word in view for word in own)) for category in words
        )

    return suggest


def by_rules(analysis: Analysis, rules: Rules, book: Codebook) -> Suggest:
    """Return the function that suggests the codes whose rule holds at a place in a unit (`book` is scheme.of_rules)."""
    found: dict[tuple[str, int], set[tuple[str, str]]] = {}
    groups = {code.name: code.group or UNGROUPED for code in rules.codes}
    coded = analysis.coding(rules).sentences
    for doc_id, sentence, name in zip(coded["doc_id"], coded["sentence_id"], coded["code"], strict=True):
        found.setdefault((doc_id, sentence), set()).add((groups[name], name))

    def suggest(unit: Unit) -> tuple[tuple[str, ...], ...]:
        own = set().union(*(found.get((unit.doc_id, sentence), set()) for sentence in unit.sentences))
        return tuple(tuple(n for n in category.names if (category.name, n) in own) for category in book)

    return suggest


def by_result(analysis: Analysis) -> Suggest:
    """Return the function that suggests codes of `default_codebook`."""
    kinds = analysis.kinds
    actors: dict[tuple[str, int], set[str]] = {}
    only: Sequence[tuple[str, str, object]] = [("label", "=", "ACTOR")]
    columns = ["doc_id", "sentence_id", "kind"]
    for row in store.read_table(analysis.folder, "mentions", columns=columns, filters=only).to_pylist():
        actors.setdefault((row["doc_id"], row["sentence_id"]), set()).add(row["kind"])
    table = analysis.table("sentences", columns=["doc_id", "sentence_id", "status"]).to_pylist()
    status = {(row["doc_id"], row["sentence_id"]): row["status"] for row in table}
    shown = {key: zh for key, (zh, _) in read_toml("words.toml")["statuses"].items()}

    def suggest(unit: Unit) -> tuple[tuple[str, ...], ...]:
        keys = [(unit.doc_id, sentence) for sentence in unit.sentences]
        found = set().union(*(actors.get(key, set()) for key in keys))
        said = {status[key] for key in keys}
        # A paragraph that says one and the other is for the coder.
        only_one = (shown[said.pop()],) if len(said) == 1 else ()
        return tuple(name for kind, name in kinds.items() if kind in found), only_one

    return suggest
