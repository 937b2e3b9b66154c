"""workflow.py: from the real report to the tables, the graph and the evidence."""

import os
import subprocess
import sys
from functools import partial
from itertools import islice, permutations
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

import breaking
import swnlp
from swnlp import mapper, store
from swnlp.engine import run_map
from swnlp.errors import CorpusError, MemoryLimitError, MissingPathError
from swnlp.settings import Settings

CORPORA = Path(__file__).parent.parent / "corpora"
SAMPLE = CORPORA / "fujian-social-work-2023"
TEXT = (SAMPLE / "fujian-social-work-2023-part3.txt").read_text(encoding="utf-8").replace("\r\n", "\n")


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return tmp_path_factory.mktemp("result") / "out"


@pytest.fixture(scope="module")
def analysis(out):
    return swnlp.analyze(SAMPLE, out)


def test_the_sample_is_one_report_with_its_date_and_title(analysis):
    (document,) = analysis.documents.to_dict("records")
    assert document["text"] == TEXT
    assert document["date"] == "2023-04-03"
    assert document["title"] == "全省各地市社会工作发展成果展示(三)"
    assert document["place_id"] == "place:350000"


def test_the_four_cities_are_sections_with_their_text_and_place(analysis):
    sections = analysis.sections.query("title != ''").set_index("title")
    places = {
        "南平市": "place:350700",
        "龙岩市": "place:350800",
        "宁德市": "place:350900",
        "平潭综合实验区": "place:350128",
    }
    assert {t: p for t, p in sections["place_id"].items() if t in places} == places
    for city, opening in {
        "南平市": "社会工作发展机制不断完善",
        "平潭综合实验区": "平潭综合实验区立足本地实际",
    }.items():
        text = TEXT[sections.loc[city, "start"] : sections.loc[city, "end"]]
        assert text.startswith(city)
        assert opening in text
        assert "下一步" not in text


def test_the_closing_paragraph_is_the_provinces_again(analysis):
    closing = analysis.sections.iloc[-1]
    assert closing["start"] == TEXT.index("下一步,全省各级民政部门")
    assert closing["place_id"] == "place:350000"


def test_every_mention_lies_in_its_section_and_its_sentence(analysis):
    rows = analysis.mentions.merge(
        analysis.sections, on=["doc_id", "section_id"], suffixes=("", "_section")
    ).merge(analysis.sentences, on=["doc_id", "sentence_id"], suffixes=("", "_sentence"))
    assert len(rows) == len(analysis.mentions) > 100
    assert (rows["start_section"] <= rows["start"]).all()
    assert (rows["end"] <= rows["end_section"]).all()
    assert (rows["start_sentence"] <= rows["start"]).all()
    assert (rows["end"] <= rows["end_sentence"]).all()
    assert all(TEXT[m.start : m.end] == m.text for m in analysis.mentions.itertuples())


def test_nothing_of_the_menu_or_the_footer_is_a_mention(analysis):
    report = range(TEXT.index("全省各地市社会工作发展成果展示(三)"), TEXT.index("上一篇"))
    assert all(start in report for start in analysis.mentions["start"])
    assert not analysis.mentions["text"].str.contains("海峡社会组织研究院").any()
    assert "中山路" not in "".join(analysis.terms["term"])


def test_terms_count_an_outer_name_once_and_whole(analysis):
    counts = analysis.terms.groupby("term")["count"].sum()
    outer = analysis.mentions.query("outer and text == '福蕾行动计划'")
    assert counts["福蕾行动计划"] == len(outer) == 1
    assert "福蕾" not in counts


def test_social_workers_are_linked_to_the_linkage_and_the_evidence_says_where(analysis):
    evidence = analysis.evidence("社会工作者", "五社联动")
    edge = analysis.graph().edges["actor:social_worker", "program:五社联动"]
    assert len(evidence) == edge["weight"] >= 1
    for row in evidence.itertuples():
        assert TEXT[row.start : row.end] == row.text
        assert "五社联动" in row.text
        for span in (*row.source_spans, *row.target_spans):
            start, end = map(int, span.split("-"))
            assert row.start <= start < end <= row.end


