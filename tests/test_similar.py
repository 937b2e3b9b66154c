"""similar.py: reprints count once; a city that copies its province is another document."""

import subprocess
import sys
from io import StringIO
from random import Random

import numpy as np
import pytest
from rich.console import Console

import swnlp
from swnlp.report.page_data import page_data
from swnlp.report.terminal import summary
from swnlp.settings import Settings
from swnlp.similar import (
    Paragraphs,
    band_keys,
    candidates,
    no_paragraphs,
    passage_candidates,
    signature,
)

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


def test_the_report_page_counts_what_the_tables_count(analyse):
    files = {"a.txt": report("龙岩市"), "b.txt": report("龙岩市"), "c.txt": report("南平市", BODY[1:])}
    without = analyse({"a.txt": files["a.txt"], "c.txt": files["c.txt"]})
    alone = page_data(without)
    once = page_data(analyse(files))
    every = page_data(analyse(files, keep_duplicates=True))

    assert once["counts"] == {**alone["counts"], "reprints": 1}
    assert once["places"] == alone["places"]
    assert every["counts"]["documents"] == once["counts"]["documents"] + 1
    assert every["counts"]["reprints"] == 0
    assert dict((place[0], place[1]) for place in every["places"])["龙岩市"] == 2


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


def test_links_indicators_and_terms_count_a_reprint_once_and_twice_if_asked(analyse):
    numbers = [*BODY, "截至目前，全市建成社工站24个，持证社会工作者达到306人。"]
    files = {"a.txt": report("龙岩市", numbers)}
    once = analyse(files)
    again = analyse(files | {"b.txt": report("龙岩市", numbers)})
    twice = analyse({}, keep_duplicates=True)

    def counts(analysis):
        mentions = sum(row["mentions"] for row in analysis.table("links").to_pylist())
        rows = {name: analysis.table(name).num_rows for name in ("mentions", "indicators")}
        entities = sum(row["mentions"] for row in analysis.table("entities").to_pylist())
        terms = sum(row["count"] for row in analysis.table("terms").to_pylist())
        windows = sum(row["windows"] for row in analysis.table("edges").to_pylist())
        return {"links": mentions, "entities": entities, "terms": terms, "windows": windows, **rows}

    assert reprints(again) == reprints(twice) == {"b.txt": "a.txt"}
    assert counts(once)["indicators"] > 0
    assert counts(again) == counts(once)
    assert counts(twice) == {name: 2 * count for name, count in counts(once).items()}


def test_the_summary_says_how_many_reprints_there_are(analyse):
    console = Console(file=StringIO(), width=200)
    console.print(summary(analyse({"a.txt": report("龙岩市"), "b.txt": report("龙岩市")})))

    assert "2 篇（其中转载 reprints 1 篇，不计数 not counted）" in console.file.getvalue()


# Paragraphs that documents share which are unlike as a whole

WHO = [
    "县民政局",
    "各乡镇（街道）",
    "社会工作服务中心",
    "市慈善总会",
    "团县委",
    "各社区居委会",
    "县残联",
    "社会组织孵化基地",
]
HOW = [
    "会同有关部门",
    "依托社会工作服务站",
    "通过政府购买服务方式",
    "结合主题党日活动",
    "按照年度计划",
    "在专家督导下",
]
DOES = ["组织开展", "持续推进", "制定印发", "逐步完善", "统筹安排", "全面落实", "认真总结", "积极培育"]
WHAT = [
    "困境儿童关爱保护项目", "居家养老服务试点", "志愿者培训课程", "社区慈善基金", "残疾人社区康复服务", "社工督导制度",
    "未成年人心理辅导", "流动人口社区融入活动", "婚姻家庭辅导服务", "殡葬移风易俗宣传",
]  # fmt: skip
WHERE = ["城关镇", "东溪乡", "北山街道", "河口社区", "石桥村", "新城片区", "老城片区", "开发区"]
SO_THAT = [
    "群众满意度明显提高",
    "服务对象超过两千人次",
    "形成可复制的做法",
    "得到上级部门肯定",
    "经费保障更加有力",
]


def paragraph(chance):
    """Return a paragraph such as reports have: its phrases are everybody's, their order is its own."""
    clauses = [
        f"{chance.choice(WHO)}{chance.choice(HOW)}{chance.choice(DOES)}{chance.choice(WHERE)}{chance.choice(WHAT)}，"
        f"{chance.randrange(2, 90)}个项目{chance.choice(SO_THAT)}"
        for _ in range(chance.randrange(3, 6))
    ]
    return "；".join(clauses) + "。"


