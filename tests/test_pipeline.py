"""pipeline.py: an ordinary spaCy Language around the same functions."""

from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

import swnlp

CORPORA = Path(__file__).parent.parent / "corpora"
TEXT = (
    "遵义市\n市民政局印发《关于推进社会工作专业人才队伍建设的若干措施》,实施“遵才归雁”计划。"
    "凤冈县龙泉街道的社区、社会组织、社工和志愿者参与“五社联动”机制。\n"
)


@pytest.fixture(scope="module")
def nlp():
    return swnlp.load()


def found(doc):
    return [(e.text, e.label_, e.id_, e.kb_id_) for e in doc.ents]


def test_entities_are_exact_characters_with_label_kind_and_entity(nlp):
    ents = {e.text: e for e in nlp(TEXT).ents}
    assert ents["关于推进社会工作专业人才队伍建设的若干措施"].label_ == "POLICY"
    assert ents["凤冈县龙泉街道"].kb_id_ == "place:520327001"
    assert (ents["社工"].label_, ents["社工"].id_, ents["社工"].kb_id_) == (
        "ACTOR",
        "social_worker",
        "actor:social_worker",
    )
    assert ents["市民政局"].kb_id_ == "org:遵义市民政局"


def test_nested_names_are_in_the_span_group(nlp):
    doc = nlp(TEXT)
    nested = {(s.text, s.label_) for s in doc.spans["swnlp"]} - {(e.text, e.label_) for e in doc.ents}
    assert any(label == "ACTOR" and text.startswith("社会工作专业人才") for text, label in nested)


def test_sentences_are_marked(nlp):
    assert [s.text for s in nlp("居委会搭台子。志愿者跑场子！\n第二段").sents] == [
        "居委会搭台子。",
        "志愿者跑场子！\n",
        "第二段",
    ]


def test_tokens_join_back_and_never_cross_an_entity(nlp):
    doc = nlp(TEXT)
    assert "".join(t.text_with_ws for t in doc) == doc.text == TEXT
    for span in doc.spans["swnlp"]:
        assert TEXT[span.start_char : span.end_char] == span.text


def test_a_saved_pipeline_finds_the_same(nlp, tmp_path):
    nlp.to_disk(tmp_path / "model")
    assert found(spacy.load(tmp_path / "model")(TEXT)) == found(nlp(TEXT))


def test_a_saved_pipeline_carries_the_users_names(tmp_path):
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "a.csv").write_text(
        "name,label,kind,alias_of\n搭台子,PROGRAM,,搭台计划\n", encoding="utf-8"
    )
    swnlp.load(lexicon=tmp_path / "lexicon").to_disk(tmp_path / "model")
    (tmp_path / "lexicon" / "a.csv").unlink()
    (tmp_path / "lexicon").rmdir()
    assert ("搭台子", "PROGRAM", "", "program:搭台计划") in found(
        spacy.load(tmp_path / "model")("居委会搭台子。")
    )


def test_bytes_round_trip(nlp):
    again = swnlp.load().from_bytes(nlp.to_bytes())
    assert found(again(TEXT)) == found(nlp(TEXT))


def test_two_processes_find_the_same(nlp):
    texts = [TEXT, "赤水市慈善总会设立“红枫”助学项目。"] * 3
    assert [found(d) for d in nlp.pipe(texts, n_process=2)] == [found(nlp(t)) for t in texts]


def test_the_factories_are_entry_points():
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "swnlp.Tokenizer.v1"}}})
    nlp.add_pipe("swnlp_names")
    assert ("社工", "ACTOR") in [(e.text, e.label_) for e in nlp("社工来了。").ents]


def test_another_tokenizer_is_refused_with_the_way_out():
    nlp = spacy.blank("zh")
    nlp.add_pipe("swnlp_names")
    with pytest.raises(ValueError, match=r"swnlp\.load"):
        nlp("社工来了。")


def mentions(analysis):
    columns = ["start", "end", "text", "label", "kind", "entity_id", "method", "outer"]
    return analysis.mentions[columns].to_dict("records")


def test_analysing_with_the_pipeline_gives_the_same_mentions_and_terms(nlp):
    plain, piped = swnlp.analyze(CORPORA), swnlp.analyze(CORPORA, nlp=nlp)
    assert mentions(plain) == mentions(piped)
    assert plain.terms.equals(piped.terms)


def test_a_component_of_the_users_adds_names(tmp_path):
    nlp = swnlp.load()
    ruler = nlp.add_pipe("entity_ruler", first=True)
    ruler.add_patterns([{"label": "PROGRAM", "pattern": "跑场子"}])
    (tmp_path / "a.txt").write_text("志愿者跑场子。", encoding="utf-8")
    analysis = swnlp.analyze(tmp_path, nlp=nlp)
    assert ("跑场子", "PROGRAM", "spacy") in analysis.mentions[["text", "label", "method"]].itertuples(
        index=False
    )


PIECES = st.sampled_from(
    ["遵义市民政局", "实施“遵才归雁”计划", "社工", "《慈善法》", "。", "\n", " ", "\u3000", "😀", "𠮷", "\u200b", "鄉鎮",
     "１２", "”", "“", "《", "省委、省政府", "x", "第三届邻里节"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=20).map("".join))
def test_offsets_survive_any_mixture(nlp, text):
    doc = nlp(text)
    assert doc.text == text
    sentences = [(s.start_char, s.end_char) for s in doc.sents]
    for ent in (*doc.ents, *doc.spans["swnlp"]):
        assert text[ent.start_char : ent.end_char] == ent.text == ent.text.strip()
        assert any(start <= ent.start_char and ent.end_char <= end for start, end in sentences)
