"""One short report in every format that is read; builders small enough to be seen through."""

import io
import json
import zipfile
from email.message import EmailMessage
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import pyarrow as pa
import pyarrow.parquet as pq

FIXTURES = Path(__file__).parent / "fixtures"
TITLE = "龙岩市2023年社会工作发展报告"
# (level of the heading, 0 for text; text)
BLOCKS = [
    (1, TITLE),
    (0, "2023年，龙岩市民政局印发《龙岩市社会工作服务站建设方案》，全市社会工作稳步推进。"),
    (2, "一、社工站建设"),
    (0, "全市建成社工站十二个，社会工作者与志愿者参与“五社联动”机制，服务困境儿童二千三百余人次。"),
    (2, "二、社会组织与慈善"),
    (0, "市慈善总会设立“邻里守望”项目，社会组织承接服务四十项，社区居民普遍受益。"),
    (0, "下一步，龙岩市将继续推进社区志愿者队伍建设。"),
]
LINES = [text for _, text in BLOCKS]
TEXT = "\n".join(LINES) + "\n"
BODY = "\n".join(LINES[1:]) + "\n"
TABLE = [["县（市、区）", "社工站", "持证社工"], ["龙岩市", "12", "306"], ["南平市", "24", "418"]]


def html(table=False):
    blocks = "".join(f"<h{n}>{t}</h{n}>" if n else f"<p>{t}</p>" for n, t in BLOCKS)
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in TABLE)
    return f"<html><body>{blocks}{f'<table>{rows}</table>' if table else ''}</body></html>".encode()


def markdown(table=False):
    text = "\n\n".join(f"{'#' * n} {t}" if n else t for n, t in BLOCKS)
    rows = ["| " + " | ".join(row) + " |" for row in TABLE]
    rows.insert(1, "|---" * len(TABLE[0]) + "|")
    return (text + ("\n\n" + "\n".join(rows) if table else "") + "\n").encode()


def mhtml():
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message.set_content("无关", subtype="css")
    message.make_mixed()
    message.add_attachment(html().decode(), subtype="html")
    data = message.as_bytes()
    return b"MIME-Version: 1.0\r\n" + data


def word(table=False):
    document = docx.Document()
    for level, text in BLOCKS:
        document.add_heading(text, level - 1) if level else document.add_paragraph(text)
    if table:
        grid = document.add_table(len(TABLE), len(TABLE[0]))
        for row, values in zip(grid.rows, TABLE, strict=True):
            for cell, value in zip(row.cells, values, strict=True):
                cell.text = value
    return saved(document)


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


class Pdf:
    """Writes lines of Chinese at places of a page, in a font that every reader has."""

    def __init__(self):
        self.pages = []

    def page(self):
        self.pages.append([])

    def line(self, x, y, text, size=12):
        self.pages[-1].append(f"BT /F1 {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET")

    def rule(self, x, y, x_end, y_end):
        self.pages[-1].append(f"{x} {y} m {x_end} {y_end} l S")

    def grid(self, xs, ys):
        """Draw every line of a table."""
        for x in xs:
            self.rule(x, min(ys), x, max(ys))
        for y in ys:
            self.rule(min(xs), y, max(xs), y)

    def data(self):
        kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(len(self.pages)))
        objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {len(self.pages)} >>",
            "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 5 0 R "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
            "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "
            "/Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
        ]
        for i, lines in enumerate(self.pages):
            content = "\n".join(lines)
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * i} 0 R "
                "/Resources << /Font << /F1 3 0 R >> >> >>"
            )
            objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        out, offsets = bytearray(b"%PDF-1.4\n"), []
        for number, body in enumerate(objects, 1):
            offsets.append(len(out))
            out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
        start = len(out)
        out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
        out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
        return bytes(out)


def wrapped(text, width):
    """Break a paragraph into lines, the first indented by two characters."""
    lines, first = [], width - 2
    lines.append(("", text[:first]))
    lines += [(None, text[i : i + width]) for i in range(first, len(text), width)]
    return [(26 if indent == "" else 0, line) for indent, line in lines]


def pdf():
    made = Pdf()
    made.page()
    y = 760
    for level, text in BLOCKS:
        if level == 1:
            made.line(595 / 2 - 9 * len(text), y, text, 18)
            y -= 40
            continue
        for indent, line in wrapped(text, 36):
            made.line(80 + indent, y, line)
            y -= 20
    return made.data()


def scanned():
    made = Pdf()
    made.page()
    made.pages[-1].append("q 100 0 0 100 80 600 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q")
    return made.data()


