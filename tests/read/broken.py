"""Builds a folder of files that are broken in every way that we know: `python tests/read/broken.py FOLDER`."""

import io
import json
import random
import struct
import sys
import zipfile
from pathlib import Path

import samples

PLAIN = {
    "a.txt": samples.TEXT.encode(),
    **samples.SAME,
    "ruled.pdf": samples.ruled_pdf(),
    "rules.zip": samples.ruled_archive(),
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def files():
    """Yield (name, bytes) of every broken file."""
    yield from _damaged()
    yield from _old()
    yield from _misnamed()
    yield from _locked()
    yield from _archives()
    yield from _deep_and_long()
    yield from _odd_text()


def _damaged():
    for name, data in PLAIN.items():
        stem, suffix = name.split(".")
        chance = random.Random(name)
        for share in (0.1, 0.5, 0.9, 0.99):
            yield f"{stem}-cut-{share}.{suffix}", data[: int(len(data) * share)]
        yield f"{stem}-without-head.{suffix}", data[len(data) // 3 :]
        for number in range(4):
            changed = bytearray(data)
            for _ in range(1 + number * 20):
                changed[chance.randrange(len(changed))] = chance.randrange(256)
            yield f"{stem}-flipped-{number}.{suffix}", bytes(changed)
        yield f"{stem}-zeros-inside.{suffix}", data[: len(data) // 2] + bytes(100) + data[len(data) // 2 :]
        yield f"{stem}-zeros-behind.{suffix}", data + bytes(5_000)
        yield f"{stem}-twice.{suffix}", data + data
        yield f"empty.{suffix}", b""
        yield f"blank.{suffix}", b" \r\n\t\n"
        yield f"zeros.{suffix}", bytes(1_000)
        yield f"random.{suffix}", chance.randbytes(3_000)
        yield f"head-only.{suffix}", data[:8] + chance.randbytes(500)


def _old():
    # Few, since LibreOffice takes seconds for each.
    for name, data in samples.OLD.items():
        stem, suffix = name.split(".")
        yield f"{stem}-cut.{suffix}", data[: len(data) // 2]
        yield f"{stem}-zeros-inside.{suffix}", data[: len(data) // 2] + bytes(2_000) + data[len(data) // 2 :]
    yield "renamed.wps", samples.OLD["old.doc"]
    yield "renamed.et", PLAIN["a.xls"]


def _misnamed():
    for name, data in PLAIN.items():
        for other in (*PLAIN, "a.doc", "a.wps", "a.et", "a.xlsb"):
            suffix = other.split(".")[1]
            if suffix != name.split(".")[1]:
                yield f"{name.replace('.', '-')}-named.{suffix}", data
    yield "picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(100)
    yield "program.txt", b"\x7fELF" + bytes(range(256)) * 10


def _locked():
    yield "locked.docx", OLE + "EncryptedPackage".encode("utf-16-le") + bytes(3_000)
    yield "locked.xlsx", OLE + "EncryptedPackage".encode("utf-16-le") + bytes(3_000)
    body = samples.pdf()
    lock = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>] /Root"
        % (
            b"11" * 32,
            b"22" * 32,
        )
    )
    yield "locked.pdf", body.replace(b"/Root", lock)
    data = bytearray(samples.zipped([("a.txt", samples.TEXT.encode())]))
    for signature, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.find(signature) + at] |= 1
    yield "locked.zip", bytes(data)
    yield "old-and-broken.doc", OLE + "WordDocument".encode("utf-16-le") + bytes(3_000)


def _archives():
    zeros = bytes(30_000_000)
    bomb = samples.zipped([("a.txt", zeros)])
    yield "bomb.zip", bomb
    yield "bomb.docx", samples.rezipped(samples.word(), "word/document.xml", lambda _: zeros)
    yield "bomb.xlsx", samples.rezipped(samples.SAME["a.xlsx"], "xl/worksheets/s0.xml", lambda _: zeros)
    yield "bomb-in-zip.zip", samples.zipped([("b.zip", bomb), ("c.docx", bomb)])
    lying = bytearray(samples.zipped([("a.txt", samples.TEXT.encode())]))
    struct.pack_into("<I", lying, lying.find(b"PK\1\2") + 24, 10)
    yield "says-less.zip", bytes(lying)
    struct.pack_into("<I", lying, lying.find(b"PK\1\2") + 24, 0xFFFF_0000)
    yield "says-more.zip", bytes(lying)
    names = [
        "../../escaped.txt",
        "/escaped.txt",
        "C:\\escaped.txt",
        "..\\..\\escaped.txt",
        "a/../../escaped.txt",
    ]
    yield "slip.zip", samples.zipped([(name, samples.TEXT.encode()) for name in names])
    yield "many.zip", samples.zipped([(f"{i}.txt", b"") for i in range(21_000)])
    yield (
        "odd-names.zip",
        samples.zipped(
            [
                ("a\nb\x1b[31m.txt", b"x"),
                ("x" * 3_000 + ".txt", "社工站。".encode()),
                (" .txt", "社工站。".encode()),
            ]
        ),
    )
    yield "empty.zip", samples.zipped([])
    yield "pictures.zip", samples.zipped([("a.jpg", b"\xff\xd8\xff")])
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    yield "link.zip", stream.getvalue()


def _deep_and_long():
    yield "deep.html", b"<div>" * 100_000 + "社工站。".encode()
    yield "deep-tables.html", b"<table><tr><td>" * 5_000 + "社工站。".encode()
    yield "open.html", b"<" * 500_000
    yield "attributes.html", b"<p " + b'a="b" ' * 100_000 + ">社工站。".encode()
    yield "wide.html", ("<table>" + "<tr>" + "<td colspan=9999 rowspan=9999>一" * 2_000 * 2).encode()
    yield "deep.jsonl", b"[" * 100_000 + b"\n" + b'{"a":' * 100_000
    yield "long-line.txt", ("全市社会工作稳步推进，" * 150_000).encode()
    yield "long-line.csv", ("正文\n" + "全市社会工作稳步推进，" * 150_000).encode()
    yield "long-line.md", b"[" * 50_000 + b"(" * 50_000
    yield "quotes.md", b"> " * 20_000 + "社工站。".encode()
    yield "stars.md", b"*a **a " * 20_000
    yield "columns.csv", ("," * 200_000 + "\n").encode() * 3 + "社工站\n".encode()
    yield "quotes.csv", b'"' * 100_001
    yield "breaks.txt", b"\r\n" * 500_000 + "社工站。".encode()
    yield "spaces.txt", b" " * 2_000_000 + "社工站。".encode()
    yield "dots.txt", "．…·—".encode() * 200_000
    laugh = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">' + b"".join(
        b'<!ENTITY %c "%s">' % (c + 1, b"&%c;" % c * 10) for c in range(ord("b"), ord("k"))
    )
    laugh += b"]>"
    yield (
        "laughs.docx",
        samples.rezipped(
            samples.word(),
            "word/document.xml",
            lambda x: x.replace(b"?>", b"?>" + laugh, 1).replace(b"<w:t>", b"<w:t>&k;", 1),
        ),
    )
    yield (
        "outside.docx",
        samples.rezipped(
            samples.word(),
            "word/document.xml",
            lambda x: x.replace(
                b"?>", b'?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', 1
            ).replace(b"<w:t>", b"<w:t>&a;", 1),
        ),
    )
    table = b"<w:tbl><w:tr><w:tc>" * 2_000 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 2_000
    yield (
        "deep.docx",
        samples.rezipped(
            samples.word(), "word/document.xml", lambda x: x.replace(b"<w:sectPr", table + b"<w:sectPr", 1)
        ),
    )
    yield (
        "far-cell.xlsx",
        samples.rezipped(
            samples.xlsx({"表": [["社工站"]]}),
            "xl/worksheets/s0.xml",
            lambda x: x.replace(b"<c t=", b'<c r="A1" t=').replace(
                b"</row>", b'</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
            ),
        ),
    )
    yield "no-pages.pdf", samples.Pdf().data()
    yield "circle.pdf", samples.pdf().replace(b"/Kids [6 0 R]", b"/Kids [2 0 R]")
    yield "many-pages.pdf", samples.pdf().replace(b"/Count 1", b"/Count 999999999")


def _odd_text():
    text = samples.TEXT
    yield "surrogates.txt", text.encode() + "\ud800\udfff\ud800".encode("utf-16-le", "surrogatepass")
    yield "surrogate-in-utf8.txt", (text + "\ud800").encode("utf-8", "surrogatepass")
    yield "surrogate.jsonl", json.dumps({"text": text + "\ud800"}).encode()
    yield "half.txt", text.encode("utf-16")[:-1]
    yield "mixed.txt", text.encode() + text.encode("gb18030") + text.encode("big5", "replace")
    yield "zero.txt", text.replace("社", "\0").encode()
    yield "marks.txt", ("\ufeff" * 1_000 + text).encode()
    yield "controls.txt", (text + "".join(map(chr, range(32)))).encode()
    yield "wrong-charset.html", b'<meta charset="utf-16">' + samples.html()
    yield "no-charset.html", b'<meta charset="x-none">' + samples.html().decode().encode("gb18030")
    yield "overlong.txt", b"\xc0\xaf\xe0\x80\xaf" * 3 + text.encode()


def build(folder):
    """Write all of them, and what only a file system can have; return how many files there are."""
    count = 0
    for name, data in files():
        (folder / name).write_bytes(data)
        count += 1
    (folder / "same").mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / "same" / name).write_bytes(PLAIN["a.txt"])
    deep = folder.joinpath("deep", *["d"] * 105)
    deep.mkdir(parents=True)
    (deep / "a.txt").write_bytes(PLAIN["a.txt"])
    (folder / "circle").mkdir()
    (folder / "circle" / "up").symlink_to(folder)
    (folder / "circle" / "self").symlink_to(folder / "circle" / "self")
    (folder / "dead.txt").symlink_to(folder / "gone.txt")
    return count


if __name__ == "__main__":
    sys.stdout.write(f"{build(Path(sys.argv[1]))}\n")
