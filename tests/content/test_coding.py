"""Codes over a result: places, counts, cross tables, edges and evidence."""

import json

import pytest
from typer.testing import CliRunner

import swnlp
from swnlp.cli import app
from swnlp.errors import AnalysisError
from swnlp.settings import Settings

REPORT = """2023年厦门市社会工作报告

厦门市
我市加强社会工作者培训，组织社会工作者督导困境儿童服务项目。
五社联动机制不断完善，社会组织与社区志愿者共同开展儿童关爱活动。
全年投入资金200万元，购买服务项目30个。
未安排培训。
下一步，我市将加大资金投入，开展社工培训。
"""
BOOK = """
[[code]]
name = "能力建设"
group = "手段"
rule = '培训 | 督导'
note = "社工能力的提升"

[[code]]
name = "资金"
group = "手段"
rule = '资金 | 购买服务'

[[code]]
name = "儿童服务"
group = "领域"
rule = '儿童'

[[code]]
name = "联动"
group = "领域"
rule = 'entity:五社联动'

[[code]]
name = "社工培训"
rule = 'entity:社工 near/2 培训'

[[code]]
name = "资金与培训"
rule = 'code:资金 & 培训'
within = "section"

[[code]]
name = "康复"
rule = '康复 | entity:厦门市残疾人联合会'
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("codes")
    (folder / "in").mkdir()
    (folder / "in" / "厦门.txt").write_text(REPORT, encoding="utf-8")
    (folder / "codes.toml").write_text(BOOK, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def analysis(folder):
    settings = Settings(codes=str(folder / "codes.toml"), view="full")
    return swnlp.analyze(folder / "in", folder / "out", settings=settings)


def texts(analysis, code):
    return list(analysis.mentions.query(f"entity_id == 'code:{code}'")["text"])


def test_the_places_of_a_code_are_mentions_and_it_is_an_entity(analysis):
    assert texts(analysis, "能力建设") == ["培训", "督导", "培训", "培训"]
    entity = analysis.entities.set_index("entity_id").loc["code:能力建设"]
    assert (entity["label"], entity["kind"], entity["name"]) == ("CODE", "手段", "能力建设")
    assert (entity["mentions"], entity["sentences"]) == (4, 3)
    text = analysis.documents["text"][0]
    assert all(text[m.start : m.end] == m.text for m in analysis.mentions.itertuples())


def test_a_rule_over_a_section_names_its_places_all_over_the_section(analysis):
    assert texts(analysis, "资金与培训") == ["培训", "资金", "购买服务", "培训", "资金", "培训"]


def test_near_an_entity_by_any_of_its_names(analysis):
    assert texts(analysis, "社工培训") == ["社会工作者", "培训", "社工", "培训"]


def test_counts_are_in_the_order_of_the_book_and_say_zero(analysis):
    counts = analysis.codes.set_index("code")
    assert list(counts.index) == ["能力建设", "资金", "儿童服务", "联动", "社工培训", "资金与培训", "康复"]
    assert counts.loc["能力建设", ["mentions", "sentences", "documents"]].tolist() == [4, 3, 1]
    assert counts.loc["康复", ["mentions", "sentences", "documents"]].tolist() == [0, 0, 0]
    assert counts.loc["能力建设", "note"] == "社工能力的提升"


def test_what_a_rule_can_not_find_is_told(analysis, folder):
    (problem,) = analysis.problems.query("stage == 'codes'").to_dict("records")
    assert problem["path"] == "codes.toml"
    assert "厦门市残疾人联合会" in problem["message"]
    notes = analysis.coding(folder / "codes.toml").notes
    assert any("厦门市残疾人联合会" in note for note in notes)
    assert any(note.startswith("编码 康复: 没有一处") for note in notes)


def test_codes_make_edges_with_their_evidence(analysis):
    evidence = analysis.evidence("能力建设", "社会工作者")
    assert len(evidence) == analysis.windows("能力建设", "社会工作者") == 2
    assert list(evidence["status"]) == ["done", "planned"]
    graph = analysis.graph(view="actor-code")
    assert {graph.nodes[n]["entity_label"] for n in graph} == {"ACTOR", "CODE"}
    assert graph.edges["actor:social_worker", "code:能力建设"]["planned"] == 1
    pairs = {tuple(sorted(edge)) for edge in analysis.graph(view="code-code").edges}
    assert ("code:儿童服务", "code:能力建设") in pairs


def test_a_code_makes_no_edge_with_the_name_or_the_code_that_is_its_only_place(analysis):
    assert len(texts(analysis, "联动")) == 1
    assert analysis.windows("code:联动", analysis.find("program:五社联动")) == 0
    assert analysis.windows("code:联动", "code:儿童服务") == 1


def test_a_cross_table_counts_units_with_both(analysis):
    table = analysis.coding().crosstab("手段", "领域")
    assert table.to_dict("index") == {
        "能力建设": {"儿童服务": 1, "联动": 0},
        "资金": {"儿童服务": 0, "联动": 0},
    }
    assert analysis.coding().crosstab("手段", "领域", unit="document").to_numpy().tolist() == [[1, 1], [1, 1]]
    whole = analysis.coding().crosstab()
    assert whole.loc["能力建设", "能力建设"] == 3
    with pytest.raises(AnalysisError, match="手段、领域"):
        analysis.coding().crosstab("工具")


def test_a_book_gives_the_same_on_a_finished_result(analysis, folder, tmp_path):
    plain = swnlp.analyze(folder / "in", tmp_path / "plain")
    now, then = plain.coding(folder / "codes.toml"), analysis.coding()
    assert now.counts.equals(then.counts)
    assert now.sentences.equals(then.sentences)
    with pytest.raises(AnalysisError, match="codes"):
        plain.codes  # noqa: B018


def test_the_five_society_table_with_codes(analysis):
    table = analysis.linkage(by="code")
    row = table[(table["kind"] == "social_worker") & (table["initiative"] == "能力建设")].iloc[0]
    assert (row["windows"], row["planned"]) == (2, 1)


def test_the_book_is_in_the_record_and_a_change_of_it_counts_again(analysis, folder, tmp_path):
    record = json.loads((analysis.folder / "run.json").read_text(encoding="utf-8"))
    assert record["codes"]["file"] == "codes.toml"
    assert record["codes"]["codes"][0]["rule"] == "培训 | 督导"
    path = tmp_path / "codes.toml"
    path.write_text(BOOK, encoding="utf-8")
    first = swnlp.analyze(folder / "in", tmp_path / "out", settings=Settings(codes=str(path)))
    parts = {p: p.stat().st_mtime_ns for p in (first.folder / "parts").iterdir()}
    path.write_text(BOOK.replace("培训 | 督导", "督导"), encoding="utf-8")
    again = swnlp.analyze(folder / "in", tmp_path / "out", settings=Settings(codes=str(path)))
    assert texts(again, "能力建设") == ["督导"]
    assert {p: p.stat().st_mtime_ns for p in (again.folder / "parts").iterdir()} == parts


def test_a_reprint_is_coded_once(folder, tmp_path):
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "in" / name).write_text(REPORT * 3, encoding="utf-8")
    plain = swnlp.analyze(tmp_path / "in", tmp_path / "out")
    assert plain.documents["reprint_of"].notna().sum() == 1
    assert plain.coding(folder / "codes.toml").sentences["doc_id"].nunique() == 1


def test_the_command_counts_and_crosses(analysis, folder, tmp_path):
    done = CliRunner().invoke(
        app, ["codes", str(analysis.folder), "--rows", "手段", "--columns", "领域", "-o", str(tmp_path)]
    )
    assert done.exit_code == 0, done.output
    assert "能力建设" in done.output
    assert "编码交叉表" in done.output
    assert {p.name for p in tmp_path.iterdir()} == {"codes.csv", "coded.csv", "crosstab.csv"}
    broken = tmp_path / "broken.toml"
    broken.write_text("[[code]]\nname = '甲'\nrule = '培训 |'\n", encoding="utf-8")
    told = CliRunner().invoke(app, ["codes", str(analysis.folder), str(broken)])
    assert told.exit_code == 2
    assert "broken.toml:3:13" in told.output
