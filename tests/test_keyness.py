"""keyness.py: log-likelihood, log-ratio and corrected p-values equal hand counts and scipy's; and the way to them."""

import csv
from math import log, log2

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, false_discovery_control
from typer.testing import CliRunner

import swnlp
from swnlp.cli import app
from swnlp.errors import AnalysisError
from swnlp.keyness import keyness
from swnlp.lexicon import load_word_lists
from swnlp.schema import KEYNESS

run = CliRunner().invoke

REPORTS = {
    "三明市2021.txt": (
        "三明市社会工作发展报告\n发布时间：2021-05-06\n志愿者走进社区，志愿者走进学校，志愿者关爱儿童。\n"
        "志愿者帮助老人。志愿者参与“暖心三明”行动。"
    ),
    "南平市2022.txt": (
        "南平市社会工作发展报告\n发布时间：2022-03-01\n社工机构承接项目，社工机构培育人才。\n"
        "社工机构服务村庄。志愿者走进社区。"
    ),
}


def counted(rows):
    columns = list(zip(*rows, strict=True))
    return pa.table(dict(zip(("group", "term", "count", "documents"), columns, strict=True)))


# In A 12 of 100 words are 社区, in B 6 of 200; 儿童 stands 5 times in B only.
BY_HAND = counted(
    [
        ("A", "社区", 12, 2),
        ("A", "其他", 88, 2),
        ("B", "社区", 6, 1),
        ("B", "儿童", 5, 1),
        ("B", "其他", 189, 1),
    ]
)


def row(table, group, term):
    (found,) = [r for r in table.to_pylist() if (r["group"], r["term"]) == (group, term)]
    return found


def test_keyness_by_hand():
    found = row(keyness(BY_HAND, ignore=["其他"]), "A", "社区")
    assert (found["count"], found["rest_count"], found["size"], found["rest_size"]) == (12, 6, 100, 200)
    assert (found["per_10k"], found["rest_per_10k"], found["documents"]) == (1200, 300, 2)
    assert found["log_ratio"] == pytest.approx(2)
    # 18 of 300 words in all: 6 were due in A, 12 in B.
    assert found["ll"] == pytest.approx(2 * (12 * log(12 / 6) + 6 * log(6 / 12)))
    cells = [(12, 6), (6, 12), (88, 94), (194, 188)]
    assert found["llr"] == pytest.approx(2 * sum(o * log(o / e) for o, e in cells))


def test_what_a_group_has_none_of_is_tested_too_with_half_a_count_in_the_ratio():
    found = row(keyness(BY_HAND, ignore=["其他"]), "A", "儿童")
    assert found["count"] == 0
    assert found["log_ratio"] == pytest.approx(log2((0.5 / 100) / (5 / 200)))
    assert found["ll"] == pytest.approx(2 * 5 * log(5 / (200 * 5 / 300)))


def test_rows_stand_by_group_the_most_typical_first():
    found = keyness(BY_HAND, ignore=["其他"])
    assert found["group"].to_pylist() == ["A", "A", "B", "B"]
    assert found["term"].to_pylist() == ["社区", "儿童", "儿童", "社区"]


def test_rare_terms_and_stop_words_are_not_tested_but_count_as_words():
    found = keyness(BY_HAND, min_count=6, ignore=["其他"])
    assert set(found["term"].to_pylist()) == {"社区"}
    assert found["size"].to_pylist() == [100, 200]


@st.composite
def corpora(draw):
    shape = draw(st.integers(2, 4)), draw(st.integers(1, 5))
    counts = draw(st.lists(st.integers(0, 60), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]))
    rest = draw(st.lists(st.integers(1, 900), min_size=shape[0], max_size=shape[0]))
    return np.array(counts).reshape(shape), rest


@given(corpora())
def test_llr_and_its_corrected_p_are_scipys(corpus):
    matrix, rest = corpus
    rows = [
        (f"g{i}", f"t{j}", int(n), 1) for i, line in enumerate(matrix) for j, n in enumerate(line) if n
    ] + [(f"g{i}", "其他", n, 1) for i, n in enumerate(rest)]
    found = keyness(counted(rows), min_count=1, ignore=["其他"])
    if not len(found):
        return
    expected_p = []
    for r in found.to_pylist():
        a, b, n, m = r["count"], r["rest_count"], r["size"], r["rest_size"]
        theirs = chi2_contingency([[a, n - a], [b, m - b]], correction=False, lambda_="log-likelihood")
        assert r["llr"] == pytest.approx(theirs.statistic, rel=1e-9, abs=1e-9)
        assert r["p_value"] == pytest.approx(theirs.pvalue, rel=1e-6, abs=1e-12)
        expected_p.append(r["p_value"])
    assert found["q_value"].to_numpy() == pytest.approx(false_discovery_control(expected_p))


