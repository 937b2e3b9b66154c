"""read/clutter.py: what of a page is not the report."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swnlp.read.clutter import find_clutter
from swnlp.records import Dropped
from swnlp.view import simplified_view

PROSE = "全县社会工作坚持党建引领，围绕“一老一小”和困难群众需求，持续推进乡镇社会工作服务站建设，成效明显。"
TITLE = "云溪县社会工作发展情况综述"


def clutter(text):
    """Return what is dropped, line by line with its reason, and what is kept."""
    found = find_clutter(simplified_view(text))
    kept, at = [], 0
    for d in found.dropped:
        kept.append(text[at : d.start])
        at = d.end
    kept.append(text[at:])
    dropped = [
        (line.strip(), d.reason)
        for d in found.dropped
        for line in text[d.start : d.end].split("\n")
        if line.strip()
    ]
    return dropped, [line.strip() for line in "".join(kept).split("\n") if line.strip()]


def test_breadcrumb_menu_and_byline_go_and_the_title_stays():
    byline = "来源：云溪日报 发布时间：2023-01-05 浏览次数：31"
    text = f"当前位置：首页 > 政务公开 > 工作动态\n机构概况\n工作动态\n\n{TITLE}\n{byline}\n{PROSE}"

    dropped, kept = clutter(text)
    assert dropped == [
        ("当前位置：首页 > 政务公开 > 工作动态", "breadcrumb"),
        ("机构概况", "menu"),
        ("工作动态", "menu"),
        (byline, "byline"),
    ]
    assert kept == [TITLE, PROSE]


def test_a_page_saved_as_one_line_keeps_its_text():
    text = f"您现在的位置：首页＞通知公告＞正文　发布时间：２０２４－０６－１８　浏览次数：４７３　　{PROSE}"

    dropped, kept = clutter(text)
    assert [reason for _, reason in dropped] == ["breadcrumb", "byline"]
    assert kept == [PROSE]


def test_fields_written_without_gaps_are_one_byline():
    found = find_clutter(
        simplified_view(f"{TITLE}\n来源:本站原创发布时间:2023-04-03 11:10:21浏览数:0\n{PROSE}")
    )

    assert [tuple(f) for f in found.fields] == [
        ("source", "本站原创"),
        ("date", "2023-04-03 11:10:21"),
        ("counter", "0"),
    ]


def test_keys_above_their_values_are_a_byline_too():
    text = f"{TITLE}\n时间：\n2026-02-02 09:20\n来源：\n云溪县人民政府\n南平市\n{PROSE}"

    dropped, kept = clutter(text)
    assert {reason for _, reason in dropped} == {"byline"}
    assert kept == [TITLE, "南平市", PROSE]


def test_buttons_around_the_title_go():
    dropped, kept = clutter(
        f"下载\n打印\n【字号：\n大\n中\n小\n】\n{TITLE}\n{PROSE}\n【打印本页】【关闭窗口】"
    )

    assert {reason for _, reason in dropped} == {"toolbar", "byline"}
    assert kept == [TITLE, PROSE]


def test_all_after_the_link_to_the_next_article_goes():
    dropped, kept = clutter(
        f"{TITLE}\n{PROSE}\n上一篇：没有了\n下一篇：春节慰问\n本院简介\n{PROSE}\n电话：0591-0000000"
    )

    assert dropped[:2] == [("上一篇：没有了", "page-navigation"), ("下一篇：春节慰问", "page-navigation")]
    assert {reason for _, reason in dropped[2:]} == {"after-article"}
    assert kept == [TITLE, PROSE]


def test_a_sentence_about_an_earlier_article_is_no_navigation():
    text = f"{TITLE}\n{PROSE}\n上一篇文章介绍的经验，各地要认真学习借鉴，结合实际抓好落实。\n{PROSE}"

    assert clutter(text)[0] == []


def test_two_articles_in_one_file_both_stay():
    second = f"{TITLE}（二）\n来源：云溪日报 发布时间：2023-02-05\n{PROSE}"

    dropped, kept = clutter(
        f"{TITLE}\n来源：云溪日报 发布时间：2023-01-05\n{PROSE}\n下一篇：综述（二）\n{second}"
    )
    assert ("下一篇：综述（二）", "page-navigation") in dropped
    assert kept.count(PROSE) == 2


def test_a_report_goes_on_behind_the_way_to_its_next_page():
    dropped, kept = clutter(f"{TITLE}\n{PROSE}\n下一篇：第二页\n{PROSE}\n{PROSE}")

    assert dropped == [("下一篇：第二页", "page-navigation")]
    assert kept.count(PROSE) == 3


def test_a_footer_takes_its_contact_lines_with_it():
    foot = "主办单位：云溪县民政局\n地址：人民路1号\n电话：0570-0000000\n版权所有：云溪县民政局\n扫一扫"

    dropped, kept = clutter(f"{TITLE}\n{PROSE}\n云溪县民政局\n2023年1月5日\n{foot}")
    assert [reason for _, reason in dropped] == ["footer", "contact", "contact", "footer", "footer"]
    assert kept == [TITLE, PROSE, "云溪县民政局", "2023年1月5日"]


def test_contact_lines_without_a_footer_are_the_reports():
    text = f"{TITLE}\n{PROSE}\n联系人：周敏\n联系电话：0570-0000000\n地址：云溪县人民路1号"

    assert clutter(text)[0] == []


def test_related_links_go():
    dropped, kept = clutter(f"{TITLE}\n{PROSE}\n相关报道：\n社工站挂牌\n社工宣传周启动")

    assert {reason for _, reason in dropped} == {"footer"}
    assert kept == [TITLE, PROSE]


def test_the_editors_line_below_the_text_is_a_byline():
    dropped, _ = clutter(f"{TITLE}\n{PROSE}\n（来源：云溪日报）\n责任编辑：林小满")

    assert dropped == [("（来源：云溪日报）", "byline"), ("责任编辑：林小满", "byline")]


@pytest.mark.parametrize(
    "stub", ["1_01", "IMG_20230403", "微信图片_20230403111021", "活动 现场(1).jpg", "image001.png"]
)
def test_picture_stubs_go(stub):
    dropped, kept = clutter(f"{TITLE}\n{PROSE}\n{stub}\n{PROSE}")

    assert dropped == [(stub, "image-stub")]
    assert kept == [TITLE, PROSE, PROSE]


@pytest.mark.parametrize("line", ["5A级", "2023", "1-3", "第8_师", "IMG", "附件.docx"])
def test_short_lines_that_are_no_pictures_stay(line):
    assert clutter(f"{TITLE}\n{PROSE}\n{line}\n{PROSE}")[0] == []


PLAIN = f"""{TITLE}