def xlsx(sheets):
    """Write {name: rows} as a workbook of inline strings."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        overrides = "".join(
            f'<Override PartName="/xl/worksheets/s{i}.xml" ContentType="{kind}.worksheet+xml"/>'
            for i in range(len(sheets))
        )
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>{overrides}</Types>',
        )
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="r" Type="{office}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        listed = "".join(
            f'<sheet name="{name.lstrip("!")}" sheetId="{i + 1}" r:id="r{i}"'
            + (' state="hidden"/>' if name.startswith("!") else "/>")
            for i, name in enumerate(sheets)
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{listed}</sheets></workbook>',
        )
        relations = "".join(
            f'<Relationship Id="r{i}" Type="{office}/worksheet" Target="worksheets/s{i}.xml"/>'
            for i in range(len(sheets))
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}">{relations}</Relationships>'
        )
        for i, rows in enumerate(sheets.values()):
            data = "".join(f"<row>{''.join(_cell(value) for value in row)}</row>" for row in rows)
            archive.writestr(
                f"xl/worksheets/s{i}.xml",
                f'<worksheet xmlns="{main}"><sheetData>{data}</sheetData></worksheet>',
            )
    return stream.getvalue()


def _cell(value):
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


ROWS = [
    ["标题", "正文", "发布时间", "来源", "城市", "编号"],
    [TITLE, BODY, "2024-01-08", "龙岩日报", "龙岩市", "7"],
]


def csv(separator=",", encoding="utf-8"):
    rows = [separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in ROWS]
    return "\r\n".join(rows).encode(encoding)


def jsonl():
    return json.dumps(dict(zip(*ROWS, strict=True)), ensure_ascii=False).encode() + b"\n"


def parquet():
    stream = io.BytesIO()
    pq.write_table(pa.table({name: [value] for name, value in zip(*ROWS, strict=True)}), stream)
    return stream.getvalue()


def ods(rows):
    """Write rows as an OpenDocument spreadsheet."""
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    body = "".join(
        f"<table:table-row>{''.join(_ods_cell(value) for value in row)}</table:table-row>" for row in rows
    )
    content = (
        f'<office:document-content xmlns:office="{office}office:1.0" xmlns:table="{office}table:1.0" '
        f'xmlns:text="{office}text:1.0"><office:body><office:spreadsheet><table:table table:name="表一">{body}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        [
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", content.encode()),
            ("META-INF/manifest.xml", _ODS_MANIFEST.encode()),
        ]
    )


_ODS_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def _ods_cell(value):
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'


def ruled_pdf():
    """Write a page with a table whose lines are drawn."""
    made = Pdf()
    made.page()
    made.line(80, 760, LINES[1][:30])
    xs, ys = (80, 200, 290, 380), [700, 676, 652, 628]
    made.grid(xs, ys)
    for y, row in zip(ys, TABLE, strict=False):
        for x, cell in zip(xs, row, strict=False):
            made.line(x + 6, y - 16, cell)
    return made.data()


def ruled_archive():
    """Write an archive with a corpus.toml that says what is a document."""
    rules = 'documents = ["报告/*.txt"]\nsource = "龙岩市民政局"\nplace = "龙岩市"\n'
    return zipped([("corpus.toml", rules.encode()), ("报告/a.txt", TEXT.encode()), ("说明.txt", b"x")])


def zipped(members):
    """Write (name, bytes) as a zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return stream.getvalue()


# Name of a file -> its bytes: the same report each time.
SAME = {
    "a.html": html(),
    "a.md": markdown(),
    "a.mhtml": mhtml(),
    "a.docx": word(),
    "a.pdf": pdf(),
    "a.csv": csv(),
    "a.tsv": csv("\t", "utf-16"),
    "a.xlsx": xlsx({"表一": ROWS}),
    # Written by xlwt 1.3, as Excel 97 would.
    "a.xls": (FIXTURES / "old.xls").read_bytes(),
    "a.ods": ods(ROWS),
    "a.jsonl": jsonl(),
    "a.parquet": parquet(),
    "a.zip": zipped([("内/a.txt", TEXT.encode())]),
}

# The same again, as LibreOffice writes it; only it can read them.
OLD = {name: (FIXTURES / name).read_bytes() for name in ("old.doc", "old.rtf", "old.odt")}


def rezipped(data, name, change):
    """Return a zip in which one member is changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    return zipped([(member, change(content) if member == name else content) for member, content in members])
