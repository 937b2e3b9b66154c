"""Build corpora/eight-cities-2021-2023 from scripts/eight_cities: an invented corpus in the formats that cities publish in.

    python scripts/build_eight_cities.py                 all but .pdf
    python scripts/build_eight_cities.py --pdf           .pdf too: needs LibreOffice (soffice) and Noto CJK fonts

A source is a text file with one report after another. `@@ NAME ENCODING` begins a report and says which file it
becomes; lines 题名, 日期, 来源 follow, and after an empty line the text, with `## ` before headings and `| ` before
rows of tables. Several reports in one source that name one .csv become its rows. Text, pages and tables come out with
the same bytes each time; .docx, .xlsx and .pdf hold the time at which they were made.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import xlsxwriter
from docx.oxml.ns import qn

SOURCES = Path(__file__).parent / "eight_cities"
CORPUS = Path(__file__).parents[1] / "corpora" / "eight-cities-2021-2023"
# Where a page's foot, a byline or a column stands, so that each report says it and none counts it.
INVENTED = "本文为示例语料，所述机构、人物、事件与数字均为虚构。"
# Of Debian's fonts-noto-cjk; one face of it, so that a PDF stays small.
FONT = "Noto Sans CJK SC"


@dataclass(frozen=True)
class Report:
    """A report: the file it becomes, what its page says of it, and its lines."""

    name: str
    encoding: str
    facts: dict[str, str]
    lines: tuple[str, ...]

    @property
    def title(self) -> str:
        """What it is called."""
        return self.facts["题名"]

    @property
    def date(self) -> str:
        """Day of publication, 2023-12-30."""
        return self.facts["日期"]

    @property
    def source(self) -> str:
        """Who published it."""
        return self.facts.get("来源") or self.facts["來源"]


def reports(path: Path) -> Iterator[Report]:
    """Yield the reports of a source."""
    name = encoding = ""
    for part in re.split(r"^@@", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head, text = part.split("\n\n", 1)
        first, *facts = head.split("\n")
        # A bare @@ goes on with the file before: another row of the same table.
        if first.strip():
            name, _, encoding = first.strip().partition(" ")
        pairs = dict(fact.split("：", 1) for fact in facts)
        lines = tuple(line for line in text.strip().split("\n") if line)
        yield Report(name, encoding or "utf-8", pairs, lines)


def blocks(report: Report) -> Iterator[tuple[str, list[str]]]:
    """Yield runs of lines of one kind: "heading", "table" or "text"."""
    for kind, lines in groupby(report.lines, _kind):
        yield kind, [line.removeprefix("## ") for line in lines]


def _kind(line: str) -> str:
    return "heading" if line.startswith("## ") else "table" if line.startswith("|") else "text"


def cells(line: str) -> list[str]:
    """Return the cells of a row."""
    return [cell.strip() for cell in line.strip("|").split("|")]


def as_text(report: Report) -> str:
    """Return a report as a text file, as an office sends it round."""
    lines = (line if line.startswith("各位") else f"　　{line}" for line in report.lines)
    return "\n".join([report.title, byline(report), "", *lines]) + "\n"


def byline(report: Report) -> str:
    """Return the line below the title; of a text in Traditional script in that script."""
    traditional = "來源" in report.facts
    source, day = ("來源", "發布日期") if traditional else ("来源", "发布日期")
    invented = "示例，內容虛構" if traditional else "示例，内容虚构"
    return f"{source}：{report.source.replace('示例', invented)}　{day}：{report.date}"


def as_page(report: Report) -> str:
    """Return a report as a page of a city's site: menus, the way here, byline, footer."""
    city = report.name.partition("-")[0]
    template = PAGES[list(CITIES).index(city) % len(PAGES)]
    return template.format(
        title=escape(report.title),
        date=report.date,
        source=escape(report.source),
        body="\n".join(_page_blocks(report)),
        city=CITIES[city],
        charset=report.encoding,
        invented=INVENTED,
    )


def _page_blocks(report: Report) -> Iterator[str]:
    for kind, lines in blocks(report):
        if kind == "table":
            rows = "".join(
                "<tr>" + "".join(f"<td>{escape(c)}</td>" for c in cells(row)) + "</tr>" for row in lines
            )
            yield f"<table>{rows}</table>"
        else:
            mark = "h3" if kind == "heading" else "p"
            yield from (f"<{mark}>{escape(line)}</{mark}>" for line in lines)


