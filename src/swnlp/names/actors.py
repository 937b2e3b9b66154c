"""The societies of a linkage scheme (社区、社会组织、社工、志愿者、慈善资源) where a text speaks of them as actors."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import rjieba

from swnlp.lexicon import Lexicon, Scheme, SchemeActor
from swnlp.names.candidates import Candidate, Proposer
from swnlp.names.search import word_search
from swnlp.resources import read_toml
from swnlp.view import simplified_view

# Precision of each rule on the training annotation.
LISTED, SHAPED, COUNTED, OPENED, JOINED, ACTING, DOUBTFUL = 0.95, 0.7, 0.8, 0.75, 0.9, 0.8, 0.4

# How far to the left modifiers are looked for, in characters.
REACH = 16
# Places that are proposed only for completeness stop no modifier.
_SURE_PLACE = 0.5


class _Form(NamedTuple):
    """A surface as it is searched for, the row of the scheme it belongs to, and what it needs to count."""

    surface: str
    actor: int
    needs: str


class _Hit(NamedTuple):
    start: int
    end: int
    form: _Form
    rule: str
    score: float


def proposer(lexicon: Lexicon) -> Proposer:
    """Compile the lexicon's scheme into a proposer of ACTOR candidates; `kind` is the row of the scheme."""
    scheme = lexicon.scheme
    forms = _forms(scheme)
    if not forms:
        return lambda view, earlier: ()
    search = word_search([form.surface for form in forms])
    sides = [_Sides(actor) for actor in scheme.actors]
    context = _Context()

    def propose(view: str, earlier: Sequence[Candidate]) -> Iterator[Candidate]:
        place_ends = sorted(c.end for c in earlier if c.label == "PLACE" and c.score > _SURE_PLACE)
        hits = []
        for i, start, end in search.find_matches_as_indexes(view):
            side = sides[forms[i].actor]
            if side.allow(view, start, end):
                nearest = bisect_right(place_ends, start)
                left = max(start - REACH, place_ends[nearest - 1] if nearest else 0)
                hits.append(side.widen(view, left, _Hit(start, end, forms[i], "form", LISTED)))
        for k, hit in enumerate(hits):
            rule, score = context.judge(view, hits, k) if hit.form.needs else (hit.rule, hit.score)
            yield Candidate(
                hit.start, hit.end, "ACTOR", scheme.actors[hit.form.actor].kind, f"actors:{rule}", score
            )

    return propose


def _forms(scheme: Scheme) -> list[_Form]:
    """Return every surface once, in the spelling of the view; the first row of the scheme that has it wins."""
    words = read_toml("actors.toml")
    needs = {form: need for need in ("acting", "beside", "counted") for form in words["contextual"][need]}
    forms: dict[str, _Form] = {}
    for index, actor in enumerate(scheme.actors):
        doubtful = dict.fromkeys(words["doubtful"].get(actor.kind, ()), "more")
        for surface in (*actor.surfaces, *doubtful):
            need = doubtful.get(surface) or needs.get(surface, "")
            for spelling in _spellings(simplified_view(surface)):
                forms.setdefault(spelling, _Form(spelling, index, need))
    return list(forms.values())


def _spellings(surface: str) -> Iterator[str]:
    """Yield a surface with the quotes that pages put for “ and ”, or none."""
    yield surface
    if "“" in surface:
        for left, right in (
            ('"', '"'),
            ("”", "“"),
            ("”", "”"),
            ("「", "」"),
            ("『", "』"),
            ("‘", "’"),
            ("", ""),
        ):
            yield surface.replace("“", left).replace("”", right)


def _backward(words: Sequence[str]) -> str:
    """Return an alternation of words for a text that is read from right to left, longest first."""
    ranked = sorted({simplified_view(word) for word in words}, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word[::-1]) for word in ranked) or r"(?!)"


