"""names/quoted: what a quote names, and what is only a slogan."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swnlp.lexicon import Lexicon, Scheme
from swnlp.names.candidates import Candidate
from swnlp.names.decide import decide
from swnlp.names.quoted import proposer
from swnlp.view import simplified_view

PROPOSE = proposer(Lexicon(Scheme("none", "无", "none", ())))


def names(text: str, label: str = "PROGRAM", earlier: tuple[Candidate, ...] = ()) -> list[str]:
    """Return the outer names of a label that this family alone would find."""
    found = decide(list(PROPOSE(simplified_view(text), earlier)))
    return [text[n.start : n.end] for n in found if n.outer and n.label == label]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("实施“春泥”三年行动,建成阵地40个。", ["“春泥”三年行动"]),
        ("启动“乡音”独居老人陪伴计划,惠及300人。", ["“乡音”独居老人陪伴计划"]),
        ("推行“板凳会”工作法,化解矛盾。", ["“板凳会”工作法"]),
        ("依托“码上办”平台分级派单。", ["“码上办”平台"]),
        ("设立“邻里暖”社区微基金,募集善款。", ["“邻里暖”社区微基金"]),
        ("擦亮“幸福邻里”品牌。", ["“幸福邻里”品牌"]),
        ("纳入“鹭岛英才”培育工程。", ["“鹭岛英才”培育工程"]),
        ("开通「心灯」热線,全年接聽。", ["「心灯」热線"]),
    ],
)
def test_the_head_noun_belongs_to_the_quoted_name(text, expected):
    assert names(text) == expected


def test_the_kind_is_the_class_of_the_head_noun():
    text = "实施“春泥”三年行动,建成阵地。"

    (best,) = [n for n in decide(list(PROPOSE(text, []))) if n.outer]

    assert (best.label, best.kind, best.method) == ("PROGRAM", "campaign", "quoted:head")


def test_quotes_around_the_whole_name_stay_outside():
    assert names("实施“童心守护行动计划”,开展活动。") == ["童心守护行动计划"]


def test_coordinated_names_are_spans_of_their_own_without_the_common_head():
    text = "县残联实施“指尖花开”、团县委的“星星同行”和“晨光伴读”等项目,受益800人。"

    assert names(text) == ["指尖花开", "星星同行", "晨光伴读"]


def test_the_last_of_a_list_takes_the_head_that_follows_it():
    text = "开展“护苗”“暖冬”和“银龄守护”行动,"

    assert names(text)[-1] == "“银龄守护”行动"


def test_names_with_quotes_inside_are_one_name():
    text = "实施“‘归雁’——返乡青年创业陪伴服务”“微光·伴你‘童’行”等服务项目。"

    assert names(text) == ["‘归雁’——返乡青年创业陪伴服务", "微光·伴你‘童’行"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("社工站承接的小雨点”困境儿童助学计划已在五个乡镇落地。", "小雨点”困境儿童助学计划"),
        ("社工机构实施“山歌伴读计划,在24个教学点开课。", "山歌伴读计划"),
        ("推出”阿公有约”巡访服务,由社工上门。", "”阿公有约”巡访服务"),
    ],
)
def test_broken_quotes_still_hold_names(text, expected):
    assert expected in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "打通服务群众“最后一公里”,实现社工站“全覆盖”。",
        "让专业服务“听得懂、接得住”。",
        "从“单打独斗”变成“同频共振”。",
        "他说:“日子越过越有盼头,多亏了大家。”",
        "坚决纠治“四风”。",
        "“十四五”时期,事业蓬勃发展。",
    ],
)
def test_slogans_and_speech_name_nothing(text):
    assert [c for c in decide(list(PROPOSE(text, []))) if c.outer] == []


def test_a_model_after_the_quote_and_its_attribute_is_one_name():
    text = "探索“党员+社工+居民代表”的鹭湖模式,推进共治。"

    assert names(text) == ["“党员+社工+居民代表”的鹭湖模式"]


def test_a_place_or_body_before_the_quote_stays_outside():
    text = "推广鼓山区“板凳夜话”制度。"
    owner = Candidate(2, 5, "PLACE", None, "test", 0.95)

    assert names(text, earlier=(owner,)) == ["“板凳夜话”制度"]


def test_words_that_belong_to_the_name_come_inside():
    assert names("打好黄河“几字弯”攻坚战,") == ["黄河“几字弯”攻坚战"]


def test_people_served_in_quotes_are_left_to_their_own_family():
    text = "聚焦“一老一小”服务项目。"
    served = Candidate(3, 7, "GROUP", None, "test", 0.9)

    assert names(text, earlier=(served,)) == []


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("荣获“全省优秀志愿服务项目”称号。", "WORK", "全省优秀志愿服务项目"),
        ("被评为“鹭岛最美社工”。", "WORK", "鹭岛最美社工"),
        ("完成“十四五”民政事业发展规划目标。", "POLICY", "“十四五”民政事业发展规划"),
        ("深入实施“产业兴县”战略。", "POLICY", "“产业兴县”战略"),
        ("组建“红马甲”志愿服务联盟。", "ORG", "“红马甲”志愿服务联盟"),
        ("举办“爱满鹭岛”慈善晚会。", "EVENT", "“爱满鹭岛”慈善晚会"),
    ],
)
def test_head_and_context_decide_what_a_quote_names(text, label, expected):
    assert names(text, label) == [expected]


def test_a_quoted_name_is_found_again_without_its_quotes():
    text = "社工站推出“渡口学堂”项目和“河灯夜读”项目。开展“橘灯夜校”。橘灯夜校每周两次。"

    assert names(text)[-1] == "橘灯夜校"


@given(st.text(alphabet='“”‘’「」"实施开展计划行动等项目、,。的甲乙丙', max_size=50))
def test_candidates_lie_in_the_text_and_are_scored_as_probabilities(text):
    for candidate in PROPOSE(text, []):
        assert 0 <= candidate.start < candidate.end <= len(text)
        assert 0 <= candidate.score <= 1
