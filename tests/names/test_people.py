"""names/people: people where something says that a name stands there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swnlp.lexicon import Lexicon, Scheme
from swnlp.names.candidates import Candidate
from swnlp.names.decide import decide
from swnlp.names.people import proposer
from swnlp.view import simplified_view

PROPOSE = proposer(Lexicon(Scheme("none", "无", "none", ())))


def people(text: str, earlier=()) -> list[str]:
    """Return the people that this family alone would find."""
    names = decide(list(PROPOSE(simplified_view(text), list(earlier))))
    return [text[name.start : name.end] for name in names if name.outer]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("社工林秀兰获评先进", ["林秀兰"]),
        ("县委书记赵志远出席", ["赵志远"]),
        ("站长田芳带着志愿者入户", ["田芳"]),
        ("副局长欧阳静表示", ["欧阳静"]),
        ("周美玉老人住在三楼", ["周美玉"]),
        ("陈国良先生、吴晓燕女士到会", ["陈国良", "吴晓燕"]),
        ("“先听再说。”何桂英说，这才管用", ["何桂英"]),
        ("社工孫麗華介紹", ["孫麗華"]),
    ],
)
def test_roles_honorifics_and_verbs_of_speech_point_at_names(text, expected):
    assert people(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("解读人：宋雨桐、白杨", ["宋雨桐", "白杨"]),
        ("编辑：高洁　审核：许文斌", ["高洁", "许文斌"]),
        ("本报讯（记者 郭建民 通讯员 沈怡）", ["郭建民", "沈怡"]),
        ("出席：钱立群（市政府）、杜小平（市民政局）。", ["钱立群", "杜小平"]),
        ("联系人：雷雨，电话", ["雷雨"]),
    ],
)
def test_labels_and_lists(text, expected):
    assert people(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("社工古丽娜尔·买买提在村里", ["古丽娜尔·买买提"]),
        ("医生古丽娜尔·艾山利用周末义诊", ["古丽娜尔·艾山"]),
        ("志愿者扎西次仁和社工乌云其其格", ["扎西次仁", "乌云其其格"]),
        ("感谢陈国良先生、Peter Wong先生", ["陈国良", "Peter Wong"]),
    ],
)
def test_names_of_other_peoples(text, expected):
    assert people(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("法国总统杜瓦尔说，两国", ["杜瓦尔"]),
        ("访问期间，萨米尔总理将会见", ["萨米尔"]),
        ("发言人林惠敏3日宣布", ["林惠敏"]),
        ("市领导赵建平、孙丽、何志明出席", ["赵建平", "孙丽", "何志明"]),
        ("市长　尚朝阳", ["尚朝阳"]),
        ("林文远 某大学社会学院教授", ["林文远"]),
        ("本报记者 高冰摄", ["高冰"]),
        ("陆承志（1931年—2008年），医生。", ["陆承志"]),
        ("村民林国良家的柿子熟了", ["林国良"]),
        ("徐敏今年35岁，回村当会计。", ["徐敏"]),
        ("下午，吴晓东深入街道调研。", ["吴晓东"]),
        ("社区治理领域的申敏、赵雅丽、王聪三位教师", ["申敏", "赵雅丽", "王聪"]),
    ],
)
def test_newspapers_name_people_without_a_role_of_office(text, expected):
    assert people(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "马来西亚总理府",
        "澳大利亚总理访华",
        "，鄂尔多斯打造基地",
        "。弘扬和践行核心价值观",
        "、侯家塘街道社工站",
        "，越来越多的企业",
        "；京雄科创走廊加快建设",
        "代表齐聚一堂",
        "市长热线",
    ],
)
def test_what_only_begins_like_a_name_is_none(text):
    assert people(text) == []


def test_a_mountain_does_not_swallow_the_person_before_whom_a_role_stands():
    assert people("董事长马玉山、肖伟", [Candidate(2, 6, "PLACE", None, "places:alone-water", 0.45)]) == [
        "马玉山",
        "肖伟",
    ]


def test_a_name_is_found_again_without_a_cue():
    assert people("社工罗玉梅入户。后来罗玉梅又去了三次，人称小罗。") == ["罗玉梅", "罗玉梅", "小罗"]


def test_leaders_are_known_but_a_doctrine_is_no_person():
    assert people("习近平总书记强调") == ["习近平"]
    assert people("学习习近平新时代中国特色社会主义思想") == []


@pytest.mark.parametrize(
    "text",
    [
        "社工全力推进，志愿者成立服务队",
        "书记高度重视，主任公开承诺",
        "居民方便办事，村民和游客都满意",
        "维护妇女儿童合法权益",
        "总书记关于民政工作的重要论述",
        "儿童主任、社工站和志愿者协会",
        "海内外专家共同探讨",
    ],
)
def test_ordinary_words_after_a_role_are_no_names(text):
    assert people(text) == []


def test_a_name_does_not_begin_inside_a_place():
    place = Candidate(0, 6, "PLACE", None, "places:full", 0.95)
    assert people("上海市长宁区启动试点", [place]) == []


@given(st.text(alphabet="王李张芳建国社工书记说、:，。·买提江()老小联系人", max_size=80))
def test_spans_lie_in_the_text_and_hold_no_stop(text):
    view = simplified_view(text)
    for candidate in PROPOSE(view, []):
        assert 0 <= candidate.start < candidate.end <= len(text)
        assert not set("、,。:()") & set(view[candidate.start : candidate.end])


@pytest.mark.parametrize("text", ["社工占一成，村干部占四成", "志愿者占五成以上", "其中社工占两成"])
def test_a_share_is_no_name_though_占_is_a_surname(text):
    assert people(text) == []
