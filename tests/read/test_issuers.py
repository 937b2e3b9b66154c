"""read/issuers.py: who issued an official document, at which level, when, and since when it is in force."""

import pytest

from swnlp.read import SourceFile, read_file
from swnlp.read.issuers import day_in_force, level_of

BODY = "各县（市、区）民政局：\n为进一步加强社会工作专业人才队伍建设，现就有关事项通知如下，请结合实际认真贯彻执行。\n"


@pytest.fixture
def read(tmp_path):
    def read(text, **notes):
        path = tmp_path / "a.txt"
        path.write_text(text, encoding="utf-8")
        (document,) = read_file(SourceFile("a.txt", path, "text", **notes)).documents
        return document

    return read


def issuers(document):
    return [(i.name, i.level) for i in document.issuers]


def test_a_joint_issue_gives_two_rows(read):
    document = read(f"民政部 财政部关于政府购买社会工作服务的指导意见\n民发〔2012〕196号\n{BODY}")

    assert [tuple(i) for i in document.issuers] == [(0, "民政部", "国家"), (1, "财政部", "国家")]
    assert (document.genre, document.doc_number) == ("意见", "民发〔2012〕196号")


def test_the_signature_tells_where_the_title_does_not(read):
    document = read(
        f"关于加强社会工作专业人才队伍建设的通知\n{BODY}\n福建省民政厅\n福建省财政厅\n2023年5月8日\n"
    )

    assert issuers(document) == [("福建省民政厅", "省"), ("福建省财政厅", "省")]
    assert document.issued == "2023-05-08"


def test_ten_departments_are_all_in_the_signature(read):
    title = "民政部等三部门关于加强社会工作专业人才队伍建设的通知"
    document = read(f"{title}\n{BODY}\n民政部\n教育部\n财政部\n二〇二三年五月八日\n")

    assert [name for name, _ in issuers(document)] == ["民政部", "教育部", "财政部"]
    assert document.issued == "2023-05-08"


def test_the_letterhead_tells_too(read):
    document = read(f"龙岩市民政局文件\n龙民〔2023〕7号\n关于加强社会工作站建设的通知\n{BODY}")

    assert issuers(document) == [("龙岩市民政局", "市")]


def test_the_pages_own_field_tells_and_so_does_its_date(read):
    head = "发文机关：邵武市民政局    成文日期：2023年5月8日    来源：邵武市政府网\n"
    document = read(f"{head}关于加强社会工作站建设的通知\n{BODY}{BODY}")

    assert issuers(document) == [("邵武市民政局", "县")]
    assert document.issued == "2023-05-08"


def test_a_report_and_news_have_no_issuer(read):
    assert read(f"龙岩市2022年社会工作总结\n{BODY}\n龙岩市民政局\n2023年1月5日\n").issuers == ()
    assert read(f"龙岩市民政局开展社会工作宣传周活动\n{BODY}").issuers == ()


def test_a_short_name_has_the_level_it_says(read):
    document = read(f"市民政局关于加强社会工作站建设的通知\n{BODY}", place="龙岩市")

    assert issuers(document) == [("市民政局", "市")]


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("国务院办公厅", "国家"),
        ("中共中央办公厅", "国家"),
        ("民政部", "国家"),
        ("国家发展改革委", "国家"),
        ("福建省人民政府", "省"),
        ("广西壮族自治区民政厅", "省"),
        ("北京市民政局", "省"),
        ("中共福建省委组织部", "省"),
        ("龙岩市民政局", "市"),
        ("延边朝鲜族自治州民政局", "市"),
        ("邵武市人民政府", "县"),
        ("福建省南平市邵武市民政局", "县"),
        ("杭州市西湖区民政局", "县"),
        ("光山县民政局", "县"),
        ("杭州市西湖区北山街道办事处", "乡"),
        ("县民政局", "县"),
        ("衢岭市民政局", "市"),
        ("中国社会工作联合会", "国家"),
    ],
)
def test_the_level_is_the_places(name, level):
    assert level_of(name) == level


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("本办法自2024年1月1日起施行,有效期五年。", "2024-01-01"),
        ("本通知自印发之日起施行。", "2023-05-08"),
        ("本细则自发布之日起正式实施。", "2023-05-08"),
        ("自2024年1月1日起施行;自2025年1月1日起执行。", None),
        ("全市稳步推进。", None),
    ],
)
def test_a_document_holds_from_the_day_that_it_says(text, day):
    assert day_in_force(text, "2023-05-08") == day