def test_one_group_has_nothing_to_be_compared_with():
    with pytest.raises(AnalysisError, match="没有可比较的对象"):
        keyness(counted([("A", "社区", 3, 1)]))


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "我的.csv").write_text("路径,经济\n三明市2021.txt,强\n南平市2022.txt,弱\n", encoding="utf-8")
    settings = swnlp.Settings(meta=str(folder / "我的.csv"))
    paths = [folder / name for name in REPORTS]
    return swnlp.analyze(paths, folder / "out", settings=settings)


def first_of(frame, group):
    return frame[frame["group_name"] == group].iloc[0]


def test_places_of_a_result(analysis):
    found = analysis.keyness(by="place")
    assert list(found.columns) == KEYNESS.names
    best = first_of(found, "三明市")
    assert (best["name"], best["count"], best["rest_count"]) == ("志愿者", 5, 1)
    terms = analysis.terms.merge(analysis.sections, on=["doc_id", "section_id"])
    assert best["size"] == terms[terms["place_id"] == best["group"]]["count"].sum()


def test_years_and_the_researchers_own_columns_say_the_same_here(analysis):
    drop = ["group", "group_name"]
    for by, groups in (("year", {"2021", "2022"}), ("经济", {"强", "弱"})):
        found = analysis.keyness(by=by)
        assert set(found["group"]) == groups
        same = analysis.keyness(by="place")
        assert sorted(map(str, found.drop(columns=drop).values.tolist())) == sorted(
            map(str, same.drop(columns=drop).values.tolist())
        )


def test_entities_have_their_names_and_mentions(analysis):
    found = analysis.keyness(by="place", of="entities")
    best = found[(found["group_name"] == "三明市") & (found["term"] == "actor:volunteer")].iloc[0]
    assert (best["name"], best["count"], best["rest_count"]) == ("社区志愿者", 5, 1)
    mentions = analysis.mentions[analysis.mentions["doc_id"].str.contains("三明")]
    assert best["size"] == len(mentions)


def test_an_unknown_column_is_named_with_those_that_are_there(analysis):
    with pytest.raises(AnalysisError, match=r"省份.*place, year.*经济"):
        analysis.keyness(by="省份")


def test_stop_words_are_no_terms_unless_they_are_kept(analysis, tmp_path):
    (tmp_path / "keep.txt").write_text("参与\n", encoding="utf-8")
    default = set(analysis.keyness(min_count=1)["term"])
    kept = set(analysis.keyness(min_count=1, words=load_word_lists(keep=tmp_path / "keep.txt"))["term"])
    assert kept - default == {"参与"}


def test_the_command_prints_and_writes(analysis, tmp_path):
    out = tmp_path / "特征词.csv"
    args = ["keyness", str(analysis.folder), "--by", "year", "--alpha", "1", "-o", str(out)]
    done = run(app, args, env={"COLUMNS": "120"})
    assert done.exit_code == 0, done.output
    assert "2021 的特征词" in done.stdout and "志愿者" in done.stdout
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == KEYNESS.names
    assert rows[0]["name"] == "志愿者"
    first = out.read_bytes()
    run(app, args)
    assert out.read_bytes() == first


def test_the_command_says_when_nothing_is_certain(analysis):
    done = run(app, ["keyness", str(analysis.folder), "--alpha", "0.0001"])
    assert done.exit_code == 0
    assert "--alpha 1" in done.stdout


def test_the_largest_groups_alone_have_the_numbers_that_they_have_among_all(tmp_path):
    reports = REPORTS | {
        "龙岩市.txt": "龙岩市社会工作发展报告\n志愿者走进村庄，志愿者帮助老人。志愿者关爱儿童，志愿者走进学校。",
    }
    for name, text in reports.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    analysis = swnlp.analyze(tmp_path, tmp_path / "out")
    every, largest = analysis.keyness(min_count=1), analysis.keyness(min_count=1, most=2)
    shown = list(largest["group"].unique())

    assert len(every["group"].unique()) == 3
    assert len(shown) == 2
    # Corrected for the tests that were made, which are others.
    same = [name for name in every.columns if name != "q_value"]
    alone = every[every["group"].isin(shown)]
    assert alone[same].reset_index(drop=True).equals(largest[same].reset_index(drop=True))
    assert largest["q_value"].to_numpy() == pytest.approx(
        false_discovery_control(largest["p_value"]), abs=1e-12
    )
