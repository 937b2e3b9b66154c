"""outline/lengths.py: a file that has lost its line feeds or its stops is cut all the same."""

import pytest

from swnlp.outline.lengths import pieces_of
from swnlp.outline.paragraphs import paragraphs_of
from swnlp.outline.sentences import sentences_in

CLAUSE = "龙岩市民政局建成社会工作服务站，"


def cut(text, most):
    return [text[start:end] for start, end in pieces_of(text, 0, len(text), most)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("全市建成社工站。", ["全市建成社工站。"]),
        ("全市建成社工站。志愿者，参与服务", ["全市建成社工站。", "志愿者，参与服务"]),
        ("“全市建成社工站。”志愿者参与服务", ["“全市建成社工站。”", "志愿者参与服务"]),
        ("全市建成社工站；志愿者，参与服务", ["全市建成社工站；", "志愿者，参与服务"]),
        ("全市建成社工站，志愿者参与服务", ["全市建成社工站，", "志愿者参与服务"]),
        ("全市建成社工站 \n  志愿者参与服务", ["全市建成社工站", "志愿者参与服务"]),
        ("全市建成社工站志愿者参与服务队", ["全市建成社工站志愿者参", "与服务队"]),
        (" " * 40, []),
    ],
)
def test_the_best_mark_is_taken(text, pieces):
    assert cut(text, 11) == pieces


def test_nothing_is_lost():
    text = CLAUSE * 1_000

    assert "".join(cut(text, 100)) == text
    assert max(map(len, cut(text, 100))) <= 100


def test_a_text_of_one_line_is_many_paragraphs_that_end_with_sentences():
    text = ("全市社会工作稳步推进，" * 20 + "成效明显。") * 300
    paragraphs = paragraphs_of(text, ())

    assert len(paragraphs) > 3
    assert all(p.end - p.start <= 20_000 for p in paragraphs)
    assert all(text[p.start : p.end].endswith("。") for p in paragraphs)
    assert "".join(text[p.start : p.end] for p in paragraphs) == text


def test_a_stretch_without_stops_is_many_sentences_that_end_with_clauses():
    text = CLAUSE * 1_000
    sentences = sentences_in(text, 0, len(text))

    assert "".join(text[start:end] for start, end in sentences) == text
    assert all(end - start <= 2_500 and text[end - 1] == "，" for start, end in sentences)


def test_a_long_enumeration_stays_one_sentence():
    text = "入选名单：" + "、".join(["龙岩市新罗区社会工作服务站"] * 170) + "。"

    assert len(text) > 2_300
    assert sentences_in(text, 0, len(text)) == [(0, len(text))]
