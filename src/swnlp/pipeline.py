"""Stages 2 to 4 and 6 as a spaCy pipeline: an ordinary `Language` around the same functions.

The tokenizer finds names first and cuts words around them; the components then put what it found where
spaCy keeps it: sentence starts, `doc.ents` (outer names), `doc.spans["swnlp"]` (nested ones too), with
`label_`, `id_` (the kind) and, from the linker, `kb_id_` (the entity).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import spacy
import srsly
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import registry

from swnlp.annotate import Amend, Tagger, tagger
from swnlp.gazetteer import load_gazetteer
from swnlp.lexicon import Lexicon, lexicon_from_dict, lexicon_to_dict, load_lexicon
from swnlp.link import Linker as LinkFunction
from swnlp.link import Surface, definitions, link_all, linker, whole_names
from swnlp.model import NameModel, load_model, model_from_dict, model_to_dict, shipped_model
from swnlp.outline import outline
from swnlp.records import Document, Name, Outline
from swnlp.settings import DEFAULTS, SegmenterName

if TYPE_CHECKING:
    from spacy.vocab import Vocab

# Key of doc.spans and doc.user_data.
KEY = "swnlp"


def load(
    *,
    lexicon: str | Path | None = None,
    scheme: str = DEFAULTS.scheme,
    segmenter: SegmenterName = DEFAULTS.segmenter,
    model: str | Path | None = None,
    ner: str | None = DEFAULTS.ner,
) -> Language:
    """Return the pipeline: `nlp(text).ents` are the names in it, exact to the character.

    Args:
        lexicon: Folder with the user's own names, words and schemes (lexicon.load_lexicon).
        scheme: Id of the linkage scheme.
        segmenter: Word segmenter.
        model: File that `swnlp train` wrote; None for the weights that ship.
        ner: A model for people, places and bodies that no rule finds (names.models.load_model); None for none.

    Raises:
        LexiconError: If a line of the lexicon is wrong.
        ModelError: If the file is no such model.
    """
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "swnlp.Tokenizer.v1"}}})
    # The user's names and model travel with the tokenizer (to_disk), not as paths that may be gone when it is read.
    nlp.tokenizer = Tokenizer(nlp.vocab, _lexicon(lexicon, scheme), segmenter, load_model(model), ner)
    for factory in ("swnlp_sentences", "swnlp_names", "swnlp_linker"):
        nlp.add_pipe(factory)
    return nlp


@registry.tokenizers("swnlp.Tokenizer.v1")  # type: ignore[untyped-decorator]
def make_tokenizer(
    lexicon: str | None = None,
    scheme: str = DEFAULTS.scheme,
    segmenter: SegmenterName = DEFAULTS.segmenter,
    model: str | None = None,
    ner: str | None = DEFAULTS.ner,
) -> Any:  # noqa: ANN401
    """Return the function that spaCy calls to make the tokenizer."""

    def make(nlp: Language) -> Tokenizer:
        return Tokenizer(nlp.vocab, _lexicon(lexicon, scheme), segmenter, load_model(model), ner)

    return make


def _lexicon(folder: str | Path | None, scheme: str) -> Lexicon:
    return load_lexicon(Path(folder) if folder is not None else None, scheme=scheme)


class Tokenizer:
    """Text to a Doc whose words never cross the edge of a name; the names wait in `doc.user_data`."""

    def __init__(
        self,
        vocab: Vocab,
        lexicon: Lexicon,
        segmenter: SegmenterName,
        model: NameModel | None = None,
        ner: str | None = None,
    ) -> None:
        self.vocab = vocab
        self.ner = ner
        self.segmenter: SegmenterName = segmenter
        self._use(lexicon, model or shipped_model())

    def __reduce__(
        self,
    ) -> tuple[type[Tokenizer], tuple[Vocab, Lexicon, SegmenterName, NameModel, str | None]]:
        # For worker processes; the compiled rules are built again there.
        return Tokenizer, (self.vocab, self.lexicon, self.segmenter, self.model, self.ner)

    def _use(self, lexicon: Lexicon, model: NameModel) -> None:
        self.lexicon, self.model = lexicon, model
        self._tag = tagger(lexicon, segmenter=self.segmenter, model=model, ner=self.ner)

    def _to_dict(self) -> dict[str, Any]:
        own = model_to_dict(self.model) if self.model.sha256 else None
        return {**lexicon_to_dict(self.lexicon), "model": own, "ner": self.ner}

    def _from_dict(self, data: dict[str, Any]) -> Tokenizer:
        own, self.ner = data.get("model"), data.get("ner")
        self._use(lexicon_from_dict(data), model_from_dict(own) if own else shipped_model())
        return self

    def __call__(self, text: str) -> Doc:
        """Return the Doc; its words join back to `text`."""
        parts = outline_of(text)
        names, words = self._tag(text, [(s.start, s.end) for s in parts.sentences])
        doc = Doc(self.vocab, *_words_and_spaces(words))
        doc.user_data[KEY] = {
            "names": [list(name) for name in names],
            "sentences": [list(sentence) for sentence in parts.sentences],
            "sections": [list(section) for section in parts.sections],
        }
        return doc

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterable[Doc]:
        """Yield the Doc of each text."""
        return map(self, texts)

    def to_bytes(self, **_: object) -> bytes:
        """Return the lexicon and the user's model, so that a saved pipeline carries them."""
        return bytes(srsly.msgpack_dumps(self._to_dict()))

    def from_bytes(self, data: bytes, **_: object) -> Tokenizer:
        """Take the lexicon and the model of a saved pipeline."""
        return self._from_dict(srsly.msgpack_loads(data))

    def to_disk(self, path: str | Path, **_: object) -> None:
        """Write the lexicon and the user's model as JSON."""
        srsly.write_json(Path(path), self._to_dict())

    def from_disk(self, path: str | Path, **_: object) -> Tokenizer:
        """Read what `to_disk` wrote."""
        return self._from_dict(srsly.read_json(Path(path)))