def test_an_actor_inside_a_longer_name_makes_edges(analysis):
    name = "“台湾社工+村(居)委会+志愿者+社会力量”的平潭模式"
    first = TEXT.index(name)
    mentions = analysis.mentions[analysis.mentions["start"].between(first, first + len(name))]
    inside = mentions.query("not outer and label == 'ACTOR'")
    assert set(inside["kind"]) >= {"community", "social_worker", "volunteer"}


def test_the_table_of_societies_and_places_counts_mentions(analysis):
    table = analysis.linkage()
    assert list(table.columns) == ["社区", "社会组织", "社会工作者", "社区志愿者", "社会慈善资源"]
    assert list(table.index) == ["福建省", "南平市", "龙岩市", "宁德市", "平潭综合实验区", "合计"]
    assert table.loc["合计"].sum() == (analysis.mentions["label"] == "ACTOR").sum()
    assert table.loc["南平市", "社会工作者"] >= 5


def test_a_result_reopens_as_it_was(analysis, out):
    again = swnlp.open_analysis(out)
    assert repr(again) == repr(analysis)
    pd.testing.assert_frame_equal(again.entities, analysis.entities)


def test_the_graph_files_are_read_back(analysis, out):
    graph = analysis.graph()
    assert set(nx.read_graphml(out / "graph.graphml")) == set(graph)
    edges = pd.read_csv(out / "edges.csv")
    assert list(edges.columns[:4]) == ["Source", "Target", "Type", "Weight"]
    assert len(edges) == graph.number_of_edges()
    evidence = pd.read_csv(out / "evidence.csv")
    assert len(evidence) == edges["Weight"].sum()


def test_evidence_csv_has_each_edge_of_the_default_view_as_often_as_it_counts(analysis, out):
    rows = pd.read_csv(out / "evidence.csv").groupby(["source", "target"]).size().to_dict()
    edges = {tuple(sorted(pair)): n for *pair, n in analysis.graph().edges(data="windows")}

    assert rows == edges
    assert len(edges) > 5


def test_a_pair_alone_has_the_sentences_that_it_has_among_all_pairs(analysis):
    edges = list(analysis.edges[["source", "target"]].itertuples(index=False, name=None))
    every = {}
    for row in analysis.evidence_table(edges).to_pylist():
        every.setdefault((row["source"], row["target"]), []).append(row)

    counted = analysis.edges.set_index(["source", "target"])["windows"].to_dict()
    assert {pair: len(rows) for pair, rows in every.items()} == counted
    for pair in edges[::7]:
        assert analysis.evidence_table([pair]).to_pylist() == every[pair]


def test_two_runs_give_the_same_bytes(analysis, out, tmp_path, same_bytes):
    swnlp.analyze(SAMPLE, tmp_path / "out")
    same_bytes(out, tmp_path / "out")


def test_a_second_run_maps_nothing_again(analysis, out, monkeypatch):
    def fail(*args):
        raise AssertionError("a part was mapped again")

    monkeypatch.setattr("swnlp.mapper.map_batch", fail)
    before = {p: p.stat().st_mtime_ns for p in out.rglob("*") if p.is_file() and p.suffix != ".lock"}
    assert len(swnlp.analyze(SAMPLE, out).mentions) == len(analysis.mentions)
    assert {p: p.stat().st_mtime_ns for p in before} == before


