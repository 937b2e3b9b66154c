"""read/webpage.py: pages to lines."""

import pytest

from swnlp.read.webpage import read_page


def lines(markup):
    return read_page(markup).text.split("\n")


def dropped(markup):
    page = read_page(markup)
    return [(page.text[d.start : d.end], d.reason) for d in page.dropped]


def test_blocks_are_lines_and_inline_elements_are_not():
    markup = "<div>全市<b>持证</b><span>社工</span><p>第二段</p>第三段<br>第四段</div>"

    assert lines(markup) == ["全市持证社工", "第二段", "第三段", "第四段"]


def test_space_is_collapsed_and_a_break_between_characters_is_the_editors():
    assert lines("<p>\n  持证社\n    工  and\n volunteers\n </p>") == ["持证社工 and volunteers"]


def test_full_width_spaces_inside_a_line_stay():
    assert lines("<p>　　搭台子　唱好戏</p>") == ["搭台子　唱好戏"]


def test_preformatted_text_keeps_its_lines():
    assert lines("<pre>第一行\n第二行</pre>") == ["第一行", "第二行"]


def test_headings_are_recorded_with_their_level():
    page = read_page("<h1>总结</h1><p>正文</p><h3>南平市</h3>")

    assert [(page.text[a:b], level) for a, b, level in page.headings] == [("总结", 1), ("南平市", 3)]


def test_scripts_styles_and_form_controls_are_no_text():
    no_text = "<script>var a='正文';</script><style>p{}</style><select><option>一</option></select><button>查</button>"
    markup = f"<p>正文</p>{no_text}"

    assert lines(markup) == ["正文"]


def test_a_page_inside_a_form_is_still_a_page():
    assert lines("<form id='aspnetForm'><p>正文</p></form>") == ["正文"]


def test_data_tables_are_a_row_a_line_with_tabs():
    markup = (
        "<table><tr><th></th><th>社工站</th></tr>"
        "<tr><td>榕城区</td><td>12</td></tr><tr><td><p>普宁</p><p>市</p></td><td>24</td></tr></table>"
    )

    assert lines(markup) == ["\t社工站", "榕城区\t12", "普宁 市\t24"]


def test_layout_tables_leave_paragraphs_alone():
    markup = "<table><tr><td>左栏</td><td><table><tr><td><p>第一段</p><p>第二段</p></td></tr></table></td></tr></table>"

    assert lines(markup) == ["左栏", "第一段", "第二段"]


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<nav>首页</nav>", "menu"),
        ("<footer>首页</footer>", "footer"),
        ("<aside>首页</aside>", "aside"),
        ("<header>首页</header>", "menu"),
        ("<div role='navigation'>首页</div>", "menu"),
        ("<div class='site-footer'>首页</div>", "footer"),
        ("<div id='breadcrumb'>首页</div>", "breadcrumb"),
        ("<div style='DISPLAY : none'>首页</div>", "hidden"),
        ("<div hidden>首页</div>", "hidden"),
    ],
)
def test_what_the_markup_sets_apart_is_kept_and_listed(markup, reason):
    assert dropped(f"<p>正文</p>{markup}<p>正文</p>") == [("首页", reason)]


def test_an_articles_own_header_is_not_the_pages():
    assert dropped("<article><header><h1>标题</h1></header><p>正文</p></article>") == []


def test_markup_that_would_hide_most_of_the_prose_is_not_believed():
    prose = "全县社会工作坚持党建引领，围绕困难群众需求，持续推进乡镇社会工作服务站建设，成效明显。" * 3

    assert dropped(f"<div class='menu'><p>{prose}</p><p>{prose}</p></div><p>{prose[:50]}。</p>") == []


def test_lines_of_links_are_known():
    page = read_page("<p><a>首页</a> <a>动态</a></p><p>见<a>附件</a>，共三份。</p>")

    assert page.links == {0}


def test_meta_and_title_are_read():
    page = read_page(
        '<title>总结_某局</title><meta name="ArticleTitle" content="总结"><meta name="PubDate" content="2024-01-02">'
    )

    assert page.title == "总结_某局"
    assert page.meta == {"articletitle": "总结", "pubdate": "2024-01-02"}


def test_a_script_in_the_title_goes():
    assert read_page("<title>总结<script>alert(1)</script></title><p>正文</p>").title == "总结"


@pytest.mark.parametrize(
    "opening", ["<div>", "<b>", "<span><font>", "<table><tr><td>", "<ul><li>", "<rt>", "<x>"]
)
def test_a_hundred_thousand_open_elements_take_no_time_and_no_stack(opening):
    page = read_page(opening * 100_000 + "深处的正文" + "<p>后文</p>")

    assert page.text.split("\n")[0] == "深处的正文"
    assert page.text.endswith("后文")


def test_closed_deep_elements_leave_what_follows_in_place():
    page = read_page("<div>" * 2_000 + "深处" + "</div>" * 2_000 + "<h2>南平市</h2><p>正文</p>")

    assert page.text == "深处\n南平市\n正文"
    assert len(page.headings) == 1


def test_an_empty_page_is_empty():
    assert read_page("<html></html>").text == ""