{PROSE}
一、主要做法
时间：每季度首月开展一次培训。
地点：县社会工作服务中心
来源：社会捐赠资金，全部用于困境儿童关爱项目。
作者：周敏
联系电话：各站均在门前公示，方便群众办事。
二、存在问题
分享
{PROSE}
扫一扫门前的二维码，需求直达社区，十五分钟内有人应答。
三、下一步打算
关闭不合规的站点。
（一）首页改版
相关链接机制逐步建立，志愿者与社工结对帮扶。
云溪县民政局
2022年12月20日"""


def test_a_plain_report_loses_nothing():
    assert clutter(PLAIN)[0] == []


LINE = st.sampled_from(
    [*PLAIN.split("\n"), "首页 > 动态", "来源：本站", "上一篇：无", "版权所有", "1_01", "大", "【打印】", ""]
)


@given(st.lists(LINE, max_size=30), st.text("甲，。>：首页来源 \n", max_size=40))
def test_stretches_are_in_order_apart_and_never_blank(parts, noise):
    text = "\n".join([*parts, noise])
    found = find_clutter(simplified_view(text))

    at = 0
    for start, end, _ in found.dropped:
        assert at <= start < end <= len(text)
        assert text[start:end].strip()
        at = end


def test_what_the_markup_dropped_stays_dropped():
    view = simplified_view(f"首页\n{TITLE}\n{PROSE}")

    assert find_clutter(view, dropped=[Dropped(0, 2, "menu")]).dropped == (Dropped(0, 2, "menu"),)


@pytest.mark.parametrize(
    "text",
    [
        "首页>" * 200_000,
        "来源:" * 300_000,
        "【打印" * 200_000,
        " " * 2_000_000 + "a",
        "上一页" * 300_000,
        "> " * 500_000,
        "上一篇：社会工作\n" * 60_000,
        f"{PROSE}\n版权所有 京ICP备12345678号\n" * 30_000,
        f"{PROSE}\n下一篇：社工\n来源：龙岩日报 发布时间：2023-01-01\n" * 20_000,
    ],
)
def test_hostile_lines_end(text):
    find_clutter(simplified_view(f"{text}\n{PROSE}\n{text}"))