def test_a_file_of_the_result_that_is_gone_is_made_again_from_the_parts(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("志愿者推动“五社联动”机制。", encoding="utf-8")
    swnlp.analyze(tmp_path / "a.txt", tmp_path / "out")
    edges = (tmp_path / "out" / "edges.csv").read_bytes()
    (tmp_path / "out" / "edges.csv").unlink()
    monkeypatch.setattr("swnlp.mapper.map_batch", None)
    swnlp.analyze(tmp_path / "a.txt", tmp_path / "out")
    assert (tmp_path / "out" / "edges.csv").read_bytes() == edges


def test_a_run_stopped_half_way_goes_on_to_the_same_bytes(tmp_path, same_bytes):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for i in range(6):
        (corpus / f"{i}.txt").write_text(
            f"遵义市\n第{i}年，社会工作者参与“五社联动”机制。\n", encoding="utf-8"
        )
    settings = Settings(batch_chars=1)

    def stop_at_the_third(progress):
        if progress.stage == "map" and progress.parts_done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        swnlp.analyze(corpus, tmp_path / "a", settings=settings, progress=stop_at_the_third)
    assert len(list((tmp_path / "a" / "parts").glob("*.problems.parquet"))) == 3
    swnlp.analyze(corpus, tmp_path / "a", settings=settings)
    swnlp.analyze(corpus, tmp_path / "b", settings=settings)
    same_bytes(tmp_path / "a", tmp_path / "b")


def test_one_bad_file_never_stops_a_run(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "broken.txt").write_bytes(b"\xff\xfe\x00\xd8\x00")
    (tmp_path / "good.txt").write_text("遵义市民政局推动社会工作者参与“五社联动”机制。", encoding="utf-8")
    analysis = swnlp.analyze(tmp_path)
    assert list(analysis.documents["doc_id"]) == ["good.txt"]
    assert list(analysis.problems["path"]) == [str(tmp_path / "broken.txt"), str(tmp_path / "empty.txt")]
    assert "org:遵义市民政局" in set(analysis.entities["entity_id"])


def test_a_bug_in_a_stage_costs_one_file_and_is_reported(tmp_path, monkeypatch):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"遵义市开展{name}志愿服务。", encoding="utf-8")
    import swnlp.annotate

    outline = swnlp.annotate.outline

    def broken(document, gazetteer, **place):
        if document.doc_id == "a.txt":
            raise ZeroDivisionError("oops")
        return outline(document, gazetteer, **place)

    monkeypatch.setattr("swnlp.annotate.outline", broken)
    analysis = swnlp.analyze(tmp_path)
    assert list(analysis.documents["doc_id"]) == ["b.txt"]
    (problem,) = analysis.problems.to_dict("records")
    assert (problem["path"], problem["stage"], problem["error"]) == (
        str(tmp_path / "a.txt"),
        "annotate",
        "ZeroDivisionError",
    )


GOOD = "遵义市民政局推动社会工作者参与“五社联动”机制，培训志愿者120人。"


def reports(folder, *broken):
    """Write three reports; the mark makes tests/breaking.py raise."""
    folder.mkdir()
    for name in ("a.txt", "b.txt", "c.txt"):
        text = GOOD + (breaking.MARK if name in broken else "")
        (folder / name).write_text(text + name, encoding="utf-8")
    return folder


@pytest.mark.parametrize("workers", [1, 2])
def test_a_panic_in_the_numbers_of_one_report_costs_that_report_alone(tmp_path, monkeypatch, workers):
    monkeypatch.setattr("swnlp.workflow.run_map", partial(run_map, run=breaking.run_broken))
    folder = reports(tmp_path / "reports", "b.txt")

    analysis = swnlp.analyze(
        folder, tmp_path / "out", workers=workers, settings=Settings(batch_chars=60, keep_duplicates=True)
    )

    assert list(analysis.documents["doc_id"]) == ["a.txt", "c.txt"]
    assert set(analysis.indicators["doc_id"]) == {"a.txt", "c.txt"}
    (problem,) = analysis.problems.to_dict("records")
    assert (problem["path"], problem["stage"]) == (str(folder / "b.txt"), "annotate")
    assert problem["error"] == "Panic" and "index out of bounds" in problem["message"]


