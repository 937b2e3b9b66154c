"""evaluate/numbers.py and gold/numbers.py: annotated numbers, read and scored."""

from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from swnlp.cli import app
from swnlp.errors import GoldError
from swnlp.evaluate import evaluate_numbers
from swnlp.gold import read_number_file

CLAUSES = Path(__file__).with_name("indicators") / "clauses.csv"


def written(folder, text):
    path = folder / "numbers.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_line_without_a_text_goes_on_with_the_one_above(tmp_path):
    path = written(
        tmp_path,
        "text,subject,value,unit\n养老床位2.6万张，护理员310人,养老床位,26000,张\n,护理员,310,人\n第3条作废,,,\n",
    )
    first, second = read_number_file(path)
    assert [(n.subject, n.value, n.unit) for n in first.numbers] == [
        ("养老床位", Decimal(26000), "张"),
        ("护理员", Decimal(310), "人"),
    ]
    assert second.numbers == ()


def test_what_is_missed_and_what_is_too_much_is_told(tmp_path):
    path = written(tmp_path, "text,subject,value,unit\n护理员310人，社工12名,护理员,310,人\n,志愿者,99,人\n")
    scored = evaluate_numbers(path)
    assert (str(scored.values), str(scored.extra)) == ("1/2", "1/2")
    assert [gold.subject for _, gold in scored.missed] == ["志愿者"]
    assert [text for _, text in scored.unasked] == ["12名"]


def test_a_number_under_another_subject_or_place_is_found_but_not_right(tmp_path):
    path = written(
        tmp_path,
        "text,subject,value,unit,place,modifier\n南平市养老护理员约310人,养老护理员,310,人,南平市,约\n"
        "南平市养老护理员约310人,志愿者,310,人,三明市,超\n",
    )
    scored = evaluate_numbers(path)
    shares = [str(share) for share in (scored.values, scored.subjects, scored.places, scored.further)]
    assert shares == ["2/2", "1/2", "1/2", "1/2"]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("text,subject\n", ":1: 缺少列"),
        ("text,subject,value,unit\n护理员310人,护理员,三百,人\n", ":2: 不是数"),
        ("text,subject,value,unit\n,护理员,310,人\n", ":2: 第一行"),
        ("place,indicator,value,unit\n南平市,社工,10,人\n", "numbers.json"),
    ],
)
def test_a_wrong_file_says_where(tmp_path, text, where):
    with pytest.raises(GoldError, match=where):
        read_number_file(written(tmp_path, text))


def test_the_command_prints_the_scores_of_the_clauses():
    result = CliRunner().invoke(app, ["evaluate", str(CLAUSES)])
    assert result.exit_code == 0
    assert "194/194" in result.output
    assert "values with units" in result.output
