"""content/given.py: codes that people gave are entities of a result, with counts, sentences and edges."""

import json

import pytest

import swnlp
from swnlp.errors import CodesError
from swnlp.settings import Settings

TEXT = "龙岩市举办社工培训。福州市购买养老服务。\n\n各县组织慰问。\n"
HEADER = "unit,coder,category,code,doc_id,start,end,text\n"


@pytest.fixture
def analyse(tmp_path):
    def run(*lines):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
        (tmp_path / "final.csv").write_text(HEADER + "".join(f"{x}\n" for x in lines), encoding="utf-8-sig")
        return swnlp.analyze(
            tmp_path / "in", tmp_path / "out", settings=Settings(codings=str(tmp_path / "final.csv"))
        )

    return run


def test_a_given_code_is_an_entity_that_meets_the_names_of_its_sentence(analyse):
    at = TEXT.index("福州")
    found = analyse(
        "1-1,甲 | 乙,工具,供给型,in/a.txt,0,10,", f"1-2,decision,工具,需求型,in/a.txt,{at},{at + 10},"
    )
    doc_id = found.documents["doc_id"][0]
    if doc_id != "in/a.txt":
        found = analyse(
            f"1-1,甲 | 乙,工具,供给型,{doc_id},0,10,", f"1-2,,工具,需求型,{doc_id},{at},{at + 10},"
        )
    codes = found.mentions[found.mentions["label"] == "CODE"]
    assert list(codes["entity_id"]) == ["code:供给型", "code:需求型"]
    assert list(codes["kind"]) == ["工具", "工具"] and set(codes["method"]) == {"coder"}
    assert [TEXT[s:e] for s, e in zip(codes["start"], codes["end"], strict=True)] == [
        TEXT[:10],
        TEXT[at : at + 10],
    ]
    assert found.evidence("供给型", "龙岩市")["text"].tolist() == [TEXT[:10]]
    assert found.evidence("供给型", "福州市").empty
    assert found.problems.empty
    run = json.loads((found.folder / "run.json").read_text(encoding="utf-8"))
    assert run["codings"]["file"] == "final.csv" and len(run["codings"]["sha256"]) == 64


def test_a_code_of_no_document_is_a_problem_and_nothing_else_changes(analyse):
    found = analyse("1-1,甲,工具,供给型,别的.txt,0,10,")
    (problem,) = found.problems.to_dict("records")
    assert problem["error"] == "NotPlaced" and "第 2 行" in problem["message"]
    assert "CODE" not in set(found.mentions["label"])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("1,甲,工具,,a.txt,0,3,", "final.csv:2: 缺少 code"),
        ("1,甲,工具,供给型,a.txt,9,3,", "final.csv:2: start"),
    ],
)
def test_a_wrong_line_is_named(analyse, line, words):
    with pytest.raises(CodesError, match=words):
        analyse(line)
