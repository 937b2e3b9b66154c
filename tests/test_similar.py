"""similar.py: reprints count once; a city that copies its province is another document."""

import subprocess
import sys

import pytest

import swnlp
from swnlp.settings import Settings
from swnlp.similar import candidates, signature

BODY = [
    "坚持党建引领，健全社区、社会组织、社会工作者、社区志愿者、社会慈善资源联动机制，推动“五社联动”走深走实。",
    "每个乡镇（街道）建成一个社会工作服务站，配备不少于两名持证社会工作者，为困境儿童和空巢老人提供专业服务。",
    "支持社会组织承接“邻里守望”项目，将政府购买服务经费列入年度预算，加强项目评估，提高资金使用效益。",
    "加强督导培训，建立人才激励制度，对取得职业资格证书的社会工作者给予补贴，营造尊重社会工作的良好氛围。",
]


def report(place, body=BODY, date="2023-05-08", extra=""):
    day = date.replace("-", "年", 1).replace("-", "月", 1) + "日"
    return (
        f"{place}社会工作服务站建设工作总结\n来源：{place}民政局　发布时间：{day}\n"
        + "\n".join(body)
        + f"\n{extra}\n"
    )


@pytest.fixture
def analyse(tmp_path):
    def run(files, **settings):
        for name, text in files.items():
            path = tmp_path / "in" / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return swnlp.analyze(tmp_path / "in", settings=Settings(**settings))

    return run


def reprints(analysis):
    rows = analysis.table("documents", columns=["doc_id", "reprint_of"]).to_pylist()
    return {row["doc_id"]: row["reprint_of"] for row in rows if row["reprint_of"]}


def similar(analysis):
    return [(r["doc_id"], r["other_id"], r["kind"]) for r in analysis.table("similar").to_pylist()]


def volunteers(analysis):
    entities = {row["entity_id"]: row for row in analysis.table("entities").to_pylist()}
    return entities["actor:volunteer"]["mentions"]


def test_a_press_release_on_three_sites_counts_once(analyse):
    files = {
        "b.txt": report("龙岩市", date="2023-05-09"),
        "a.txt": report("龙岩市", date="2023-05-10", extra="责任编辑：林小满"),
        "c.txt": report("龙岩市", date="2023-05-08"),
    }
    once = analyse({"c.txt": files["c.txt"]})
    analysis = analyse(files)

    assert reprints(analysis) == {"a.txt": "c.txt", "b.txt": "c.txt"}
    assert len(analysis.documents) == 3
    assert volunteers(analysis) == volunteers(once)
    assert set(analysis.table("mentions")["doc_id"].to_pylist()) == {"c.txt"}
    assert analysis.table("edges").select(["source", "target", "windows"]) == once.table("edges").select(
        ["source", "target", "windows"]
    )


def test_all_count_if_the_user_says_so(analyse):
    files = {"a.txt": report("龙岩市"), "b.txt": report("龙岩市")}
    once, twice = analyse(files), analyse(files, keep_duplicates=True)

    assert reprints(once) == reprints(twice) == {"b.txt": "a.txt"}
    assert volunteers(twice) == 2 * volunteers(once)


def test_a_city_that_copies_its_neighbour_is_another_document_with_its_paragraphs(analyse):
    changed = [
        BODY[0],
        "本市另有安排，由各县自行确定服务站的规模、人员与经费来源，报市民政局备案后实施。",
        *BODY[2:],
    ]
    analysis = analyse({"a.txt": report("龙岩市"), "b.txt": report("南平市", changed)})

    assert reprints(analysis) == {}
    assert similar(analysis) == [("a.txt", "b.txt", "copy")]
    (row,) = analysis.table("similar").to_pylist()
    assert 0.5 < row["similarity"] < 0.95
    assert row["similarity"] <= row["shared"] <= 1
    alike = {tuple(map(int, pair.split("="))) for pair in row["paragraphs"]}
    assert {b - a for a, b in alike} == {0}
    assert len(alike) >= 3
    assert set(analysis.table("mentions")["doc_id"].to_pylist()) == {"a.txt", "b.txt"}


def test_the_same_text_a_year_later_is_this_years(analyse):
    analysis = analyse({"a.txt": report("龙岩市"), "b.txt": report("龙岩市", date="2024-05-08")})

    assert reprints(analysis) == {}
    assert similar(analysis) == [("a.txt", "b.txt", "copy")]


def test_other_issuers_are_other_documents_and_the_same_number_is_the_same(analyse):
    def notice(body, number):
        head = f"{body}关于加强社会工作服务站建设的通知\n{number}\n各县（市、区）民政局：\n"
        return head + "\n".join(BODY) + f"\n{body}\n2023年5月8日\n"

    analysis = analyse(
        {
            "a.txt": notice("龙岩市民政局", "龙民〔2023〕7号"),
            "b.txt": notice("龙岩市民政局", "龙民〔2023〕7号")
            + "\n".join(["转发时另加的说明，与原文无关，供各单位参考。"] * 3),
            "c.txt": notice("龙岩市财政局", "龙财〔2023〕9号"),
        }
    )

    assert reprints(analysis) == {"b.txt": "a.txt"}
    assert ("a.txt", "c.txt", "copy") in similar(analysis)


def test_short_answers_and_different_reports_are_not_alike(analyse):
    other = [
        "全市老年人口达到四十二万人，养老机构床位三千张，其中护理型床位占六成以上，普惠养老服务不断扩大。"
    ] * 2
    analysis = analyse(
        {
            "a.txt": "很好，没有意见。",
            "b.txt": "很好，没有意见。",
            "c.txt": report("龙岩市"),
            "d.txt": report("龙岩市", other),
        }
    )

    assert similar(analysis) == []


def test_traditional_and_simplified_are_the_same_text(analyse):
    from opencc import OpenCC

    text = report("龙岩市")
    analysis = analyse({"a.txt": text, "b.txt": OpenCC("s2t").convert(text)})

    assert reprints(analysis) == {"b.txt": "a.txt"}


def test_a_signature_is_the_same_in_every_process():
    text = "\n".join(BODY)
    code = f"from swnlp.similar import signature; print(signature({text!r}).hex())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == signature(text).hex()


def test_a_crowd_of_one_text_is_no_explosion():
    made = signature("\n".join(BODY))
    names = [f"{i:05}" for i in range(5_000)]

    assert len(candidates(names, [made] * 5_000)) < 2 * 5_000
