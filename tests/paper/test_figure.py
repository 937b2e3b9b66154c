"""The network drawn: nothing overlaps, it reads in grey, its font is in it, and the same network gives the same bytes."""

import os
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest
from docx import Document
from PIL import Image
from pypdf import PdfReader

import swnlp
from swnlp import extras, fonts
from swnlp.errors import FontError, MissingExtraError
from swnlp.paper import PaperChoice
from swnlp.paper.drawing import STYLES, draw, legend_text, plain_style
from swnlp.paper.figure import MOST_EDGES, MOST_NODES, characters, compose, drawn_part, figure_note
from swnlp.paper.indices import thinned
from swnlp.paper.labels import Box
from swnlp.paper.typeface import typeface
from swnlp.settings import Settings

CORPORA = Path(__file__).parents[2] / "corpora"
SAMPLE = CORPORA / "fujian-social-work-2023"


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return swnlp.analyze(SAMPLE, tmp_path_factory.mktemp("sample") / "out")


@pytest.fixture(scope="module")
def paper(result, face, tmp_path_factory):
    folder = tmp_path_factory.mktemp("paper")
    result.paper(folder)
    return folder


def picture_of(graph, face, labels=50):
    with typeface(face, characters(drawn_part(graph)) + legend_text()) as type_:
        picture = compose(graph, type_, Settings(), labels=labels)
        with plain_style():
            figure = draw(picture, type_)
            # Where matplotlib itself says that the letters are, in points; at the resolution of print, where they are
            # not moved to whole dots.
            figure.set_dpi(600)
            figure.canvas.draw()
            scale = 72 / figure.dpi
            texts = [
                (text.get_gid(), Box(*(value * scale for value in text.get_window_extent().extents)))
                for text in figure.axes[0].texts
            ]
        size = Box(0, 0, *(72 * inches for inches in figure.get_size_inches()))
    return picture, texts, size


@pytest.mark.parametrize("corpus", sorted(p.parent.name for p in CORPORA.glob("*/corpus.toml")))
def test_no_name_lies_on_another_or_on_a_node(corpus, face, tmp_path):
    graph = swnlp.analyze(CORPORA / corpus, tmp_path / "out").graph()
    picture, texts, size = picture_of(graph, face)

    assert 10 < len(picture.names) <= 50
    names = [box for kind, box in texts if kind == "name"]
    nodes = [mark.spot.box for mark in picture.marks]
    lift = size.top - 400
    letters = [Box(box.left, box.bottom - lift, box.right, box.top - lift) for box in names]
    for a, b in combinations(picture.names, 2):
        assert not a.box.overlaps(b.box)
    for name in picture.names:
        assert not any(name.box.overlaps(node) for node in nodes)
    assert not any(a.overlaps(b) for a, b in combinations(nodes, 2))
    # What is drawn is where it was placed.
    at = 0
    for name in picture.names:
        for box in letters[at : at + len(name.lines)]:
            assert box.within(
                Box(name.box.left - 0.4, name.box.bottom - 0.4, name.box.right + 0.4, name.box.top + 0.4)
            )
        at += len(name.lines)
    assert at == len(letters)
    assert all(box.within(size) for kind, box in texts)


def test_kinds_are_told_apart_by_shape_and_by_grey():
    shapes = [shape for shape, *_ in STYLES.values()]
    greys = [STYLES[label][1] for label in ("ACTOR", "PROGRAM", "POLICY")]

    assert len(set(shapes)) == len(shapes)
    assert all(abs(a - b) > 0.25 for a, b in combinations(greys, 2))


def test_the_pdf_has_its_font_in_it_and_its_text_can_be_searched(paper):
    page = PdfReader(paper / "figure1_network.pdf").pages[0]

    fonts_of_page = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert fonts_of_page
    for font in fonts_of_page:
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        assert font["/Subtype"] in ("/Type0", "/TrueType")
        # TrueType outlines, as its type says; a CFF font there is what Acrobat refuses.
        assert inner["/FontDescriptor"]["/FontFile2"].get_data()[:4] == b"\x00\x01\x00\x00"
    text = page.extract_text()
    assert "社会工作者" in text and "五社联动" in text
    assert "/CreationDate" not in PdfReader(paper / "figure1_network.pdf").metadata


def test_the_svg_has_outlines_and_asks_for_no_font(paper):
    svg = (paper / "figure1_network.svg").read_text(encoding="utf-8")

    assert "<text" not in svg and "font-family" not in svg and "<dc:date>" not in svg
    assert svg.count("<use") > 100


def test_the_tiff_has_600_dots_an_inch_and_a_text_block_of_16_cm(paper):
    with Image.open(paper / "figure1_network.tiff") as image:
        assert image.info["dpi"] == (600, 600)
        assert image.width == pytest.approx(16 / 2.54 * 600, rel=0.01)
        assert image.info["compression"] == "tiff_lzw"
        # Neither blank nor in colour.
        red, green, blue = image.convert("RGB").split()
        assert red.getextrema() == (0, 255) and red.tobytes() == green.tobytes() == blue.tobytes()