def test_a_report_that_cannot_be_tabulated_costs_that_report_alone(tmp_path, monkeypatch):
    tabulated = mapper.tabulate

    def broken(annotations):
        if any(a.document.doc_id == "b.txt" for a in annotations):
            raise OverflowError("too long")
        return tabulated(annotations)

    monkeypatch.setattr("swnlp.mapper.tabulate", broken)
    folder = reports(tmp_path / "reports")

    analysis = swnlp.analyze(folder, settings=Settings(keep_duplicates=True))

    assert list(analysis.documents["doc_id"]) == ["a.txt", "c.txt"]
    assert set(store.read_table(analysis.folder, "signatures")["doc_id"].to_pylist()) <= {"a.txt", "c.txt"}
    (problem,) = analysis.problems.to_dict("records")
    assert (problem["path"], problem["stage"], problem["error"]) == (
        str(folder / "b.txt"), "mapper", "OverflowError",
    )  # fmt: skip


@pytest.mark.parametrize(("fails", "documents"), [(0, 0), (1, 1)])
def test_a_long_report_whose_first_piece_fails_is_left_out_whole(tmp_path, monkeypatch, fails, documents):
    annotator = mapper.annotator

    def broken(*args):
        annotate = annotator(*args)

        def one(document, piece):
            if document.doc_id == "long.txt" and piece.number == fails:
                raise RecursionError("too deep")
            return annotate(document, piece)

        return one

    mapper._annotator.cache_clear()
    monkeypatch.setattr("swnlp.mapper.annotator", broken)
    (tmp_path / "long.txt").write_text("\n".join([GOOD] * 40), encoding="utf-8")
    (tmp_path / "short.txt").write_text("贵阳市社会组织登记。", encoding="utf-8")

    analysis = swnlp.analyze(tmp_path, settings=Settings(batch_chars=500))
    mapper._annotator.cache_clear()

    assert list(analysis.documents["doc_id"]) == ["long.txt", "short.txt"][1 - documents :]
    for table in ("mentions", "sentences", "terms", "indicators"):
        found = set(store.read_table(analysis.folder, table)["doc_id"].to_pylist())
        assert ("long.txt" in found) is bool(documents)
    assert any(f"part {fails + 1}/" in message for message in analysis.problems["message"])


def test_an_export_that_fails_is_a_problem_and_is_made_by_the_next_run(tmp_path, monkeypatch, same_bytes):
    folder = reports(tmp_path / "reports")
    swnlp.analyze(folder, tmp_path / "good")

    def broken(*args, **kwargs):
        raise KeyError("oops")

    with monkeypatch.context() as patch:
        patch.setattr("swnlp.result_files.write_linkage_xlsx", broken)
        patch.setattr("swnlp.result_files.network", broken)
        failed = swnlp.analyze(folder, tmp_path / "out")

    assert list(failed.problems["path"])[-2:] == ["graph.gexf", "linkage.csv"]
    assert set(failed.problems["stage"][-2:]) == {"export"}
    assert failed.run["failed"] == ["graph.gexf", "linkage.csv"]
    assert len(failed.mentions) and (tmp_path / "out" / "indicators.csv").exists()
    for name in ("linkage.csv", "linkage.xlsx", "graph.gexf", "nodes.csv"):
        assert not (tmp_path / "out" / name).exists()
    again = swnlp.analyze(folder, tmp_path / "out")
    assert again.run["failed"] == []
    same_bytes(tmp_path / "good", tmp_path / "out")


def test_too_little_memory_for_one_export_leaves_the_others(tmp_path, monkeypatch):
    def broken(*args, **kwargs):
        raise MemoryLimitError("请加大 --memory")

    monkeypatch.setattr("swnlp.result_files.find_evidence", broken)
    analysis = swnlp.analyze(reports(tmp_path / "reports"))

    assert analysis.run["failed"] == ["evidence.csv"]
    assert "请加大 --memory" in list(analysis.problems["message"])[-1]


