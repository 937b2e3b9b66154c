"""Layouts of government sites, WeChat accounts and associations: what is kept, what is dropped, what the page says.

The markup is that of real templates; the text is made up.
"""

from pathlib import Path

import pytest

from swnlp.read import SourceFile, read_document

PAGES = Path(__file__).parent / "fixtures" / "pages"
BODY = ("云溪县坚持党建引领", "城东街道开展“邻里守望”项目", "下一步，县民政局将加强督导培训")
ACTION_PLAN = "云溪县人民政府办公室关于印发社会工作三年行动方案的通知"
STATIONS = "关于加强乡镇社会工作服务站建设的通知"

# Name: title, date, source, document number; more that is kept; what is dropped.
WANTED = {
    "trs": (
        ("云溪县推动社工站提质增效", "2023-03-07", "县民政局", None),
        (),
        (
            "政务公开",
            "部门动态",
            "2023-03-07 10:21",
            "字体",
            "分享到",
            "打印本页",
            "相关链接",
            "社工站挂牌仪式举行",
        ),
    ),
    "ucap": (
        (STATIONS, "2023-03-06", "云溪县民政局", "云民发〔2023〕12号"),
        ("各乡镇人民政府、街道办事处：", "2023年3月2日", "1.社工站建设标准.docx", "2.经费预算表.xls"),
        ("索 引 号", "主题分类", "分享：", "主办单位", "网站标识码"),
    ),
    "layout-tables": (
        ("云溪县三年建成社工站十二个", "2022-11-28", None, None),
        (),
        ("机构设置", "社会救助", "您现在的位置", "点击数", "冬春救助工作部署", "殡葬改革宣传月", "版权所有"),
    ),
    "div-soup": (
        ("社工来敲门 服务到身边", "2024-05-17", "城东街道办", None),
        ("（城东街道 供稿）",),
        ("今天是", "长者模式", "乡镇动态", "08:45", "356", "扫一扫", "网站地图", "网站声明"),
    ),
    "wechat": (
        ("一张网格图，串起邻里情", "2023-09-12", "云溪县社会工作协会", None),
        (),
        ("原创", "发表于福建", "点击上方蓝字", "编辑：林小满", "预览时标签不可点", "阅读原文"),
    ),
    "spam": (
        ("云溪县召开社会工作推进会", "2021-12-03", "云溪融媒", None),
        (),
        ("在线娱乐平台", "老虎机", "博彩公司", "县内要闻", "09:15", "责任编辑", "全县安全生产会议", "没有了"),
    ),
    "dl-index": (
        (ACTION_PLAN, "2022-06-10", "云溪县人民政府办公室", "云政办〔2022〕31号"),
        ("各乡镇人民政府，县直各单位：", "2022年6月8日", "附件1 任务分工表.pdf", "附件2 联系人名单.doc"),
        ("政府信息公开", "索 引 号", "有 效 性", "浏览次数", "Copyright"),
    ),
    "association": (
        ("做群众身边的暖心人", "2020-08-19", None, None),
        (),
        (
            "志愿招募",
            "热门文章",
            "社工证怎么考",
            "阅读（512）",
            "微信图片",
            "标签：",
            "老娘舅",
            "发表评论",
            "友情链接",
        ),
    ),
    "saved-frame": (
        ("“三社联动”显成效", "2023-01-05", "云溪日报", None),
        ("——云溪县社会治理创新纪实", "年份\t社工站\t持证社工", "2022\t12\t97"),
        ("专题", "记者 王芳", "责任编辑", "免责声明", "热点推荐", "冬日文旅热"),
    ),
}


def read(name):
    path = PAGES / f"{name}.html"
    document = read_document(SourceFile(path.name, path, "html"))
    kept, at = [], 0
    for dropped in document.dropped:
        kept.append(document.text[at : dropped.start])
        at = dropped.end
    gone = "\n".join(document.text[d.start : d.end] for d in document.dropped)
    return document, "".join([*kept, document.text[at:]]), gone


def test_every_page_is_looked_at():
    assert {path.stem for path in PAGES.iterdir()} == set(WANTED)


@pytest.mark.parametrize("name", WANTED)
def test_a_page_says_its_title_date_source_and_number(name):
    document, _, _ = read(name)

    assert (document.title, document.date, document.source, document.doc_number) == WANTED[name][0]


@pytest.mark.parametrize("name", WANTED)
def test_the_report_is_kept_and_the_pages_furniture_is_not(name):
    _, kept, gone = read(name)
    (title, *_), more, furniture = WANTED[name]

    body = BODY if name != "dl-index" else (BODY[0], BODY[2])
    for text in (title, *body, *more):
        assert text in kept, text
    for text in furniture:
        assert text in gone, text
        assert text not in kept, text


def test_the_table_of_a_page_gives_cells_and_its_index_none():
    assert [c.text for c in read("saved-frame")[0].cells][-3:] == ["2022", "12", "97"]
    assert read("layout-tables")[0].cells == ()


@pytest.mark.parametrize(
    "line", ["时间：2023-05-08", "2023-05-08 | 。", "启动仪式 2023-05-08 09:00", "声明：以上情况属实。"]
)
def test_a_reports_own_lines_are_no_byline(line, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        f"云溪县社工站启动仪式方案\n{line}\n{BODY[0]}，推动五社联动，服务困难群众。\n", encoding="utf-8"
    )

    assert read_document(SourceFile("a.txt", path, "text")).dropped == ()
