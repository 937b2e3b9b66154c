"""outline/: a document to sections, paragraphs and sentences."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swnlp.gazetteer import load_gazetteer
from swnlp.outline import outline
from swnlp.read import find_files, read_document
from swnlp.records import Document, Dropped

GAZETTEER = load_gazetteer()
SAMPLE = Path(__file__).parents[1] / "corpora" / "fujian-social-work-2023"

BODY = "全市建成乡镇社工站四十个，配备驻站社工一百二十名，服务困难群众三万余人次，社工机构服务能力不断提升。"
PROVINCE_TITLE = "全省各市社会工作亮点巡礼"


def make(text, *, title=None, date=None, source=None, dropped=(), headings=()):
    return Document("a.txt", "a.txt", title, date, source, None, None, "utf-8", "", text, dropped, headings)


def sections(text, **facts):
    """Return title and place of each section, the place by its name."""
    return [(s.title, place_name(s.place_id)) for s in outline(make(text, **facts), GAZETTEER).sections]


def place_name(place_id):
    code = (place_id or "").removeprefix("place:")
    return GAZETTEER.divisions[code].name if code in GAZETTEER.divisions else code or None


def whole(text, **facts):
    return place_name(outline(make(text, **facts), GAZETTEER).place_id)


def sentences(text, **facts):
    return [text[s.start : s.end] for s in outline(make(text, **facts), GAZETTEER).sentences]


def statuses(text, **facts):
    return [s.status for s in outline(make(text, **facts), GAZETTEER).sentences]


# The sample.


def test_the_sample_is_an_introduction_four_places_and_the_provinces_closing():
    (file,), _ = find_files([SAMPLE])
    document = read_document(file)
    result = outline(document, GAZETTEER)

    assert result.place_id == "place:350000"
    assert [(s.title, s.place_id) for s in result.sections] == [
        ("", "place:350000"),
        ("南平市", "place:350700"),
        ("龙岩市", "place:350800"),
        ("宁德市", "place:350900"),
        ("平潭综合实验区", "place:350128"),
        ("", "place:350000"),
    ]
    texts = [document.text[s.start : s.end] for s in result.sections]
    assert texts[0].startswith("全省各地市社会工作发展成果展示(三)")
    assert texts[0].endswith("展示如下:")
    assert texts[1].endswith("福建省社会治理创新50例”。")
    assert "求实奋进 初见成效" in [
        document.text[s.start : s.end] for s in result.sentences if s.section_id == 1
    ]
    assert texts[5].startswith("下一步,全省各级民政部门")
    assert texts[5].endswith("贡献力量。")
    assert [s.status for s in result.sentences if s.section_id == 5] == ["planned"]


# Sentences.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("社工站建成。居民满意！谁来养老？", ["社工站建成。", "居民满意！", "谁来养老？"]),
        ("一是建站；二是育人；三是联动。", ["一是建站；二是育人；三是联动。"]),
        ("每万人持证社工6.85名。增长1.5倍", ["每万人持证社工6.85名。", "增长1.5倍"]),
        ("3.建强队伍", ["3.建强队伍"]),
        ("他说：“先建站。再育人。”大家点头。", ["他说：“先建站。再育人。”", "大家点头。"]),
        ("他问：“谁来办？”众人不语。", ["他问：“谁来办？”", "众人不语。"]),
        ("破解“谁来养？怎么养？”的难题。成效明显。", ["破解“谁来养？怎么养？”的难题。", "成效明显。"]),
        ("践行“为民服务。”的宗旨。", ["践行“为民服务。”的宗旨。"]),
        ("《谁来养老？》一书出版。再版。", ["《谁来养老？》一书出版。", "再版。"]),
        ("建站（含村级。共四十个）完成。", ["建站（含村级。共四十个）完成。"]),
        ("真的吗？！是的。。好……", ["真的吗？！", "是的。。", "好……"]),
        ("引号没有“合上。下一句。", ["引号没有“合上。", "下一句。"]),
        ("合上的”在先。下一句。", ["合上的”在先。", "下一句。"]),
        ("”墨香伴老“项目启动。“引”才。结束”。", ["”墨香伴老“项目启动。", "“引”才。", "结束”。"]),
        ('他说"先建站。"大家点头。', ['他说"先建站。"', "大家点头。"]),
        ("见http://a.cn/x?id=3。完", ["见http://a.cn/x?id=3。", "完"]),
        ("　　甲。　\n\n  乙  ", ["甲。", "乙"]),
        ("。”", ["。”"]),
        ("", []),
    ],
)
def test_sentences_end_at_stops_outside_quotes(text, expected):
    assert sentences(text) == expected


def test_a_line_broken_by_width_does_not_break_its_sentence():
    line = "全县社会工作坚持党建引领围绕一老一小和困难群众需求持续推进站"
    text = "\n".join([line] * 11) + "\n建设。\n第二段从这里开始。"

    assert sentences(text) == ["\n".join([line] * 11) + "\n建设。", "第二段从这里开始。"]


def test_equal_short_lines_are_a_list_and_not_a_broken_text():
    assert len(sentences("\n".join(["搭好台子唱大戏"] * 12))) == 12


def test_sentences_know_their_paragraph_and_section():
    result = outline(make(f"{PROVINCE_TITLE}\n南平市\n甲。乙。\n丙。\n龙岩市\n丁。"), GAZETTEER)

    assert [tuple(s[:3]) for s in result.sentences] == [
        (0, 0, 0),
        (1, 1, 1),
        (1, 2, 2),
        (1, 2, 3),
        (1, 3, 4),
        (2, 4, 5),
        (2, 5, 6),
    ]


PIECE = st.sampled_from(
    [
        *'。！？…“”‘’「」（）()《》"?!,.； 　\n\t3a省',
        "南平市",
        "一、",
        "下一步，",
        "全省",
        "将推进",
        "未",
        "\u200b",
        "2025年",
        "\r",
        "\x85",
    ]
)
TEXT = st.lists(PIECE, max_size=60).map("".join) | st.text(max_size=60)


@given(TEXT, st.data())
def test_every_kept_character_is_in_exactly_one_sentence(text, data):
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    dropped = tuple(Dropped(a, b, "menu") for a, b in zip(edges[::2], edges[1::2], strict=False))
    result = outline(make(text, dropped=dropped), GAZETTEER)

    covered = [0] * len(text)
    for s in result.sentences:
        assert text[s.start : s.end].strip() == text[s.start : s.end] != ""
        section = result.sections[s.section_id]
        assert section.start <= s.start < s.end <= section.end
        for i in range(s.start, s.end):
            covered[i] += 1
    kept = [not any(d.start <= i < d.end for d in dropped) for i in range(len(text))]
    assert all(c == 1 for i, c in enumerate(covered) if kept[i] and not text[i].isspace())
    assert all(c == 0 for i, c in enumerate(covered) if not kept[i])
    assert [s.sentence_id for s in result.sentences] == list(range(len(result.sentences)))
    assert [s.section_id for s in result.sections] == list(range(len(result.sections)))
    for a, b in zip(result.sections, result.sections[1:], strict=False):
        assert a.end <= b.start
        between = "".join(c for i, c in enumerate(text[a.end : b.start], a.end) if kept[i])
        assert not between.strip()


# Places of sections.


@pytest.mark.parametrize(
    "heading",
    [
        "邵武市",
        "【邵武市】",
        "邵武市：",
        "一、邵武市",
        "（一）邵武市",
        "1.邵武市",
        "★ 邵武市",
        "  邵武市　",
        "福建省邵武市",
        "“邵武市”",
    ],
)
def test_a_line_that_is_only_a_place_heads_a_section(heading):
    found = sections(f"南平市民政工作综述\n{heading}\n{BODY}")

    assert [place for _, place in found] == ["南平市", "邵武市"]
    assert found[1][0] in ("邵武市", "福建省邵武市")


def test_a_heading_is_called_as_it_stands_in_the_text():
    assert sections(f"{BODY}\n（一）主要做法：五社联动\n{BODY}\n二、下一步打算\n{BODY}") == [
        ("", None),
        ("（一）主要做法：五社联动", None),
        ("二、下一步打算", None),
    ]


def test_a_place_with_a_slogan_heads_a_section_beside_others():
    found = sections(
        f"{PROVINCE_TITLE}\n南平市：求实奋进 初见成效\n{BODY}\n龙岩市——夯基筑台\n{BODY}\n宁德市民政局\n{BODY}"
    )

    assert found == [
        ("", "福建省"),
        ("南平市：求实奋进 初见成效", "南平市"),
        ("龙岩市——夯基筑台", "龙岩市"),
        ("宁德市民政局", "宁德市"),
    ]


def test_short_forms_head_sections_where_there_are_several():
    assert sections(f"{PROVINCE_TITLE}\n【南平】\n{BODY}\n【龙岩】\n{BODY}") == [
        ("", "福建省"),
        ("南平", "南平市"),
        ("龙岩", "龙岩市"),
    ]
    assert len(sections(f"云溪综述\n海南\n{BODY}")) == 1


def test_a_zone_that_no_list_knows_heads_a_section_beside_known_places():
    result = outline(make(f"{PROVINCE_TITLE}\n贵阳市\n{BODY}\n黔锋新区\n{BODY}\n遵义市\n{BODY}"), GAZETTEER)

    assert [s.place_id for s in result.sections] == [
        "place:520000",
        "place:520100",
        "place:黔锋新区",
        "place:520300",
    ]


@pytest.mark.parametrize(
    "line", ["老旧小区", "创建示范社区", "全市", "进社区", "南平市、龙岩市", "南平市民政局印发通知。"]
)
def test_other_short_lines_head_nothing(line):
    assert len(sections(f"{PROVINCE_TITLE}\n南平市\n{BODY}\n{line}\n{BODY}\n龙岩市\n{BODY}")) == 3


def test_a_list_of_places_heads_nothing():
    text = f"试点名单\n南平市\n龙岩市\n宁德市\n莆田市\n{BODY}"

    assert [title for title, _ in sections(text)] == [""]


def test_a_signature_at_the_end_heads_nothing():
    text = f"{PROVINCE_TITLE}\n南平市\n{BODY}\n龙岩市\n{BODY}\n福建省民政厅\n2023年4月3日"

    assert [title for title, _ in sections(text)] == ["", "南平市", "龙岩市"]


def test_subheadings_inherit_the_place_until_the_numbering_above_goes_on():
    text = (
        f"福建省民政工作总结\n一、总体情况\n{BODY}\n二、各地情况\n"
        f"南平市\n{BODY}\n一、建机制\n{BODY}\n二、育人才\n{BODY}\n龙岩市\n{BODY}\n三、下一步打算\n{BODY}"
    )

    assert sections(text) == [
        ("", "福建省"),
        ("一、总体情况", "福建省"),
        ("二、各地情况", "福建省"),
        ("南平市", "南平市"),
        ("一、建机制", "南平市"),
        ("二、育人才", "南平市"),
        ("龙岩市", "龙岩市"),
        ("三、下一步打算", "福建省"),
    ]


def test_a_numbered_place_ends_at_a_number_as_high():
    text = f"福建省民政工作总结\n一、各地情况\n（一）南平市\n{BODY}\n1.建机制\n{BODY}\n（二）龙岩市\n{BODY}\n"
    text += f"二、存在问题\n{BODY}"

    assert [place for _, place in sections(text)] == [
        "福建省",
        "福建省",
        "南平市",
        "南平市",
        "龙岩市",
        "福建省",
    ]


def test_marked_headings_of_a_page_nest_by_their_level():
    text = f"福建省综述\n南平市\n{BODY}\n邵武市\n{BODY}\n小结\n{BODY}"
    marks = {"福建省综述": 1, "南平市": 2, "邵武市": 3, "小结": 3}
    headings = tuple(
        (at, at + len(t), level) for t, level in marks.items() if (at := text.index(f"{t}\n")) >= 0
    )

    assert sections(text, title="福建省综述", headings=headings) == [
        ("", "福建省"),
        ("南平市", "南平市"),
        ("邵武市", "邵武市"),
        ("小结", "南平市"),
    ]


def test_a_name_that_many_places_share_is_looked_for_where_the_document_is():
    assert [p for _, p in sections(f"综述\n鼓楼区\n{BODY}\n台江区\n{BODY}\n闽侯县\n{BODY}")] == [
        "福州市",
        "鼓楼区",
        "台江区",
        "闽侯县",
    ]
    result = outline(make(f"南京市综述\n鼓楼区\n{BODY}", title="南京市综述"), GAZETTEER)
    assert result.sections[1].place_id == "place:320106"


def test_a_page_with_forty_counties_comes_out_right():
    codes = [c for c in GAZETTEER.divisions if GAZETTEER.level(c) == "county" and c.startswith("13")][:40]
    names = [GAZETTEER.divisions[c].name for c in codes]
    text = "全省各县社会工作展示\n" + "\n".join(f"{name}\n{BODY}" for name in names)

    result = outline(make(text, title="全省各县社会工作展示"), GAZETTEER)
    assert result.place_id == "place:130000"
    assert [s.title for s in result.sections[1:]] == names
    right = sum(s.place_id == f"place:{c}" for s, c in zip(result.sections[1:], codes, strict=True))
    assert right >= 38  # two districts of one name in one province may stay open


# The closing paragraph.


def closing(last, text):
    return sections(f"{PROVINCE_TITLE}\n南平市\n{BODY}\n{last}\n{BODY}\n{text}")[-1]


@pytest.mark.parametrize(
    "text",
    [
        "下一步，全省各级民政部门将深入学习贯彻党的二十大精神，持续加强人才队伍建设。",
        "今后，我省将健全机制，推动社会工作高质量发展，为现代化建设贡献力量。",
        "下一步,省民政厅将会同省委组织部等部门，深入实施社工培育工程。",
        "2099年，全省将以筹备博览会为契机，进一步健全工作格局，完善政策体系。",
        "全省各级民政部门要再接再厉，推动社会工作服务提质增效，惠及更多群众。",
        "众人拾柴火焰高。面向未来五年，全省民政系统将深化五社联动，壮大社工队伍。",
    ],
)
def test_a_closing_paragraph_is_the_provinces_again(text):
    assert closing("龙岩市", text) == ("", "福建省")


@pytest.mark.parametrize(
    "text",
    [
        "下一步，全市将健全机制，推动社会工作高质量发展，为现代化建设贡献力量。",
        "下一步，我市将健全机制，推动社会工作高质量发展，为现代化建设贡献力量。",
        "全省首个社工主题公园落户我市，吸引各地社工机构前来参观学习交流经验。",
        "全国文明城市创建以来，社工机构踊跃参与，志愿服务蔚然成风，居民满意。",
        "省委、省政府高度重视我市社会工作，多次调研指导，推动站点建设走深走实。",
    ],
)
def test_a_citys_own_closing_stays_with_it(text):
    assert closing("龙岩市", text) == ("龙岩市", "龙岩市")


def test_the_closing_after_a_county_level_city_is_the_larger_citys():
    text = f"南平市综述\n延平区\n{BODY}\n邵武市\n{BODY}\n下一步，全市民政部门将健全机制，推动社会工作高质量发展。"

    assert sections(text)[-1] == ("", "南平市")


def test_the_whole_is_spoken_of_only_after_its_last_place():
    text = f"{PROVINCE_TITLE}\n南平市\n{BODY}\n下一步，全省将推广南平做法，健全社会工作机制。\n龙岩市\n{BODY}"

    assert [p for _, p in sections(text)] == ["福建省", "南平市", "龙岩市"]


# The place of the whole.


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("南平市2023年社会工作总结", "南平市"),
        ("红柳扎根处——重庆市涪陵区荔枝街道基层治理经验材料", "荔枝街道"),
        ("2026年海南省政府工作报告", "海南省"),
        ("儋州市、白沙黎族自治县社会工作情况", "海南省"),
        ("关于学习推广南平市经验的通知", "南平市"),
        ("城墙根下的晚点名", None),
        ("和平里的故事", None),
    ],
)
def test_the_title_says_what_a_report_is_about(title, place):
    assert whole(f"{title}\n{BODY}", title=title) == place


def test_headings_say_it_where_the_title_does_not():
    assert whole(f"综述\n南平市\n{BODY}\n龙岩市\n{BODY}") == "福建省"
    assert whole(f"综述\n南平市\n{BODY}\n龙岩市\n{BODY}", source="福州市某研究院") == "福建省"


def test_a_whole_province_is_meant_where_the_title_says_so():
    text = f"全省各区社会工作展示\n鼓楼区\n{BODY}\n台江区\n{BODY}\n闽侯县\n{BODY}"

    assert whole(text, title="全省各区社会工作展示") == "福建省"


def test_headings_in_two_provinces_share_none():
    assert whole(f"综述\n南平市\n{BODY}\n杭州市\n{BODY}") is None


def test_a_signature_a_publisher_or_the_first_words_say_it_last():
    assert whole(f"政府工作报告\n海南省省长 某某\n{BODY}", title="政府工作报告") == "海南省"
    assert whole(f"社工站的一天\n{BODY}", source="龙岩市民政局") == "龙岩市"
    assert whole(f"光山县地处大别山北麓，{BODY}") == "光山县"
    assert whole(f"2025年，宣汉县迈上新台阶，{BODY}") == "宣汉县"


def test_a_text_that_names_no_place_has_none():
    assert whole(f"社工站的一天\n{BODY}{BODY}") is None


def test_the_users_word_comes_first():
    text = f"南平市综述\n{BODY}"

    assert outline(make(text, title="南平市综述"), GAZETTEER, place="福建省").place_id == "place:350000"
    assert outline(make(text), GAZETTEER, place="350000").place_id == "place:350000"


def test_traditional_text_has_the_same_places():
    text = "全省各市綜述\n龍巖市\n建成社工站。\n寧德市\n建成社工站。"

    assert sections(text) == [("", "福建省"), ("龍巖市", "龙岩市"), ("寧德市", "宁德市")]


# Status.


@pytest.mark.parametrize(
    "sentence",
    [
        "下一步，健全站点运行机制。",
        "我市将进一步加大购买服务力度。",
        "全县将把社工站建设纳入民生实事。",
        "力争年内持证社工突破千人。",
        "拟投入资金三百万元新建站点。",
        "我县计划投入资金三百万元。",
        "到2025年，乡镇社工站实现全覆盖。",
        "2025年底前完成站点标准化改造。",
        "新场馆即将投入使用。",
    ],
)
def test_what_is_still_to_come_is_planned(sentence):
    assert statuses(sentence, date="2023-04-03") == ["planned"]


@pytest.mark.parametrize(
    "sentence",
    [
        "市委将社会工作人才纳入“才聚龙岩”行动计划。",
        "将学习贯彻党的二十大精神作为首要政治任务。",
        "实施“福蕾行动计划”，开展活动五百余场。",
        "三年行动计划投入资金三百万元。",
        "到2022年，乡镇社工站实现全覆盖。",
        "2023年底前完成站点标准化改造。",
        "现将有关情况汇报如下。",
        "将军县社工站建成。",
        "虚拟养老院开通运行。",
        "制定《2021—2035年发展纲要》。",
    ],
)
def test_what_only_looks_like_a_plan_is_done(sentence):
    assert statuses(sentence, date="2023-04-03") == ["done"]


def test_without_a_date_no_year_is_the_future():
    assert statuses("到2025年，乡镇社工站实现全覆盖。") == ["done"]


def test_a_plan_that_opens_holds_to_the_end_of_its_paragraph():
    text = "全年建成站点十二个。下一步，健全督导机制。扩大服务覆盖面。\n今年新增社工三十名。"

    assert statuses(text) == ["done", "planned", "planned", "done"]


def test_under_a_heading_of_plans_all_is_planned():
    text = f"一、主要做法\n{BODY}\n二、下一步打算\n（一）建队伍\n扩大规模。\n三、有关情况\n建成站点十二个。"

    assert statuses(text) == ["done", "done", "planned", "planned", "planned", "done", "done"]


@pytest.mark.parametrize(
    "sentence",
    [
        "目前尚未建立督导制度。",
        "全年未发生安全事故。",
        "村里没有一家社工机构。",
        "未能按期完成站点建设。",
        "站点不再收取任何费用。",
    ],
)
def test_what_did_not_happen_is_negated(sentence):
    assert statuses(sentence) == ["negated"]


@pytest.mark.parametrize(
    "sentence",
    [
        "加强未成年人保护工作。",
        "取得前所未有的成效。",
        "服务从未间断。",
        "建成站点十二个，配齐专职社工，服务困难群众三万余人次，仅一处尚未挂牌。",
    ],
)
def test_what_only_looks_negative_is_done(sentence):
    assert statuses(sentence) == ["done"]


# Hostile and large input.


@pytest.mark.parametrize(
    "text",
    [
        "“" * 300_000,
        "（《“" * 100_000 + "。" * 100_000,
        "南平市\n" * 50_000,
        "全省各级，\n" * 50_000,
        "第一章 " * 100_000,
        " " * 1_000_000,
    ],
    ids=["quotes", "brackets", "places", "closings", "numbers", "space"],
)
def test_hostile_text_takes_no_time(text):
    begin = time.perf_counter()
    outline(make(text), GAZETTEER)

    assert time.perf_counter() - begin < 10


def test_the_same_document_gives_the_same_outline():
    (file,), _ = find_files([SAMPLE])
    document = read_document(file)

    assert outline(document, GAZETTEER) == outline(document, GAZETTEER)