def outline_of(text: str) -> Outline:
    """Return the outline of a text that comes without a page around it."""
    document = Document("", "", None, None, None, None, None, "", "", text)
    return outline(document, load_gazetteer())


def _words_and_spaces(cut: Sequence[str]) -> tuple[list[str], list[bool]]:
    """Return spaCy's words and whether a space follows each: one space after a word belongs to the word."""
    words: list[str] = []
    spaces: list[bool] = []
    for word in cut:
        if word == " " and words and not spaces[-1] and not words[-1].isspace():
            spaces[-1] = True
        else:
            words.append(word)
            spaces.append(False)
    return words, spaces


@Language.factory("swnlp_sentences", assigns=["token.is_sent_start"])
def make_sentences(nlp: Language, name: str) -> Sentences:
    """Return the component `swnlp_sentences`."""
    return Sentences()


@Language.factory("swnlp_names", assigns=["doc.ents", "doc.spans", "token.ent_iob", "token.ent_type"])
def make_names(nlp: Language, name: str) -> Names:
    """Return the component `swnlp_names`."""
    return Names()


@Language.factory("swnlp_linker", requires=["doc.ents"], assigns=["token.ent_kb_id"])
def make_linker(nlp: Language, name: str) -> Linker:
    """Return the component `swnlp_linker`."""
    return Linker(nlp)


class Sentences:
    """Marks where sentences start."""

    def __call__(self, doc: Doc) -> Doc:
        """Set `token.is_sent_start`; text between sentences belongs to the one before it."""
        starts = {start for _, _, _, start, *_ in _found(doc)["sentences"]}
        marks = [1 if token.i == 0 or token.idx in starts else -1 for token in doc]
        # At once: setting a token's is_sent_start looks at every token of the Doc.
        values = np.array(marks, dtype=np.int64).astype(np.uint64)
        marked: Doc = doc.from_array(["SENT_START"], values)  # type: ignore[arg-type]
        return marked


