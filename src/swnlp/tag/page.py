"""Tagged texts as one self-contained page: displaCy's marks, in the colours of the graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

from swnlp.export import COLOURS
from swnlp.export.rows import OTHER_COLOUR
from swnlp.export.values import clean
from swnlp.records import Name
from swnlp.resources import read_toml
from swnlp.tag.texts import Tagged

# How much of a label's colour its background has: dark text on it keeps a contrast above 7 to 1.
_TINT = 0.3
_HEAD = """<!DOCTYPE html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>swnlp：文中的名称</title>
<style>
body { max-width: 46em; margin: 2em auto; padding: 0 1em; color: #1a1a1a; background: #fff;
  font-family: "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
h2 { font-size: 1.1em; margin: 2.5em 0 .5em; overflow-wrap: anywhere; }
.entities { line-height: 2.2; overflow-wrap: anywhere; }
mark { color: inherit; padding: .1em .25em; border-radius: .25em; border-bottom: 3px solid; }
mark small { margin-left: .35em; font-size: .7em; }
p { color: #555; }
</style>
</head>
<body>
<h1>文中的名称 <small>names in the text</small></h1>
<p>指针停在名称上，显示类别与其中的名称。 Rest the pointer on a name for its kind and the names inside it.</p>
"""
_MARK = (
    '<mark class="entity" style="background: {bg}; border-color: {line}" title="{title}">'
    "{text}<small>{label}</small></mark>"
)


def to_html(tagged: Iterable[Tagged]) -> Iterator[str]:
    """Yield the pieces of a page: a legend with counts and the marked text for each document, everything escaped."""
    yield _HEAD
    for doc_id, text, names in tagged:
        yield f"<section>\n<h2>{escape(clean(doc_id))}</h2>\n"
        yield _legend(names)
        yield clean(_marked(text, names))
        yield "</section>\n"
    yield "</body>\n</html>\n"


def _words(label: str) -> str:
    """Return the label's Chinese word and itself."""
    words = read_toml("words.toml")["labels"].get(label)
    return f"{words[0]} {label}" if words else label


def _legend(names: Sequence[Name]) -> str:
    counts = Counter(name.label for name in names if name.outer)
    marks = (
        f'<mark style="background: {_tinted(label)}; border-color: {_full(label)}">'
        f"{escape(_words(label))}</mark> {counts[label]}"
        for label in COLOURS
        if counts[label]
    )
    return f"<p>{' '.join(marks) or '没有名称 no names'}</p>\n"


def _marked(text: str, names: Sequence[Name]) -> str:
    """Return displaCy's markup of the outer names."""
    from spacy import displacy

    groups: list[tuple[Name, list[Name]]] = []
    for name in names:
        if name.outer:
            groups.append((name, []))
        else:
            groups[-1][1].append(name)
    ents = [_entity(text, name, inner) for name, inner in groups]
    # displaCy escapes the text, and nothing else.
    options = {"template": _MARK}
    document = {"text": text, "ents": ents}
    return displacy.render(document, style="ent", manual=True, page=False, jupyter=False, options=options)


def _entity(text: str, name: Name, nested: Iterable[Name]) -> dict[str, Any]:
    inner = [f"{text[other.start : other.end]}（{_words(other.label)}）" for other in nested]
    kind = f" · {name.kind}" if name.kind else ""
    holds = f" ⊃ {'、'.join(inner)}" if inner else ""
    return {
        "start": name.start,
        "end": name.end,
        "label": escape(_words(name.label)),
        "params": {
            "bg": _tinted(name.label),
            "line": _full(name.label),
            "title": escape(f"{_words(name.label)}{kind}{holds}"),
        },
    }


def _full(label: str) -> str:
    return _hex(COLOURS.get(label, OTHER_COLOUR))


def _tinted(label: str) -> str:
    return _hex(tuple(round(255 - _TINT * (255 - part)) for part in COLOURS.get(label, OTHER_COLOUR)))


def _hex(colour: Iterable[int]) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)