def test_nothing_to_analyse_and_a_missing_path_are_errors(tmp_path):
    with pytest.raises(CorpusError, match="No report"):
        swnlp.analyze(tmp_path, tmp_path / "out")
    with pytest.raises(MissingPathError):
        swnlp.analyze(tmp_path / "none", tmp_path / "out2")
    assert not (tmp_path / "out2").exists()


def test_the_corpus_file_may_say_which_place_the_reports_are_about(tmp_path):
    (tmp_path / "corpus.toml").write_text('documents = ["*.txt"]\nplace = "遵义市"\n', encoding="utf-8")
    (tmp_path / "a.txt").write_text("市民政局推动社工站建设。", encoding="utf-8")
    assert "org:遵义市民政局" in set(swnlp.analyze(tmp_path).entities["entity_id"])


def test_the_window_and_the_threshold_are_the_users(tmp_path):
    text = "遵义市\n\n居委会搭台子。志愿者跑场子，推动“五社联动”机制。\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    sentence = swnlp.analyze(tmp_path)
    paragraph = swnlp.analyze(tmp_path, settings=Settings(window="paragraph"))
    assert set(sentence.graph().edges) == {("actor:volunteer", "program:五社联动")}
    assert ("actor:community", "program:五社联动") in paragraph.graph().edges
    assert sentence.graph(min_count=2).number_of_edges() == 0


def test_a_name_of_the_users_lexicon_is_always_found(tmp_path):
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "names.csv").write_text("name,label\n进老年人助,PROGRAM\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("遵义市推进老年人助餐服务。", encoding="utf-8")
    analysis = swnlp.analyze(tmp_path / "a.txt", lexicon=tmp_path / "lexicon")
    assert "program:进老年人助" in set(analysis.entities["entity_id"])
    assert analysis.run["lexicon"][0]["file"] == "names.csv"


def test_a_run_without_any_report_leaves_an_older_result_as_it_was(tmp_path):
    (tmp_path / "good.txt").write_text("志愿者推动“五社联动”机制。", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "empty.txt").write_bytes(b"")
    before = swnlp.analyze(tmp_path / "good.txt", tmp_path / "out")
    with pytest.raises(CorpusError, match=r"empty\.txt"):
        swnlp.analyze(tmp_path / "empty", tmp_path / "out")
    assert repr(swnlp.open_analysis(tmp_path / "out")) == repr(before)


def test_the_order_of_python_sets_does_not_show(tmp_path, same_bytes):
    words = (
        "城乡社区 居民 就业 养老 服务 质量 安全 生产 综合 治理 能力 提升 建设 "
        "文明 乡村 振兴 数字 健康 绿色 发展 创新 示范 改革 试点 普查"
    ).split()
    lines = [
        f"全市实施{a}{b}{c}{d}行动，推进“{b}{c}”{a}{d}工程，获评全国{a}{b}{c}{d}先进单位。\n"
        for a, b, c, d in islice(permutations(words, 4), 0, 40_000, 97)
    ]
    (tmp_path / "a.txt").write_text("".join(lines), encoding="utf-8")
    for seed in "123":
        script = f"import swnlp; swnlp.analyze({str(tmp_path / 'a.txt')!r}, {str(tmp_path / seed)!r})"
        subprocess.run([sys.executable, "-c", script], env={**os.environ, "PYTHONHASHSEED": seed}, check=True)
    same_bytes(tmp_path / "1", tmp_path / "2")
    same_bytes(tmp_path / "1", tmp_path / "3")


def test_a_place_has_its_code_and_its_path(tmp_path):
    (tmp_path / "a.txt").write_text("南平市社会工作\n邵武市社区组织志愿者。", encoding="utf-8")
    entities = swnlp.analyze(tmp_path, tmp_path / "out").entities.set_index("entity_id")
    assert entities.loc["place:350781", "path"] == "福建省/南平市/邵武市"
    assert entities.loc["actor:volunteer", "path"] is None or entities["path"].isna()["actor:volunteer"]