class _Sides:
    """What may stand left and right of an actor's forms."""

    def __init__(self, actor: SchemeActor) -> None:
        words = read_toml("actors.toml")
        self._not_before = tuple(simplified_view(word) for word in actor.not_before)
        self._not_after = tuple(simplified_view(word) for word in actor.not_after)
        self._people = frozenset(words["people"])
        self._general = frozenset(words["general"])
        self._named_ends = tuple(words["named_ends"])
        # Window and patterns are both reversed, so that the nearest modifier comes first.
        letter = rf"(?:(?!{_backward(words['verbs'])})[^\W\d_a-zA-Z{words['stops']}])"
        self._listed = re.compile(rf"(?:{_backward(actor.modifiers)}){{1,5}}")
        self._shaped = re.compile(rf"[{words['shape_ends']}]{letter}{{1,4}}")
        self._quoted = re.compile(r"[”\"」][^“”\"「」,。、]{1,8}[“\"「]")
        self._counted = re.compile(rf"{letter}{{1,5}}(?=[{words['classifiers']}][{words['counts']}])")
        self._opened = re.compile(rf"{letter}{{2,4}}(?=[,、;。:!?)”\n\s]|的募招|$)")

    def allow(self, view: str, start: int, end: int) -> bool:
        return not (
            (self._not_before and view.startswith(self._not_before, end))
            or (self._not_after and view.endswith(self._not_after, max(0, start - REACH), start))
        )

    def widen(self, view: str, least: int, hit: _Hit) -> _Hit:
        """Take in the modifiers that stand before a form, as far as `least`."""
        left = view[least : hit.start][::-1]
        taken, rule, score = 0, hit.rule, hit.score
        for pattern, name, value in (
            (self._listed, "modified", LISTED),
            (self._shaped, "shape", SHAPED),
            (self._quoted, "quoted", SHAPED),
            (self._listed, "modified", LISTED),
            (self._counted, "counted", COUNTED),
        ):
            if name == "quoted" and hit.form.surface.endswith(self._named_ends):
                continue
            if found := pattern.match(left, taken):
                taken, rule, score = found.end(), name, min(score, value)
        if not taken and hit.form.surface in self._people and (found := self._opened.match(left)):
            word = found.group()[::-1]
            if word not in self._general and all(tag[0] in "nsb" for _, tag in rjieba.tag(word)):
                taken, rule, score = len(word), "opened", OPENED
        return hit._replace(start=hit.start - taken, rule=rule, score=score)


class _Context:
    """Whether a form that is an ordinary word too stands where an actor would."""

    def __init__(self) -> None:
        words = read_toml("actors.toml")
        contextual = words["contextual"]
        joint = "|".join(map(re.escape, contextual["joints"]))
        count = rf"(?:[{words['counts']}]{{1,6}}[{words['classifiers']}家])?"
        self._joint = re.compile(rf"(?:{joint}){count}")
        self._partner_after = re.compile(rf"(?:{joint})(?:{'|'.join(contextual['partners'])})")
        self._partner_before = tuple(p + j for p in contextual["partners"] for j in contextual["joints"])
        self._callers = tuple(contextual["callers"])
        self._acts = tuple(contextual["acts"])

    def judge(self, view: str, hits: Sequence[_Hit], k: int) -> tuple[str, float]:
        hit = hits[k]
        if hit.form.needs == "more":
            return "doubtful", DOUBTFUL
        if hit.form.needs == "counted":
            named = hit.rule != "form" or view.endswith(("名", "位"), 0, hit.start)
            return ("counted", COUNTED) if named else ("ordinary", DOUBTFUL)
        if (k and self._join(view, hits[k - 1], hit)) or (
            k + 1 < len(hits) and self._join(view, hit, hits[k + 1])
        ):
            return "joined", JOINED
        return self._acting(view, hit) if hit.form.needs == "acting" else ("ordinary", DOUBTFUL)

    def _acting(self, view: str, hit: _Hit) -> tuple[str, float]:
        called = view.endswith(self._callers, 0, hit.start)
        opens = hit.start == 0 or view[hit.start - 1] in "。;,:!?\n“"
        acts = view.startswith(self._acts, hit.end)
        partner = view.endswith(self._partner_before, 0, hit.start) or self._partner_after.match(
            view, hit.end
        )
        return ("acting", ACTING) if (called or opens) and (acts or partner) else ("ordinary", DOUBTFUL)

    def _join(self, view: str, left: _Hit, right: _Hit) -> bool:
        gap = right.start - left.end
        return (
            gap <= 9
            and left.form.needs != "more" != right.form.needs
            and bool(self._joint.fullmatch(view, left.end, right.start))
        )
