"""read/document.py: a file to a document, or one clear sentence why not."""

import hashlib
from pathlib import Path

import pytest

from swnlp.errors import ReadError
from swnlp.read import SourceFile, find_files, read_document, read_file

FIXTURES = Path(__file__).parent / "fixtures"
SAMPLE = Path(__file__).parents[2] / "corpora" / "fujian-social-work-2023"


def read(path, format_="text", **notes):
    return read_document(SourceFile(path.name, path, format_, **notes))


def kept_lines(document):
    at, kept = 0, []
    for d in document.dropped:
        kept.append(document.text[at : d.start])
        at = d.end
    kept.append(document.text[at:])
    return [line.strip() for line in "".join(kept).split("\n") if line.strip()]


def test_the_sample_is_its_title_and_its_report():
    (file,), problems = find_files([SAMPLE])
    document = read_document(file)
    text = document.text
    report = text[96:2608].replace("1_01\n", "").replace("8_01\n", "")

    assert problems == []
    assert text == (SAMPLE / "fujian-social-work-2023-part3.txt").read_bytes().decode().replace("\r\n", "\n")
    assert (document.title, document.date, document.source) == (
        "全省各地市社会工作发展成果展示(三)",
        "2023-04-03",
        "本站原创",
    )
    assert kept_lines(document) == [document.title, *(line for line in report.split("\n") if line.strip())]
    assert [d.reason for d in document.dropped] == [
        "breadcrumb",
        "menu",
        "byline",
        "image-stub",
        "image-stub",
        "page-navigation",
        "after-article",
    ]


def test_a_news_page_is_its_article():
    document = read(FIXTURES / "news.html", "html")

    assert kept_lines(document) == [
        "榕江畔的红马甲：揭阳市社工服务走进老城",
        "榕城区",
        "端午前后，榕城区组织持证社工与社区志愿者走访独居老人三百余户，送去艾草、粽子和一张写着服务电话的卡片。",
        "“巷口茶座”项目由社会组织承接，全年开放二百四十场，居民有事先到茶座里说。",
        "普宁市",
        "普宁市把慈善资源引到村居，三个镇设立社区基金，今年募集善款六十二万元。",
        "县（市、区）\t社工站\t持证社工",
        "榕城区\t12\t306",
        "普宁市\t24\t418",
        "下一步，全市将总结两地做法，分批推开。",
        "附件：社工站名录.docx",
    ]
    assert (document.title, document.date, document.source) == (
        "榕江畔的红马甲：揭阳市社工服务走进老城",
        "2024-06-12",
        "揭阳日报",
    )
    assert [document.text[a:b] for a, b, _ in document.headings] == [document.title, "榕城区", "普宁市"]


def test_a_notice_gives_its_number_genre_and_date():
    document = read(FIXTURES / "notice.txt")

    assert (
        document.title
        == "衢岭市民政局 衢岭市财政局关于印发《乡镇（街道）社会工作服务站建设三年行动方案》的通知"
    )
    assert (document.genre, document.doc_number) == ("通知", "衢民发〔2023〕19号")
    assert (document.date, document.source) == ("2023-05-12", "衢岭市民政局")
    assert kept_lines(document)[0] == "衢岭市民政局 衢岭市财政局"
    assert kept_lines(document)[-2:] == ["衢岭市民政局", "2023年5月8日"]


def test_a_plain_report_loses_nothing():
    document = read(FIXTURES / "report.txt")

    assert document.dropped == ()
    assert (document.title, document.genre, document.date) == (
        "云溪县2022年社会工作服务总结",
        "总结",
        "2022-12-20",
    )


def test_the_corpus_fills_in_what_the_page_does_not_say():
    bare = read(FIXTURES / "report.txt", source="云溪县志", date="2020-01-01")

    assert (bare.source, bare.date) == ("云溪县志", "2022-12-20")


def test_the_hash_is_of_the_files_bytes(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("社工站\r\n建成".encode("gbk"))

    document = read(path)
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (document.text, document.encoding) == ("社工站\n建成", "gb18030")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        ("　\n\ufeff\n".encode(), "no text"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"%PDF-1.7\n", "PDF is damaged"),
        (b"PK\x03\x04\x14\0", "damaged or cut short"),
        (b"Rar!\x1a\x07\0", "RAR"),
        (b"\x01\x02\0\0\x03\x04", "not a text file"),
    ],
)
def test_what_is_no_text_is_one_clear_sentence_in_two_languages(tmp_path, content, message):
    path = tmp_path / "a.txt"
    path.write_bytes(content)

    with pytest.raises(ReadError, match=message) as error:
        read(path)
    assert str(error.value).count(str(path)) == 1
    assert any("\u4e00" <= c <= "\u9fff" for c in str(error.value))


def test_utf16_without_a_mark_is_text_all_the_same(tmp_path):
    text = "全县现有持证社会工作者九十七名。\nABC 2023\n"
    for encoding in ("utf-16-le", "utf-16-be"):
        (tmp_path / "a.txt").write_bytes(text.encode(encoding))
        assert read(tmp_path / "a.txt").text == text


def test_a_file_that_is_gone_is_a_read_error(tmp_path):
    with pytest.raises(ReadError, match="Cannot open"):
        read(tmp_path / "gone.txt")


def test_a_page_named_txt_is_read_as_a_page(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("<!DOCTYPE html><html><body><p>社工站</p><p>建成</p></body></html>", encoding="utf-8")

    assert read(path).text == "社工站\n建成"


def test_a_text_named_html_keeps_its_lines(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("社工站\n建成", encoding="utf-8")

    assert read(path, "html").text == "社工站\n建成"


def test_a_single_line_of_five_megabytes_is_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("全县社会工作稳步推进，" * 160_000, encoding="utf-8")

    assert len(read(path).text) == 11 * 160_000


def test_markup_in_a_title_does_not_reach_the_result(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<title>总结<script>alert(1)</script></title><p>社工站建成。</p>", encoding="utf-8")

    assert read(path, "html").title == "总结"


def test_how_sure_the_encoding_is_goes_with_the_document_and_doubt_is_a_problem(tmp_path):
    texts = {"sure.txt": "全市建成社工站十二个，志愿者参与。", "unsure.txt": "常"}
    read = {}
    for name, text in texts.items():
        (tmp_path / name).write_bytes(text.encode("gb18030"))
        read[name] = read_file(SourceFile(name, tmp_path / name, "text"))

    assert read["sure.txt"].documents[0].encoding_margin > 0.5
    assert read["sure.txt"].problems == []
    assert read["unsure.txt"].documents[0].encoding_margin == 0
    (problem,) = read["unsure.txt"].problems
    assert problem.error == "EncodingUnsure"
    assert "big5hkscs" in problem.message
