"""Which lines of a page's head are its title, and what genre the title names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from swnlp.read.shapes import Line
from swnlp.resources import read_toml

_LONGEST = 100
_SALUTATION = re.compile(r"[^\n]*[:,]$")
_SUBTITLE = re.compile(r"[—―-]{1,3}|[(\[【〔]")
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|第[一二三四五六七八九十\d]{1,4}[章节条]|\d{1,2}[.、]"
)
DOCUMENT_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,16}(?:字|函|发|通)?[ 　]{0,2}[〔\[(【]\s?((?:19|20)\d\d)\s?[〕\])】][ 　]{0,2}第?\s?\d{1,4}\s?号"
)
_LETTERHEAD = re.compile(r"[^\n]{3,60}文件$")
_ISSUER = re.compile(
    r"[^\n]{2,60}(?:党委|市委|省委|县委|区委|政府|委员会|办公室|委|局|厅|部|院|会|署|办|中心|集团|公司)$"
)
# What may follow the genre at the end of a title.
_AFTER_GENRE = re.compile(
    r"(?:[(\[【〔][^()\[\]【】〔〕]{1,20}[)\]】〕]|[》”’」』\"]|[一二三四五六七八九十]{1,2}$|[ 　—-])+$"
)


def choose_title(
    view: str, head: Sequence[Line], bylines: Sequence[int], known: str | None = None
) -> Line | None:
    """Return where the title stands among the lines of a page's head, or None.

    Args:
        view: The text's simplified view.
        head: Lines before the running text that are no furniture.
        bylines: Where bylines start; the line above the first is likely the title.
        known: The title by the page's markup.
    """
    if not head:
        return None
    scores = [_score(view, line) for line in head]
    if known:
        scores = [
            s + 100 * (_same(view[li.start : li.end], known)) for s, li in zip(scores, head, strict=True)
        ]
    if bylines:
        above = [i for i, line in enumerate(head) if line.end <= bylines[0]]
        plain = [i for i in above if not _SUBTITLE.match(view, head[i].start)]
        if plain:
            scores[plain[-1]] += 4
            # Below the byline stand captions and summaries.
            scores = [s - 3 * (line.start > bylines[0]) for s, line in zip(scores, head, strict=True)]
    best = max(range(len(head)), key=lambda i: (scores[i], i))
    return _with_lines_above(view, head, best) if scores[best] > 0 else None


def first_title(view: str, head: Sequence[Line]) -> Line | None:
    """Return the title of a text without page furniture: its first line, if that reads as one."""
    for index, line in enumerate(head):
        if is_document_head(view, line):
            continue
        if _score(view, line) <= 0:
            return None
        if index + 1 < len(head) and _goes_on(view, line, head[index + 1]):
            return Line(line.start, head[index + 1].end)
        return line
    return None


def is_document_head(view: str, line: Line) -> bool:
    """Say whether a line is a letterhead (…文件) or a document number: part of a document, not its title."""
    number = DOCUMENT_NUMBER.match(view, line.start, line.end)
    return (number is not None and line.end - number.end() <= 20) or bool(_LETTERHEAD.fullmatch(view, *line))


def _score(view: str, line: Line) -> int:
    """Return how much a line reads like a title; 0 and below: not at all."""
    text = view[line.start : line.end]
    if len(text) > _LONGEST or text[-1] in "。;:,、" or is_document_head(view, line):
        return -10
    if _NUMBERED.match(text) or _SUBTITLE.match(text) or _SALUTATION.fullmatch(text):
        return -10
    score = 1 if len(text) >= 6 else -4
    score += 2 * (len(text) >= 10) + 3 * ("关于" in text)
    return score + 5 * (genre_of(text) is not None)


def _same(text: str, title: str) -> bool:
    return bool(title) and re.sub(r"\s", "", text) == re.sub(r"\s", "", title)


def _adjacent(view: str, upper: Line, lower: Line) -> bool:
    return view.count("\n", upper.end, lower.start) == 1


def _goes_on(view: str, upper: Line, lower: Line) -> bool:
    """Say whether a title runs over two lines: its genre, or what the issuer announces, comes on the second."""
    if not _adjacent(view, upper, lower) or _score(view, lower) < -4 or is_document_head(view, upper):
        return False
    first, second = view[upper.start : upper.end], view[lower.start : lower.end]
    if second.startswith("关于"):
        return _ISSUER.fullmatch(first) is not None
    return "关于" in first and genre_of(first) is None and genre_of(second) is not None


def _with_lines_above(view: str, head: Sequence[Line], index: int) -> Line:
    top = index
    while top and index - top < 3 and _goes_on(view, head[top - 1], head[top]):
        top -= 1
    return Line(head[top].start, head[index].end)


@cache
def _genres() -> tuple[re.Pattern[str], dict[str, str]]:
    table = read_toml("document_genres.toml")
    names = {word: word for group, words in table.items() if group != "endings" for word in words}
    names |= table["endings"]
    # The longest ending that fits decides: 实施意见 before 意见.
    ordered = sorted(names, key=lambda word: (-len(word), word))
    return re.compile(rf"(?:{'|'.join(map(re.escape, ordered))})$"), names


def genre_of(title: str) -> str | None:
    """Return the genre that a title ends in (…的通知, …办法(试行)), or None; `title` is a simplified view."""
    pattern, names = _genres()
    match = pattern.search(_AFTER_GENRE.sub("", title[-60:]))
    return names[match[0]] if match else None
