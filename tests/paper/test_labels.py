"""Where names go: none on another, none on a node, whatever the network looks like."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from swnlp.paper.figure import broken
from swnlp.paper.labels import Box, Spot, Wanted, crosses, place_labels, spread

PAGE = Box(0, 0, 454, 400)
numbers = st.floats(0, 400, allow_nan=False)
spots = st.lists(st.builds(Spot, numbers, numbers, st.floats(2, 16)), min_size=1, max_size=25)


@given(spots, st.data())
def test_names_never_overlap_each_other_or_a_node_and_stay_on_the_page(nodes, data):
    size = st.tuples(st.floats(5, 90), st.floats(5, 30))
    wanted = [Wanted(i, *data.draw(size)) for i in range(len(nodes))]
    boxes = [box for box in place_labels(wanted, nodes, PAGE) if box is not None]

    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))
    assert not any(box.overlaps(node.box) for box in boxes for node in nodes)
    assert all(box.within(PAGE) for box in boxes)


def test_a_name_stands_right_of_its_node_where_there_is_room():
    (box,) = place_labels([Wanted(0, 40, 10)], [Spot(100, 100, 5)], PAGE)

    assert (box.left, box.bottom, box.top) == (107, 95, 105)


def test_a_name_goes_out_of_the_way_of_an_edge():
    edge = ((100, 100), (300, 100))
    (box,) = place_labels([Wanted(0, 40, 10)], [Spot(100, 100, 5)], PAGE, [edge])

    assert not crosses(box, edge)
    assert box.right == 93


def test_a_name_without_room_is_left_out_and_the_first_one_wins():
    nodes = [Spot(5, 10, 4), Spot(45, 10, 4)]
    small = Box(0, 0, 54, 20)

    assert [box is None for box in place_labels([Wanted(0, 28, 10), Wanted(1, 28, 10)], nodes, small)] == [
        False,
        True,
    ]


@given(st.lists(st.builds(Spot, numbers, numbers, st.floats(2, 8)), min_size=2, max_size=15))
def test_nodes_are_pushed_apart(nodes):
    apart = spread(nodes, PAGE)

    assert not any(a.box.overlaps(b.box) for a, b in combinations(apart, 2))
    assert all(spot.box.within(Box(-0.01, -0.01, 454.01, 400.01)) for spot in apart)


def test_a_line_crosses_a_box_only_if_it_passes_through_it():
    box = Box(10, 10, 20, 20)

    assert crosses(box, ((0, 15), (30, 15)))
    assert crosses(box, ((15, 15), (15, 40)))
    assert not crosses(box, ((0, 25), (30, 25)))
    assert not crosses(box, ((0, 15), (5, 15)))
    assert not crosses(box, ((0, 0), (10, 30)))


def test_long_names_are_broken_into_lines_of_much_the_same_length():
    assert broken("五社联动") == ("五社联动",)
    assert broken("关于加强社会工作专业人才队伍建设的实施意见") == (
        "关于加强社会工作专业人",
        "才队伍建设的实施意见",
    )
    assert broken("石鼓区选择40个社区试点") == ("石鼓区选择", "40个社区试点")
    assert broken("深学争优，敢为争先，实干") == ("深学争优，敢", "为争先，实干")
    assert "".join(broken("深学争优为，敢为争先实干"))[5] == "，"
    assert not any(line.startswith("，") for line in broken("深学争优为敢，为争先实干"))
    assert "".join(broken("长" * 50)).endswith("…") and len(broken("长" * 50)) == 3