def edited(text, chance, share):
    """Return a text with a share of its characters changed."""
    letters = list(text)
    for at in chance.sample(range(len(letters) - 1), int(share * len(letters))):
        letters[at] = chance.choice("市县区镇村社工服务项目群众开展")
    return "".join(letters)


def planted(chance, documents=40, copies=45):
    """Return texts, and which (document, document) share a paragraph, with the paragraphs."""
    texts = [[paragraph(chance) for _ in range(10)] for _ in range(documents)]
    pairs = {}
    for number in range(copies):
        a, b = sorted(chance.sample(range(documents), 2))
        at, to = chance.randrange(10), chance.randrange(10)
        if (a, b) in pairs or any((a, at) in p or (b, to) in p for p in pairs.values()):
            continue
        # What is copied must not be copied on, else more is shared than is written down here.
        texts[b][to] = edited(texts[a][at], chance, share=(number % 4) * 0.015)
        pairs[a, b] = ((a, at), (b, to))
    return texts, pairs


def test_shared_paragraphs_are_found_where_documents_are_unlike_as_a_whole(analyse):
    texts, pairs = planted(Random(7))
    files = {
        f"{i:02}.txt": f"{WHERE[i % 8]}第{i}号情况\n" + "\n".join(body) + "\n" for i, body in enumerate(texts)
    }
    rows = analyse(files).table("similar").to_pylist()

    assert {row["kind"] for row in rows} == {"passages"}
    found = {(int(row["doc_id"][:2]), int(row["other_id"][:2])): row for row in rows}
    right = found.keys() & pairs.keys()
    assert len(pairs) >= 30
    assert len(right) / len(pairs) >= 0.95
    assert len(right) / len(found) >= 0.95
    for pair in right:
        (_, at), (_, to) = pairs[pair]
        # The title is paragraph 0.
        assert f"{at + 1}={to + 1}" in found[pair]["paragraphs"]
        assert found[pair]["similarity"] < 0.5
        assert 0.05 < found[pair]["shared"] < 0.3


def test_a_salutation_that_everybody_has_is_no_passage(analyse):
    chance = Random(3)
    hello = "各县（市、区）民政局，平潭综合实验区社会事业局："
    files = {
        f"{i}.txt": f"第{i}号情况\n{hello}\n" + "\n".join(paragraph(chance) for _ in range(4))
        for i in range(6)
    }

    assert similar(analyse(files)) == []


def test_a_reprint_is_not_looked_at_again_for_its_paragraphs(analyse):
    chance = Random(5)
    long = [paragraph(chance) for _ in range(8)]
    other = [long[2], *(paragraph(chance) for _ in range(8))]
    analysis = analyse(
        {"a.txt": report("龙岩市", long), "b.txt": report("龙岩市", long), "c.txt": report("南平市", other)}
    )

    assert similar(analysis) == [("a.txt", "b.txt", "reprint"), ("a.txt", "c.txt", "passages")]


def test_a_paragraph_of_a_thousand_documents_is_no_explosion():
    made = columns([(doc, 3, BODY[1]) for doc in range(2_000)])

    assert len(passage_candidates(made)) < 2 * 2_000
    first = Paragraphs(*(column[:2] for column in made))
    assert passage_candidates(first).tolist() == [[0, 3, 1, 3]]
    assert passage_candidates(first, {(0, 1)}).tolist() == []


def columns(rows):
    """Return (document, number, text) as columns."""
    keys = band_keys([text for _, _, text in rows])
    held = no_paragraphs(len(rows))
    for at, ((doc, number, _), key) in enumerate(zip(rows, keys, strict=True)):
        held.docs[at], held.numbers[at] = doc, number
        held.keys[at] = np.frombuffer(key, dtype="<u4")
    return held


def test_paragraphs_that_meet_are_named_in_order_and_once_whatever_order_they_stand_in():
    made = columns([(7, 1, BODY[0]), (2, 9, BODY[1]), (2, 4, BODY[0]), (7, 5, BODY[0]), (2, 6, BODY[1])])

    assert passage_candidates(made).tolist() == [[2, 4, 7, 1], [2, 4, 7, 5]]
    assert passage_candidates(made, {(2, 7)}).tolist() == []
    assert passage_candidates(no_paragraphs(0)).tolist() == []


def test_short_and_empty_paragraphs_have_no_keys_and_long_ones_their_own_whatever_stands_beside():
    alone, beside = band_keys([BODY[0]]), band_keys(["", "短。", BODY[1], BODY[0]])

    assert beside[:2] == [None, None]
    assert beside[3] == alone[0] != beside[2]
