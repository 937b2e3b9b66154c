"""content/topics.py: topics of report files, recovered where they were planted; tables, shares and sentences."""

import csv
import random
import warnings

import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score
from typer.testing import CliRunner

import swnlp
from swnlp.cli import app
from swnlp.count.units import joined, unit_batches, unit_frequencies
from swnlp.errors import AnalysisError
from swnlp.lexicon import load_word_lists
from swnlp.schema import SECTION_TOPICS, TOPIC_SENTENCES, TOPIC_TERMS, TOPICS
from swnlp.store import table_paths

run = CliRunner().invoke
THEMES = {
    "养老": "老人 食堂 护理 床位 助餐 康复 照料 日间 健康 医生 陪伴 敬老".split(),
    "环境": "河流 水质 垃圾 分类 绿化 森林 污染 空气 排放 湿地 土壤 监测".split(),
    "教育": "学校 教师 课程 学生 课堂 阅读 图书 操场 校园 作业 家长 考试".split(),
}


def paragraph(chance, theme):
    sentences = []
    for _ in range(2):
        a, b, c, d = chance.sample(THEMES[theme], 4)
        sentences.append(f"{a}和{b}，{c}与{d}。")
    return "".join(sentences)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Two cities, two years, forty paragraphs each; Sanming has more of 养老, Nanping more of 环境."""
    folder = tmp_path_factory.mktemp("corpus")
    chance = random.Random(0)
    truth = {}
    for city, year, weights in (("三明市", 2021, (4, 1, 1)), ("南平市", 2022, (1, 4, 1))):
        themes = chance.choices(list(THEMES), weights, k=60)
        body = "\n".join(paragraph(chance, theme) for theme in themes)
        (folder / f"{city}.txt").write_text(
            f"{city}工作报告\n发布时间：{year}-05-06\n{body}\n", encoding="utf-8"
        )
        truth[f"{city}.txt"] = themes
    return swnlp.analyze(folder, folder.parent / "out"), truth


@pytest.fixture(scope="module")
def found(corpus):
    return corpus[0].topics()


def test_planted_topics_and_their_number_are_recovered(corpus, found):
    analysis, _ = corpus
    assert len(found.topics) == 3
    main = found.section_topics.sort_values("weight").groupby(["doc_id", "paragraph_id"])["topic"].last()
    text = analysis.sentences.groupby(["doc_id", "paragraph_id"])["text"].agg("".join)
    both = pd.concat([main, text], axis=1).dropna()
    theme = both["text"].map(lambda t: max(THEMES, key=lambda name: sum(w in t for w in THEMES[name])))
    assert len(both) >= 120
    assert adjusted_rand_score(theme, both["topic"]) >= 0.9


def test_tables_are_those_of_the_schema(found):
    assert list(found.topics.columns) == TOPICS.names
    assert list(found.topic_terms.columns) == TOPIC_TERMS.names
    assert list(found.section_topics.columns) == SECTION_TOPICS.names
    assert found.topics["share"].sum() == pytest.approx(1)
    assert found.topics["share"].is_monotonic_decreasing
    first = found.topic_terms[found.topic_terms["topic"] == 1]
    assert found.topics["name"][0] == "、".join(first["term"][:4])
    assert set(first["term"][:8]) <= set().union(*THEMES.values())
    assert found.curve.loc[found.curve["chosen"], "n_topics"].tolist() == [3]
    assert found.curve["score"].max() == found.curve.loc[found.curve["chosen"], "score"].iloc[0]


def test_shares_of_places_and_years(found):
    for table in (found.by_place, found.by_year):
        shares = table.drop(columns="words")
        assert shares.sum(axis=1).tolist() == pytest.approx([1, 1])
    elderly = next(name for name in found.topics["name"] if set(name.split("、")) & set(THEMES["养老"]))
    assert found.by_place.loc["三明市", elderly] > 0.5 > found.by_place.loc["南平市", elderly]
    assert found.by_year.loc["2021", elderly] == pytest.approx(found.by_place.loc["三明市", elderly])


def test_all_sentences_of_a_topic_in_order_of_weight(corpus, found):
    rows = found.sentences(1, min_weight=0.5)
    assert list(rows.columns) == TOPIC_SENTENCES.names
    assert rows["weight"].is_monotonic_decreasing and rows["weight"].min() >= 0.5
    text = corpus[0].documents.set_index("doc_id")["text"]
    assert all(text[row.doc_id][row.start : row.end] == row.text for row in rows.itertuples())
    # A topic's sentences are all of its paragraphs'.
    held = found.section_topics.query("topic == 1 and weight >= 0.5")[["doc_id", "paragraph_id"]]
    assert len(rows) == len(corpus[0].sentences.merge(held.astype({"doc_id": str})))


def test_sections_and_documents_have_topics_too(corpus):
    for unit in ("section", "document"):
        with pytest.raises(AnalysisError, match="语料太小"):
            corpus[0].topics(2, unit=unit)


def test_lda_and_a_number_by_hand(corpus):
    found = corpus[0].topics(2, method="lda")
    assert len(found.topics) == 2 and len(found.curve) == 1
    with pytest.raises(AnalysisError, match="主题数"):
        corpus[0].topics(1)


def test_a_small_corpus_is_answered_honestly(tmp_path):
    text = "社会工作报告\n" + "\n".join(paragraph(random.Random(i), "养老") for i in range(12))
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    analysis = swnlp.analyze(tmp_path / "a.txt")
    with pytest.warns(UserWarning, match="只能作为阅读线索.*hints for reading"):
        found = analysis.topics()
    assert len(found.topics) == 2
    assert "only 13 units" in found.notes[0]
    (tmp_path / "b.txt").write_text("社区。\n", encoding="utf-8")
    with pytest.raises(AnalysisError, match="语料太小"):
        swnlp.analyze(tmp_path / "b.txt").topics()


def test_a_large_corpus_streams_and_says_so(corpus):
    from swnlp.content.topics import TopicChoice, topics_of

    analysis, _ = corpus
    choice = TopicChoice(n=3, words=load_word_lists(), in_memory=50)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = topics_of(table_paths(analysis.folder), choice, place_names=analysis.place_names)
    assert any("online" in str(warning.message) for warning in caught)
    whole = analysis.topics(3).section_topics
    a, b = (
        t.sort_values("weight").groupby(["doc_id", "paragraph_id"])["topic"].last()
        for t in (found.section_topics, whole)
    )
    assert adjusted_rand_score(a, b.loc[a.index]) >= 0.9


def test_units_are_never_cut_however_small_the_batches(corpus):
    terms = table_paths(corpus[0].folder)["terms"]
    df, units = unit_frequencies(terms)
    number = {word: i for i, word in enumerate(df["term"].to_pylist())}
    whole = joined(unit_batches(terms, number))
    assert whole.counts.shape == (units, len(number))
    assert (whole.counts > 0).sum(axis=0).tolist() == df["units"].to_pylist()
    for rows in (1, 7, 50):
        pieces = joined(unit_batches(terms, number, rows=rows))
        assert pieces.keys.equals(whole.keys) or pieces.keys.to_pylist() == whole.keys.to_pylist()
        assert (pieces.counts != whole.counts).nnz == 0


def test_the_command_writes_all_twice_with_the_same_bytes(corpus, tmp_path):
    args = ["topics", str(corpus[0].folder), "-o", str(tmp_path / "主题")]
    done = run(app, args, env={"COLUMNS": "140"})
    assert done.exit_code == 0, done.output
    assert "主题数的选择" in done.stdout and "稳定性" in done.stdout
    first = {path.name: path.read_bytes() for path in (tmp_path / "主题").iterdir()}
    assert set(first) == {
        "topics.csv", "topic_terms.csv", "topic_curve.csv", "topics_by_place.csv", "topics_by_year.csv",
        "section_topics.csv", "topic_sentences.csv",
    }  # fmt: skip
    run(app, args)
    assert {path.name: path.read_bytes() for path in (tmp_path / "主题").iterdir()} == first
    with (tmp_path / "主题" / "topic_sentences.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(next(csv.reader(file))) == TOPIC_SENTENCES.names