class Names:
    """Puts the names where spaCy keeps them."""

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.ents` and `doc.spans["swnlp"]`; entities that earlier components set stay."""
        names = [Name(*row) for row in _found(doc)["names"]]
        spans = [_span(doc, n) for n in names]
        taken = {token.i for ent in doc.ents for token in ent}
        own = [
            s
            for n, s in zip(names, spans, strict=True)
            if n.outer and taken.isdisjoint(range(s.start, s.end))
        ]
        doc.ents = (*doc.ents, *own)
        doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=spans)
        return doc


class Linker:
    """Sets `kb_id_` of every name to its entity."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._lexicon: Lexicon | None = None
        self._link: LinkFunction | None = None

    def __reduce__(self) -> tuple[type[Linker], tuple[Language]]:
        return Linker, (self._nlp,)

    def _linker(self) -> LinkFunction:
        """Return the link function of the tokenizer's lexicon, which a saved pipeline reads later than this."""
        lexicon = getattr(self._nlp.tokenizer, "lexicon", None) or load_lexicon()
        if self._link is None or lexicon is not self._lexicon:
            self._lexicon, self._link = lexicon, linker(lexicon, load_gazetteer())
        return self._link

    def __call__(self, doc: Doc) -> Doc:
        """Link `doc.ents` and `doc.spans["swnlp"]`."""
        sections, link = _found(doc)["sections"], self._linker()
        starts = [start for *_, start, _end in sections]
        wholes = whole_names((e.text, e.id_ or None) for e in doc.ents if e.label_ == "PROGRAM")
        defined = wholes | definitions(doc.text, [_name(ent, {}, outer=True) for ent in doc.ents])

        def linked(span: Span) -> Span:
            at = bisect_right(starts, span.start_char) - 1
            place = sections[at][2] if at >= 0 else None
            surface = Surface(span.text, span.label_, span.id_ or None, place)
            entity = next(link_all([surface], link, defined)).entity_id
            return Span(doc, span.start, span.end, label=span.label, kb_id=entity, span_id=span.id)

        doc.ents = [linked(ent) for ent in doc.ents]
        if KEY in doc.spans:
            doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=[linked(span) for span in doc.spans[KEY]])
        return doc


def _found(doc: Doc) -> dict[str, Any]:
    """Return what the tokenizer found."""
    if KEY not in doc.user_data:
        raise ValueError(
            "swnlp's components need swnlp's tokenizer (words are cut around names): start from swnlp.load()"
        )
    found: dict[str, Any] = doc.user_data[KEY]
    return found


def _span(doc: Doc, name: Name) -> Span:
    span = doc.char_span(name.start, name.end, label=name.label, span_id=name.kind or "")
    if span is None:
        raise AssertionError(f"a word crosses the edge of {doc.text[name.start : name.end]!r}")
    return span


def pipeline_tagger(nlp: Language) -> Tagger:
    """Return a tagger that takes names and words from a spaCy pipeline instead of swnlp's functions.

    Names are `doc.ents` and, nested, the spans of `doc.spans["swnlp"]`; the user's components may have changed
    both. A name that leaves its sentence is dropped.
    """

    def tag(
        text: str, sentences: Sequence[tuple[int, int]], amend: Amend | None = None
    ) -> tuple[list[Name], list[str]]:
        doc = nlp(text)
        methods = {(n[0], n[1], n[2]): Name(*n) for n in doc.user_data.get(KEY, {}).get("names", ())}
        outer = {(e.start_char, e.end_char): _name(e, methods, outer=True) for e in doc.ents}
        nested = [_name(s, methods, outer=False) for s in doc.spans.get(KEY, ())]
        inside = _inside(sorted(outer))
        nested = [n for n in nested if (n.start, n.end) not in outer and inside(n)]
        names = sorted([*outer.values(), *nested], key=lambda n: (n.start, -n.end))
        starts = [start for start, _ in sentences]
        kept = [
            n for n in names if (at := bisect_right(starts, n.start) - 1) >= 0 and n.end <= sentences[at][1]
        ]
        return (amend(kept) if amend else kept), _words(doc)

    return tag


def _name(span: Span, methods: dict[tuple[int, int, str], Name], *, outer: bool) -> Name:
    known = methods.get((span.start_char, span.end_char, span.label_))
    if known is not None:
        return known._replace(outer=outer)
    return Name(span.start_char, span.end_char, span.label_, span.id_ or None, "spacy", 1.0, outer)


def _inside(outer: Sequence[tuple[int, int]]) -> Callable[[Name], bool]:
    """Return the test whether a name lies in one of the spans, which are in order and do not overlap."""
    starts = [start for start, _ in outer]

    def inside(name: Name) -> bool:
        at = bisect_right(starts, name.start) - 1
        return at >= 0 and name.end <= outer[at][1]

    return inside


def _words(doc: Doc) -> list[str]:
    return [word for token in doc for word in (token.text, token.whitespace_) if word]