def test_the_word_file_has_captions_and_the_note_below(paper):
    file = Document(paper / "figure1_network.docx")

    assert len(file.inline_shapes) == 1
    texts = [p.text for p in file.paragraphs]
    assert texts[1:3] == [
        "图1  主体与政策、项目的共现网络",
        "Figure 1  Co-occurrence network of actors and initiatives (policies, programs)",
    ]
    for words in ("共现窗口为句", "不少于 1 次", "文本 1 篇、42 句", "随机种子 0", "略去 0 个节点、0 条边"):
        assert words in texts[3]


def test_every_file_has_the_same_bytes_in_another_process(result, paper, tmp_path):
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(Path(swnlp.__file__).parents[1])}
    command = [sys.executable, "-m", "swnlp", "paper", str(result.folder), "-o", str(tmp_path)]
    subprocess.run(command, check=True, env=environment, capture_output=True, timeout=300)

    assert {p.name for p in tmp_path.iterdir()} == {p.name for p in paper.iterdir()}
    for file in sorted(paper.iterdir()):
        assert (tmp_path / file.name).read_bytes() == file.read_bytes(), file.name


def test_of_a_large_network_the_heaviest_edges_are_drawn_and_the_note_counts_the_rest(face):
    graph = nx.gnm_random_graph(300, 4000, seed=1)
    graph = nx.relabel_nodes(graph, {i: f"program:{i:03}" for i in graph})
    for i, node in enumerate(sorted(graph)):
        graph.nodes[node].update(label=f"项目{i}", entity_label="PROGRAM", mentions=300 - i)
    for i, (a, b) in enumerate(sorted(graph.edges)):
        graph.edges[a, b]["weight"] = i % 50 + 1
    picture, _, _ = picture_of(graph, face)

    assert len(picture.lines) == MOST_EDGES and len(picture.marks) <= MOST_NODES
    kept = drawn_part(graph)
    among = graph.subgraph(sorted(graph)[:MOST_NODES])
    least = min(w for *_, w in kept.edges(data="weight"))
    assert all(w <= least for a, b, w in among.edges(data="weight") if not kept.has_edge(a, b))
    note = figure_note(picture, Settings(), limits=thinned(0.05, None), documents=9, sentences=99)
    hidden = 300 - len(picture.marks), 4000 - MOST_EDGES
    assert f"略去 {hidden[0]} 个节点、{hidden[1]} 条边" in note.zh
    assert f"{hidden[0]} nodes and {hidden[1]} edges are left out" in note.en


def test_the_font_in_the_figure_has_the_widths_of_the_real_one(face):
    from fontTools.ttLib import TTFont

    real = TTFont(face.path, fontNumber=face.number, lazy=True)
    with typeface(face, "社会工作 ABC") as type_:
        small = TTFont(type_.path)
        assert "glyf" in small and "CFF " not in small
        for character in "社会工作 ABC":
            name = real.getBestCmap()[ord(character)]
            assert type_.advances[character] == real["hmtx"][name][0] / real["head"].unitsPerEm
        assert type_.width("社工", 9) == pytest.approx(18, rel=0.05)


def test_a_machine_without_a_chinese_font_is_told_which_package_to_install(monkeypatch):
    monkeypatch.setattr(fonts, "_system_fonts", list)

    with pytest.raises(FontError, match="fonts-noto-cjk"):
        fonts.chinese_face()


def test_a_file_that_is_no_chinese_font_is_refused(tmp_path):
    import matplotlib

    latin = Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf"
    (tmp_path / "a.ttf").write_bytes(b"no font")
    for path in (latin, tmp_path / "a.ttf", tmp_path / "none.ttf"):
        with pytest.raises(FontError, match=re.escape(path.name)):
            fonts.chinese_face(path)


def test_without_matplotlib_the_extra_is_named_before_anything_is_written(result, tmp_path, monkeypatch):
    def absent(name):
        raise ModuleNotFoundError(name=name.partition(".")[0])

    monkeypatch.setattr(extras, "import_module", absent)
    with pytest.raises(MissingExtraError, match=r"swnlp\[paper\]"):
        result.paper(tmp_path / "paper")
    assert not list((tmp_path / "paper").iterdir())
    written = result.paper(tmp_path / "paper", PaperChoice(figure=False))
    assert written and not any(path.name.startswith("figure") for path in written)


def test_a_result_without_a_network_has_tables_and_no_figure(tmp_path):
    (tmp_path / "a.txt").write_text("今天天气很好。", encoding="utf-8")
    written = swnlp.analyze(tmp_path / "a.txt", tmp_path / "out").paper(tmp_path / "paper")

    assert "table2_network.docx" in {path.name for path in written}
    assert not any(path.name.startswith("figure") for path in written)