CITIES = {
    "xiangyang": "襄阳市",
    "huzhou": "湖州市",
    "changzhou": "常州市",
    "weifang": "潍坊市",
    "hengyang": "衡阳市",
    "shantou": "汕头市",
    "leshan": "乐山市",
    "pingliang": "平凉市",
}
PAGES = (
    """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="{charset}">
<meta name="SiteName" content="{city}民政局（示例）">
<meta name="ArticleTitle" content="{title}">
<meta name="PubDate" content="{date} 09:30">
<meta name="ContentSource" content="{source}">
<title>{title}_{city}民政局</title>
<style>body{{margin:0 auto;max-width:60rem}}nav a{{margin-right:1em}}</style>
</head>
<body>
<header><a href="/">{city}民政局</a></header>
<nav><a href="/">首页</a><a href="/zwgk/">政务公开</a><a href="/bsfw/">办事服务</a><a href="/hdjl/">互动交流</a></nav>
<div class="crumbs">您现在的位置：<a href="/">首页</a> &gt; <a href="/gzdt/">工作动态</a> &gt; 正文</div>
<article>
<h1>{title}</h1>
<div class="info">发布时间：{date} 09:30　来源：{source}　字体：[大 中 小]</div>
{body}
</article>
<div class="share">分享到：微信 微博</div>
<div class="page"><a href="prev.html">上一篇：暂无</a> <a href="next.html">下一篇：暂无</a></div>
<footer><p>主办：{city}民政局（示例）　网站地图　联系我们</p><p>{invented}</p></footer>
</body>
</html>
""",
    """<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{title}-{city}社会工作网</title>
<script>document.title = document.title;</script>
</head>
<body>
<table width="960" align="center"><tr><td><a href="index.html">网站首页</a> | <a href="news.html">新闻中心</a>
| <a href="notice.html">通知公告</a> | <a href="zc.html">政策法规</a></td></tr></table>
<div>当前位置：<a href="index.html">首页</a> &gt; <a href="news.html">新闻中心</a> &gt; 正文</div>
<div class="content">
<h2>{title}</h2>
<p>来源：{source}　发布时间：{date}　浏览次数：0</p>
{body}
</div>
<div>【打印本页】【关闭窗口】</div>
<div class="foot"><p>版权所有：{city}社会工作网（示例）</p><p>{invented}</p></div>
</body>
</html>
""",
)


def write_docx(report: Report, path: Path) -> None:
    """Write a report as a Word file with headings and tables."""
    paper = docx.Document()
    for style in (paper.styles[name] for name in ("Normal", "Title", "Heading 1")):
        style.font.name, style.font.bold = FONT, False
        fonts = style.element.rPr.rFonts
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        fonts.set(qn("w:eastAsia"), FONT)
    paper.core_properties.author, paper.core_properties.title = report.source, report.title
    paper.add_heading(report.title, 0)
    paper.add_paragraph(byline(report))
    for kind, lines in blocks(report):
        if kind == "table":
            rows = [cells(line) for line in lines]
            table = paper.add_table(len(rows), len(rows[0]), style="Table Grid")
            for row, texts in zip(table.rows, rows, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
        else:
            for line in lines:
                paper.add_heading(line, 1) if kind == "heading" else paper.add_paragraph(line)
    paper.save(str(path))


def write_pdf(report: Report, path: Path) -> None:
    """Write a report as a PDF, by LibreOffice."""
    with TemporaryDirectory() as held:
        source = Path(held) / f"{path.stem}.docx"
        write_docx(report, source)
        command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)


def as_table(rows: Sequence[Report]) -> str:
    """Return reports as the rows of a CSV, as a researcher's own collection looks."""
    names = ["标题", "日期", "来源", "地区", "类型", "联动阶段", "备注", "正文"]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        city = CITIES[row.name.partition(".")[0]]
        known = [row.title, row.date, row.source, city, row.facts["类型"], row.facts["联动阶段"], INVENTED]
        writer.writerow([*known, "\n".join(row.lines)])
    return out.getvalue()


def write_figures(path: Path) -> None:
    """Write the yearbook's table, as a workbook."""
    rows = list(csv.reader((SOURCES / "figures.csv").read_text(encoding="utf-8").splitlines()))
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("主要数据")
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                sheet.write(i, j, float(cell) if i and re.fullmatch(r"[\d.]+", cell) else cell)


def main() -> None:
    """Write the corpus."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pdf", action="store_true", help="write .pdf too")
    with_pdf = parser.parse_args().pdf
    CORPUS.mkdir(parents=True, exist_ok=True)
    found = [report for path in sorted(SOURCES.glob("*.txt")) for report in reports(path)]
    for name, group in groupby(found, lambda report: report.name):
        rows, path = list(group), CORPUS / name
        first = rows[0]
        match path.suffix:
            case ".docx":
                write_docx(first, path)
            case ".pdf":
                if with_pdf:
                    write_pdf(first, path)
            case ".html":
                path.write_bytes(as_page(first).encode(first.encoding))
            case ".csv":
                path.write_bytes(as_table(rows).encode(first.encoding))
            case _:
                path.write_bytes(as_text(first).encode(first.encoding))
    write_figures(CORPUS / "eight-cities-figures.xlsx")


if __name__ == "__main__":
    main()
