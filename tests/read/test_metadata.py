"""read/metadata.py and read/titles.py: what a page says of itself."""

import pytest

from swnlp.read.clutter import find_clutter
from swnlp.read.metadata import facts_of, markup_title, parse_date
from swnlp.read.titles import genre_of
from swnlp.view import simplified_view

PROSE = "全县社会工作坚持党建引领，围绕“一老一小”和困难群众需求，持续推进乡镇社会工作服务站建设，成效明显。"


def facts(text, meta=None):
    view = simplified_view(text)
    return facts_of(text, view, find_clutter(view), meta or {}, None)


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("关于加强社会工作专业人才队伍建设的通知", "通知"),
        ("关于健全“五社联动”机制的实施意见", "意见"),
        ("社会工作人才激励办法(试行)", "办法"),
        ("“颍淮颐养”三年行动方案(2024—2026年)", "方案"),
        ("关于印发《社工站建设规划》的通知", "通知"),
        ("2026年政府工作报告", "报告"),
        ("关于同意成立社会工作协会的批复", "批复"),
        ("2022年社会工作总结", "总结"),
        ("全省各地市社会工作发展成果展示(三)", None),
        ("城墙根下的晚点名", None),
    ],
)
def test_the_genre_is_what_the_title_ends_in(title, genre):
    assert genre_of(title) == genre


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2023-04-03 11:10:21", "2023-04-03"),
        ("2023/4/3", "2023-04-03"),
        ("2023.04.03", "2023-04-03"),
        ("2023年4月3日", "2023-04-03"),
        ("二〇一二年六月十五日", "2012-06-15"),
        ("二○二三年十二月三十一日", "2023-12-31"),
        ("二〇二三年十月二十日", "2023-10-20"),
        ("2023-02-30", None),
        ("2023年", None),
        ("", None),
    ],
)
def test_dates_become_iso_or_nothing(text, date):
    assert parse_date(text) == date


def test_the_byline_gives_date_and_source():
    found = facts(f"云溪县社会工作综述\n来源：云溪日报 发布时间：2023-01-05 09:00\n{PROSE}")

    assert (found.title, found.date, found.source) == ("云溪县社会工作综述", "2023-01-05", "云溪日报")


def test_a_source_keeps_the_bracket_that_it_ends_in():
    found = facts(f"云溪县社会工作综述\n【来源：云溪日报（数字版）】 发布时间：2023-01-05\n{PROSE}")

    assert found.source == "云溪日报(数字版)"


def test_the_date_of_signing_serves_where_no_other_is_given():
    assert facts(f"云溪县2022年社会工作总结\n{PROSE}\n云溪县民政局\n2022年12月20日").date == "2022-12-20"


def test_the_date_under_a_title_serves_too():
    assert facts(f"关于做好社会工作的意见\n（2024年7月3日）\n{PROSE}").date == "2024-07-03"


def test_a_date_in_the_text_is_not_the_documents():
    assert facts(f"云溪县社会工作综述\n{PROSE}2021年3月15日，首个站点挂牌。").date is None


def test_a_title_over_two_lines_is_joined_with_its_issuer():
    text = f"云溪县民政局\n关于印发《社会工作服务站\n建设方案》的通知\n各乡镇人民政府：\n{PROSE}"

    found = facts(f"首页 > 通知公告\n{text}")
    assert found.title == "云溪县民政局关于印发《社会工作服务站建设方案》的通知"
    assert found.genre == "通知"


def test_the_document_number_stands_in_the_head_and_not_in_the_text():
    number = "云民发〔2023〕19号"

    assert facts(f"{number}\n关于做好社会工作的通知\n各乡镇：\n{PROSE}").doc_number == number
    assert facts(f"关于做好社会工作的通知（{number}）\n{PROSE}").doc_number == number
    assert facts(f"关于做好社会工作的通知\n根据《通知》（{number}）要求，{PROSE}").doc_number is None


def test_a_text_that_begins_with_prose_has_no_title():
    assert facts(f"{PROSE}\n{PROSE}").title is None


@pytest.mark.parametrize(
    "line", ["一、主要做法", "各位代表：", "南平市", "社工站建起来了。", "——在大会上的讲话"]
)
def test_a_first_line_that_is_no_title_is_none(line):
    assert facts(f"{line}\n{PROSE}").title is None


def test_the_governments_meta_names_come_first():
    meta = {"pubdate": "2024-06-12 09:30", "contentsource": "揭阳日报"}

    found = facts(f"云溪县社会工作综述\n来源：本站 发布时间：2023-01-05\n{PROSE}", meta)
    assert (found.date, found.source) == ("2024-06-12", "揭阳日报")


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("社工走进老城_揭阳市民政局", "社工走进老城"),
        ("社工走进老城 - 某某门户网站", "社工走进老城"),
        ("某某日报网|社工走进老城", "社工走进老城"),
        ("鼓楼下的新合唱——三江经验", "鼓楼下的新合唱——三江经验"),
        ("云溪县民政局", "云溪县民政局"),
        (None, None),
    ],
)
def test_the_sites_name_is_not_the_title(title, plain):
    assert markup_title(title, {}) == plain
